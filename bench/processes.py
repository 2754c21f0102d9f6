"""The processes of a measurement: started, found, watched and ended."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # publishes none

ROOT = Path(__file__).parent.parent
START = 30.0
"""Seconds that a process may take until it listens."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running(*line: str, port: int) -> Iterator[psutil.Process]:
    """A process that listens on `port`, ended at the end of the block. Raises SystemExit with what it said."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(line, stdout=said, stderr=said, cwd=ROOT)
        try:
            end = time.monotonic() + START
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > end:
                    said.seek(0)
                    raise SystemExit(f"{' '.join(line)} did not start\n{said.read().decode(errors='replace')}")
                time.sleep(0.05)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(START)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def worker_of(supervisor: psutil.Process) -> psutil.Process:
    """The one worker of a `milchglas run`, by the name that proxy/process.py gives it."""
    end = time.monotonic() + START
    while time.monotonic() < end:
        for child in supervisor.children(recursive=True):
            if child.name() == "mg-worker":
                return child
        time.sleep(0.05)
    raise SystemExit("milchglas runs no worker")


def cpu(process: psutil.Process) -> float:
    """CPU seconds that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


class Peak:
    """How much a process grew while the block ran, `grown` from `before`, in MiB."""

    EVERY = 0.002
    """Seconds between two looks."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.grown = 0.0

    def __enter__(self) -> Peak:
        self.before = self._now()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _now(self) -> float:
        return float(self._process.memory_info().rss) / 1024**2

    def _watch(self) -> None:
        while not self._over.wait(self.EVERY):
            self.grown = max(self.grown, self._now() - self.before)
