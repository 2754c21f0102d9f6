"""What every process of ours does first, and how one is kept alive."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from proxy import log
from proxy.config import Config
from proxy.metrics import FAULTS, LINES_LOST

STOP = signal.SIGUSR1
"""How the supervisor asks a child to end; other signals may come to the whole group (proxy/shield.py)."""

ENDINGS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
"""What is for the supervisor alone, and may come to the whole group."""

GRACE = 12.0
"""Seconds that a process may take to end after STOP; then it is killed."""

ORPHANED = 255
"""Exit code of a child whose fork server died: it may still live, and two must not do one's work.

multiprocessing/popen_forkserver.py makes it up; none of ours ends with it.
"""

# Loaded once, in the fork server, so that a process is rebuilt in milliseconds. None of them starts a thread.
PRELOAD = [
    "proxy.shield",
    "aiohttp",
    "lxml.etree",
    "orjson",
    "proxy.master",
    "proxy.sanitizers",
    "proxy.worker",
]


def context() -> ForkServerContext:
    """The way children are made: from a clean server, for a fork of a process with threads can hang."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PRELOAD)
    resource_tracker.ensure_running()  # before, for it unblocks these signals
    # Until proxy/shield.py is loaded there, what comes for the whole group waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    return made


def begin(name: str) -> None:
    """First thing in a child: it has a name, ends with the supervisor, and leaves no memory on disk."""
    # A core file would hold raw batches.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(f"mg-{name}")
    log.configure()
    parent = multiprocessing.parent_process()
    assert parent
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(0)


class Child:
    """A process that is started again when it ends unasked."""

    def __init__(self, made: ForkServerContext, name: str, target: Callable[..., None], *args: Any) -> None:
        self.name = name
        self._context, self._target, self._args = made, target, args
        self._last: tuple[Any, ...] = ()
        self._process: ForkServerProcess | None = None
        self._stopping = False
        self._pause = 0.0
        self._log = log.get("supervisor")

    def start(self) -> None:
        """Start it and watch over it. Blocks for the milliseconds that a fork takes."""
        args = (*self._args, *self._last)
        self._process = self._context.Process(target=self._target, args=args, name=self.name)
        self._process.start()
        self._started = time.monotonic()
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._ended, self._process)

    def _ended(self, process: ForkServerProcess) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(process.sentinel)
        process.join()
        if process.exitcode == ORPHANED and process.pid:
            # Its handle's end would end it, too, but only when the garbage collector comes by.
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        if self._stopping:
            return
        FAULTS.labels(self.name).inc()
        # At once when it had run for a while, else slower and slower: a child that can't start must not spin.
        self._pause = 0.0 if time.monotonic() - self._started > 10 else min(self._pause * 2 + 0.1, 5.0)
        self._log.error(
            "process ended, starting again", process=self.name, code=process.exitcode, seconds=self._pause
        )
        loop.call_later(self._pause, self._restart)

    def _restart(self) -> None:
        if self._stopping:
            return
        try:
            self.start()
        except (OSError, EOFError) as error:  # no process or memory left, or the fork server died
            self._log.error("process cannot be started", process=self.name, **log.fault(error))
            asyncio.get_running_loop().call_later(1.0, self._restart)

    async def kill(self) -> None:
        """End this one at once; another is started."""
        if process := self._process:
            process.kill()
            # Not join in a thread, for its exit code can be read once (_ended).
            while process.is_alive():  # noqa: ASYNC110  nobody says when
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Ask it to end, wait, and kill it if it does not."""
        self._stopping = True
        if self._process and self._process.is_alive():
            assert self._process.pid
            with contextlib.suppress(ProcessLookupError):  # it ended this moment
                os.kill(self._process.pid, STOP)
            await asyncio.to_thread(self._process.join, GRACE)
            if self._process.is_alive():
                self._log.error("process killed", process=self.name)
                self._process.kill()
                await asyncio.to_thread(self._process.join)


def until_terminated(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` in an event loop of its own; STOP cancels it. What it raises ends the process.

    Raises SystemExit: any other exception would be printed by multiprocessing, with its text.
    """

    async def main() -> None:
        working = asyncio.ensure_future(work)
        asyncio.get_running_loop().add_signal_handler(STOP, working.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await working

    try:
        asyncio.run(main())
    except Exception as error:
        log.get("crash").critical("process ends", **log.fault(error))
        raise SystemExit(1) from None


def storage(config: Config, sock: socket.socket) -> None:
    """Entry of the embedded storage process."""
    begin("storage")
    from storage.app import serve
    from storage.fault import StorageFault

    async def work() -> None:
        try:
            await serve(config, sock)
        except StorageFault as fault:  # its text is for the operator
            log.get("storage").critical(str(fault))
            raise SystemExit(1) from None

    with log.served(config.log, LINES_LOST.inc):
        until_terminated(work())
