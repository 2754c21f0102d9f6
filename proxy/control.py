"""How a command speaks to the Milchglas that runs on its data folder: a Unix socket in there, for this user alone.

One line with what is wanted, `reload FILE`; one line of JSON back. No listener on the network takes orders.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

NAME = "control"

WAIT = 120.0
"""Seconds that a command waits for its outcome."""

type Reload = Callable[[Path], Awaitable[tuple[bool, str]]]


class NotRunning(Exception):
    """No Milchglas runs on this data folder, or not as this user."""


@contextmanager
def _address(data: Path) -> Iterator[str]:
    # A Unix socket's path takes 107 bytes (unix(7)), and a data folder's may be longer.
    folder = os.open(data, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)


async def listen(data: Path, reload: Reload) -> asyncio.Server:
    """Follow commands from now on; `data` must be claimed (proxy/ground.py). Raises OSError."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError):  # whoever asked is gone, or it is none of our commands
            word, _, file = (await reader.readline()).decode().rstrip("\n").partition(" ")
            if word == "reload":
                done, message = await reload(Path(file))
                writer.write(orjson.dumps({"done": done, "message": message}) + b"\n")
                await writer.drain()
        writer.close()

    with _address(data) as address:
        Path(address).unlink(missing_ok=True)  # noqa: ASYNC240  of a crash; once
        sock = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            sock.bind(address)
        finally:
            os.umask(before)
    return await asyncio.start_unix_server(answer, sock=sock)


def reload(data: Path, file: Path) -> tuple[bool, str]:
    """Ask for a reload of `file`: whether it is in place, and what there is to say. Raises NotRunning."""
    try:
        with _address(data) as address, socket.socket(socket.AF_UNIX) as line:
            line.settimeout(WAIT)
            line.connect(address)
            line.sendall(f"reload {file}\n".encode())
            outcome = orjson.loads(line.makefile("rb").readline())
            return bool(outcome["done"]), str(outcome["message"])
    except (OSError, ValueError):
        raise NotRunning from None
