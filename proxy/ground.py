"""The ground to stand on: ports and the data folder, and what is wrong with them, said before anything starts."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from proxy.tokens import KEY_BYTES, key_of

PORT_PATIENCE = 3.0
"""Seconds to wait for a port: after a kill -9 the last run's workers need a moment to notice."""


class CannotStart(Exception):
    """Why `run` can't start, and the remedy; for the operator to read."""


def listener(host: str, port: int, key: str) -> socket.socket:
    """A listening socket; `key` is the configuration's name for it. Raises CannotStart."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + PORT_PATIENCE
    while True:
        try:
            made = socket.create_server((host.strip("[]"), port), family=family, backlog=1024)
            made.setblocking(False)
            # asyncio sets it only on sockets whose `proto` says TCP, and create_server leaves that 0. What is
            # accepted inherits it; without it each page waits 40 ms for the visitor's delayed ACK.
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return made
        except OSError as error:
            if time.monotonic() < deadline and error.errno == errno.EADDRINUSE:
                time.sleep(0.1)
                continue
            remedy = f"end what listens there, or change `{key}` in the configuration"
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            raise CannotStart(f"cannot listen on {host}:{port} ({reason}): {remedy}") from None


def prepare(data: Path) -> bytes:
    """The data folder, made and tried, and the key in it. Raises CannotStart."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = data / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
        key = key_of(data)
    except OSError as error:
        remedy = "give this user write access to it, or change `data` in the configuration"
        raise CannotStart(f"the data folder {data} cannot be used ({error.strerror}): {remedy}") from None
    if len(key) != KEY_BYTES:
        raise CannotStart(
            f"{data / 'key'} is damaged: put its backup back, or delete it"
            " (batches that wait in the spool are then set aside)"
        )
    return key


@contextmanager
def claimed(data: Path) -> Iterator[None]:
    """Hold the data folder for this run alone; the system gives it back however the run ends.

    Raises CannotStart.
    """
    with (data / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            remedy = "end it, or give this one a `data` of its own"
            raise CannotStart(f"another `milchglas run` uses the data folder {data}: {remedy}") from None
        yield
