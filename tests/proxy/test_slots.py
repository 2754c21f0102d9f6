"""Counters of several processes are one sum, whatever becomes of the processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from proxy import slots
from tests.running import ROOT, wait_for

COUNTS = """
import sys
from proxy.metrics import CONNECTIONS, INJECTED, UPSTREAM
for line in sys.stdin:
    INJECTED.labels("altshop").inc()
    UPSTREAM.labels("altshop").observe(0.3)
    CONNECTIONS.inc()
    print("counted", flush=True)
"""


class Counting:
    """A process that counts one of each whenever it is told."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", COUNTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        )

    def count(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == b"counted\n"

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(slots.FOLDER, "")  # put back at the end
    monkeypatch.delitem(sys.modules, "proxy.metrics", raising=False)  # this process counts for itself
    with slots.shared():
        yield Path(os.environ[slots.FOLDER])


@contextmanager
def counting() -> Iterator[Counting]:
    process = Counting()
    try:
        yield process
    finally:
        process.kill()


def sums() -> dict[str, float]:
    return {
        sample.name: sample.value
        for metric in slots.registry().collect()
        for sample in metric.samples
        if "le" not in sample.labels
    }


def test_the_counts_of_a_killed_process_stay_and_its_gauges_go(folder: Path) -> None:
    with counting() as one, counting() as other:
        for process in (one, one, other):
            process.count()
        assert sums()["milchglas_pages_injected_total"] == 3
        assert sums()["milchglas_connections"] == 3
        one.kill()
        after = sums()
        assert after["milchglas_pages_injected_total"] == 3
        assert after["milchglas_upstream_seconds_count"] == 3
        assert after["milchglas_connections"] == 1
        with counting() as successor:
            successor.count()
            assert sums()["milchglas_pages_injected_total"] == 4
            assert sums()["milchglas_connections"] == 2


def test_however_often_a_process_is_started_again_its_files_are_as_many(folder: Path) -> None:
    numbers = []
    for _ in range(5):
        with counting() as process:
            process.count()
        numbers.append(len(list(folder.iterdir())))
    assert sums()["milchglas_pages_injected_total"] == 5
    assert len(set(numbers)) == 1


def test_a_file_that_is_being_made_is_no_fault(folder: Path) -> None:
    (folder / "counter_7.db").touch()
    wait_for(lambda: sums() == {}, 1, "an empty file counts")


def test_room_for_counters_is_taken_at_once(folder: Path) -> None:
    """A process that writes into a mapped file for which the disk has no room is ended by the system."""
    with counting() as process:
        process.count()
        files = list(folder.glob("*.db"))
        assert len(files) == 3
        assert all(file.stat().st_blocks * 512 >= slots.SIZE for file in files)


def test_the_files_are_in_memory_where_that_can_be(folder: Path) -> None:
    assert folder.is_relative_to("/dev/shm")


def test_a_folder_that_somebody_has_removed_stops_nobody(folder: Path) -> None:
    shutil.rmtree(folder)
    with counting() as process:
        process.count()
        assert sums()["milchglas_pages_injected_total"] == 1


def test_what_a_killed_run_has_left_is_removed_by_the_next_and_what_one_uses_is_not(folder: Path) -> None:
    code = "import os, sys; from proxy.slots import FOLDER, shared\nwith shared(): print(os.environ[FOLDER])"
    left = subprocess.run(
        [sys.executable, "-c", code + "; sys.stdout.flush(); os._exit(9)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert Path(left.stdout.strip()).exists()
    subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=True)
    assert not Path(left.stdout.strip()).exists()
    assert folder.exists()


def test_counters_that_were_imported_before_they_are_shared_are_in_the_sums() -> None:
    """Some command imports what counts; the supervisor's own counters must not be missing for it."""
    code = """
from proxy.metrics import CONNECTIONS, RELOADS
from proxy.slots import registry, shared
with shared():
    RELOADS.labels("done").inc()
    CONNECTIONS.inc()
    sums = {each.name: each.value for metric in registry().collect() for each in metric.samples}
    assert sums["milchglas_reloads_total"] == 1, sums
    assert sums["milchglas_connections"] == 1, sums
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=True)
