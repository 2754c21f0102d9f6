"""The paragraph says what is configured, in each language, and nothing that is not."""

from __future__ import annotations

import dataclasses
import itertools
import string
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from proxy.check.facts import facts
from proxy.commands.notice import notice
from proxy.config import Config
from proxy.notice import LANGUAGES, open_points, paragraph
from proxy.notice.words import Words

EVERY = sorted(LANGUAGES)


def written(language: str = "en", region: str = "local", **keys: Any) -> str:
    site = {"name": "a", "hosts": ["*"], "upstream": "http://127.0.0.1", **keys}
    config = Config.model_validate({"version": 1, "sites": [site], "storage": {"region": region}})
    return paragraph(config, config.sites[0], language)


def test_the_english_paragraph_of_the_defaults() -> None:
    text = written(hosts=["shop.example.com", "www.example.com"])
    for said in (
        "On shop.example.com and www.example.com we record visits",
        "In it, long numbers, e-mail addresses and IP addresses are made unreadable.",
        "What you enter into forms is not recorded.",
        "on our own servers in [place]",
        "You can object to the recording: [how].",
        "Global Privacy Control",
    ):
        assert said in text
    assert "No personal data" not in text


def test_the_german_paragraph_of_a_strict_site() -> None:
    text = written(
        "de",
        "eu-central-1",
        record={"text": "mask", "visit": "page", "sample": 0.25},
        consent={"mode": "opt-in"},
    )
    for said in (
        "Auf dieser Website zeichnen wir Besuche auf",
        "bei 25 % der Besuche",
        "vollständig unkenntlich gemacht",
        "Personenbezogene Daten werden dabei nicht aufgezeichnet.",
        "auf Servern in der Region eu-central-1",
        "In Ihrem Browser wird dafür nichts gespeichert.",
        "Aufgezeichnet wird erst, wenn Sie eingewilligt haben",
    ):
        assert said in text
    assert "[Rechtsgrundlage" not in text, "it is the consent"


COMBINATIONS = list(
    itertools.product(
        ("none", "harmless", "personal"),
        ("mask", {}, {"numbers": True, "emails": True, "ips": True}),
        ("tab", "page"),
        ("none", "notice", "opt-in"),
        (True, False),
        ("local", "eu-central-1"),
    )
)


@pytest.mark.parametrize("language", EVERY)
def test_each_way_to_configure_a_site_says_something_else(language: str) -> None:
    texts = {
        written(
            language,
            region,
            record={"forms": forms, "text": text, "visit": visit},
            consent={"mode": mode, "respect_gpc": gpc, "notice_url": "/privacy"},
        )
        for forms, text, visit, mode, gpc, region in COMBINATIONS
    }
    assert len(texts) == len(COMBINATIONS)
    assert not any(set("{}") & set(text) for text in texts)


@pytest.mark.parametrize("language", EVERY)
@pytest.mark.parametrize("forms", ["none", "harmless", "personal"])
@pytest.mark.parametrize("text", ["mask", {}])
def test_no_personal_data_is_said_only_where_there_is_none(language: str, forms: str, text: Any) -> None:
    said = LANGUAGES[language].impersonal in written(
        language, record={"forms": forms, "text": text}, consent={"notice_url": "/privacy"}
    )
    assert said == (text == "mask" and forms != "personal")


@pytest.mark.parametrize("language", EVERY)
def test_each_language_has_the_same_places_to_fill_in(language: str) -> None:
    for field in dataclasses.fields(Words):
        mine, german = getattr(LANGUAGES[language], field.name), getattr(LANGUAGES["de"], field.name)
        assert _fields(mine) == _fields(german), field.name
        assert len(open_points(mine)) == len(open_points(german)), field.name
        assert mine == mine.strip()


def _fields(text: str) -> list[str | None]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def test_check_tells_the_same_duty() -> None:
    def duty(**keys: Any) -> str:
        site = {"name": "a", "hosts": ["*"], "upstream": "http://127.0.0.1", **keys}
        found = facts(Config.model_validate({"version": 1, "sites": [site]}))
        return next(fact for _, fact in found if fact.startswith("duty to inform"))

    assert "none that follows" in duty(record={"text": "mask"})
    assert "page text names people" in duty()
    told = duty(record={"text": "mask", "forms": "personal"}, consent={"notice_url": "/privacy"})
    assert "personal fields are recorded" in told
    assert "/privacy" in told


def command(folder: Path, *words: str, enabled: bool = True) -> Any:
    file = folder / "file.yaml"
    sites = [
        f'  - {{name: {name}, hosts: ["{name}.example"], upstream: "http://127.0.0.1", enabled: {on}}}\n'
        for name, on in (("shop", str(enabled).lower()), ("off", "false"))
    ]
    file.write_text("version: 1\nsites:\n" + "".join(sites))
    return CliRunner().invoke(notice, ["-c", str(file), *words])


def test_a_site_that_is_not_recorded_has_no_paragraph(tmp_path: Path) -> None:
    done = command(tmp_path, "--lang", "fr", "--json")
    (found,) = orjson.loads(done.stdout)
    assert (found["site"], found["lang"]) == ("shop", "fr")
    assert found["open"] == open_points(found["text"])
    assert command(tmp_path, enabled=False).exit_code == 1
    assert command(tmp_path, "--site", "none").exit_code == 1


def test_what_is_to_be_filled_in_is_counted_and_apart_from_the_text(tmp_path: Path) -> None:
    done = command(tmp_path)
    assert done.stdout.startswith("On shop.example we record")
    assert f"{len(open_points(done.stdout))} places in [brackets]" in done.stderr
