"""The last hour, minute by minute: what was counted in each, and how full the spool was then. In memory only."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prometheus_client.metrics_core import Metric

from proxy import log
from proxy.metrics import FAULTS

type Key = tuple[str, ...]
"""A counter's short name and the values of its labels, in the order of `KEPT`."""
type Totals = Mapping[Key, float]

MINUTES = 60

KEPT: Mapping[str, tuple[str, ...]] = {
    "pages_injected": ("site",),
    "pages_skipped": ("site", "reason"),
    "batches": ("outcome",),
    "findings": ("site", "class"),
    "requests": ("site", "status"),
    "upstream_errors": ("site", "error"),
    "faults": ("part",),
    "reloads": ("outcome",),
    "log_lines_lost": (),
}
"""Which counters are kept, and by which of their labels."""


def totals(metrics: Iterable[Metric]) -> Totals:
    """What is kept of the counters."""
    kept: Counter[Key] = Counter()
    for metric in metrics:
        short = metric.name.removeprefix("milchglas_")
        if (labels := KEPT.get(short)) is not None:
            for sample in metric.samples:
                if sample.name.endswith("_total"):
                    kept[(short, *(sample.labels[label] for label in labels))] += sample.value  # type: ignore[assignment]  # a float
    return kept


@dataclass(frozen=True)
class Minute:
    """`at`: its beginning, in seconds since 1970. `counts` holds what is not 0."""

    at: float
    counts: Totals
    waiting: int | None


class History:
    """The minutes that are over, and the one that runs."""

    def __init__(self, read: Callable[[], Totals], waiting: Callable[[], int | None]) -> None:
        self._read, self._waiting = read, waiting
        self._closed: deque[Minute] = deque(maxlen=MINUTES - 1)
        self._before = read()
        self._since = _minute(time.time())

    def minutes(self) -> list[Minute]:
        """At most an hour, the running minute last."""
        return [*self._closed, self._running(self._read())]

    def turn(self, now: float) -> None:
        """A minute is over; another begins at `now`."""
        read = self._read()
        self._closed.append(self._running(read))
        self._before, self._since = read, _minute(now)

    async def run(self) -> None:
        """Turn the minutes, until cancelled."""
        while True:
            await asyncio.sleep(60 - time.time() % 60)
            try:
                self.turn(time.time() + 1)  # the clock may say a moment too early
            except Exception as error:
                FAULTS.labels("admin").inc()
                log.get("admin").error("minute lost", **log.fault(error))

    def _running(self, read: Totals) -> Minute:
        counts = {key: value - self._before.get(key, 0) for key, value in read.items()}
        return Minute(self._since, {key: n for key, n in counts.items() if n}, self._waiting())


def _minute(at: float) -> float:
    return at - at % 60


def summed(minutes: Iterable[Minute], *key: str) -> float:
    """What was counted in these minutes under keys that begin so."""
    return sum(number for minute in minutes for each, number in minute.counts.items() if each[: len(key)] == key)
