"""Scrubbing what is stored: what is new to the rules goes, receipts say so, and a fault costs no recording."""

from __future__ import annotations

import getpass

import pytest
from sqlalchemy import select

from proxy.privacy import again
from storage import database, findings, rewrite
from storage.received import Finding
from storage.scrub import Tally, scrub, scrub_findings, started_since
from storage.tables import audit, removals, views
from tests.stored import RECORDING, T0, events_of, files, store, text_event

CARD = "4111111111111111"
OTHER, FOREIGN = "recording-0000000002", "recording-0000000003"
SNAPSHOT = {
    "type": 2,
    "timestamp": T0 - 1,
    "data": {"node": {"type": 0, "id": 1, "childNodes": [{"type": 3, "id": 5, "textContent": "Guten Tag"}]}},
}


@pytest.fixture
def stored(config):
    store(config, [SNAPSHOT, text_event("Guten Abend")], page="https://a.example/kasse")
    store(config, [text_event(f"Karte {CARD}")], seq=1)
    store(config, [SNAPSHOT, text_event("Gute Nacht")], recording=OTHER)
    store(config, [SNAPSHOT, text_event(CARD)], recording=FOREIGN, site="weg")
    return config


def run(config, *, change=True, since=0.0) -> Tally:
    tally = Tally()
    with rewrite.archive(config) as archive:
        some = started_since(archive, None, since)
        sites = {site.name: site for site in config.sites}
        assert list(scrub(archive, sites, some, tally, change=change)) == list(range(1, len(some) + 1))
    return tally


def texts(config, recording=RECORDING):
    return [event["data"]["texts"][0]["value"] for event in events_of(config, recording) if event["type"] == 3]


def test_only_what_the_rules_change_is_written_again(stored):
    before = {path: path.stat().st_mtime_ns for path in files(stored)}
    tally = run(stored)
    assert (tally.looked, tally.changed, tally.foreign, tally.failed) == (2, 1, 1, [])
    assert tally.removed == {"text:card_number": 1}
    assert texts(stored) == ["Guten Abend", "Karte ••••••"]
    after = {path: path.stat().st_mtime_ns for path in files(stored)}
    assert len(before.items() & after.items()) == 3
    assert run(stored).changed == 0


def test_the_receipt_and_the_audit_say_what_was_removed_later(stored):
    run(stored)
    run(stored)
    with database.connect(stored) as connection:
        receipt = connection.execute(select(removals.c.recording, removals.c.rule, removals.c.count)).all()
        noted = connection.execute(select(audit.c.recording).where(audit.c.action == "scrub")).scalars().all()
    assert list(map(tuple, receipt)) == [(RECORDING, "scrub:text:card_number", 1)]
    assert noted == [RECORDING]


def test_what_a_late_batch_tells_holds_for_an_early_one(config):
    node = {"type": 2, "id": 7, "tagName": "input", "attributes": {"name": "pin"}, "childNodes": []}
    store(config, [SNAPSHOT, text_event("Hallo Wolkenbruch")])
    typed = {"source": 5, "id": 7, "text": "Wolkenbruch", "isChecked": False}
    added = {"source": 0, "texts": [], "attributes": [], "removes": [], "adds": [{"parentId": 1, "node": node}]}
    store(config, [{"type": 3, "timestamp": T0, "data": data} for data in (added, typed)], seq=1)
    assert run(config).removed == {"name:pin": 1, "echo": 1}
    assert "Wolkenbruch" not in str(events_of(config))


async def test_the_player_says_who_changed_a_recording_and_a_batch_sent_again_does_not_bring_it_back(inside):
    events = [SNAPSHOT, text_event(f"Karte {CARD}")]
    assert await inside.put(events=events) == 201
    assert "Changed after storage" not in (await inside.get(f"/recordings/{RECORDING}"))[1]
    assert run(inside.config).changed == 1
    assert await inside.put(events=events) == 409, "to the proxy it has arrived"
    assert texts(inside.config) == ["Karte ••••••"]
    _, page = await inside.get(f"/recordings/{RECORDING}")
    section = page[page.index("Changed after storage") :]
    assert "<li>scrub<small>" in section
    assert f"command line, user {getpass.getuser()}" in section


def test_a_dry_run_changes_nothing_and_tells_the_same(stored):
    before = [path.read_bytes() for path in files(stored)]
    assert run(stored, change=False).removed == {"text:card_number": 1}
    assert [path.read_bytes() for path in files(stored)] == before


def test_addresses_of_views_and_findings_are_looked_at_too(config):
    found = Finding(page=f"/k/{CARD}", selector=f"#a{CARD}", kind="card_number", rule="id:x", mark="m", count=2)
    store(config, [SNAPSHOT], page=f"https://a.example/k/{CARD}", findings=(found,))
    tally = run(config)
    assert (tally.changed, tally.removed) == (1, {"url": 1})
    with database.connect(config, write=True) as connection:
        assert scrub_findings(connection, None) == 1
        assert scrub_findings(connection, None) == 0
        assert CARD not in str(findings.listed(connection)) + str(connection.scalars(select(views.c.page)).all())
    assert run(config).changed == 0


def test_recordings_since_a_time(stored):
    assert run(stored, since=T0 / 1000 + 1).looked == 0
    assert run(stored, since=T0 / 1000 - 1).looked == 2


def test_a_fault_leaves_the_recording_as_it_is_and_goes_on(stored, monkeypatch):
    real = again.Again.batch

    def broken(self, recording, view, lines):
        if recording == RECORDING:
            raise RuntimeError(str(lines))
        return real(self, recording, view, lines)

    monkeypatch.setattr(again.Again, "batch", broken)
    tally = run(stored)
    assert (tally.looked, tally.changed, tally.failed) == (1, 0, [RECORDING])
    assert texts(stored) == ["Guten Abend", f"Karte {CARD}"]


def test_a_torn_blob_leaves_the_recording_as_it_is_and_goes_on(stored):
    files(stored)[0].write_bytes(b"torn")
    assert run(stored).failed == [RECORDING]
