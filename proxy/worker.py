"""One proxy worker: accepts visitors on the shared socket, and drains when asked to end."""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from collections.abc import Collection, Sequence
from multiprocessing.connection import Connection as Line
from pathlib import Path

from mitmproxy.utils import asyncio_utils

from addons import ordered
from proxy import access, log
from proxy.config import Config
from proxy.guard import watch
from proxy.master import Connection, Master
from proxy.metrics import LINES_LOST
from proxy.orders import Take, follow
from proxy.pool import Pool
from proxy.process import begin, until_terminated
from proxy.routes import Routes
from proxy.runtime import Recorder, Runtime
from proxy.switch import Switch
from proxy.tokens import Tokens, derived

DRAIN = 10.0
"""Seconds that requests under way get after SIGTERM."""


def main(
    config: Config, key: bytes, listener: socket.socket, sockets: Sequence[Path], up: Path, line: Line
) -> None:
    """Entry of the process; something listens at `up` once it serves. Orders come over `line`."""
    begin("worker")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # `limits.connections` is what bounds them
    access.configure(config.log)
    with log.served(config.log, LINES_LOST.inc):
        until_terminated(serve(config, key, listener, sockets, up, line))


async def serve(
    config: Config,
    key: bytes,
    listener: socket.socket,
    sockets: Sequence[Path],
    up: Path,
    line: Line | None = None,
) -> None:
    """Serve visitors until cancelled, then let requests under way end."""
    recorder, tokens, pool = Recorder.load(), Tokens(derived(key, "tokens")), Pool(sockets)
    sampling = derived(key, "sampling")

    def addons(config: Config) -> list[object]:
        return ordered(Runtime(config, recorder, tokens, pool, Switch(config), sampling))

    master = Master(addons(config), Routes(config), config)
    connections: dict[Connection, None] = {}

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(connections) >= master.rules.limits.connections and not _made_room(connections):
            writer.close()
            return
        connection = Connection(master, reader, writer)
        connections[connection] = None
        try:
            await connection.handle_client()
        finally:
            del connections[connection]

    # mitmproxy's connection handler is written for eager tasks (mitmproxy#7027).
    with asyncio_utils.set_eager_task_factory():
        server = await asyncio.start_server(accept, sock=listener)
        # Only says that somebody is there: it goes with this process, however that ends.
        await asyncio.start_unix_server(lambda _, writer: writer.close(), up)
        guarding = asyncio.create_task(watch(connections, config.limits))

        def prepare(config: Config) -> Take:
            rules = master.prepared(addons(config), Routes(config), config)

            def take() -> None:
                nonlocal guarding
                master.rules = rules
                access.configure(config.log)
                log.change(config.log)
                guarding.cancel()
                guarding = asyncio.create_task(watch(connections, config.limits))

            return take

        try:
            if line:
                await follow(line, prepare)
            await asyncio.Event().wait()
        finally:
            guarding.cancel()
            server.close()
            await _drain(connections)


def _made_room(connections: Collection[Connection]) -> bool:
    """End the oldest connection that nothing is under way on: keep-alive must not lock others out."""
    idle = next((each for each in connections if each.idle), None)
    if idle:
        idle.end()
    return idle is not None


async def _drain(connections: Collection[Connection]) -> None:
    """End idle connections at once, the others when their request is done, for DRAIN seconds at most."""
    deadline = time.monotonic() + DRAIN
    for connection in tuple(connections):
        await connection.farewell()
    while connections and time.monotonic() < deadline:
        for connection in [each for each in connections if each.idle]:
            await connection.farewell(final=True)
            connection.end()
        await asyncio.sleep(0.02)
