"""Ends connections that keep us waiting. mitmproxy does so after ten minutes without a byte.

What is under way, an upload, a download, an event stream or a websocket, may be silent that long.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from typing import Protocol
from weakref import WeakKeyDictionary

from proxy.config import Limits

SWEEP = 1.0
"""Seconds between two looks."""


class Waiting(Protocol):
    """A visitor's connection."""

    @property
    def waits(self) -> tuple[str, int]:
        """What for, "head", "idle" or "busy", and for which request of the connection."""

    def end(self) -> None:
        """Close it."""


class Guard:
    """Knows since when each connection waits for the same."""

    def __init__(self, limits: Limits) -> None:
        self._seconds = {"head": limits.head, "idle": limits.idle}
        self._since: WeakKeyDictionary[Waiting, tuple[tuple[str, int], float]] = WeakKeyDictionary()

    def sweep(self, connections: Collection[Waiting], now: float) -> None:
        """End those whose time is over; `now` in seconds of any clock."""
        for connection in tuple(connections):
            waits = connection.waits
            before, since = self._since.get(connection, (None, now))
            if waits != before:
                self._since[connection] = (waits, now)
            elif now - since > self._seconds.get(waits[0], float("inf")):
                connection.end()


async def watch(connections: Collection[Waiting], limits: Limits) -> None:
    """Sweep until cancelled."""
    guard = Guard(limits)
    while True:
        await asyncio.sleep(SWEEP)
        guard.sweep(connections, time.monotonic())
