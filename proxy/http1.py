"""HTTP/1 at both ends, where mitmproxy 12.2 breaks or asks more of a legacy server than browsers do.

Source: mitmproxy/proxy/layers/http/_http1.py. What is different here:

- An interim response of upstream (100, 102, 103) is passed over; it would count as the answer, and
  the visitor hang.
- Trailers of a chunked body are left out (RFC 9110, 6.5.1 allows it); they would end the connection.
- An empty line before a message is skipped (RFC 9112, 2.2); the message would never be read.
- Lines of a response's head that are no field, and repeated lengths, are left out as browsers do;
  it would be a 502.
- An answer that comes before its request's body is done is whole; upstream may then close.
- An HTTP/1.0 visitor gets no chunks, and a 304 no last chunk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import h11
from h11._readers import ChunkedReader
from h11._receivebuffer import ReceiveBuffer
from mitmproxy.net.http import http1
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.layers import http as http_layers
from mitmproxy.proxy.layers.http import _http1
from mitmproxy.proxy.layers.http._base import HttpEvent
from mitmproxy.proxy.layers.http._events import ResponseHeaders

from proxy import answers

type Generator = layer.CommandGenerator[None]

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9a-zA-Z]+")
INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)\d\d\b")  # but 101, which is an answer
NO_CONTENT, NOT_MODIFIED = 204, 304


class Server(_http1.Http1Server):
    """The visitor's end."""

    def read_headers(self, event: events.ConnectionEvent) -> Generator:
        """As mitmproxy's, without the empty lines that come first."""
        if isinstance(event, events.DataReceived) and (data := bytes(self.buf))[:1] in (b"\r", b"\n"):
            self.buf = _buffer(data.lstrip(b"\r\n"))
        yield from super().read_headers(event)

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
        yield from super().send(event)
        if isinstance(event, ResponseHeaders) and event.response.status_code < 101:
            self.response = None  # 100 is no answer: an error may still be said


class Client(_http1.Http1Client):
    """Upstream's end."""

    def read_headers(self, event: events.ConnectionEvent) -> Generator:
        """As mitmproxy's, for a head that is an answer, and mended."""
        if isinstance(event, events.DataReceived) and self.request:
            while (lines := self.buf.maybe_extract_lines()) is not None:
                if lines and not INTERIM.match(lines[0]):
                    head = mended([bytes(line) for line in lines])
                    self.buf = _buffer(b"\r\n".join([*head, b"", b""]) + bytes(self.buf))
                    break
            else:
                return
        yield from super().read_headers(event)

    def mark_done(self, *, request: bool = False, response: bool = False) -> Generator:
        """As mitmproxy's; an answer that came early leaves upstream free to close, and us to go on sending."""
        yield from super().mark_done(request=request, response=response)
        if self.response_done and not self.request_done:
            self.state = self.answered

    def answered(self, event: events.Event) -> Generator:
        """What upstream does after its answer while the request is still on its way."""
        if isinstance(event, events.ConnectionClosed):
            yield commands.CloseConnection(self.conn)


def mended(head: Sequence[bytes]) -> list[bytes]:
    """A response's head without what is no field, and with one length at most where they agree."""
    first, *lines = head
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t"):  # goes on with the field before it
            if fields:
                fields[-1][1].append(line)
        else:
            name = name.rstrip(b" \t")
            fields.append((name.lower() if colon and TOKEN.fullmatch(name) else b"", [name + colon + value]))
    chunked = any(name == b"transfer-encoding" for name, _ in fields)
    out, lengths = [first], set[bytes]()
    for name, written in fields:
        if name == b"content-length":
            length = written[0].partition(b":")[2].strip()
            if chunked or length in lengths:  # chunks win (RFC 9112, 6.3)
                continue
            lengths.add(length)
        if name:
            out += written
    return out


class _WithoutTrailers(ChunkedReader):
    def __call__(self, buf: ReceiveBuffer) -> Any:
        event = super().__call__(buf)
        return h11.EndOfMessage() if isinstance(event, h11.EndOfMessage) else event


def _buffer(data: bytes) -> ReceiveBuffer:
    buffer = ReceiveBuffer()
    buffer += data
    return buffer


def _error_page(status_code: int, message: str = "") -> bytes:
    page: bytes = http1.assemble_response(answers.error(status_code))  # type: ignore[no-untyped-call]  # its
    return page


def install() -> None:
    """Put these in mitmproxy's place; it has no hook for it."""
    http_layers.Http1Server = Server  # type: ignore[attr-defined]
    http_layers.Http1Client = Client  # type: ignore[attr-defined]
    _http1.ChunkedReader = _WithoutTrailers  # type: ignore[attr-defined]
    # mitmproxy's page quotes `message`, which can hold a request head, and says `Server: mitmproxy`.
    _http1.make_error_response = _error_page
