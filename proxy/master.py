"""mitmproxy as a library: a Master with our addons only, and one connection of a visitor.

What is left out of mitmdump, and why: Proxyserver's sockets (the supervisor's socket is shared by all workers),
NextLayer's guessing (we know that it is HTTP), TlsConfig (it writes a CA key), AddonManager's dispatch (it logs
an exception's text, and offers each hook to every addon), the flow store, the event log.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from mitmproxy import options
from mitmproxy.addonmanager import Loader
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.master import Master as MitmMaster
from mitmproxy.proxy import commands
from mitmproxy.proxy.layers import ClientTLSLayer
from mitmproxy.proxy.mode_servers import ProxyConnectionHandler
from mitmproxy.proxy.mode_specs import ProxyMode

from proxy import log
from proxy.config import Config
from proxy.metrics import FAULTS
from proxy.routes import Routes
from proxy.stream import SiteLayer
from proxy.tls import TlsEnds

type Hook = Callable[[Any], Awaitable[None] | None]

# Never connected to: every request gets its own address from its route.
MODE = ProxyMode.parse("reverse:http://milchglas.invalid:1")

SETTINGS = {
    "connection_strategy": "lazy",  # else each half-sent request opens an upstream connection
    "keep_host_header": True,
    "websocket": False,  # a pipe instead: proxy/stream.py
    "http2": False,
}


class Master(MitmMaster):
    """Our addons, and a table from hook to their methods, in order."""

    def __init__(self, addons: list[object], routes: Routes, config: Config) -> None:
        super().__init__(options.Options())
        self._legacy_log_events.uninstall()  # it would queue a task per log line
        # Its layers ask for options that the Proxyserver addon declares.
        Proxyserver().load(Loader(self))  # type: ignore[no-untyped-call]  # mitmproxy's
        self.options.update(**SETTINGS)  # type: ignore[no-untyped-call]  # mitmproxy's
        self.routes = routes
        self.tls = bool(config.listen.tls)
        self._addons = [TlsEnds(config), *addons]
        self._hooks: dict[str, tuple[tuple[str, Hook], ...]] = {}

    async def dispatch(self, name: str, data: Any) -> None:
        """Run a hook on every addon that has it. A fault of one is counted, and the next one runs."""
        hooks = self._hooks.get(name)
        if hooks is None:
            hooks = self._hooks[name] = tuple(
                (type(addon).__name__, hook) for addon in self._addons if (hook := getattr(addon, name, None))
            )
        for part, hook in hooks:
            try:
                result = hook(data)
                if inspect.isawaitable(result):
                    await result
            except Exception as error:
                FAULTS.labels(part).inc()
                log.get("addons").error("hook failed", addon=part, hook=name, **log.fault(error))


class Connection(ProxyConnectionHandler):
    """One visitor's connection."""

    master: Master

    def __init__(self, master: Master, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(master, reader, writer, master.options, MODE)  # type: ignore[no-untyped-call]  # mitmproxy's
        context = self.layer.context
        # What a request has until its route is set, and keeps if that fails: nowhere.
        context.server.address = MODE.address  # type: ignore[attr-defined]  # of a ReverseMode
        if master.tls:
            context.layers.append(
                self.layer
            )  # the layer above, which ClientTLSLayer looks at, and which is never used
            self.layer = ClientTLSLayer(context)
            self.sites = SiteLayer(context, master.routes)
            self.layer.child_layer = self.sites
        else:
            self.layer = self.sites = SiteLayer(context, master.routes)

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return not self.sites.streams

    async def handle_hook(self, hook: commands.StartHook) -> None:
        """Called by mitmproxy for each hook."""
        with self.timeout_watchdog.disarm():
            (data,) = hook.args()
            await self.master.dispatch(hook.name, data)

    def log(
        self,
        message: str,
        level: int = logging.INFO,
        exc_info: bool | tuple[type[BaseException], BaseException, TracebackType | None] | None = None,
    ) -> None:
        """Called by mitmproxy. A crash in its layers leaves the visitor hanging until `tcp_timeout`: end it."""
        if level >= logging.ERROR:
            FAULTS.labels("mitmproxy").inc()
            log.get("mitmproxy").error("connection ended by a fault")
            self.end()

    def end(self) -> None:
        """Close the visitor's connection."""
        if (transport := self.transports.get(self.client)) and transport.handler:
            transport.handler.cancel("ended")
