"""The last hour, minute by minute: what was counted in each, and how full the spool was then. In memory only."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

from proxy import log
from proxy.admin.minutes import MINUTES, Minute, Totals
from proxy.metrics import FAULTS


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
