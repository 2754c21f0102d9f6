"""What is in the spool is on disk, is what was sanitized, and stays until storage has it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from proxy.config import Site
from proxy.delivery.spool import Spool, SpoolFull
from proxy.privacy.batch import decode
from proxy.privacy.memory import Memories
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import SanitizedBatch, sanitize
from tests.sender import Sender, element, snapshot

KEY = b"k" * 32
POLICY = Policy.of(Site.model_validate({"name": "altshop", "hosts": ["*"], "upstream": "http://127.0.0.1:1"}))


def clean(seq: int, recording: str = "r" * 22) -> SanitizedBatch:
    """A batch that went through sanitizing, as there is no other way to one."""
    sender = Sender.__new__(Sender)
    sender.recording, sender.view, sender.seq, sender.token = recording, "v" * 16, seq, "t"
    raw = sender.batch(snapshot(element(10, "p")))
    return sanitize(decode(raw, ""), POLICY, Memories().get(recording))


def test_a_batch_waits_until_it_is_dropped_and_over_a_restart(tmp_path: Path) -> None:
    spool = Spool(tmp_path, KEY)
    batch = clean(0)
    spool.add([batch, clean(1)])
    spool.close()
    spool = Spool(tmp_path, KEY)
    first, second = spool.take(10)
    assert first.batch == batch
    spool.drop([first.id])
    assert [item.id for item in spool.take(10)] == [second.id]


def test_the_same_batch_waits_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path, KEY)
    spool.add([clean(0), clean(0)])
    spool.add([clean(0)])
    assert len(spool.take(10)) == 1


def test_the_file_syncs_every_commit(tmp_path: Path) -> None:
    spool = Spool(tmp_path, KEY)
    assert spool._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert spool._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_at_the_cap_nothing_is_added_and_nothing_lost(tmp_path: Path) -> None:
    spool = Spool(tmp_path, KEY, cap=100_000)
    with pytest.raises(SpoolFull):
        for seq in range(10_000):
            spool.add([clean(seq)])
    held = len(spool.take(10_000))
    assert 0 < held < 10_000
    assert spool.bytes() < 100_000 + 50_000
    spool.drop([item.id for item in spool.take(10_000)])
    spool.add([clean(0)])


def test_a_row_that_nobody_sanitized_is_set_aside(tmp_path: Path) -> None:
    spool = Spool(tmp_path, KEY)
    spool.add([clean(0)])
    with sqlite3.connect(tmp_path / "spool.db") as db:
        db.execute("INSERT INTO batch (key, added, sealed) VALUES ('x', 0, 'Kanarienvogel7')")
        db.execute("UPDATE batch SET sealed = substr(sealed, 1, 50) || 'x' || substr(sealed, 52) WHERE key <> 'x'")
    spool.add([clean(1)])
    assert [item.batch.seq for item in spool.take(10)] == [1]
    assert spool.level().dead == 2


def test_a_row_of_another_key_is_set_aside(tmp_path: Path) -> None:
    Spool(tmp_path, b"other" * 6).add([clean(0)])
    assert Spool(tmp_path, KEY).take(10) == []


def test_a_damaged_file_is_renamed_and_a_new_one_begun(tmp_path: Path) -> None:
    (tmp_path / "spool.db").write_bytes(b"not a database, but somebody's bytes" * 200)
    spool = Spool(tmp_path, KEY)
    spool.add([clean(0)])
    assert len(spool.take(10)) == 1
    (aside,) = tmp_path.glob("spool.db.damaged-*")
    assert aside.read_bytes().startswith(b"not a database")


def test_two_processes_may_have_it_open(tmp_path: Path) -> None:
    adding, taking = Spool(tmp_path, KEY), Spool(tmp_path, KEY)
    adding.add([clean(0)])
    (item,) = taking.take(10)
    adding.add([clean(1)])
    taking.drop([item.id])
    assert adding.level().batches == 1
