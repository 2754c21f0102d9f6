"""HTTP/1 at both ends, where mitmproxy 12.2 breaks or asks more of a legacy server than browsers do.

Source: mitmproxy/proxy/layers/http/_http1.py. What is different here, besides heads (proxy/heads.py):

- An interim response of upstream (100, 102, 103) is passed over; it would count as the answer, and
  the visitor hang.
- Trailers of a chunked body are left out (RFC 9110, 6.5.1 allows it); they would end the connection.
- An empty line before a message is skipped (RFC 9112, 2.2); the message would never be read.
- An answer that comes before its request's body is done is whole; upstream may then close.
- An HTTP/1.0 visitor gets no chunks, and a 304 no last chunk.
- A head has a limit, at both ends, and so has a line between chunks; mitmproxy took 100 MB.
- Chunks are read together as far as they have come; each would be a dozen calls.
- A body without a length that upstream's reset cuts off is cut off for the visitor, too; it would look whole.
- A kept connection that closes without a byte of an answer is said as such (proxy/signals.py, Unanswered).
- Error pages are ours; its own quote the request, and say `Server: mitmproxy`.
"""

from __future__ import annotations

import re
from typing import Any

import h11
from h11._readers import ChunkedReader
from h11._receivebuffer import ReceiveBuffer
from mitmproxy import http
from mitmproxy.net.http import http1
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.layers import http as http_layers
from mitmproxy.proxy.layers.http import _http1
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp
from mitmproxy.proxy.layers.http._events import ErrorCode, RequestHeaders, ResponseHeaders, ResponseProtocolError

from proxy import access, answers, heads, ids, log
from proxy.http2 import Http2Server
from proxy.signals import CUT_OFF, TIMED_OUT, Begun, LastWord, Late, Unanswered

type Generator = layer.CommandGenerator[None]

INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)\d\d\b")  # but 101, which is an answer
HEAD_END = re.compile(rb"\n\r?\n")
VERSIONS = frozenset({"HTTP/1.0", "HTTP/1.1"})
SWITCHING, NO_CONTENT, NOT_MODIFIED = 101, 204, 304

HEAD_LIMIT = 64 * 1024
"""Bytes of a request's head; nginx takes 32 KiB, Apache 8 KiB a field."""

ANSWER_LIMIT = 256 * 1024
"""Bytes of a response's head."""

LINE_LIMIT = 16 * 1024
"""Bytes of a line between two chunks, and of the trailers."""

MAX_DROPPED = 64 * 1024 * 1024
"""Bytes of a refused request that are read, so that its sender gets to read the answer."""


class Server(_http1.Http1Server):
    """The visitor's end."""

    leaving = False
    """The next answer is the last one on this connection."""

    _closing = False
    _dropped = 0
    _head = b""

    def read_headers(self, event: events.ConnectionEvent) -> Generator:
        """As mitmproxy's, for heads of one meaning and a bounded size."""
        if not isinstance(event, events.DataReceived):
            yield from super().read_headers(event)
            return
        if (data := bytes(self.buf))[:1] in (b"\r", b"\n"):
            self.buf = _buffer(data.lstrip(b"\r\n"))
        if len(self.buf) > HEAD_LIMIT and not HEAD_END.search(bytes(self.buf), 0, HEAD_LIMIT):
            yield from self._refuse(431)
            return
        if not (lines := self.buf.maybe_extract_lines()):
            return
        try:
            self.request = request = heads.request([bytes(line) for line in lines])
            size = http1.expected_http_body_size(request)
        except ValueError:
            yield from self._refuse(400, bodiless=lines[0].startswith(b"HEAD "))
            return
        if request.http_version not in VERSIONS:  # HTTP/2 without TLS would get past our path, too
            yield from self._refuse(505)
            return
        yield ReceiveHttp(RequestHeaders(self.stream_id, request, size == 0))
        self.body_reader = _http1.make_body_reader(size)
        self.state = self.read_body
        yield from self.state(event)

    def _refuse(self, status: int, *, bodiless: bool = False) -> Generator:
        """Answer a request that never gets to a stream, and close."""
        request_id = ids.new()
        log.get("http1").debug("request refused", status=status, request=request_id)
        access.refused(status, request_id)
        page = answers.error(status, request_id)
        if bodiless:
            page.data.content = b""
        yield commands.SendData(self.conn, http1.assemble_response(page))  # type: ignore[no-untyped-call]  # its
        yield commands.CloseConnection(self.conn)
        self.state = self.done

    def read_body(self, event: events.Event) -> Generator:
        """As mitmproxy's, but what comes after an error of ours is not read for ever."""
        if self._closing and isinstance(event, events.DataReceived):
            self._dropped += len(event.data)
            if self._dropped > MAX_DROPPED:
                yield commands.CloseConnection(self.conn)
                self.state = self.done
                return
        yield from super().read_body(event)

    def send(self, event: HttpEvent) -> Generator:
        """As mitmproxy's, with a framing that the visitor can read."""
        if isinstance(event, ResponseHeaders):
            assert self.request
            old = self.request.http_version == "HTTP/1.0"
            fields = event.response.headers
            if "Transfer-Encoding" in fields and (old or event.response.status_code in (NO_CONTENT, NOT_MODIFIED)):
                del fields["Transfer-Encoding"]
                if old:
                    fields["Connection"] = "close"
            if self.leaving and event.response.status_code != SWITCHING:
                fields["Connection"] = "close"  # RFC 9112, 9.6
        elif isinstance(event, LastWord):
            self._closing = True
        elif isinstance(event, ResponseProtocolError) and self._ends_with_connection:
            self.conn.error = CUT_OFF  # its end would look like the body's
        for command in super().send(event):
            if isinstance(command, commands.SendData):
                data, self._head = self._head + command.data, b""
                if isinstance(event, Begun):
                    self._head = data
                    continue
                command.data = data
            yield command
        if isinstance(event, ResponseHeaders) and event.response.status_code < 101:
            self.response = None  # 100 is no answer: an error may still be said

    @property
    def _ends_with_connection(self) -> bool:
        """Whether the response's body does."""
        if not (self.request and self.response):
            return False
        return http1.expected_http_body_size(self.request, self.response) == -1


class Client(_http1.Http1Client):
    """Upstream's end."""

    _answered_before = False
    _heard = False

    def read_headers(self, event: events.ConnectionEvent) -> Generator:
        """As mitmproxy's, for a head that is an answer, and mended."""
        if isinstance(event, events.ConnectionClosed):
            yield from self._closed(event)
            return
        if self.request:
            self._heard = True
            while (lines := self.buf.maybe_extract_lines()) is not None:
                if lines and not INTERIM.match(lines[0]):
                    head = heads.mended([bytes(line) for line in lines])
                    self.buf = _buffer(b"\r\n".join([*head, b"", b""]) + bytes(self.buf))
                    break
            else:
                if len(self.buf) > ANSWER_LIMIT:
                    yield commands.CloseConnection(self.conn)
                    assert self.stream_id is not None
                    yield ReceiveHttp(
                        ResponseProtocolError(self.stream_id, "head too large", ErrorCode.GENERIC_SERVER_ERROR)
                    )
                return
        yield from super().read_headers(event)

    def read_body(self, event: events.Event) -> Generator:
        """As mitmproxy's, but a reset is not the end of a body without a length."""
        if isinstance(event, events.ConnectionClosed) and self.conn.error and self.stream_id is not None:
            yield commands.CloseConnection(self.conn)
            yield ReceiveHttp(ResponseProtocolError(self.stream_id, CUT_OFF, ErrorCode.GENERIC_SERVER_ERROR))
        else:
            yield from super().read_body(event)

    def _closed(self, event: events.ConnectionClosed) -> Generator:
        silent = self._answered_before and not self._heard
        said = Late if self.conn.error == TIMED_OUT else Unanswered if silent else None
        for command in super().read_headers(event):
            if said and isinstance(command, ReceiveHttp):
                command.event = said(command.event.stream_id)
            yield command

    def mark_done(self, *, request: bool = False, response: bool = False) -> Generator:
        """As mitmproxy's; an answer that came early leaves upstream free to close, and us to go on sending."""
        if response:
            self._answered_before, self._heard = True, False
        yield from super().mark_done(request=request, response=response)
        if self.response_done and not self.request_done:
            self.state = self.answered

    def answered(self, event: events.Event) -> Generator:
        """What upstream does after its answer while the request is still on its way."""
        if isinstance(event, events.ConnectionClosed):
            yield commands.CloseConnection(self.conn)


class Chunks(ChunkedReader):
    """h11's reader, all chunks at a time that have come: one by one, 60 KB of tiny ones took a worker 0.1 s.

    Trailers are left out; a line of the framing has a limit.
    """

    _ended = False

    def __call__(self, buf: ReceiveBuffer) -> Any:
        """The next data, the end, or None. Raises h11.ProtocolError."""
        if self._ended:
            return h11.EndOfMessage()
        pieces = []
        while isinstance(event := super().__call__(buf), h11.Data):
            pieces.append(event.data)
        self._ended = isinstance(event, h11.EndOfMessage)
        if len(buf) > LINE_LIMIT and not self._ended:
            raise h11.RemoteProtocolError("line too long")
        if pieces:
            return h11.Data(b"".join(pieces))
        return h11.EndOfMessage() if self._ended else None


def _buffer(data: bytes) -> ReceiveBuffer:
    buffer = ReceiveBuffer()
    buffer += data
    return buffer


def install() -> None:
    """Put these in mitmproxy's place; it has no hook for it."""
    http_layers.Http1Server = Server  # type: ignore[attr-defined]
    http_layers.Http1Client = Client  # type: ignore[attr-defined]
    http_layers.Http2Server = Http2Server  # type: ignore[attr-defined]
    _http1.ChunkedReader = Chunks  # type: ignore[attr-defined]
    http1.connection_close = heads.connection_close  # its own knows lower case only
    # It checks the types of every field of every message where asserts are on: 6 % of a worker's time.
    http.MessageData.__post_init__ = lambda _: None  # type: ignore[method-assign]
