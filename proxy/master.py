"""mitmproxy as a library: a Master with our addons only, and one connection of a visitor.

What is left out of mitmdump, and why: Proxyserver's sockets (the supervisor's socket is shared by all workers),
NextLayer's guessing (we know that it is HTTP), TlsConfig (it writes a CA key), AddonManager's dispatch (it logs
an exception's text, and offers each hook to every addon), the flow store, the event log.
"""

from __future__ import annotations

import asyncio
import collections
import inspect
import logging
import os
import select
import socket
import struct
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from mitmproxy import options
from mitmproxy.addonmanager import Loader
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.connection import Connection as MitmConnection
from mitmproxy.connection import ConnectionState
from mitmproxy.connection import Server as MitmServer
from mitmproxy.master import Master as MitmMaster
from mitmproxy.proxy import commands, events
from mitmproxy.proxy.mode_servers import ProxyConnectionHandler
from mitmproxy.proxy.mode_specs import ProxyMode

from proxy import ids, log
from proxy.config import Config, Limits
from proxy.connections import SiteLayer
from proxy.metrics import CONNECTIONS, FAULTS
from proxy.routes import Routes
from proxy.signals import CUT_OFF, TIMED_OUT, Farewell, Pace, Pause
from proxy.tls import TlsEnds, VisitorTls

type Hook = Callable[[Any], Awaitable[None] | None]

# Never connected to: every request gets its own address from its route.
MODE = ProxyMode.parse("reverse:http://milchglas.invalid:1")

SETTINGS = {
    "connection_strategy": "lazy",  # else each half-sent request opens an upstream connection
    "keep_host_header": True,
    "websocket": False,  # a pipe instead: proxy/stream.py
    "http2": False,  # to upstream; to visitors it is listen.http2
}

UPSTREAMS = 110
"""Upstream connections of one visitor's connection at once: one a stream (proxy/http2.py), and some that end."""

RESET = struct.pack("ii", 1, 0)  # socket(7), SO_LINGER: on, for no second

RULES = "milchglas rules"
"""In a flow's metadata: by which rules it began."""

_reads: ContextVar[MitmConnection] = ContextVar("which connection the running task reads")


@dataclass(frozen=True)
class Rules:
    """What one configuration makes of requests: one that began by these ends by these."""

    routes: Routes
    limits: Limits
    tls: TlsEnds
    addons: tuple[object, ...]
    hooks: dict[str, tuple[tuple[str, Hook], ...]] = field(default_factory=dict)
    """Hook -> the addons' methods of that name, in order; filled as hooks are called."""


class Master(MitmMaster):
    """Our addons behind mitmproxy. `rules` may be replaced by others that were `prepared`, at any time."""

    def __init__(self, addons: list[object], routes: Routes, config: Config) -> None:
        super().__init__(options.Options())
        self._legacy_log_events.uninstall()  # it would queue a task per log line
        # Its layers ask for options that the Proxyserver addon declares.
        Proxyserver().load(Loader(self))  # type: ignore[no-untyped-call]  # mitmproxy's
        self.options.update(**SETTINGS)  # type: ignore[no-untyped-call]  # mitmproxy's
        self.rules = Rules(routes, config.limits, TlsEnds(config), tuple(addons))

    def prepared(self, addons: list[object], routes: Routes, config: Config) -> Rules:
        """The rules of another configuration; nothing has changed yet. Raises CertificateFault."""
        return Rules(routes, config.limits, TlsEnds(config, self.rules.tls), tuple(addons))

    async def dispatch(self, name: str, data: Any) -> None:
        """Run a hook on every addon that has it. A fault of one is counted, and the next one runs."""
        metadata = getattr(data, "metadata", None)  # of a flow: its first hook comes right after its route is set
        rules: Rules = self.rules if metadata is None else metadata.setdefault(RULES, self.rules)
        hooks = rules.hooks.get(name)
        if hooks is None:
            hooks = rules.hooks[name] = tuple(
                (type(addon).__name__, hook)
                for addon in (rules.tls, *rules.addons)
                if (hook := getattr(addon, name, None))
            )
        for part, hook in hooks:
            try:
                result = hook(data)
                if inspect.isawaitable(result):
                    await result
            except Exception as error:
                FAULTS.labels(part).inc()
                request = getattr(data, "metadata", {}).get(ids.METADATA)
                log.get("addons").error("hook failed", addon=part, hook=name, request=request, **log.fault(error))


class Connection(ProxyConnectionHandler):
    """One visitor's connection, and those to upstream that belong to it.

    What mitmproxy 12.2 does otherwise (mitmproxy/proxy/server.py):

    - Each reader waits for every writer, under one lock: an upload and its answer at once can stop each other.
    - What comes for a stream that waits is queued without a limit.
    - Five upstream connections at most: five event streams of an HTTP/2 visitor stop its pages.
    - A connection to upstream that does not come about is given up when the system does, after minutes.
    - A connection that upstream resets looks like one that it closes, and what had come before is lost.
    - A connection that is ended while what it has read waits for its turn is never closed.
    """

    master: Master

    def __init__(self, master: Master, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(master, reader, writer, master.options, MODE)  # type: ignore[no-untyped-call]  # mitmproxy's
        self.max_conns = collections.defaultdict(lambda: asyncio.Semaphore(UPSTREAMS))
        self.timeout_watchdog.timeout = master.rules.limits.silence  # type: ignore[assignment]  # an int only by its annotation
        self._progress = asyncio.Event()
        self._pace = Pace()
        context = self.layer.context
        # What a request has until its route is set, and keeps if that fails: nowhere.
        context.server.address = MODE.address  # type: ignore[attr-defined]  # of a ReverseMode
        if master.rules.tls.visitors:
            context.layers.append(
                self.layer
            )  # the layer above, which ClientTLSLayer looks at, and which is never used
            self.layer = VisitorTls(context)
            self.sites = SiteLayer(context, lambda: master.rules.routes, self._stale)
            self.layer.child_layer = self.sites
        else:
            self.layer = self.sites = SiteLayer(context, lambda: master.rules.routes, self._stale)

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return not self.sites.streams

    @property
    def waits(self) -> tuple[str, int]:
        """What it waits for, and for which request of it (proxy/guard.py)."""
        return self.sites.waits

    async def handle_hook(self, hook: commands.StartHook) -> None:
        """Called by mitmproxy for each hook."""
        if isinstance(hook, Pause):
            await self._pause(hook)
            return
        with self.timeout_watchdog.disarm():
            (data,) = hook.args()
            await self.master.dispatch(hook.name, data)

    async def server_event(self, event: events.Event) -> None:
        """Called by mitmproxy with whatever happens."""
        self._pace.begin()
        await super().server_event(event)
        self._progress.set()

    async def handle_client(self) -> None:
        """Serve the visitor until the connection ends."""
        CONNECTIONS.inc()
        try:
            await super().handle_client()
        finally:
            CONNECTIONS.dec()
            self.sites.abandon()

    # ---- who waits for whom

    async def _pause(self, pause: Pause) -> None:
        await self._drained(pause.to)
        if pause.to is self.client:
            while self.client.state & ConnectionState.CAN_WRITE and self.sites.congested(pause.stream_id):
                await self._moved()
        await asyncio.sleep(0)

    async def handle_connection(self, connection: MitmConnection) -> None:
        """Called by mitmproxy: read one of the connections until its end."""
        _reads.set(connection)
        if connection is not self.client:
            self._hear_out(connection)
        try:
            await super().handle_connection(connection)
        finally:
            if transport := self.transports.pop(connection, None):
                # It was ended while what it had read waited for its turn. mitmproxy leaves it open then, for ever.
                assert isinstance(transport.writer, asyncio.StreamWriter)
                transport.writer.close()
                connection.state = ConnectionState.CLOSED
                await self.server_event(events.ConnectionClosed(connection))

    def _hear_out(self, connection: MitmConnection) -> None:
        """A reset is an end: asyncio throws away what came before it, the answer to a refused upload say."""
        transport = self.transports[connection]
        reader, writer = transport.reader, transport.writer
        assert isinstance(reader, asyncio.StreamReader)
        assert isinstance(writer, asyncio.StreamWriter)

        def end(exc: Exception) -> None:
            connection.error = CUT_OFF
            with suppress(OSError):
                while data := os.read(writer.get_extra_info("socket").fileno(), 65536):
                    reader.feed_data(data)
            reader.feed_eof()

        reader.set_exception = end  # type: ignore[method-assign]

    async def drain_writers(self) -> None:
        """Called by mitmproxy before it reads on: wait until there is room for what would be read."""
        if self._pace.due:  # and there may be more to read at once
            await asyncio.sleep(0)
        source = _reads.get()
        if source is self.client and not self.sites.multiplexed:
            for connection in list(self.transports):
                await self._drained(connection)
        else:
            await self._drained(self.client)
        while self.sites.crowded(source):
            await self._moved()

    async def _drained(self, connection: MitmConnection) -> None:
        transport = self.transports.get(connection)
        if transport is None or not isinstance(transport.writer, asyncio.StreamWriter):
            return
        try:
            await transport.writer.drain()
        except OSError:
            if transport.handler and connection is self.client:  # upstream is heard to its end
                transport.handler.cancel("cannot write")

    async def _moved(self) -> None:
        self._progress.clear()
        await self._progress.wait()

    # ---- upstream

    async def open_connection(self, command: commands.OpenConnection) -> None:
        """Called by mitmproxy, for the whole life of an upstream connection."""
        loop, seconds = asyncio.get_running_loop(), self.master.rules.limits.connect
        timer = loop.call_later(seconds, self._give_up, command.connection)
        try:
            await super().open_connection(command)
        finally:
            timer.cancel()

    def _give_up(self, connection: MitmServer) -> None:
        """Its time is over: where it is not ready, what waits for it is answered 502."""
        made = connection.timestamp_tls_setup if connection.tls else connection.timestamp_tcp_setup
        if made is None and (transport := self.transports.get(connection)) and transport.handler:
            transport.handler.cancel("not connected in time")

    def _stale(self, connection: MitmConnection) -> bool:
        """Whether a kept upstream connection has something to say unasked, which is its end."""
        transport = self.transports.get(connection)
        if transport is None or not isinstance(transport.writer, asyncio.StreamWriter):
            return True
        poll = select.poll()
        poll.register(transport.writer.get_extra_info("socket"), select.POLLIN)
        return bool(poll.poll(0))

    # ---- the end

    async def on_timeout(self) -> None:
        """Called by mitmproxy after `limits.silence`: who waits for an answer gets ours, others are cut off."""
        if late := self.sites.late:
            for connection in late:
                connection.error = TIMED_OUT
                if (transport := self.transports.get(connection)) and transport.handler:
                    transport.handler.cancel(TIMED_OUT)
            await self.timeout_watchdog.watch()  # type: ignore[no-untyped-call]  # its
        else:
            await super().on_timeout()

    def close_connection(self, connection: MitmConnection, half_close: bool = False) -> None:
        """Called by mitmproxy. Without TLS, only a reset says that something was cut off."""
        if connection is self.client and connection.error and not connection.tls:
            writer = self.transports[connection].writer
            assert isinstance(writer, asyncio.StreamWriter)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        super().close_connection(connection, half_close)

    def log(
        self,
        message: str,
        level: int = logging.INFO,
        exc_info: bool | tuple[type[BaseException], BaseException, TracebackType | None] | None = None,
    ) -> None:
        """Called by mitmproxy. A crash in its layers leaves the visitor hanging until `tcp_timeout`: end it."""
        if level >= logging.ERROR:
            FAULTS.labels("mitmproxy").inc()
            error = exc_info[1] if isinstance(exc_info, tuple) else sys.exception()
            log.get("mitmproxy").error("connection ended by a fault", **(log.fault(error) if error else {}))
            self.end()

    async def farewell(self, *, final: bool = False) -> None:
        """Say that no more requests are taken; `final`: the connection is closed next."""
        await self.server_event(Farewell(final))

    def end(self) -> None:
        """Close the visitor's connection."""
        if (transport := self.transports.get(self.client)) and transport.handler:
            transport.handler.cancel("ended")
