"""Requirement 3: framing is valid, whatever the version at both ends, the body, and what we do to it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.certificates import Pair, certificate
from tests.conftest import Worker, configured, working
from tests.upstream import Seen, Upstream
from tests.wire import Answer, Visitor
from tests.wire2 import Visitor2

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>%s</body></html>" % (b"Guten Tag " * 999)
SNIPPET = re.compile(rb"<script async [^>]*></script>")
HTML, GZIP = b"Content-Type: text/html\r\n", b"Content-Encoding: gzip\r\n"

KINDS = {
    "page": (HTML, PAGE),
    "page in gzip": (HTML + GZIP, gzip.compress(PAGE)),
    "page in two members": (HTML + GZIP, gzip.compress(PAGE[:500]) + gzip.compress(PAGE[500:])),
    "refused page": (HTML, b'{"json": 1}'),
    "empty page": (HTML, b""),
    "text": (b"Content-Type: text/plain\r\n", b"Guten Tag"),
    "nothing": (b"Content-Type: text/plain\r\n", b""),
}


def chunks(body: bytes) -> bytes:
    """In chunks of 1,000 bytes, with an extension and a trailer."""
    pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(each), each) for each in pieces) + b"0\r\nX-Sum: 1\r\n\r\n"


def length(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n" % len(body)


FRAMINGS = {
    "length": lambda head, body: b"HTTP/1.1 200 OK\r\n" + head + length(body) + b"\r\n" + body,
    "chunks": lambda head, body: (
        b"HTTP/1.1 200 OK\r\n" + head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(body)
    ),
    "until closed": lambda head, body: b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body,
    "length, then closed": lambda head, body: (
        b"HTTP/1.1 200 OK\r\n" + head + length(body) + b"Connection: close\r\n\r\n" + body
    ),
    "1.0, until closed": lambda head, body: b"HTTP/1.0 200 OK\r\n" + head + b"\r\n" + body,
    "1.0, length": lambda head, body: b"HTTP/1.0 200 OK\r\n" + head + length(body) + b"\r\n" + body,
    "1.0, kept": lambda head, body: (
        b"HTTP/1.0 200 OK\r\n" + head + length(body) + b"Connection: keep-alive\r\n\r\n" + body
    ),
}
KEPT = {"length", "chunks", "1.0, kept"}


def upstream_of(upstream: Upstream, framing: str, kind: str) -> None:
    """Make it answer so."""
    whole = FRAMINGS[framing](*KINDS[kind])

    def reply(request: Seen, connection: object) -> None:
        head = whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        connection.sendall(head if request.target.startswith("HEAD") else whole)  # type: ignore[attr-defined]
        if framing not in KEPT:
            connection.close()  # type: ignore[attr-defined]

    upstream.replies["/"] = reply


def assert_right(body: bytes, coding: str | None, kind: str) -> None:
    """Whether a body is upstream's, with one snippet where there should be one."""
    expected = KINDS[kind][1]
    if kind.startswith("page"):
        if coding == "gzip":
            body, expected = gzip.decompress(body), gzip.decompress(expected)
        assert len(SNIPPET.findall(body)) == 1
        body = SNIPPET.sub(b"", body)
        expected = PAGE
    assert body == expected


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder: Path = tmp_path_factory.mktemp("pair")
    return certificate(folder, "shop.example.com")


@pytest.fixture
def both(upstream: Upstream, pair: Pair) -> Iterator[tuple[Worker, Worker]]:
    """A worker for HTTP/1, and one for HTTP/2."""
    listen = {"tls": {"cert": str(pair.cert), "key": str(pair.key)}, "http2": True}
    with working(configured(upstream.url)) as one, working(configured(upstream.url, listen=listen)) as two:
        yield one, two


def closes(answer: Answer) -> bool:
    """Whether the answer says that its connection ends with it."""
    said = (answer.header("Connection") or "").lower()
    return "close" in said or (answer.head.startswith(b"HTTP/1.0") and "keep-alive" not in said)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_framing_is_valid(
    upstream: Upstream, both: tuple[Worker, Worker], pair: Pair, framing: str, kind: str
) -> None:
    upstream_of(upstream, framing, kind)
    one, two = both
    for version in ("1.1", "1.0"):
        with Visitor(one.port) as visitor:
            for _ in range(2):
                request = f"GET / HTTP/{version}\r\nHost: shop.example.com\r\nAccept-Encoding: gzip\r\n"
                keep = "Connection: keep-alive\r\n" if version == "1.0" else ""
                visitor.send(f"{request}{keep}\r\n".encode())
                answer = visitor.read()
                assert answer.complete
                assert_right(answer.body, answer.header("Content-Encoding"), kind)
                framed = {answer.header("Content-Length") is None, answer.header("Transfer-Encoding") is None}
                if version == "1.0":
                    assert answer.header("Transfer-Encoding") is None
                if closes(answer) or framed == {True}:
                    assert visitor.more() == b""
                    break
                assert framed == {True, False}, "one of the two"
    with Visitor2(two.port, pair) as visitor2:
        for _ in range(2):
            answer2 = visitor2.get("/", ("accept-encoding", "gzip"))
            assert (answer2.status, answer2.ended, answer2.reset) == (200, True, None)
            assert_right(answer2.body, answer2.headers.get("content-encoding"), kind)
            assert not {"connection", "keep-alive", "transfer-encoding", "upgrade"} & set(answer2.headers)


@pytest.mark.parametrize("framing", FRAMINGS)
def test_head_has_upstreams_length_and_no_body(
    upstream: Upstream, both: tuple[Worker, Worker], pair: Pair, framing: str
) -> None:
    upstream_of(upstream, framing, "page")
    one, two = both
    expected = str(len(PAGE)) if "length" in framing or "kept" in framing else None
    for version in ("1.1", "1.0"):
        with Visitor(one.port) as visitor:
            visitor.send(f"HEAD / HTTP/{version}\r\nHost: shop.example.com\r\n\r\n".encode())
            answer = visitor.read(bodiless=True)
            assert answer.header("Content-Length") == expected
            if not closes(answer) and version == "1.1":
                visitor.send(b"HEAD / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
                assert visitor.read(bodiless=True).status == 200
            else:
                assert visitor.more() == b""
    with Visitor2(two.port, pair) as visitor2:
        answer2 = visitor2.get("/", method="HEAD")
        assert (answer2.ended, answer2.body, answer2.headers.get("content-length")) == (True, b"", expected)


@pytest.mark.parametrize(
    ("status", "fields", "body"),
    [
        ("204 No Content", "", b""),
        ("205 Reset Content", "Content-Length: 0", b""),
        ("206 Partial Content", "Content-Range: bytes 0-84/999\r\nContent-Length: 85", PAGE[:85]),
        ("304 Not Modified", "Content-Length: 85", b""),
        ("304 Not Modified", "Transfer-Encoding: chunked", b""),
        ("200 OK", "Content-Disposition: attachment\r\nContent-Length: 85", PAGE[:85]),
    ],
)
def test_what_is_never_altered_keeps_length_and_body(
    upstream: Upstream, both: tuple[Worker, Worker], pair: Pair, status: str, fields: str, body: bytes
) -> None:
    """Requirement 4."""
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html", 'ETag: "a"', *fields.splitlines()]
    upstream.replies["/"] = "\r\n".join(head).encode() + b"\r\n\r\n" + body
    one, two = both
    expected = re.search(r"Content-Length: (\d+)", fields)
    with Visitor(one.port) as visitor:
        for _ in range(2):
            answer = visitor.get("/")
            assert (answer.body, answer.complete, answer.header("ETag")) == (body, True, '"a"')
            assert answer.header("Content-Length") == (expected[1] if expected else None)
    with Visitor2(two.port, pair) as visitor2:
        answer2 = visitor2.get("/")
        assert (answer2.body, answer2.ended, answer2.headers["etag"]) == (body, True, '"a"')
        assert answer2.headers.get("content-length") == (expected[1] if expected else None)
