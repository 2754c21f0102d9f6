"""Pages of servers that frame them wrong, or as they did long ago: the visitor has what there is without us."""

from __future__ import annotations

import gzip
import random
import socket
import zlib

import pytest

from tests.conftest import Worker
from tests.upstream import Reply, Seen, Upstream, response
from tests.wire import Answer, Visitor

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>%s</body></html>"
SMALL = PAGE % b"".join(b"<p>%d</p>" % number**3 for number in range(500))
LARGE = PAGE % random.Random(1).randbytes(300_000).hex().encode()
BODIES = {"small": SMALL, "large": LARGE}
MARK = b"<script async"


def said(body: bytes, coding: str, *, more: int = 0, version: str = "1.1", close: bool = False) -> Reply:
    """A page in pieces, whose Content-Length is off by `more`."""
    wire = gzip.compress(body, mtime=0) if coding == "gzip" else body

    def reply(request: Seen, connection: socket.socket) -> None:
        fields = ["Content-Type: text/html; charset=utf-8", f"Content-Encoding: {coding}"]
        fields += [f"Content-Length: {len(wire) + more}", "Connection: keep-alive"]
        connection.sendall(f"HTTP/{version} 200 OK\r\n{'\r\n'.join(fields)}\r\n\r\n".encode())
        for at in range(0, len(wire), 30_000):
            connection.sendall(wire[at : at + 30_000])
        if close:
            connection.close()

    return reply


def text(answer: Answer) -> bytes:
    """What a browser shows: as much as can be read, without the snippet."""
    body = answer.body
    if answer.header("Content-Encoding") == "gzip":
        body = zlib.decompressobj(wbits=31).decompress(body)
    before, mark, after = body.partition(MARK)
    return before + after.partition(b"</script>")[2] if mark else before


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("size", BODIES)
def test_a_length_that_is_too_long_ends_as_the_connection_does(
    upstream: Upstream, worker: Worker, coding: str, size: str
) -> None:
    body = BODIES[size]
    upstream.replies["/"] = said(body, coding, more=10, close=True)
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    assert not answer.complete
    assert text(answer) == body


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("size", BODIES)
def test_a_length_that_is_too_short_is_believed_and_the_rest_is_nobodys(
    upstream: Upstream, worker: Worker, coding: str, size: str
) -> None:
    body = BODIES[size]
    upstream.replies["/"] = said(body, coding, more=-20)
    upstream.page("/next", SMALL)
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
        shown = text(answer)
        assert body.startswith(shown) and len(shown) >= len(body) - 2000
        assert answer.complete
        assert text(visitor.get("/next")) == SMALL


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("size", BODIES)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_kept_connection_of_http_1_0_gives_a_whole_page(
    upstream: Upstream, worker: Worker, coding: str, size: str, version: str
) -> None:
    body = BODIES[size]
    upstream.replies["/"] = said(body, coding, version="1.0")
    with Visitor(worker.port) as visitor:
        visitor.send(f"GET / HTTP/{version}\r\nHost: shop.example.com\r\nConnection: keep-alive\r\n\r\n".encode())
        answer = visitor.read()
        assert answer.complete and MARK in (gzip.decompress(answer.body) if coding == "gzip" else answer.body)
        if answer.header("Content-Length") is None and answer.header("Transfer-Encoding") is None:
            assert visitor.more() == b""
            assert answer.header("Connection") != "keep-alive"
    assert text(answer) == body


@pytest.mark.parametrize(
    ("fields", "snippet"),
    [
        (("Content-Encoding: gzip", "Content-Encoding: gzip"), False),
        (("Content-Encoding: gzip", "Content-Encoding: br"), False),
        (("Content-Encoding: gzip", "content-encoding: identity"), True),
        (("Content-Encoding: ", "Content-Encoding: gzip"), True),
    ],
)
def test_a_coding_that_is_named_twice_is_left_alone(
    upstream: Upstream, worker: Worker, fields: tuple[str, ...], snippet: bool
) -> None:
    wire = gzip.compress(SMALL)
    upstream.replies["/"] = response(wire, *fields)
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    assert [line for line in answer.lines if line.lower().startswith("content-encoding")] == list(fields)
    assert (MARK in gzip.decompress(answer.body)) is snippet
    assert snippet or answer.body == wire
