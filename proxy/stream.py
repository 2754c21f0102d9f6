"""Our HttpStream: one request and its response inside mitmproxy's state machine.

What mitmproxy 12.2 does otherwise, and why this file exists (mitmproxy/proxy/layers/http/__init__.py):

- Responses and requests are buffered unless an addon says otherwise. Here all that is not ours streams.
- A response set in `requestheaders` waits for the whole body, however large, and `body_size_limit` is global.
  Here a body is limited by its route.
- An exception in an addon lets the request go on. Here the route and, under our path, the refusal are set
  before any addon runs, and held to after it.
- A 101 keeps every message in memory (WebSocketData, TCPFlow). Here it is a pipe that keeps nothing.
- A request that mitmproxy refuses is still shown to the addons. Here it is not: it has no route.
- An answer before the request's end is held back at its end. Here it is not.
- Errors are said in its own words, and name it. Here they are said in ours (proxy/errors.py).
- A request without a length, from HTTP/2, goes to HTTP/1 without any framing. Here it goes in chunks.
- A kept connection that has just been closed is a 502. Here what can be said twice is (RFC 9110, 9.2.2).
"""

from __future__ import annotations

from typing import Any

from mitmproxy import http
from mitmproxy.net.http.http1 import expected_http_body_size
from mitmproxy.proxy import events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers import tcp
from mitmproxy.proxy.layers.http import DropStream, SendHttp
from mitmproxy.proxy.layers.http._events import (
    ErrorCode,
    RequestData,
    RequestEndOfMessage,
    RequestHeaders,
    RequestProtocolError,
    ResponseEndOfMessage,
    ResponseHeaders,
    ResponseProtocolError,
)
from mitmproxy.proxy.layers.http._hooks import HttpRequestHeadersHook, HttpResponseHeadersHook

from proxy import access, answers, heads, http1, ids, log, logins
from proxy.bodies import Bodies
from proxy.held import around
from proxy.metrics import BATCHES, FAULTS
from proxy.routes import Route
from proxy.signals import Consumed, Pause, Sites, Unanswered, Wanted

type Generator = layer.CommandGenerator[Any]

METADATA = "milchglas"
VISITOR = "milchglas visitor"
"""In a flow's metadata: whose request it is, on a connection that others use, too; set by addons/route.py."""
ALONE = "milchglas alone"
"""In a flow's metadata: nobody else uses the visitor's connection."""

# RFC 9110, 9.2.2; only without a body, or before any of it was read.
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})


def route_of(flow: http.HTTPFlow) -> Route:
    """The route of a flow. KeyError when it did not come through our HttpStream."""
    route: Route = flow.metadata[METADATA]
    return route


class HttpStream(Bodies):
    """One request and its response."""

    route: Route | None = None

    def __init__(self, context: Context, stream_id: int, sites: Sites) -> None:
        super().__init__(context, stream_id, sites)
        self._measured = True
        self._body_begun = self._repeated = self._ended = self._login_over = self._told = False

    def _handle_event(self, event: events.Event) -> Generator:
        self._pace.begin()
        self.exchange.heard(event)
        yield from self.exchange.watch(super()._handle_event(event), self.context.client)
        if self.exchange.ended:
            self.tell()
        if isinstance(event, RequestData):
            self._body_begun = True
            if self.sites.multiplexed:
                if self.client_state == self.state_stream_request_body:
                    yield Pause(self.context.server, self.stream_id)
                yield SendHttp(Consumed(self.stream_id, len(event.data)), self.context.client)

    @property
    def site_name(self) -> str | None:
        """For the log."""
        return self.route.site.name if self.route and self.route.site else None

    def tell(self) -> None:
        """Count and log it, once."""
        if not self._told:
            self._told = True
            own = self.route is not None and self.route.own is not None
            try:
                access.ended(self.exchange, self.flow, self.site_name, own, self.request_id)
            except Exception as error:
                FAULTS.labels("access").inc()
                log.get("stream").error("request not told", request=self.request_id, **log.fault(error))

    # ---- the request

    def state_wait_for_request_headers(self, event: RequestHeaders) -> Generator:
        """As mitmproxy's, with the route set before the addons' hook and insisted on after it."""
        self._measured = event.end_stream or "Content-Length" in event.request.headers
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
        if request.authority:  # absolute-form, HTTP/2: it wins over Host (RFC 9112, 3.2.2)
            request.headers["Host"] = request.authority
            request.data.authority = b""
        if request.http_version == "HTTP/1.0":
            request.headers.pop("Expect", None)  # RFC 9110, 10.1.1
        if self.sites.multiplexed and not self._measured:
            request.headers["Transfer-Encoding"] = "chunked"
        self.route = self.sites.routes.find(request.headers.get("Host", ""), request.data.path)
        self.flow.metadata[METADATA] = self.route
        self.flow.metadata[ids.METADATA] = self._own_id
        if upstream := self.route.upstream:
            # `request.host = ` would rewrite Host.
            request.data.host, request.data.port = upstream.host, upstream.port
            request.data.scheme = upstream.scheme.encode()
            # What follows a 101 is not looked at: HTTP in it (h2c) would get past our path.
            if request.headers.get("Upgrade", "websocket").lower() != "websocket":
                del request.headers["Upgrade"]
            heads.reduce_options(request.headers)
        else:
            self.flow.response = self._refusal(self.route)

    def _refusal(self, route: Route) -> http.Response:
        return answers.refusal(self.request_id) if route.site else answers.error(421, self.request_id)

    def _insist(self) -> None:
        """Whatever the addons did: ours never goes upstream, the site's own streams."""
        if self.route is None or self.flow.error:
            return
        if self.route.upstream is None:
            self.flow.response = self.flow.response or self._refusal(self.route)
        self.flow.request.headers[ids.FIELD] = self.request_id
        # A response and a streamed request together raise NotImplementedError in mitmproxy.
        self.flow.request.stream = self.flow.response is None

    def make_server_connection(self) -> layer.CommandGenerator[bool]:
        """As mitmproxy's, with what decides about its connection (proxy/connections.py). False: answered 502."""
        request = self.flow.request
        connection, error = yield Wanted(
            (request.host, request.port),
            request.scheme == "https",
            None,
            visitor=None if ALONE in self.flow.metadata else self.flow.metadata.get(VISITOR, ""),
            logs_in=logins.logs_in(request.headers),
            fresh=self._repeated,
        )
        if error:
            yield from self.handle_protocol_error(
                ResponseProtocolError(self.stream_id, error, ErrorCode.CONNECT_FAILED)
            )
            return False
        self.context.server = self.flow.server_conn = connection
        return True

    def _repeat(self) -> Generator:
        """Say the request again, on a new connection."""
        self._repeated = True
        whole = self.client_state == self.state_done
        if not (yield from self.make_server_connection()):
            self.client_state = self.state_errored
            return
        yield SendHttp(RequestHeaders(self.stream_id, self.flow.request, end_stream=whole), self.context.server)
        if whole:
            yield SendHttp(RequestEndOfMessage(self.stream_id), self.context.server)

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
        if self.route and self.route.own == "events":
            BATCHES.labels("body too large").inc()
        yield from self.answer(413)
        self.client_state = self.server_state = self.state_errored
        self.flow.live = False
        yield DropStream(self.stream_id)
        return True

    # ---- the response (its body: proxy/bodies.py)

    def state_wait_for_response_headers(self, event: ResponseHeaders) -> Generator:
        """As mitmproxy's, but what no addon holds streams through."""
        headers = event.response.headers
        if event.response.status_code == 401 and self.sites.multiplexed and logins.asks(headers):
            # No login would last, for each request has its own connection here. Browsers come back in HTTP/1.1.
            yield from self._ask_for_http1()
            return
        if event.response.status_code == 101 and "Upgrade" not in self.flow.request.headers:
            yield from self._refuse_pipe()
            return
        if logins.logs_in(self.flow.request.headers) and ALONE not in self.flow.metadata:
            if event.response.status_code == 401 and logins.goes_on(headers):
                visitor = self.flow.metadata.get(VISITOR, "")
                yield from self.sites.hold(self.context.server, visitor)
            else:
                self._login_over = True
        yield from around(
            super().state_wait_for_response_headers(event), HttpResponseHeadersHook, after=self._stream_on
        )

    def _ask_for_http1(self) -> Generator:
        """RFC 9113, 7: HTTP_1_1_REQUIRED, as IIS says it for NTLM."""
        yield SendHttp(RequestProtocolError(self.stream_id, "", ErrorCode.CANCEL), self.context.server)
        yield SendHttp(ResponseProtocolError(self.stream_id, "", ErrorCode.HTTP_1_1_REQUIRED), self.context.client)
        self.client_state = self.server_state = self.state_errored
        self.flow.live = False
        yield DropStream(self.stream_id)

    def _refuse_pipe(self) -> Generator:
        """Nobody asked for a 101: HTTP/2 has none, and HTTP in it would get past our path."""
        yield SendHttp(RequestProtocolError(self.stream_id, "", ErrorCode.CANCEL), self.context.server)
        yield from self.handle_protocol_error(
            ResponseProtocolError(self.stream_id, "", ErrorCode.GENERIC_SERVER_ERROR)
        )

    def handle_protocol_error(self, event: RequestProtocolError | ResponseProtocolError) -> Generator:
        """As mitmproxy's, but a request may be said again, and what upstream sent before it broke off goes out."""
        if isinstance(event, Unanswered) and self._repeatable:
            yield from self._repeat()
            return
        if isinstance(event, ResponseProtocolError) and self.server_state == self.state_hold_response_body:
            yield from self._decide(None)
        yield from self.in_our_words(super().handle_protocol_error(event))
        if isinstance(event, RequestProtocolError) and self.sites.multiplexed:
            yield from self.sites.end(self.context.server)  # mitmproxy forgets it where a hook ran meanwhile

    @property
    def _repeatable(self) -> bool:
        return (
            self.flow.request.method in IDEMPOTENT
            and not self._body_begun
            and self.server_state == self.state_wait_for_response_headers
            and self.client_state in (self.state_done, self.state_stream_request_body)
        )

    def send_response(self, already_streamed: bool = False) -> Generator:
        """As mitmproxy's, but an answer before the request's end is ended at once, and one to HEAD has no body."""
        if self.flow.request.method == "HEAD" and self.flow.response and self.flow.response.raw_content:
            self.flow.response.data.content = b""  # `.content` would correct the length
        yield from super().send_response(already_streamed)
        if self.client_state == self.state_stream_request_body and self.server_state == self.state_done:
            self._ended = True
            yield SendHttp(ResponseEndOfMessage(self.stream_id), self.context.client)

    def flow_done(self) -> Generator:
        """As mitmproxy's, but what follows a 101 is a pipe that keeps no messages."""
        assert self.flow.response
        self.flow.live = False
        if self.flow.response.status_code == 101:
            self.child_layer = tcp.TCPLayer(self.context, ignore=True)
            self._handle_event = self._pipe  # type: ignore[method-assign]  # as mitmproxy does
            yield from self.child_layer.handle_event(events.Start())
        else:
            if self._login_over:
                yield from self.sites.end(self.context.server)
            yield DropStream(self.stream_id)
        if not self._ended:
            yield SendHttp(ResponseEndOfMessage(self.stream_id), self.context.client)

    def _pipe(self, event: events.Event) -> Generator:
        """As mitmproxy's passthrough, counted."""
        yield from self.exchange.watch(self.passthrough(event), self.context.client)


http1.install()
