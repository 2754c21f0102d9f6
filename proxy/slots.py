"""Where a process keeps its counters, so that all of a machine's can be summed and none is lost.

prometheus-client shares values through files that every process maps, one set a process, named by its id: each
process that is started again would leave a set behind. Here a process takes the lowest slot that nobody holds, and
counts on from what its last owner left: the sums stay right however a process ends, there are as many files as
processes live at once, and who lives is known by the lock on a slot.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from prometheus_client import CollectorRegistry, values
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that prometheus-client reads where its files are."""

MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it

PREFIX, ALIVE = "milchglas-metrics-", "alive"

YOUNG = 3600.0
"""Seconds."""

SIZE = 256 * 1024
"""Bytes of a file from its beginning, 1,500 series: a process that writes into one without room is ended."""


class _Held:
    slot: str | None = None
    lock = -1


@contextmanager
def shared() -> Iterator[None]:
    """This process and those that start in this block share their counters."""
    # In memory, where there is such a folder: a full disk, or one that is read-only, must not end the proxy.
    at = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _clean(at)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=at, ignore_cleanup_errors=True) as folder:
        lock = _lock(Path(folder) / ALIVE)
        assert lock is not None
        os.environ[FOLDER] = folder
        if "proxy.metrics" in sys.modules:  # a command has imported it; nothing has been counted yet
            install()
            for metric in vars(sys.modules["proxy.metrics"]).values():
                if isinstance(metric, MetricWrapperBase) and not metric._labelnames:
                    # Its value was made for this process alone.
                    metric._metric_init()  # type: ignore[no-untyped-call]  # prometheus-client's
        try:
            yield
        finally:
            os.close(lock)


def _clean(at: Path) -> None:
    """Remove what runs that were killed have left there: it takes memory."""
    for each in at.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another user's
            # One without the file is just being made, or was made again by a process that outlived its run.
            if not (each / ALIVE).exists() and time.time() - each.stat().st_mtime < YOUNG:
                continue
            if (lock := _lock(each / ALIVE)) is not None:
                shutil.rmtree(each, ignore_errors=True)
                os.close(lock)


def install() -> None:
    """Make prometheus-client's values, from now on, such of a slot, where they are shared at all."""
    if FOLDER in os.environ:
        os.register_at_fork(after_in_child=_forget)
        values.ValueClass = values.MultiProcessValue(_slot)  # type: ignore[no-untyped-call]  # prometheus-client's


def _slot() -> str:
    """Called by prometheus-client before each change: the slot of this process."""
    if _Held.slot is None:
        _Held.slot = _claim(Path(os.environ[FOLDER]))
    return _Held.slot


def _forget() -> None:
    """The slot is the parent's."""
    if _Held.lock >= 0:
        os.close(_Held.lock)
    _Held.slot, _Held.lock = None, -1


def _claim(folder: Path) -> str:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # whoever has removed it must not stop the site
    for number in count():
        lock = _lock(folder / f"slot-{number}")
        if lock is not None:
            _Held.lock = lock
            _remove_gauges(folder, number)
            for kind in ("counter", "histogram", "gauge_livesum"):
                with suppress(OSError):  # as much as there is room for
                    _reserve(folder / f"{kind}_{number}.db")
            return str(number)
    raise AssertionError  # count() has no end


def _lock(path: Path) -> int | None:
    """The lock of a file, None where its owner lives. It goes with the process, however that ends."""
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _reserve(path: Path) -> None:
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(file, 0, SIZE)
    finally:
        os.close(file)


def _remove_gauges(folder: Path, number: int | str) -> None:
    for file in folder.glob(f"gauge_*_{number}.db"):
        file.unlink(missing_ok=True)


class Shared(Collector):
    """The counters of all processes, those that have ended too, and the gauges of those that live."""

    def collect(self) -> Iterable[Metric]:
        """The sums now."""
        folder = Path(os.environ[FOLDER])
        for each in folder.glob("slot-*"):
            if (lock := _lock(each)) is not None:
                _remove_gauges(folder, each.name.removeprefix("slot-"))
                os.close(lock)
        files = [str(file) for file in folder.glob("*.db") if _filled(file)]
        made: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]  # its
        return made


def _filled(file: Path) -> bool:
    """One that is being made has no size yet; a gauge's may be gone this moment."""
    with suppress(FileNotFoundError):
        return file.stat().st_size > 0
    return False


def registry() -> CollectorRegistry:
    """What /metrics shows of the counters."""
    made = CollectorRegistry()
    made.register(Shared())
    return made
