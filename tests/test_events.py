"""The event path of a whole Milchglas: what is accepted is stored clean, what is not is refused and gone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import orjson
import psutil
import pytest

from tests.running import Milchglas, wait_for
from tests.sender import PASSWORD, SEARCH, Sender, element, said, snapshot, text, typed
from tests.upstream import serving

FORM = (
    element(10, "input", type="search"),
    element(11, "input", type="password"),
    element(12, "p", [text(13, "x")]),
)
CARDS = {10: SEARCH, 11: PASSWORD}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milchglas]:
    with serving() as upstream:
        made = Milchglas(tmp_path_factory.mktemp("events"), upstream.url, {"sanitizers": 2})
        made.start()
        yield made
        made.close()


def test_an_accepted_batch_arrives_in_storage_without_its_secret(running: Milchglas) -> None:
    sender = Sender(running.port)
    first = sender.send([*snapshot(*FORM), typed(11, "Kanarienvogel7")], CARDS)
    assert first.status == 202
    assert orjson.loads(first.body) == {"mask": [11], "snapshot": False}
    assert sender.send([typed(10, "roter Schuh"), said(13, "Kanarienvogel7 ist falsch")], CARDS).status == 202
    running.wait_spool_empty()
    printed = running.command("recordings").stdout.splitlines()
    (listed,) = [each for each in map(orjson.loads, printed) if each["id"] == sender.recording]
    assert listed["site"] == "altshop"
    assert (listed["views"], listed["events"]) == (1, 5)
    exported = running.command("export", sender.recording).stdout
    assert orjson.loads(exported) == running.export(sender.recording)
    assert "roter Schuh" in exported
    assert "Kana" not in exported


def test_a_hint_that_is_wrong_finds_the_right_process_all_the_same(running: Milchglas) -> None:
    for hint in ("a", "b", "c", ""):
        sender = Sender(running.port)
        assert sender.post(sender.batch(snapshot()), hint=hint).status == 202


def test_a_batch_sent_again_is_acknowledged_and_stored_once(running: Milchglas) -> None:
    sender = Sender(running.port)
    body = sender.batch(snapshot(*FORM), CARDS)
    assert [sender.post(body).status for _ in range(3)] == [202, 202, 202]
    running.wait_spool_empty()
    assert len(running.export(sender.recording)) == 2


def good(sender: Sender) -> bytes:
    return sender.batch(snapshot(*FORM, text(14, "Kanarienvogel7")), CARDS)


GZIP = "Content-Encoding: gzip"
BAD = {
    "malformed": (400, lambda sender: (b"{Kanarienvogel7",)),
    "no object": (400, lambda sender: (b"[]",)),
    "doubly compressed": (400, lambda sender: (gzip.compress(gzip.compress(good(sender))), GZIP)),
    "truncated": (400, lambda sender: (gzip.compress(good(sender))[:-9], GZIP)),
    "unknown coding": (400, lambda sender: (good(sender), "Content-Encoding: br")),
    "inflates too far": (413, lambda sender: (gzip.compress(b" " * 70_000_000 + good(sender)), GZIP)),
    "too large": (413, lambda sender: (b"x" * 11_000_000,)),
    "unsigned": (403, lambda sender: (sender.batch(snapshot(), token=""),)),
    "signed for another recording": (403, lambda sender: (sender.batch(snapshot(), recording="x" * 22),)),
    "forged": (403, lambda sender: (sender.batch(snapshot(), token=sender.token[:-2] + "xx"),)),
    "bad id": (400, lambda sender: (sender.batch(snapshot(), view="../../etc"),)),
    "bad seq": (400, lambda sender: (sender.batch(snapshot(), seq=-1),)),
    "no events": (400, lambda sender: (sender.batch([]),)),
    "other version": (400, lambda sender: (sender.batch(snapshot(), v=2),)),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_batch_is_refused_and_leaves_nothing(running: Milchglas, case: str) -> None:
    sender = Sender(running.port)
    status, made = BAD[case]
    answer = sender.post(*made(sender))
    assert answer.status == status
    assert b"Kana" not in answer.body
    running.wait_spool_empty()
    assert sender.recording not in [each["id"] for each in running.recordings()]
    assert "Kana" not in running.log.read_text()


def children(running: Milchglas, name: str) -> list[psutil.Process]:
    assert running.process
    every = psutil.Process(running.process.pid).children(recursive=True)
    return [each for each in every if each.name() == f"mg-{name}"]


def test_pages_and_a_clear_503_while_every_sanitizer_is_dead_and_recovery_after(running: Milchglas) -> None:
    sender = Sender(running.port)
    assert sender.send(snapshot(*FORM), CARDS).status == 202
    dead = children(running, "sanitizer")
    assert len(dead) == 2
    for process in dead:
        process.kill()
    assert sender.send([typed(10, "roter Schuh")], CARDS).status in (202, 503)
    wait_for(lambda: len(children(running, "sanitizer")) == 2, 10, "sanitizers are not rebuilt")
    answers = []

    def accepted() -> bool:
        answers.append(sender.send([typed(10, "blauer Schuh")], CARDS))
        return answers[-1].status == 202

    wait_for(accepted, 10, "no batch is accepted after the rebuild")
    # What the dead process remembered is gone: stricter until a fresh snapshot, and one is asked for.
    assert orjson.loads(answers[-1].body)["snapshot"] is True


def test_a_worker_that_dies_is_replaced_and_nobody_is_refused(running: Milchglas) -> None:
    (worker,) = children(running, "worker")
    worker.kill()
    assert Sender(running.port).send(snapshot(*FORM), CARDS).status == 202
