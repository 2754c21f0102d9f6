"""A recording reads the same however its batches arrived."""

from __future__ import annotations

import itertools
import json
import random

import pytest

from storage import commands, database, recordings

RECORDING = "recording-0000000001"
EARLY, LATE = "view-zzzzzzzzzzzzzz", "view-aaaaaaaaaaaaaa"


def event(time: int, name: str) -> dict:
    return {"type": 5, "timestamp": time, "data": {"tag": name}}


# Views by start (not by id), batches by seq (not by time), events by time (the stable order kept).
BATCHES = [
    (EARLY, 0, [event(1000, "a"), event(1300, "c"), event(1300, "d"), event(1200, "b")]),
    (EARLY, 1, [event(1250, "e")]),
    (EARLY, 10, [event(5000, "f")]),
    (LATE, 0, [event(2000, "g")]),
    (LATE, 2, [event(2001, "h")]),
]


@pytest.mark.parametrize("order", random.Random(7).sample(list(itertools.permutations(range(5))), 8))
async def test_the_order_of_arrival_does_not_matter(service, order):
    for index in order:
        view, seq, events = BATCHES[index]
        assert await service.put(view=view, seq=seq, events=events) == 201
    exported = json.loads(b"".join(commands.export(service.config, RECORDING)))
    assert [one["data"]["tag"] for one in exported] == list("abcdefgh")
    (recording,) = commands.recordings(service.config)
    assert (recording["started"], recording["seconds"], recording["views"]) == (1.0, 4.0, 2)


async def test_batches_that_never_came_are_counted_as_a_gap(service):
    for view, seq, events in BATCHES:
        await service.put(view=view, seq=seq, events=events)
    with database.connect(service.config) as connection:
        views = recordings.timeline(connection, RECORDING)
    assert [(view.id, view.missing) for view in views] == [(EARLY, 8), (LATE, 1)]


async def test_the_dashboard_gives_the_same_events_as_the_command_line(inside):
    for view, seq, events in BATCHES:
        await inside.put(view=view, seq=seq, events=events)
    printed = b"".join(commands.export(inside.config, RECORDING))
    answer, played = await inside.get(f"/recordings/{RECORDING}/events")
    assert (answer.content_type, json.loads(played)) == ("application/json", json.loads(printed))
    answer, saved = await inside.get(f"/recordings/{RECORDING}/export")
    assert saved == played
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{RECORDING}.json"'
    _, part = await inside.get(f"/recordings/{RECORDING}/events?view={LATE}")
    assert [one["data"]["tag"] for one in json.loads(part)] == ["g", "h"]


async def test_events_are_handed_on_byte_for_byte(service):
    line = b'{"type": 3, "timestamp":1000.5, "data":{"big":12345678901234567890, "text":"\\u2022 \xe2\x80\xa2"}}'
    import zstandard

    assert await service.put(body=zstandard.compress(line + b"\n")) == 201
    assert b"".join(commands.export(service.config, RECORDING)) == b"[" + line + b"]"


async def test_a_recording_without_events_is_an_empty_array(service):
    await service.put(events=[], Milchglas_Started="1000", Milchglas_Ended="1000")
    assert b"".join(commands.export(service.config, RECORDING)) == b"[]"


async def test_recordings_come_newest_first_and_by_site(service):
    for n, site in enumerate(["altshop", "other", "altshop"]):
        await service.put(recording=f"recording-{n:010}", events=[event(n * 1000, "a")], Milchglas_Site=site)
    listed = list(commands.recordings(service.config))
    assert [one["started"] for one in listed] == [2.0, 1.0, 0.0]
    assert [one["site"] for one in commands.recordings(service.config, "altshop")] == ["altshop", "altshop"]
