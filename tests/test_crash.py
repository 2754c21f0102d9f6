"""What was acknowledged is not lost: not when storage dies, not when everything dies."""

from __future__ import annotations

import os
import signal

import orjson
import psutil

from proxy.privacy.urls import MASK
from tests.running import Milchglas, wait_for
from tests.sender import SEARCH, Sender, element, snapshot, typed

FORM = (element(10, "input", type="search"),)
CARDS = {10: SEARCH}


def words(milchglas: Milchglas, recording: str) -> list[str]:
    events = milchglas.export(recording)
    return [event["data"]["text"] for event in events if event["data"].get("source") == 5]


def test_storage_killed_during_a_visit_loses_nothing(milchglas: Milchglas) -> None:
    milchglas.start()
    sender = Sender(milchglas.port)
    assert sender.send(snapshot(*FORM), CARDS).status == 202
    assert milchglas.process
    (storage,) = [
        each
        for each in psutil.Process(milchglas.process.pid).children(recursive=True)
        if each.name() == "mg-storage"
    ]
    storage.kill()
    for number in range(5):
        assert sender.send([typed(10, chr(97 + number) * 6)], CARDS).status == 202
    milchglas.wait_spool_empty()
    assert words(milchglas, sender.recording) == [chr(97 + number) * 6 for number in range(5)]


def test_kill_9_between_two_batches_loses_no_acknowledged_one(milchglas: Milchglas) -> None:
    milchglas.start()
    sender = Sender(milchglas.port)
    assert sender.send(snapshot(*FORM), CARDS).status == 202
    expected = []
    for number in range(10):
        answer = sender.send([typed(10, chr(97 + number) * 6)], CARDS)
        assert answer.status == 202
        # What a dead process remembered is gone: a batch after it is masked, until the fresh snapshot is there.
        lost = orjson.loads(answer.body)["snapshot"]
        assert lost == (number in (3, 7))
        expected.append(MASK if lost else chr(97 + number) * 6)
        if lost:
            assert sender.send(snapshot(*FORM), CARDS).status == 202
        if number in (2, 6):
            milchglas.kill()
            milchglas.start()
    milchglas.wait_spool_empty()
    assert words(milchglas, sender.recording) == expected


def test_a_stop_drains_and_a_second_start_goes_on(milchglas: Milchglas) -> None:
    milchglas.start()
    sender = Sender(milchglas.port)
    assert sender.send(snapshot(*FORM), CARDS).status == 202
    assert milchglas.stop() == 0
    milchglas.start()
    assert sender.send([*snapshot(*FORM), typed(10, "danach")], CARDS).status == 202
    milchglas.wait_spool_empty()
    assert words(milchglas, sender.recording) == ["danach"]


def test_a_sigterm_to_every_process_drains_as_one_to_the_supervisor(milchglas: Milchglas) -> None:
    milchglas.start()
    sender = Sender(milchglas.port)
    assert sender.send(snapshot(*FORM), CARDS).status == 202
    assert milchglas.process
    os.killpg(milchglas.process.pid, signal.SIGTERM)
    assert milchglas.process.wait(20) == 0
    said = milchglas.log.read_text()
    assert "draining" in said
    assert "error" not in said


def test_no_process_outlives_a_kill_9(milchglas: Milchglas) -> None:
    milchglas.start()
    assert milchglas.process
    family = psutil.Process(milchglas.process.pid).children(recursive=True)
    assert len(family) >= 4
    milchglas.kill()
    wait_for(lambda: not any(each.is_running() for each in family), 5, "a process goes on alone")
