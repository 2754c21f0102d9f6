"""The addons in a stock mitmdump or mitmweb: `mitmdump -s addons/__init__.py --set milchglas=FILE`.

What our own proxy does in its layers (proxy/stream.py), this does in hooks, as far as hooks can: pages are held in
memory whole, for mitmproxy sends a response's head before a stream callable sees the first byte. Batches are
judged in this process, and nothing is stored. docs/fixtures.md says what else differs.
"""

from __future__ import annotations

import inspect
import secrets
from pathlib import Path
from typing import Any

from mitmproxy import ctx, exceptions, http
from mitmproxy.addonmanager import Loader
from mitmproxy.proxy.layers import http as layers

from proxy import answers, heads, ids, log

OPTION = "milchglas"
HELD = "milchglas held"
METADATA = "milchglas"
"""As proxy/stream.py, which is imported only where the layers are looked after."""
LAYERS = ("Http1Server", "Http1Client", "Http2Server")


class Stock:
    """All addons of `ordered` as one, so that their order and what surrounds them stay as they are live."""

    def __init__(self) -> None:
        self._addons: list[object] = []
        self._wanted: dict[str, Any] = {}

    def load(self, loader: Loader) -> None:
        """Called by mitmproxy."""
        loader.add_option(OPTION, str, "", "The configuration file of Milchglas.")

    def configure(self, updated: set[str]) -> None:
        """Called by mitmproxy with the names of options that were set."""
        if OPTION in updated and (file := getattr(ctx.options, OPTION)):
            self._begin(Path(file))

    def _begin(self, file: Path) -> None:
        kept = {name: getattr(layers, name) for name in LAYERS}
        # Imported now, for proxy/stream.py puts layers of ours into mitmproxy's place, which a worker needs.
        from addons import ordered
        from proxy.fixtures.judge import Judge
        from proxy.load import ConfigError, load
        from proxy.routes import Routes
        from proxy.runtime import NotBuilt, Recorder, Runtime
        from proxy.switch import Switch
        from proxy.tokens import KEY_BYTES, Tokens

        for name, layer in kept.items():
            setattr(layers, name, layer)
        try:
            config = load(file)
            tokens = Tokens(secrets.token_bytes(KEY_BYTES))
            runtime = Runtime(config, Recorder.load(), tokens, Judge(config), Switch(config))
        except (ConfigError, NotBuilt) as error:
            raise exceptions.OptionsError(str(error)) from None  # type: ignore[no-untyped-call]  # mitmproxy's
        self._routes, self._addons = Routes(config), ordered(runtime)
        self._wanted = {"keep_host_header": True, "connection_strategy": "lazy", "http2": False}
        if ctx.options.mode == ["regular"]:
            self._wanted["mode"] = [f"reverse:{config.sites[0].upstream}"]
            if not ctx.options.listen_port:
                self._wanted |= {"listen_host": config.listen.host, "listen_port": config.listen.port}

    def running(self) -> None:
        """Called by mitmproxy, which loads a script only after it has looked where to listen."""
        ctx.options.update(**self._wanted)  # type: ignore[no-untyped-call]  # mitmproxy's

    async def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Set the route, and under our path the refusal, before any addon runs."""
        if not self._addons:
            return
        request = flow.request
        if request.authority:
            request.headers["Host"] = request.authority
            request.data.authority = b""
        route = self._routes.find(request.headers.get("Host", ""), request.data.path)
        flow.metadata[METADATA], flow.metadata[ids.METADATA] = route, ids.new()
        if route.upstream:
            request.data.host, request.data.port = route.upstream.host, route.upstream.port
            request.data.scheme = route.upstream.scheme.encode()
            heads.reduce_options(request.headers)
        else:
            name = flow.metadata[ids.METADATA]
            flow.response = answers.refusal(name) if route.site else answers.error(421, name)
        await self._call("requestheaders", flow)
        request.headers[ids.FIELD] = flow.metadata[ids.METADATA]

    async def request(self, flow: http.HTTPFlow) -> None:
        """Answer what is ours; nothing of it stays for mitmweb to show."""
        await self._call("request", flow)
        if self._addons and flow.metadata[METADATA].own is not None:
            flow.request.data.content = None

    async def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Decide about a page, and have mitmproxy collect its body."""
        await self._call("responseheaders", flow)
        from proxy.held import Held

        if flow.response and isinstance(flow.response.stream, Held):
            flow.metadata[HELD] = flow.response.stream
            flow.response.stream = False

    def response(self, flow: http.HTTPFlow) -> None:
        """Put the snippet in. A fault leaves the page as it came."""
        held, response = flow.metadata.pop(HELD, None), flow.response
        if held is None or response is None:
            return
        fields, body = response.headers.fields, response.raw_content or b""
        try:
            chunks = held.feed(body) if body else None
            out = b"".join(held.end() if chunks is None else chunks)
            if not response.stream:  # a page that passes says so by it
                out += b"".join(held(b""))
            response.data.content = out
        except Exception as error:
            response.headers.fields, response.data.content = fields, body
            log.get("stock").error("page left as it came", **log.fault(error))

    async def _call(self, name: str, flow: http.HTTPFlow) -> None:
        """As Master.dispatch (proxy/master.py)."""
        for addon in self._addons:
            if hook := getattr(addon, name, None):
                try:
                    result = hook(flow)
                    if inspect.isawaitable(result):
                        await result
                except Exception as error:
                    log.get("stock").error(
                        "hook failed", addon=type(addon).__name__, hook=name, **log.fault(error)
                    )
