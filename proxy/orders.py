"""How the supervisor gives a new configuration to the running processes, in two steps: all prepare, then all take.

`Prepare` makes what the configuration means and changes nothing; where one process cannot, `DROP` goes to all, and
nobody has noticed. `TAKE` puts it in place at once. A process that does not follow `TAKE` is ended, and its
successor begins with the new configuration: from the first `TAKE` on there is no way back.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from typing import Any

from proxy import log
from proxy.config import Config
from proxy.process import Child
from proxy.tls import CertificateFault

PATIENCE = 30.0
"""Seconds in which a process must have prepared a configuration, or taken it."""


class CannotFollow(Exception):
    """Why a process cannot do as it is told; for the operator to read."""


@dataclass(frozen=True)
class Prepare:
    """Make ready what this configuration means."""

    config: Config


class Then(Enum):
    """What becomes of what was prepared."""

    TAKE = "take"
    DROP = "drop"


type Order = Prepare | Then
type Take = Callable[[], None]


class Follower(Child):
    """A child that follows orders. Its target's first argument is the configuration, its last the line."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._numbers = itertools.count()

    def start(self) -> None:
        """Start it, with a line of its own."""
        self._line, theirs = self._context.Pipe()
        self._last = (theirs,)
        super().start()
        theirs.close()

    async def order(self, order: Order) -> None:
        """Give an order, and wait until it was followed. Raises CannotFollow."""
        try:
            fault = await asyncio.to_thread(self._ask, self._line, next(self._numbers), order)
        except TimeoutError:
            raise CannotFollow(f"{self.name} does not answer") from None
        except (OSError, EOFError):
            raise CannotFollow(f"{self.name} has ended, and is started again") from None
        if fault:
            raise CannotFollow(f"{self.name}: {fault}")

    @staticmethod
    def _ask(line: Connection, number: int, order: Order) -> str | None:
        line.send((number, order))
        while line.poll(PATIENCE):
            answered, fault = line.recv()
            if answered == number:  # else it is late, and nobody waits for it any more
                return str(fault) if fault else None
        raise TimeoutError

    async def take(self, config: Config) -> None:
        """TAKE what was prepared of `config`; its successors start with it. Where it does not, it is ended."""
        self._args = (config, *self._args[1:])
        try:
            await self.order(Then.TAKE)
        except CannotFollow as fault:
            self._log.error("process does not take the configuration, ending it", why=str(fault))
            await self.kill()


async def follow(line: Connection, prepare: Callable[[Config], Take]) -> None:
    """In the child: follow orders until cancelled. `prepare` runs in a thread; it may raise anything."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    prepared: Take | None = None
    loop.add_reader(line.fileno(), told.set)
    try:
        while True:
            await told.wait()
            number, order = line.recv()
            told.clear()
            fault = None
            match order:
                case Prepare(config):
                    try:
                        prepared = await asyncio.to_thread(prepare, config)
                    except CertificateFault as error:  # its text is for the operator
                        fault = str(error)
                    except Exception as error:
                        facts = log.fault(error)
                        fault = f"{facts['error']} at {facts['at']}"
                case Then.TAKE if prepared:
                    prepared()
                    prepared = None
                case Then.TAKE:
                    fault = "nothing is prepared"
                case Then.DROP:
                    prepared = None
            line.send((number, fault))
    except (EOFError, OSError):  # the supervisor is gone, and so is this process in a moment
        pass
    finally:
        loop.remove_reader(line.fileno())
