"""On the wire: what is ours stays with us, what is the site's streams through as upstream sent it."""

from __future__ import annotations

import socket
import threading

import pytest

from tests.conftest import Worker, configured, working
from tests.running import wait_for
from tests.upstream import Seen, Upstream, response
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>Guten Tag</body></html>"


def test_a_page_is_upstreams_bytes_and_one_insertion(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE, 'ETag: "a"')
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    at = PAGE.index(b"<title>")
    assert answer.body.startswith(PAGE[:at] + b"<script async")
    assert answer.body.endswith(b"</script>" + PAGE[at:])
    assert answer.header("Content-Length") == str(len(answer.body))
    assert (answer.header("ETag") or "").startswith("W/")


def test_what_is_not_injected_keeps_headers_and_body_to_the_byte(upstream: Upstream, worker: Worker) -> None:
    raw = response(b"{}", 'ETag: "a"', "X-Odd:  spaced ", type="text/html")
    upstream.replies["/"] = raw
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    head, _, body = raw.partition(b"\r\n\r\n")
    assert (answer.head, answer.body) == (head.replace(b":  spaced ", b": spaced"), body)


def test_two_pages_on_one_connection(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE)
    with Visitor(worker.port) as visitor:
        assert visitor.get("/").body == visitor.get("/").body != PAGE


@pytest.mark.parametrize("path", ["/_milchglas", "/_milchglas/", "/_milchglas/x", "/_milchglas/notice"])
def test_nothing_under_our_path_reaches_upstream(upstream: Upstream, worker: Worker, path: str) -> None:
    upstream.page(path, PAGE)
    with Visitor(worker.port) as visitor:
        assert visitor.get(path).status == 404
    assert upstream.seen == []


def test_a_host_that_no_site_claims_is_421(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\nHost: other.example.com\r\n\r\n")
        assert visitor.read().status == 421
    assert upstream.seen == []


def test_absolute_form_counts_as_its_host(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE)
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET http://shop.example.com/ HTTP/1.1\r\nHost: other.example.com\r\n\r\n")
        assert visitor.read().status == 200
    assert upstream.seen[0].target == "GET /"
    assert upstream.seen[0].header("Host") == "shop.example.com"


@pytest.mark.parametrize("framing", ["Content-Length: 12000000", "Transfer-Encoding: chunked"])
def test_a_batch_that_is_too_large_is_413_and_not_kept(upstream: Upstream, worker: Worker, framing: str) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(f"POST /_milchglas/events HTTP/1.1\r\nHost: shop.example.com\r\n{framing}\r\n\r\n".encode())
        if "chunked" in framing:
            for _ in range(12):
                visitor.send(b"%x\r\n" % 1_000_000 + b"x" * 1_000_000 + b"\r\n")
        assert visitor.read().status == 413
    assert upstream.seen == []


def test_without_a_sanitizer_a_batch_is_503_and_goes_nowhere(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/_milchglas/events", method="POST", body=b'{"canary":1}')
    assert answer.status == 503
    assert answer.header("Retry-After")
    assert upstream.seen == []


def test_an_upstream_that_is_away_is_a_plain_502(worker: Worker, upstream: Upstream) -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    with working(configured(f"http://127.0.0.1:{port}")) as made, Visitor(made.port) as visitor:
        answer = visitor.get("/?q=canary")
    assert answer.status == 502
    request_id = answer.header("X-Request-ID")
    assert (
        answer.body.decode()
        == f"502: the site's server cannot be reached at the moment\nrequest id {request_id}\n"
    )
    assert b"mitmproxy" not in answer.head


def test_a_request_that_is_none_is_a_plain_400(worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(b"canary\r\n\r\n")
        answer = visitor.read()
    assert answer.status == 400
    assert b"canary" not in answer.body
    assert b"mitmproxy" not in answer.head


def test_a_download_streams(upstream: Upstream, worker: Worker) -> None:
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 10\r\n\r\n12345"
        )
        go_on.wait(5)
        connection.sendall(b"67890")

    upstream.replies["/file"] = reply
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET /file HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
        visitor.head()
        assert visitor.more() == b"12345"
        go_on.set()
        assert visitor.more() == b"67890"


def test_an_upload_streams(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(b"POST /up HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 10\r\n\r\n12345")
        wait_for(lambda: upstream.seen, 5, "upstream got nothing before the body's end")
        visitor.send(b"67890")
        assert visitor.read().status == 404
    assert upstream.seen[0].body == b"1234567890"


def test_what_upstream_sent_before_it_broke_off_reaches_the_visitor(upstream: Upstream, worker: Worker) -> None:
    half = b"<!-- no place for a snippet yet"

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n" + half)
        connection.close()

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    assert answer.status == 200
    assert answer.body == half
    assert not answer.complete


def test_head_and_304_keep_upstreams_length(upstream: Upstream, worker: Worker) -> None:
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: 85\r\n\r\n"
    upstream.replies["/"] = head % b"200 OK"
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", method="HEAD").header("Content-Length") == "85"
        upstream.replies["/"] = head % b"304 Not Modified"
        assert visitor.get("/").header("Content-Length") == "85"


def test_a_websocket_is_a_pipe(upstream: Upstream, worker: Worker) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        for _ in range(3):
            connection.sendall(connection.recv(100).upper())

    upstream.replies["/ws"] = reply
    with Visitor(worker.port) as visitor:
        visitor.send(
            b"GET /ws HTTP/1.1\r\nHost: shop.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert visitor.head().startswith(b"HTTP/1.1 101")
        for word in (b"eins", b"zwei", b"drei"):
            visitor.send(word)
            assert visitor.more() == word.upper()


def test_a_kept_connection_serves_again_after_an_answer_of_ours(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE)
    with Visitor(worker.port) as visitor:
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200
        assert visitor.get("/").status == 200


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("CONNECT shop.example.com:80", ()),
        ("POST /_milchglas/events", ("Content-Length: 6", "Content-Length: 7")),
        ("POST /_milchglas/events", ("Content-Length: 6", "Transfer-Encoding: chunked")),
        ("POST /_milchglas/events", ("Content-Length: 6", "Bad Name: 1")),
        ("POST /_milchglas/events", ("Transfer-Encoding: gzip",)),
        ("POST ftp://shop.example.com/_milchglas/events", ("Content-Length: 6",)),
    ],
)
def test_an_invalid_request_is_a_400_that_no_addon_sees(
    upstream: Upstream, worker: Worker, capsys: pytest.CaptureFixture[str], line: str, fields: tuple[str, ...]
) -> None:
    with Visitor(worker.port) as visitor:
        head = "\r\n".join([f"{line} HTTP/1.1", "Host: shop.example.com", *fields])
        visitor.send(head.encode() + b"\r\n\r\ncanary")
        answer = visitor.read()
    assert answer.status == 400
    assert b"canary" not in answer.body
    assert upstream.seen == []
    said = capsys.readouterr()
    assert "hook failed" not in said.out + said.err


@pytest.mark.parametrize("odd", ["?recording=%ff", "?recording=%ed%a0%80"])
def test_a_hint_of_odd_bytes_is_no_fault(worker: Worker, capsys: pytest.CaptureFixture[str], odd: str) -> None:
    with Visitor(worker.port) as visitor:
        answer = visitor.get(f"/_milchglas/events{odd}", method="POST", body=b"{}")
    assert answer.body == b'{"error":"try again"}'
    said = capsys.readouterr()
    assert "hook failed" not in said.out + said.err


def test_no_other_protocol_than_websocket_gets_past_our_path(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE)
    with Visitor(worker.port) as visitor:
        visitor.get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk")
    assert upstream.seen[0].header("Upgrade") is None


@pytest.mark.parametrize("asked", [(), ("Connection: Upgrade", "Upgrade: h2c")])
def test_a_101_that_nobody_asked_for_opens_no_pipe(
    upstream: Upstream, worker: Worker, asked: tuple[str, ...]
) -> None:
    """What follows in a pipe is not looked at: a batch would get past our path."""
    upstream.replies["/"] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", *asked).status == 502
        assert visitor.more() == b"", "closed"


@pytest.mark.parametrize("first", ["visitor", "upstream"])
def test_a_pipe_ends_at_both_ends(upstream: Upstream, worker: Worker, first: str) -> None:
    gone = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nbye"
        )
        if first == "visitor" and connection.recv(9) == b"":
            gone.set()
        connection.close()

    upstream.replies["/ws"] = reply
    with Visitor(worker.port) as visitor:
        visitor.send(
            b"GET /ws HTTP/1.1\r\nHost: shop.example.com\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n"
        )
        visitor.head()
        assert visitor.more() == b"bye"
        if first == "upstream":
            assert visitor.more() == b""
    assert first == "upstream" or gone.wait(5)
