"""How long one must wait between tries to log in: longer with each failure, never for ever.

Three counts are kept: of one address at one account, of all strange addresses at one account, and of one
address at all accounts. An address that has logged in to the account before is no stranger to it, so strangers
who hammer an account slow each other down and do not lock its owner out.
Kept in memory: a restart forgets it, and an attacker cannot cause one.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FORGET_SECONDS = 3600.0
REMEMBERED = 20_000


@dataclass(frozen=True)
class Rule:
    """`free` failures cost nothing; then the delay is one second and doubles, up to `longest` seconds."""

    free: int
    longest: float

    def delay(self, failures: int) -> float:
        """Seconds to wait after so many failures."""
        return min(self.longest, 2.0 ** min(failures - self.free, 20)) if failures >= self.free else 0.0


RULES = {"pair": Rule(3, 300.0), "account": Rule(20, 60.0), "address": Rule(30, 60.0)}


@dataclass
class _Count:
    failures: int
    last: float


class Throttle:
    """The failures of the last hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: OrderedDict[tuple[str, str], _Count] = OrderedDict()

    def begin(self, account: str, address: str, *, stranger: bool) -> float:
        """Seconds to wait before this try; 0.0 lets it through and counts it as failed until `succeeded`."""
        now, keys = self._clock(), self._keys(account, address, stranger)
        wait = max(self._wait(key, now) for key in keys)
        if wait <= 0:
            for key in keys:
                self._fail(key, now)
        return max(0.0, wait)

    def succeeded(self, account: str, address: str) -> None:
        """The try was a good one: what this address did at this account is forgiven."""
        self._counts.pop(("pair", f"{account} {address}"), None)
        for key in self._keys(account, address, stranger=True)[1:]:
            if count := self._counts.get(key):
                count.failures = max(0, count.failures - 1)

    def _keys(self, account: str, address: str, stranger: bool) -> list[tuple[str, str]]:
        keys = [("pair", f"{account} {address}"), ("address", address)]
        return [*keys, ("account", account)] if stranger else keys

    def _wait(self, key: tuple[str, str], now: float) -> float:
        count = self._counts.get(key)
        if count is None or now - count.last > FORGET_SECONDS:
            return 0.0
        return count.last + RULES[key[0]].delay(count.failures) - now

    def _fail(self, key: tuple[str, str], now: float) -> None:
        count = self._counts.setdefault(key, _Count(0, now))
        if now - count.last > FORGET_SECONDS:
            count.failures = 0
        count.failures, count.last = count.failures + 1, now
        self._counts.move_to_end(key)
        while len(self._counts) > REMEMBERED:
            self._counts.popitem(last=False)
