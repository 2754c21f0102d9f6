"""`milchglas survey`: what nobody marked, as storage has it."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from proxy.config import Config
from storage.received import Finding
from tests.running import Milchglas
from tests.stored import store, text_event


@pytest.fixture
def made(tmp_path: Path) -> Milchglas:
    return Milchglas(tmp_path, "http://127.0.0.1:1")


@pytest.fixture
def config(made: Milchglas) -> Config:
    """Two findings, one with a terminal's escape in it."""
    config = Config.model_validate(made.config)
    mark = 'data-milchglas="mask"'
    kept = (
        Finding(page="/kasse", selector='input[name="mail"]', kind="email", rule="type:email", mark=mark, count=3),
        Finding(page="/\x1b[2J[red]", selector="#kto", kind="bank_account", rule="id:iban", mark=mark, count=1),
    )
    store(config, [text_event("x")], findings=kept)
    return config


def test_a_table_for_people(made: Milchglas, config: Config) -> None:
    done = made.command("survey")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()[1:3]
    assert first.split()[:3] == ["altshop", "/\ufffd[2J[red]", "#kto"], (
        "secrets first, and nothing for the terminal"
    )
    assert "bank account" in first
    assert '<input name="mail" data-milchglas="mask">' in second
    assert "2025-10-09" in second
    assert "2 findings" in done.stdout


def test_json_for_scripts(made: Milchglas, config: Config) -> None:
    found = orjson.loads(made.command("survey", "--json", "--site", "altshop").stdout)
    assert [(each["kind"], each["count"]) for each in found] == [("bank_account", 1), ("email", 3)]
    assert found[1]["mark"] == 'data-milchglas="mask"'


def test_nothing_found_says_so(made: Milchglas) -> None:
    done = made.command("survey")
    assert (done.returncode, done.stdout.startswith("no findings")) == (0, True)
    assert made.command("survey", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["a.har"], "a.har: no such file or folder"),
        (["--depth", "1"], "say --live, too"),
        (["--site", "nonsense"], "there is no site"),
        (["--live", "ftp://shop.example.com/"], "is no address"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(made: Milchglas, words: list[str], why: str) -> None:
    done = made.command("survey", *words)
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (1, 1, "")
    assert why in done.stderr


def test_findings_make_a_report_and_fail_a_build_that_asks_for_it(made: Milchglas, config: Config) -> None:
    report = made.folder / "report.html"
    done = made.command("survey", "--html", str(report), "--fail-on", "unmarked")
    assert done.returncode == 1 and "2 findings" in done.stdout
    text = report.read_text()
    assert "#kto" in text and "stored recordings" in text and "[red]" in text and "\x1b" not in text
    assert "Third parties" not in text, "storage does not know them"


def test_it_works_while_storage_runs(made: Milchglas, config: Config) -> None:
    made.start("storage")
    try:
        assert "2 findings" in made.command("survey").stdout
    finally:
        made.close()
