"""The supervisor: the one process that an operator starts, and what it keeps running.

It owns the listening sockets, so that a port in use is said at once and a worker's death refuses no visitor,
the forwarder and the admin listener. The rest are children: workers (mitmproxy), sanitizers, storage.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from proxy import control, log, sanitizers, strictness, worker
from proxy.admin.app import make_app
from proxy.admin.now import Watching
from proxy.config import Config
from proxy.delivery.forward import Destination, Fate, Forwarder
from proxy.delivery.spool import Spool
from proxy.ground import CannotStart, claimed, listener, prepare
from proxy.metrics import FORWARDED, LINES_LOST
from proxy.orders import Follower
from proxy.process import Child, context, storage
from proxy.reload import Reloader, destination
from proxy.runtime import Recorder
from proxy.tls import TlsEnds
from proxy.tokens import derived


def run(config: Config, announce: Callable[[], None] = lambda: None, file: Path | None = None) -> None:
    """Run everything until SIGTERM or SIGINT; `announce` is called when visitors can come.

    SIGHUP reads `file` again, where there is one. Raises CannotStart, CertificateFault, NotBuilt, StorageFault.
    """
    asyncio.run(_run(config, announce, file))


async def _run(config: Config, announce: Callable[[], None], file: Path | None) -> None:
    stop, again = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if file:
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, again.set)
    Recorder.load()
    TlsEnds(config)
    key = prepare(config.data)
    # What is entered later ends earlier: visitors first, then what their batches still need.
    async with AsyncExitStack() as stack:
        stack.enter_context(log.served(config.log, LINES_LOST.inc))
        stack.enter_context(claimed(config.data))
        sockets = stack.enter_context(tempfile.TemporaryDirectory(prefix="milchglas-"))
        visitors = stack.enter_context(listener(config.listen.host, config.listen.port, "listen.port"))
        watching = stack.enter_context(listener(config.admin.host, config.admin.port, "admin.port"))
        spool = _spool(stack, config, key)
        _note(config)

        at = config.storage.listen
        embedded = config.storage.embedded
        sock = stack.enter_context(listener(at.host, at.port, "storage.listen.port")) if embedded else None
        # After all that may refuse: it loads for a moment, and what it loads needs this process's counters.
        made = context()
        groups: list[list[Child]] = []
        url = config.storage.url
        if sock:
            groups.append([Child(made, "storage", storage, config, sock)])
            url = f"{'https' if at.tls else 'http'}://{at.host}:{sock.getsockname()[1]}"
        paths = [Path(sockets) / str(index) for index in range(config.sanitizer_count)]
        judges = [
            Follower(made, f"sanitizer-{index}", sanitizers.main, config, index, key, path)
            for index, path in enumerate(paths)
        ]
        up = {f"worker-{index}": Path(sockets) / f"worker-{index}" for index in range(config.worker_count)}
        servers = [Follower(made, name, worker.main, config, key, visitors, paths, at) for name, at in up.items()]
        groups += [[*judges], [*servers]]
        up |= {f"sanitizer-{index}": path for index, path in enumerate(paths)}

        def readiness() -> Mapping[str, bool]:
            # Storage is no part of it: pages and batches go on without.
            return {name: not stop.is_set() and _listens(path) for name, path in up.items()}

        state = Watching(config, _spool(stack, config, key), readiness)
        runner = web.AppRunner(make_app(state), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.SockSite(runner, watching).start()
        forwarding = Forwarding(spool)
        stack.push_async_callback(forwarding.stop)
        await forwarding.to(replace(destination(config), url=url))
        for group in groups:
            stack.push_async_callback(_stop, group)
            for child in group:
                child.start()
        # First of all at the end: who comes now is refused, rather than left to wait in a queue that nobody reads.
        stack.callback(visitors.close)
        log.get("supervisor").info("running", pid=os.getpid())
        if file:

            def taken(config: Config) -> None:
                log.change(config.log)
                state.configured(config)

            reloader = Reloader(file, config, judges, servers, forwarding.to, taken, state.refused)
            stack.push_async_callback(_cancel, asyncio.create_task(reloader.whenever(again)))
            stack.push_async_callback(_close, await control.listen(config.data, reloader.asked))
        announce()
        await stop.wait()
        log.get("supervisor").info("draining")


def _spool(stack: AsyncExitStack, config: Config, key: bytes) -> Spool:
    try:
        spool = Spool(config.data / "spool", derived(key, "spool"))
    except (OSError, sqlite3.Error) as error:
        reason = f"{type(error).__name__}: give this user write access to it, or free space on its disk"
        raise CannotStart(f"the spool in {config.data} cannot be opened ({reason})") from None
    stack.callback(spool.close)
    return spool


def _note(config: Config) -> None:
    try:
        strictness.note(config, time.time())
    except OSError as error:
        remedy = "give this user write access to it, or free space on its disk"
        raise CannotStart(f"{config.data} cannot be written ({error.strerror}): {remedy}") from None


def _listens(path: Path) -> bool:
    """Whether somebody accepts on a Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        return probe.connect_ex(str(path)) == 0


def _count(fate: Fate) -> None:
    FORWARDED.labels(fate.value).inc()


async def _stop(group: Sequence[Child]) -> None:
    await asyncio.gather(*(child.stop() for child in group))


class Forwarding:
    """The forwarder, and where it forwards to."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._task: asyncio.Task[None] | None = None
        self._to: Destination | None = None

    async def to(self, to: Destination) -> None:
        """Forward to `to` from now on."""
        if to != self._to:
            await self.stop()
            self._to, self._task = to, asyncio.create_task(Forwarder(self._spool, to, _count).run())

    async def stop(self) -> None:
        """Forward no more. What was under way is sent again, and storage knows it."""
        if self._task:
            await _cancel(self._task)


async def _close(server: asyncio.Server) -> None:
    server.close()


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
