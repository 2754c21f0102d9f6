"""What one process does with the batches of one commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from proxy.config import Config
from proxy.delivery.spool import Spool
from proxy.privacy.sanitize import SanitizedBatch
from proxy.sanitizers import Sanitizer, Verdict
from tests.conftest import configured
from tests.proxy.delivery.test_spool import clean


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured("http://127.0.0.1:1", data=str(tmp_path), sanitizers=1)


def accepted(number: int) -> list[Verdict]:
    return [Verdict(202, {"mask": [], "snapshot": False}, "accepted", clean(seq)) for seq in range(number)]


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception, seq: int) -> None:
    add = Spool.add

    def fails(spool: Spool, batches: Iterable[SanitizedBatch]) -> None:
        if any(batch.seq == seq for batch in batches):
            raise error
        add(spool, batches)

    monkeypatch.setattr(Spool, "add", fails)


def test_a_batch_that_cannot_be_written_falls_alone(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, OverflowError("Kanarienvogel7"), seq=1)
    sanitizer = Sanitizer(config, 0, b"k" * 32)
    done = sanitizer.commit(accepted(3))
    assert [verdict.status for verdict in done] == [202, 400, 202]
    assert [item.batch.seq for item in sanitizer._spool.take(9)] == [0, 2]


def test_what_is_not_on_disk_is_not_acknowledged(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, sqlite3.OperationalError("disk is full"), seq=0)
    sanitizer = Sanitizer(config, 0, b"k" * 32)
    refusal = Verdict(403, {"error": "token"}, "token")
    done = sanitizer.commit([*accepted(2), refusal])
    assert [verdict.status for verdict in done] == [503, 503, 403]
    assert sanitizer._spool.level().batches == 0
