"""`milchglas scrub`: today's rules over yesterday's recordings, whoever kills it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from proxy.config import Config
from tests.running import ROOT, Milchglas
from tests.storage.test_scrub import CARD, SNAPSHOT
from tests.stored import events_of, files, store, text_event

MASKED = ["Karte ••••••", "••••••"]
RECORDINGS = [f"recording-{number:010}" for number in range(40)]


@pytest.fixture
def made(tmp_path: Path) -> Milchglas:
    return Milchglas(tmp_path, "http://127.0.0.1:1")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Recordings of two batches each, both with a secret."""
    made = Milchglas(tmp_path_factory.mktemp("stored"), "http://127.0.0.1:1")
    config = Config.model_validate(made.config)
    for recording in RECORDINGS:
        store(config, [SNAPSHOT, text_event(f"Karte {CARD}")], recording=recording)
        store(config, [text_event(CARD)], recording=recording, seq=1)
    return made.data


@pytest.fixture
def config(made: Milchglas, stored: Path) -> Config:
    """A copy of them, to be changed."""
    shutil.copytree(stored, made.data)
    return Config.model_validate(made.config)


def texts(config: Config, recording: str) -> list[str]:
    return [each["data"]["texts"][0]["value"] for each in events_of(config, recording) if each["type"] == 3]


def test_it_says_by_rule_what_it_removed_and_then_nothing_more(made: Milchglas, config: Config) -> None:
    done = made.command("scrub", "--json")
    assert done.returncode == 0, done.stderr
    told = orjson.loads(done.stdout)
    assert told == {"looked": 40, "changed": 40, "failed": [], "foreign": 0, "removed": {"text:card_number": 80}}
    assert all(texts(config, recording) == MASKED for recording in RECORDINGS)
    again = made.command("scrub")
    assert "40 recordings looked through" in again.stdout
    assert again.stdout.strip().endswith("0 changed")


def test_in_words(made: Milchglas, config: Config) -> None:
    done = made.command("scrub", "--dry-run", "--site", "altshop", "--since", "2020-01-31")
    assert re.fullmatch(r"80 +card number in a page's text +text:card_number *", done.stdout.splitlines()[1])
    assert "40 would change" in done.stdout
    assert CARD not in done.stdout + done.stderr
    assert made.command("scrub", "--site", "nonsense").returncode == 1
    assert made.command("scrub", "--since", "yesterday").returncode == 1


def test_a_selector_that_a_stored_page_cannot_be_asked_for_is_named(made: Milchglas) -> None:
    made.config["sites"][0]["sensitive"] = ["#a", "p::first-line"]
    made.write()
    done = made.command("scrub")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "passed over, for a stored page cannot be asked for it: p::first-line\n"


def test_killed_again_and_again_it_leaves_every_recording_whole_and_comes_to_its_end(
    made: Milchglas, config: Config
) -> None:
    kills, old = 0, [f"Karte {CARD}", CARD]
    line = [sys.executable, "-m", "proxy", "scrub", "-c", str(made.file)]
    while True:
        before = set(files(config))
        process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(set(files(config)) - before) < 11:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            break
        kills += 1
        found = [texts(config, recording) for recording in RECORDINGS]
        assert all(each in (old, MASKED) for each in found)
        assert kills < 40, "it comes no further"
    assert kills >= 4, "it was hardly ever killed"
    assert all(texts(config, recording) == MASKED for recording in RECORDINGS)
    assert len(files(config)) == 80


def test_interrupted_it_says_how_to_go_on(made: Milchglas, config: Config) -> None:
    slow = files(config)[20]
    slow.unlink()
    os.mkfifo(slow)
    line = [sys.executable, "-m", "proxy", "scrub", "-c", str(made.file)]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with slow.open("wb"):  # waits until it is being read, and then what reads it waits
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "run it again to go on" in err
    assert re.search(r"[1-9][0-9]* recordings looked through", out)


def test_it_works_while_storage_runs(made: Milchglas, config: Config) -> None:
    made.start("storage")
    try:
        assert made.command("scrub").returncode == 0
        assert all(texts(config, recording) == MASKED for recording in RECORDINGS)
    finally:
        made.close()
