"""`milchglas incident`: something got through all the same, and then it is gone."""

from __future__ import annotations

import os
import pty
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from proxy.config import Config
from storage import database
from storage.received import Finding
from storage.tables import audit, removals, views
from tests.running import ROOT, Milchglas
from tests.stored import events_of, files, on_disk, store, text_event

SECRET = "Kanarienvogel!77"
OTHER = "recording-0000000002"
HARMLESS = "recording-0000000003"


@pytest.fixture
def made(tmp_path: Path) -> Milchglas:
    """A configuration of two sites; nothing runs."""
    site = {"hosts": ["b.example"], "upstream": "http://127.0.0.1:1", "name": "zweit"}
    made = Milchglas(tmp_path, "http://127.0.0.1:1")
    made.config["sites"][0]["hosts"] = ["a.example"]
    made.config["sites"].append(site)
    made.write()
    return made


@pytest.fixture
def config(made: Milchglas) -> Config:
    """The same, with three recordings: two hold the secret, in different spellings."""
    config = Config.model_validate(made.config)
    finding = Finding(page=f"/x/{SECRET}", selector="#a", kind="name", rule="id:name", mark="m", count=1)
    store(config, [text_event("Guten Tag"), text_event(f"x {SECRET} y")], page=f"https://a.example/{SECRET}")
    store(config, [text_event(b"Kanarienvogel!77".hex())], recording=OTHER, site="zweit")
    store(config, [text_event("Kanarienvogel")], recording=HARMLESS, findings=(finding,))
    return config


def values(config: Config, recording: str) -> list[str]:
    return [event["data"]["texts"][0]["value"] for event in events_of(config, recording)]


def notes(config: Config) -> list[Any]:
    with database.connect(config) as connection:
        return list(connection.execute(select(audit).where(audit.c.action == "incident").order_by(audit.c.id)))


def test_a_dry_run_lists_the_recordings_and_changes_nothing(made: Milchglas, config: Config) -> None:
    before = [path.read_bytes() for path in files(config)]
    done = made.command("incident", "--dry-run", "--json", stdin=SECRET + "\n")
    assert done.returncode == 0, done.stderr
    found = orjson.loads(done.stdout)
    assert {(each["id"], each["site"], each["views"], each["places"]) for each in found["recordings"]} == {
        ("recording-0000000001", "altshop", 1, 2),
        (OTHER, "zweit", 1, 1),
    }
    assert found["findings"] == 1
    assert [path.read_bytes() for path in files(config)] == before
    assert SECRET not in done.stdout + done.stderr


def test_with_yes_it_is_gone_from_blobs_addresses_findings_and_the_disk(made: Milchglas, config: Config) -> None:
    assert SECRET in on_disk(config)
    with database.opened(config) as service:  # SQLite's log outlives the command
        service.read(lambda connection: connection.execute(select(audit)).all())
        done = made.command("incident", "--yes", stdin=SECRET + "\n")
        assert SECRET not in on_disk(config)
    assert done.returncode == 0, done.stderr
    assert "taken out at 4 places" in done.stderr
    assert values(config, "recording-0000000001") == ["Guten Tag", "x •••••• y"]
    assert values(config, OTHER) == ["••••••"]
    assert values(config, HARMLESS) == ["Kanarienvogel"]
    with database.connect(config) as connection:
        assert "https://a.example/••••••" in list(connection.scalars(select(views.c.page)))
        receipt = connection.execute(select(removals.c.recording, removals.c.rule, removals.c.count)).all()
    assert sorted(map(tuple, receipt)) == [("recording-0000000001", "incident", 2), (OTHER, "incident", 1)]
    text = on_disk(config)
    assert SECRET not in text
    assert SECRET.encode().hex() not in text
    again = made.command("incident", "--yes", stdin=SECRET + "\n")
    assert again.stdout == "no stored recording holds it\n"


def test_the_audit_says_who_and_which_recordings_and_never_the_value(made: Milchglas, config: Config) -> None:
    done = made.command("incident", "--yes", stdin=SECRET + "\n")
    rows = notes(config)
    assert [row.recording for row in rows] == ["", "recording-0000000001", OTHER] or [
        row.recording for row in rows
    ] == ["", OTHER, "recording-0000000001"]
    user = rows[0].detail.split(": ")[0].removeprefix("command line, ")
    assert user
    assert all(user in row.detail for row in rows)
    assert "found in 2 recordings" in rows[0].detail
    for part in (SECRET, "Kanarien", SECRET.encode().hex()):
        assert part not in done.stderr + done.stdout + str(rows)


def test_one_site_only(made: Milchglas, config: Config) -> None:
    done = made.command("incident", "--yes", "--site", "zweit", stdin=SECRET)
    assert done.returncode == 0, done.stderr
    assert values(config, OTHER) == ["••••••"]
    assert values(config, "recording-0000000001") == ["Guten Tag", f"x {SECRET} y"]
    assert made.command("incident", "--yes", "--site", "dritt", stdin=SECRET).returncode == 1


@pytest.mark.parametrize("value", ["", "\n", "   \n", "••••••\n"])
def test_no_value_is_the_users_mistake(made: Milchglas, config: Config, value: str) -> None:
    done = made.command("incident", "--yes", stdin=value)
    assert done.returncode == 1
    assert "this is no value" in done.stderr
    assert done.stderr.count("\n") == 1


def test_bytes_that_are_no_text_are_refused_and_not_quoted(made: Milchglas, config: Config) -> None:
    line = [sys.executable, "-m", "proxy", "incident", "--yes", "-c", str(made.file)]
    done = subprocess.run(line, input=b"Kanarien\xff\n", capture_output=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"milchglas: the value is not UTF-8 text\n")


def test_a_value_from_a_pipe_needs_a_word_on_what_to_do(made: Milchglas, config: Config) -> None:
    done = made.command("incident", stdin=SECRET + "\n")
    assert done.returncode == 1
    assert "--dry-run or --yes" in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(("answer", "code", "after"), [("n", 1, f"x {SECRET} y"), ("y", 0, "x •••••• y")])
def test_on_a_terminal_it_asks_without_showing_the_value(
    made: Milchglas, config: Config, answer: str, code: int, after: str
) -> None:
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "proxy", "incident", "-c", str(made.file)]
    process = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True)
    os.close(theirs)
    shown = _until(ours, r"not shown\)")
    os.write(ours, f"{SECRET}\n".encode())
    shown += _until(ours, r"Take it out\?")
    os.write(ours, f"{answer}\n".encode())
    assert process.wait(30) == code
    os.close(ours)
    assert SECRET not in shown
    assert "recording-0000000001" in shown
    assert values(config, "recording-0000000001") == ["Guten Tag", after]


def _until(terminal: int, pattern: str) -> str:
    shown = ""
    while not re.search(pattern, shown):
        shown += os.read(terminal, 4096).decode()
    return shown


def test_what_waits_in_the_spool_is_said_not_to_be_searched(made: Milchglas, config: Config) -> None:
    folder = made.data / "spool"
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "spool.db")) as spool:
        spool.executescript("CREATE TABLE batch (id); CREATE TABLE dead (id); INSERT INTO batch VALUES (1), (2);")
    done = made.command("incident", "--dry-run", stdin=SECRET)
    assert "2 batches wait in the spool and were not searched" in done.stderr
    assert "refused" not in done.stderr


def test_a_blob_that_cannot_be_read_is_named_and_the_others_are_searched(made: Milchglas, config: Config) -> None:
    files(config)[0].write_bytes(b"torn")
    done = made.command("incident", "--yes", stdin=SECRET)
    assert done.returncode == 3
    assert "cannot be read: recording-0000000001" in done.stderr
    assert values(config, OTHER) == ["••••••"]


def test_a_fault_of_ours_shows_no_value(made: Milchglas, config: Config) -> None:
    code = (
        "import storage.incident as i\n"
        "def broken(archive, traces, *_): raise RuntimeError(str(vars(traces)))\n"
        "i.search = broken\n"
        f"import sys; sys.argv = ['milchglas', 'incident', '--yes', '-c', {str(made.file)!r}]\n"
        "import proxy.cli; proxy.cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=SECRET, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 3
    assert "kanarien" not in (done.stdout + done.stderr).lower()


def test_storage_elsewhere_is_named_with_what_to_do(tmp_path: Path) -> None:
    storage = {"url": "https://storage.example", "token": "t" * 32}
    made = Milchglas(tmp_path, "http://127.0.0.1:1", {"storage": storage})
    for words in (["incident", "--yes"], ["recordings"]):
        done = made.command(*words, stdin=SECRET)
        assert done.returncode == 1, words
        assert "https://storage.example" in done.stderr
        assert "run this command on that machine" in done.stderr
