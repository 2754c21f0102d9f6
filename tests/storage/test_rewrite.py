"""What is stored can be changed, and whoever is killed while he changes it leaves every recording whole."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys

import orjson
import pytest
from sqlalchemy import select

from proxy.config import Config
from storage import database, lines, rewrite
from storage.fault import StorageFault
from storage.rewrite import Archive, Change, Gone
from storage.tables import batches, leftovers, recordings
from tests.running import ROOT
from tests.stored import RECORDING, events_of, files, store, text_event

OLD = [text_event("alt")]
NEW = [text_event("neu und länger")]


def change(archive: Archive, at: int = 0) -> Change:
    body = lines.pack(map(orjson.dumps, NEW))
    return Change(archive.batches(RECORDING)[at], body, lines.inspect(body))


def rows(config):
    with database.connect(config) as connection:
        return connection.execute(select(batches)).all(), list(connection.scalars(select(leftovers.c.blob)))


def test_a_change_reaches_blob_row_and_sums(config):
    store(config, OLD)
    store(config, OLD, seq=1)
    with rewrite.archive(config) as archive:
        archive.replace(RECORDING, [change(archive, 1)])
    assert events_of(config) == OLD + NEW
    (first, second), left = rows(config)
    assert left == []
    assert [path.name for path in files(config)] == sorted(row.blob.split("/")[1] for row in (first, second))
    body = files(config)[1].read_bytes()
    assert (second.digest, second.bytes) == (hashlib.sha256(body).hexdigest(), len(body))
    with database.connect(config) as connection:
        total = connection.execute(select(recordings)).one()
    assert (total.events, total.bytes) == (2, first.bytes + second.bytes)
    assert total.inflated == first.inflated + second.inflated


def test_what_goes_with_a_change_is_undone_with_it(config):
    store(config, OLD)

    def broken(connection):
        connection.execute(recordings.update().values(site="other"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), rewrite.archive(config) as archive:
        archive.replace(RECORDING, [change(archive)], broken)
    assert events_of(config) == OLD
    with rewrite.archive(config):
        pass
    assert len(files(config)) == 1
    assert rows(config)[1] == []


def test_a_recording_that_is_gone_or_changed_is_not_touched(config):
    store(config, OLD)
    with rewrite.archive(config) as archive:
        late = change(archive)
        archive.replace(RECORDING, [late])
        with pytest.raises(Gone):
            archive.replace(RECORDING, [late])
        with database.connect(config, write=True) as connection:
            connection.execute(recordings.delete())
        with pytest.raises(Gone):
            archive.replace(RECORDING, [change(archive)] if archive.batches(RECORDING) else [late])
    assert rows(config) == ([], [])


def test_the_same_body_again_leaves_its_blob(config):
    store(config, OLD)
    with rewrite.archive(config) as archive:
        for _ in range(2):
            archive.replace(RECORDING, [change(archive)])
    assert events_of(config) == NEW


def test_two_commands_do_not_change_at_once(config):
    store(config, OLD)
    with (
        rewrite.archive(config),
        pytest.raises(StorageFault, match="wait for its end"),
        rewrite.archive(config),
    ):
        raise AssertionError("two at once")
    with rewrite.archive(config):
        pass


STEPS = ["_leave", "write", "_rename", "sweep", "delete", "_forget"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_recording_is_old_or_new_and_nothing_is_left_over(config, monkeypatch, step, after):
    store(config, OLD)
    store(config, OLD, seq=1)
    code = f"from tests.storage.test_rewrite import die; die({str(config.data)!r}, {step!r}, {after})"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == -signal.SIGKILL
    assert events_of(config) in (OLD + OLD, NEW + NEW)
    with rewrite.archive(config) as archive:
        assert len(files(config)) == 2
        archive.replace(RECORDING, [change(archive, 0), change(archive, 1)])
    assert events_of(config) == NEW + NEW
    assert len(files(config)) == 2
    assert rows(config)[1] == []


def die(data: str, step: str, after: bool) -> None:
    """In a process of its own: replace, and be killed before or after a step of it."""
    site = {"name": "altshop", "hosts": ["*"], "upstream": "http://127.0.0.1:1"}
    config = Config.model_validate({"version": 1, "data": data, "sites": [site]})
    with rewrite.archive(config) as archive:
        owner = {"write": archive._blobs, "delete": archive._blobs, "sweep": archive}.get(step, rewrite)
        real = getattr(owner, step)

        def deadly(*words):
            if after:
                real(*words)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(owner, step, deadly)
        archive.replace(RECORDING, [change(archive, 0), change(archive, 1)])
