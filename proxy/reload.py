"""A new configuration for everything that runs, or for nothing of it: no process ends, and no connection.

Order: all processes prepare; then the sanitizers take it, then the workers. So no page goes out by the new
configuration whose batches would be judged by the old one. What a new configuration forbids is refused from then
on, whatever an open page still sends; what it newly permits was not sent by pages that were made before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proxy import log, strictness
from proxy.config import Config, Tls
from proxy.delivery.forward import Destination
from proxy.load import ConfigError, Loaded, Loc, read
from proxy.metrics import RELOADS
from proxy.orders import CannotFollow, Follower, Prepare, Then
from proxy.tls import CertificateFault, TlsEnds
from storage.access import token
from storage.fault import StorageFault

# What is there once for as long as Milchglas runs, and why.
FIXED: tuple[tuple[Loc, str], ...] = (
    (("listen", "host"), "the socket is opened at the start"),
    (("listen", "port"), "the socket is opened at the start"),
    (("listen", "tls"), "TLS is not switched on or off under open pages; other files may be named"),
    (("admin",), "the socket is opened at the start"),
    (("workers",), "processes are started at the start"),
    (("sanitizers",), "recordings are pinned to these processes"),
    (("data",), "it is held open, and claimed for this run"),
    (("path",), "what open pages send to the old path would reach upstream"),
    (("limits", "spool"), "the spool is open"),
)
EMBEDDED = ("storage",), "the embedded storage service runs with it"


@dataclass(frozen=True)
class Outcome:
    """What became of a reload: an error's text has its place in the file, where it has one."""

    done: bool
    message: str


class Reloader:
    """Of one run. `forward` is given the storage service that batches go to; `taken`, what is in place.

    `refused` is called when a file was not.
    """

    def __init__(
        self,
        file: Path,
        config: Config,
        sanitizers: Sequence[Follower],
        workers: Sequence[Follower],
        forward: Callable[[Destination], Awaitable[None]],
        taken: Callable[[Config], None],
        refused: Callable[[], None],
    ) -> None:
        self.file = file
        self._config, self._forward, self._taken, self._refused = config, forward, taken, refused
        self._sanitizers, self._workers = sanitizers, workers
        self._one = asyncio.Lock()
        self._log = log.get("reload")

    async def whenever(self, told: asyncio.Event) -> None:
        """Reload whenever `told` is set, until cancelled."""
        while True:
            await told.wait()
            told.clear()
            await self()

    async def asked(self, file: Path) -> tuple[bool, str]:
        """A command asks: whether it is done, and what there is to say."""
        if file != self.file:
            return False, f"{file}: Milchglas runs with {self.file}; another file needs a restart"
        outcome = await self()
        return outcome.done, outcome.message

    async def __call__(self) -> Outcome:
        """Read the file again. Never raises for what is wrong with it: the old configuration stays."""
        async with self._one:
            try:
                await self._reload()
            except (ConfigError, CertificateFault, StorageFault, CannotFollow) as fault:
                return self._told(Outcome(False, str(fault)))
            except Exception as error:
                facts = log.fault(error)
                return self._told(Outcome(False, f"a bug of ours: {facts['error']} at {facts['at']}"))
            return self._told(Outcome(True, f"{self.file}: in place"))

    def _told(self, outcome: Outcome) -> Outcome:
        RELOADS.labels("done" if outcome.done else "refused").inc()
        if not outcome.done:
            self._refused()
        say = self._log.info if outcome.done else self._log.error
        event = "configuration reloaded" if outcome.done else "configuration refused, the old one stays"
        say(event, said=outcome.message)
        return outcome

    async def _reload(self) -> None:
        loaded = await asyncio.to_thread(read, self.file)
        config = loaded.config
        _refuse_fixed(self._config, loaded)
        await asyncio.to_thread(TlsEnds, config)
        to = None if config.storage.embedded else await asyncio.to_thread(destination, config)
        followers = (*self._sanitizers, *self._workers)
        try:
            await _all(each.order(Prepare(config)) for each in followers)
            await asyncio.to_thread(_note, config)
        except CannotFollow:
            await asyncio.gather(*(each.order(Then.DROP) for each in followers), return_exceptions=True)
            raise
        self._config = config
        for group in (self._sanitizers, self._workers):
            await _all(each.take(config) for each in group)
        self._taken(config)
        if to:
            await self._forward(to)


def _note(config: Config) -> None:
    try:
        strictness.note(config, time.time())
    except OSError as error:
        raise CannotFollow(f"{config.data} cannot be written: {error.strerror}") from None


async def _all(works: Any) -> None:
    """Await all, to their ends, and raise the first fault."""
    for done in await asyncio.gather(*works, return_exceptions=True):
        if isinstance(done, BaseException):
            raise done


def _refuse_fixed(before: Config, loaded: Loaded) -> None:
    """Raises ConfigError for the first key that has changed and cannot."""
    embedded = before.storage.embedded or loaded.config.storage.embedded
    for loc, why in (*FIXED, *([EMBEDDED] if embedded else [])):
        if _at(before, loc) != _at(loaded.config, loc):
            key = ".".join(map(str, loc))
            raise loaded.source.error(
                loc, f"`{key}` cannot change by a reload ({why}): put the old value back, or restart Milchglas"
            )


def _at(config: Config, loc: Loc) -> object:
    value: object = config
    for part in loc:
        value = getattr(value, str(part))
    return bool(value) if isinstance(value, Tls) else value


def destination(config: Config) -> Destination:
    """The storage service elsewhere that a configuration names. Raises StorageFault."""
    return Destination(config.storage.url, token(config), config.storage.region)
