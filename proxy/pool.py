"""A worker's connections to the sanitizer processes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from proxy import frames
from proxy.frames import MISDIRECTED, pin

PATIENCE = 30.0
"""Seconds that a batch may take before the recorder is told to come again."""

MAX_WAITING = 64 * 1024 * 1024
"""Bytes of raw batches that a worker holds for the sanitizers at most."""


class Unavailable(Exception):
    """No sanitizer takes the batch now: it died, is too busy, or is being rebuilt."""


class Line:
    """One connection to one process; opened when needed, and again after the process was rebuilt."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._ids = itertools.count()
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._opening = asyncio.Lock()
        self._reading: asyncio.Task[None] | None = None

    async def ask(self, site: str, encoding: str, body: bytes) -> dict[str, Any]:
        """Hand over a raw batch and wait for the answer. Raises Unavailable."""
        number = next(self._ids)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(PATIENCE):
                writer = await self._open()
                self._waiting[number] = answer
                writer.write(frames.pack({"id": number, "site": site, "encoding": encoding}, body))
                await writer.drain()
                return await answer
        except (OSError, TimeoutError):
            raise Unavailable from None
        finally:
            self._waiting.pop(number, None)

    async def _open(self) -> asyncio.StreamWriter:
        async with self._opening:
            if self._writer is None or self._writer.is_closing():
                reader, self._writer = await asyncio.open_unix_connection(self._socket)
                self._reading = asyncio.create_task(self._read(reader, self._writer))
            return self._writer

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head, _ = await frames.read(reader)
                answer = self._waiting.get(head["id"])
                if answer and not answer.done():
                    answer.set_result(head)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError())


class Pool:
    """All sanitizer processes of the machine, as a worker sees them."""

    def __init__(self, sockets: Sequence[Path]) -> None:
        self._lines = [Line(socket) for socket in sockets]
        self._bytes = 0

    async def ask(self, site: str, encoding: str, hint: str, body: bytes) -> tuple[int, Mapping[str, Any]]:
        """Status and answer for a raw batch of a site; `hint` is the recording it says to be of.

        Raises Unavailable.
        """
        if self._bytes + len(body) > MAX_WAITING:
            raise Unavailable
        self._bytes += len(body)
        try:
            head = await self._lines[pin(hint, len(self._lines))].ask(site, encoding, body)
            if head["status"] == MISDIRECTED:
                head = await self._lines[head["answer"]["process"]].ask(site, encoding, body)
            return head["status"], head["answer"]
        finally:
            self._bytes -= len(body)
