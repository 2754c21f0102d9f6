"""Our HttpStream: one request and its response inside mitmproxy's state machine.

What mitmproxy 12.2 does otherwise, and why this file exists (mitmproxy/proxy/layers/http/__init__.py):

- Response headers leave before a stream callable sees the first byte. A `Held` response keeps them until it
  has decided, so that a refusal leaves headers and body exactly as upstream sent them.
- Responses and requests are buffered unless an addon says otherwise. Here all that is not ours streams.
- A response set in `requestheaders` waits for the whole body, however large, and `body_size_limit` is global.
  Here a body is limited by its route.
- An exception in an addon lets the request go on. Here the route and, under our path, the refusal are set
  before any addon runs, and held to after it.
- A 101 keeps every message in memory (WebSocketData, TCPFlow). Here it is a pipe that keeps nothing.
- A request that mitmproxy refuses is still shown to the addons. Here it is not: it has no route.
- An answer before the request's end is held back at its end. Here it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, runtime_checkable

from mitmproxy import http
from mitmproxy.net.http.http1 import expected_http_body_size
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers import tcp
from mitmproxy.proxy.layers.http import DropStream, HttpLayer, HTTPMode, SendHttp
from mitmproxy.proxy.layers.http import HttpStream as MitmHttpStream
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestHeaders,
    RequestProtocolError,
    ResponseData,
    ResponseEndOfMessage,
    ResponseHeaders,
    ResponseProtocolError,
    ResponseTrailers,
)
from mitmproxy.proxy.layers.http._hooks import HttpRequestHeadersHook, HttpResponseHeadersHook

from proxy import answers, http1, log
from proxy.metrics import FAULTS
from proxy.routes import Route, Routes

type Generator = layer.CommandGenerator[Any]

METADATA = "milchglas"
MAX_DISCARDED = 64 * 1024 * 1024


def route_of(flow: http.HTTPFlow) -> Route:
    """The route of a flow. KeyError when it did not come through our HttpStream."""
    route: Route = flow.metadata[METADATA]
    return route


@runtime_checkable
class Held(Protocol):
    """A response whose headers wait until its first bytes have decided; then it is the stream callable.

    While it is undecided it may raise: headers and body then go out as upstream sent them, so headers must be
    changed last.
    """

    def feed(self, chunk: bytes) -> Iterable[bytes] | None:
        """Take bytes of upstream; None: go on holding. Else headers are final, and these bytes go out."""

    def end(self) -> Iterable[bytes]:
        """The body ended, or broke off, undecided: the bytes that go out."""

    def __call__(self, chunk: bytes) -> bytes:
        """What goes out for a later chunk; b"" is the end of the body. Must not raise: the visitor would hang."""


class SiteLayer(HttpLayer):
    """mitmproxy's HTTP layer with our stream in it."""

    def __init__(self, context: Context, routes: Routes) -> None:
        super().__init__(context, HTTPMode.transparent)
        self.routes = routes

    def make_stream(self, stream_id: int) -> layer.CommandGenerator[None]:
        """Called by HttpLayer for each request."""
        self.streams[stream_id] = stream = HttpStream(self.context.fork(), stream_id, self.routes)
        yield from self.event_to_child(stream, events.Start())


class HttpStream(MitmHttpStream):
    """One request and its response."""

    route: Route | None = None
    _discarded = 0
    _ended = False

    def __init__(self, context: Context, stream_id: int, routes: Routes) -> None:
        super().__init__(context, stream_id)
        self.routes = routes
        self._held: list[bytes] = []

    # ---- the request

    def state_wait_for_request_headers(self, event: RequestHeaders) -> layer.CommandGenerator[None]:
        """As mitmproxy's, with the route set before the addons' hook and insisted on after it."""
        yield from around(
            super().state_wait_for_request_headers(event),
            HttpRequestHeadersHook,
            wanted=lambda: self.route is not None,
            before=self._assign,
            after=self._insist,
        )

    def _assign(self) -> None:
        """Set the destination and, where nothing may go upstream, the refusal."""
        if self.route is not None or self.flow.error:
            return
        request = self.flow.request
        if request.authority:  # absolute-form: its authority wins over Host (RFC 9112, 3.2.2)
            request.headers["Host"] = request.authority
            request.data.authority = b""
        self.route = self.routes.find(request.headers.get("Host", ""), request.data.path)
        self.flow.metadata[METADATA] = self.route
        if upstream := self.route.upstream:
            # `request.host = ` would rewrite Host.
            request.data.host, request.data.port = upstream.host, upstream.port
            request.data.scheme = upstream.scheme.encode()
            # What follows a 101 is not looked at: HTTP in it (h2c) would get past our path.
            if request.headers.get("Upgrade", "websocket").lower() != "websocket":
                del request.headers["Upgrade"]
        else:
            self.flow.response = answers.refusal() if self.route.site else answers.error(421)

    def _insist(self) -> None:
        """Whatever the addons did: ours never goes upstream, the site's own streams."""
        if self.route is None or self.flow.error:
            return
        if self.route.upstream is None:
            self.flow.response = self.flow.response or answers.refusal()
        # A response and a streamed request together raise NotImplementedError in mitmproxy.
        self.flow.request.stream = self.flow.response is None

    def check_body_size(self, request: bool) -> layer.CommandGenerator[bool]:
        """Limit the bodies of requests that do not stream. True: it was refused, do nothing more."""
        if not request:
            return False
        self._assign()
        limit = self.route.body_limit if self.route else None
        if limit is None:
            return False
        size = len(self.request_body_buf) or expected_http_body_size(self.flow.request) or 0
        if size <= limit:
            return False
        self.request_body_buf.clear()  # type: ignore[no-untyped-call]  # mitmproxy's
        self.flow.response = answers.error(413)
        yield from self._send_own(self.flow.response)
        self.client_state = self.server_state = self.state_discard
        self.flow.live = False
        return True

    def state_discard(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Read on for a while after a refusal, so that the client gets to read it, but not for ever."""
        if isinstance(event, RequestData):
            self._discarded += len(event.data)
            if self._discarded > MAX_DISCARDED:
                yield commands.CloseConnection(self.context.client)

    def _send_own(self, response: http.Response) -> layer.CommandGenerator[None]:
        yield SendHttp(ResponseHeaders(self.stream_id, response, end_stream=False), self.context.client)
        yield SendHttp(ResponseData(self.stream_id, response.raw_content or b""), self.context.client)
        yield SendHttp(ResponseEndOfMessage(self.stream_id), self.context.client)

    # ---- the response

    def state_wait_for_response_headers(self, event: ResponseHeaders) -> layer.CommandGenerator[None]:
        """As mitmproxy's, but what no addon holds streams through."""
        yield from around(
            super().state_wait_for_response_headers(event), HttpResponseHeadersHook, after=self._stream_on
        )

    def _stream_on(self) -> None:
        if self.flow.response and not self.flow.response.stream:
            self.flow.response.stream = True

    def start_response_stream(self) -> layer.CommandGenerator[None]:
        """Send the headers on, or hold them."""
        assert self.flow.response
        if isinstance(self.flow.response.stream, Held):
            self.server_state = self.state_hold_response_body
        else:
            yield from super().start_response_stream()

    def state_hold_response_body(
        self, event: ResponseData | ResponseTrailers | ResponseEndOfMessage
    ) -> layer.CommandGenerator[None]:
        """Headers wait here until the body's first bytes have decided."""
        assert self.flow.response
        if isinstance(event, ResponseTrailers):
            self.flow.response.trailers = event.trailers
        elif isinstance(event, ResponseData):
            yield from self._decide(event.data)
        else:
            yield from self._decide(None)
            yield from self.state_stream_response_body(event)

    def _decide(self, chunk: bytes | None) -> layer.CommandGenerator[None]:
        """Ask the held response about a chunk, or None for the end; send on what it says."""
        assert self.flow.response
        held = self.flow.response.stream
        assert isinstance(held, Held)
        chunks: Iterable[bytes] | None
        try:
            if chunk is None:
                chunks = held.end()
            else:
                self._held.append(chunk)
                chunks = held.feed(chunk)
        except Exception as error:
            FAULTS.labels(type(held).__name__).inc()
            log.get("stream").error("page left as it came", **log.fault(error))
            self.flow.response.stream = True
            chunks = tuple(self._held)
        if chunks is None:
            return
        self._held.clear()
        yield SendHttp(ResponseHeaders(self.stream_id, self.flow.response, end_stream=False), self.context.client)
        for each in chunks:
            yield SendHttp(ResponseData(self.stream_id, each), self.context.client)
        self.server_state = self.state_stream_response_body

    def handle_protocol_error(
        self, event: RequestProtocolError | ResponseProtocolError
    ) -> layer.CommandGenerator[None]:
        """As mitmproxy's, but what upstream sent before it broke off is with the visitor first."""
        if isinstance(event, ResponseProtocolError) and self.server_state == self.state_hold_response_body:
            yield from self._decide(None)
        yield from super().handle_protocol_error(event)

    def send_response(self, already_streamed: bool = False) -> layer.CommandGenerator[None]:
        """As mitmproxy's, but an answer before the request's end is ended at once: its reader may wait."""
        yield from super().send_response(already_streamed)
        if self.client_state == self.state_stream_request_body and self.server_state == self.state_done:
            self._ended = True
            yield SendHttp(ResponseEndOfMessage(self.stream_id), self.context.client)

    def flow_done(self) -> layer.CommandGenerator[None]:
        """As mitmproxy's, but what follows a 101 is a pipe that keeps no messages."""
        assert self.flow.response
        self.flow.live = False
        if self.flow.response.status_code == 101:
            self.child_layer = tcp.TCPLayer(self.context, ignore=True)
            self._handle_event = self.passthrough
            yield from self.child_layer.handle_event(events.Start())
        else:
            yield DropStream(self.stream_id)
        if not self._ended:
            yield SendHttp(ResponseEndOfMessage(self.stream_id), self.context.client)


def around(
    inner: Generator,
    hook: type[commands.StartHook],
    *,
    wanted: Callable[[], bool] = lambda: True,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], None] = lambda: None,
) -> Generator:
    """Run a state of mitmproxy's, with something of ours right before and after its hook (if `wanted`)."""
    reply: Any = None
    while True:
        try:
            command = inner.send(reply)
        except StopIteration as stop:
            return stop.value
        if isinstance(command, hook):
            before()
            reply = (yield command) if wanted() else None
            after()
        else:
            reply = yield command


http1.install()
