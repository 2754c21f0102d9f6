"""HTTP/2 for visitors who are offered it: framing, errors, resets, and nobody waits for somebody else's stream."""

from __future__ import annotations

import asyncio
import gc
import gzip
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import h2.errors
import pytest
from mitmproxy import http

import addons
from proxy.stream import HttpStream
from tests.certificates import Pair, certificate, over_tls
from tests.conftest import Worker, configured, working
from tests.running import wait_for
from tests.upstream import HEAR, Seen, Upstream, response, scripted
from tests.wire2 import Visitor2

OK = response(b"ok", type="text/plain")
PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>Guten Tag</body></html>"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
PIECE = bytes(65536)
ENOUGH = 32 * 1024 * 1024


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return certificate(tmp_path, "shop.example.com")


def offering(upstream: str, pair: Pair, **more: object) -> AbstractContextManager[Worker]:
    """A worker that offers HTTP/2."""
    listen = {"tls": {"cert": str(pair.cert), "key": str(pair.key)}, "http2": True}
    return working(configured(upstream, listen=listen, **more))


@pytest.fixture
def worker(upstream: Upstream, pair: Pair) -> Iterator[Worker]:
    with offering(upstream.url, pair) as made:
        yield made


@pytest.fixture
def visitor(worker: Worker, pair: Pair) -> Iterator[Visitor2]:
    with Visitor2(worker.port, pair) as made:
        yield made


def test_a_page_is_upstreams_bytes_and_one_insertion(upstream: Upstream, visitor: Visitor2) -> None:
    upstream.page("/", PAGE, "Connection: keep-alive", "Keep-Alive: timeout=5", "Upgrade: h2c", "X-Odd: 1")
    for _ in range(2):
        answer = visitor.get("/")
        at = PAGE.index(b"<title>")
        assert answer.body.startswith(PAGE[:at] + b"<script async")
        assert answer.body.endswith(b"</script>" + PAGE[at:])
        assert answer.headers["content-length"] == str(len(answer.body))
        assert answer.headers["x-odd"] == "1"
        assert not {"connection", "keep-alive", "upgrade", "transfer-encoding"} & set(answer.headers)
    assert upstream.seen[0].header("Host") == "shop.example.com"
    assert upstream.seen[0].header("X-Forwarded-Proto") == "https"


def test_a_page_whose_length_changes_on_its_way_has_none(upstream: Upstream, visitor: Visitor2) -> None:
    upstream.page("/", gzip.compress(PAGE), "Content-Encoding: gzip")
    answer = visitor.get("/", ("accept-encoding", "gzip"))
    assert b"<script async" in gzip.decompress(answer.body)
    assert answer.ended
    assert int(answer.headers.get("content-length", len(answer.body))) == len(answer.body)
    assert "transfer-encoding" not in answer.headers


@pytest.mark.parametrize("framing", ["chunked", "until the end", "HTTP/1.0"])
def test_a_body_without_a_length_ends_with_its_stream(upstream: Upstream, visitor: Visitor2, framing: str) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        if framing == "chunked":
            connection.sendall(CHUNKED + b"2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n")
        else:
            version = b"1.0" if framing == "HTTP/1.0" else b"1.1"
            connection.sendall(b"HTTP/" + version + b" 200 OK\r\nContent-Type: text/plain\r\n\r\nok")
            connection.close()

    upstream.replies["/"] = reply
    answer = visitor.get("/")
    assert (answer.status, answer.body, answer.ended, answer.reset) == (200, b"ok", True, None)


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", "200 OK"), ("GET", "304 Not Modified"), ("GET", "204 No Content")]
)
def test_what_has_no_body_keeps_upstreams_length(
    upstream: Upstream, visitor: Visitor2, method: str, status: str
) -> None:
    length = b"" if status.startswith("204") else b"Content-Length: 85\r\n"
    upstream.replies["/"] = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n".encode() + length + b"\r\n"
    answer = visitor.get("/", method=method)
    assert (answer.status, answer.body, answer.ended) == (int(status[:3]), b"", True)
    assert answer.headers.get("content-length") == ("85" if length else None)


def test_many_event_streams_do_not_stop_a_page(upstream: Upstream, visitor: Visitor2) -> None:
    end = threading.Event()

    def events(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        end.wait(10)

    upstream.replies |= {"/events": events, "/": OK}
    streams = [visitor.ask("/events") for _ in range(40)]
    visitor.until(lambda: all(visitor.streams[each].body == b"data: 1\n\n" for each in streams))
    assert visitor.get("/").body == b"ok"
    end.set()


def test_a_reset_stream_takes_its_upstream_connection_along(upstream: Upstream, visitor: Visitor2) -> None:
    gone = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        if connection.recv(1) == b"":
            gone.set()

    upstream.replies |= {"/long": reply, "/": OK}
    number = visitor.ask("/long")
    wait_for(lambda: upstream.seen, 5, "no request")
    visitor.h2.reset_stream(number, h2.errors.ErrorCodes.CANCEL)
    visitor.flush()
    assert gone.wait(5)
    assert visitor.get("/").body == b"ok"


def test_a_stream_reset_while_a_hook_runs_takes_its_upstream_connection_along(
    upstream: Upstream, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a download that nobody waits for any more is read to its end."""
    gone, begun, go_on = (threading.Event() for _ in range(3))

    class Slow:
        """An addon that takes its time with /long."""

        async def responseheaders(self, flow: http.HTTPFlow) -> None:
            if flow.request.path == "/long":
                begun.set()
                await asyncio.to_thread(go_on.wait, 10)

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(CHUNKED)
        if connection.recv(1) == b"":
            gone.set()

    ordered = addons.ordered
    monkeypatch.setattr("proxy.worker.ordered", lambda runtime: [*ordered(runtime), Slow()])
    upstream.replies |= {"/long": reply, "/": OK}
    with offering(upstream.url, pair) as worker, Visitor2(worker.port, pair) as visitor:
        number = visitor.ask("/long")
        assert begun.wait(5)
        visitor.h2.reset_stream(number, h2.errors.ErrorCodes.CANCEL)
        visitor.flush()
        assert visitor.get("/").body == b"ok", "the reset has come, too"
        go_on.set()
        assert gone.wait(5)


def test_one_who_resets_without_end_is_told_to_calm_down(upstream: Upstream, visitor: Visitor2) -> None:
    upstream.replies["/"] = OK
    with suppress(ConnectionError, ssl.SSLError):
        for _ in range(2000):
            visitor.h2.reset_stream(visitor.ask("/"), h2.errors.ErrorCodes.CANCEL)
            visitor.flush()
    with suppress(ConnectionError, ssl.SSLError):
        visitor.until(lambda: visitor.goodbye is not None)
    assert visitor.goodbye in (None, h2.errors.ErrorCodes.ENHANCE_YOUR_CALM)
    assert len(upstream.seen) < 600


def test_one_who_changes_its_mind_now_and_then_is_served_on(
    upstream: Upstream, visitor: Visitor2, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("proxy.http2.RESETS", 10)
    upstream.replies["/"] = OK
    for _ in range(30):
        assert visitor.get("/").body == b"ok"
        visitor.h2.reset_stream(visitor.ask("/"), h2.errors.ErrorCodes.CANCEL)
        visitor.flush()
    assert visitor.get("/").body == b"ok"


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/_milchglas/x", (), 404),
        ("/", (), 502),
        ("/_milchglas/events", (("content-length", "99999999"),), 413),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_answer_of_ours_is_plain_and_whole(
    pair: Pair, path: str, fields: tuple[tuple[str, str], ...], status: int, method: str
) -> None:
    with offering("http://127.0.0.1:1", pair) as worker, Visitor2(worker.port, pair) as visitor:
        answer = visitor.answer(visitor.ask(path, *fields, method=method, end=not fields))
        assert (answer.status, answer.ended) == (status, True)
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
        if method == "HEAD":
            assert answer.body == b""
        else:
            assert int(answer.headers["content-length"]) == len(answer.body)
        if status != 404:
            assert re.fullmatch(r"[A-Za-z0-9_-]{16,}", answer.headers["x-request-id"])
        # The connection goes on.
        assert visitor.get("/_milchglas/y").status == 404


def test_another_host_is_421(upstream: Upstream, visitor: Visitor2) -> None:
    assert visitor.answer(visitor.ask("/", host="other.example")).status == 421
    assert upstream.seen == []


def test_an_upstream_that_comes_back_is_asked_again(pair: Pair) -> None:
    """mitmproxy remembers a failed connection for as long as the visitor stays."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with offering(f"http://127.0.0.1:{port}", pair) as worker, Visitor2(worker.port, pair) as visitor:
        assert visitor.get("/").status == 502
        with socket.create_server(("127.0.0.1", port)) as back:
            number = visitor.ask("/")
            connection, _ = back.accept()
            connection.recv(65536)
            connection.sendall(OK)
            assert visitor.answer(number).body == b"ok"


def test_the_first_half_of_a_page_does_not_wait_for_the_second(upstream: Upstream, visitor: Visitor2) -> None:
    page = PAGE.replace(b"Guten Tag", b"Guten Tag " * 999)
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page))
        connection.sendall(page[:-20])
        go_on.wait(10)
        connection.sendall(page[-20:])

    upstream.replies["/"] = reply
    number = visitor.ask("/")
    visitor.until(lambda: visitor.streams[number].body.endswith(page[-30:-20]))
    go_on.set()
    assert visitor.answer(number).body.endswith(page[-20:])


def test_what_upstream_cuts_off_is_reset(upstream: Upstream, visitor: Visitor2) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf")
        connection.close()

    upstream.replies |= {"/": reply, "/next": OK}
    answer = visitor.get("/")
    assert (answer.body, answer.ended) == (b"half", False)
    assert answer.reset == h2.errors.ErrorCodes.INTERNAL_ERROR
    assert visitor.get("/next").body == b"ok"


def test_an_upstream_that_never_answers_is_a_504_for_its_own_stream(upstream: Upstream, pair: Pair) -> None:
    upstream.replies |= {"/": OK, "/never": lambda _, connection: connection.recv(1) and None}
    limits = {"silence": "1s"}
    with offering(upstream.url, pair, limits=limits) as worker, Visitor2(worker.port, pair) as visitor:
        for _ in range(2):
            assert visitor.get("/never").status == 504
            assert visitor.get("/").body == b"ok"


def test_interim_responses_stay_behind_and_expect_is_answered(upstream: Upstream, visitor: Visitor2) -> None:
    upstream.replies["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK
    answer = visitor.get("/")
    assert (answer.interim, answer.body) == ([], b"ok")
    number = visitor.ask("/", ("expect", "100-continue"), method="POST", end=False)
    visitor.until(lambda: visitor.streams[number].interim == [100])
    visitor.send(number, b"body", end=True)
    assert visitor.answer(number).body == b"ok"


def test_no_websocket_is_offered(upstream: Upstream, visitor: Visitor2) -> None:
    """RFC 8441 is not spoken: browsers open a connection of HTTP/1.1 for it."""
    upstream.replies["/"] = OK
    visitor.get("/")
    assert not visitor.h2.remote_settings.enable_connect_protocol


def test_a_101_is_a_502_and_ends_no_other_request(upstream: Upstream, visitor: Visitor2) -> None:
    """RFC 9113, 8.6: there is no 101 in HTTP/2."""
    upstream.replies["/"] = OK
    upstream.replies["/pipe"] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
    assert visitor.get("/pipe").status == 502
    assert visitor.get("/").body == b"ok"


@pytest.mark.parametrize("length", [True, False])
def test_a_body_reaches_upstream_within_a_frame_of_its_own(
    upstream: Upstream, visitor: Visitor2, length: bool
) -> None:
    """Without one, HTTP/1 would take it for the next request."""
    smuggled = b"GET /_milchglas/start HTTP/1.1\r\nHost: shop.example.com\r\n\r\n"
    upstream.replies["/"] = OK
    fields = [("content-length", str(len(smuggled)))] if length else []
    assert visitor.get("/", *fields, method="POST", body=smuggled).body == b"ok"
    assert len(upstream.seen) == 1
    assert upstream.seen[0].header("Transfer-Encoding") == (None if length else "chunked")
    assert upstream.seen[0].body == smuggled


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/ HTTP/1.1"),
        ("GET /_milchglas/start", "/"),
        ("GET", "http://other.example/"),
        ("GET", "other.example:80"),
        ("GET", "/a\tb"),
    ],
)
def test_what_would_be_read_differently_in_http_1_is_a_400(
    upstream: Upstream, visitor: Visitor2, method: str, path: str
) -> None:
    visitor.h2.config.validate_outbound_headers = visitor.h2.config.normalize_outbound_headers = False
    answer = visitor.get(path, method=method)
    assert (answer.status, answer.ended) == (400, True)
    assert upstream.seen == []


@pytest.mark.parametrize("path", ["/", "/_milchglas/start"])
def test_trailers_of_a_request_are_left_out(upstream: Upstream, visitor: Visitor2, path: str) -> None:
    upstream.replies["/"] = OK
    number = visitor.ask(path, method="POST", end=False)
    visitor.h2.send_data(number, b"{}")
    visitor.h2.send_headers(number, [("x-sum", "1")], end_stream=True)
    visitor.flush()
    assert visitor.answer(number).status == 200


def test_several_cookie_fields_become_one(upstream: Upstream, visitor: Visitor2) -> None:
    upstream.replies["/"] = OK
    visitor.get("/", ("cookie", "a=1"), ("cookie", "b=2"))
    assert upstream.seen[0].header("Cookie") == "a=1; b=2"


def test_a_folded_line_does_not_break_the_connection(upstream: Upstream, visitor: Visitor2) -> None:
    upstream.replies["/"] = OK.replace(b"\r\n\r\n", b"\r\nX-Folded: a\r\n  b\r\n\r\n")
    answer = visitor.get("/")
    assert (answer.body, answer.headers["x-folded"]) == (b"ok", "a b")


def test_a_slow_visitor_slows_upstream_and_not_its_other_requests(upstream: Upstream, visitor: Visitor2) -> None:
    sent = 0

    def reply(_: Seen, connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(CHUNKED)
        for _ in range(2048):
            connection.sendall(b"10000\r\n" + PIECE + b"\r\n")
            sent += len(PIECE)
        connection.sendall(b"0\r\n\r\n")

    upstream.replies |= {"/file": reply, "/": OK}
    number = visitor.ask("/file", slow=True)
    visitor.until(lambda: bool(visitor.streams[number].body))
    for _ in range(200):
        assert visitor.get("/").body == b"ok"
    assert sent < ENOUGH
    # It goes on where it stood, as far as it is let.
    before = len(visitor.streams[number].body)
    visitor.h2.increment_flow_control_window(8 * 1024 * 1024, number)
    visitor.flush()
    visitor.until(lambda: len(visitor.streams[number].body) >= before + 8 * 1024 * 1024)


def test_a_slow_visitor_who_leaves_leaves_nothing_behind(upstream: Upstream, worker: Worker, pair: Pair) -> None:
    def streams() -> int:
        gc.collect()
        return sum(isinstance(each, HttpStream) for each in gc.get_objects())

    upstream.page("/file", bytes(400_000), type="application/octet-stream")
    before = streams()
    with Visitor2(worker.port, pair) as visitor:
        number = visitor.ask("/file", slow=True)
        visitor.until(lambda: len(visitor.streams[number].body) == 65535)
        assert streams() > before
    wait_for(lambda: streams() <= before, 5, "the stream waits for ever")


def test_a_batch_may_be_larger_than_a_window(worker: Worker, visitor: Visitor2) -> None:
    answer = visitor.get("/_milchglas/events", method="POST", body=bytes(3_000_000))
    assert answer.body == b'{"error":"try again"}'


def test_a_slow_upstream_slows_its_upload_and_not_other_requests(pair: Pair) -> None:
    go_on = threading.Event()
    with (
        scripted([HEAR, go_on], *([OK],) * 50) as upstream,
        offering(upstream.url, pair) as worker,
        Visitor2(worker.port, pair) as visitor,
    ):
        left = size = 64 * 1024 * 1024
        number = visitor.ask("/up", ("content-length", str(size)), method="POST", end=False)
        wait_for(lambda: upstream.heads, 5, "no request")

        def push() -> bool:
            nonlocal left
            while left and (room := min(16384, visitor.h2.local_flow_control_window(number), left)):
                visitor.h2.send_data(number, bytes(room))
                left -= room
                visitor.flush()
            return left == 0

        for _ in range(50):
            push()
            assert visitor.get("/").body == b"ok"
        assert size - left < ENOUGH
        go_on.set()
        visitor.until(push)


def test_an_answer_before_the_uploads_end_ends_it(pair: Pair) -> None:
    with offering("http://127.0.0.1:1", pair) as worker, Visitor2(worker.port, pair) as visitor:
        number = visitor.ask("/up", method="POST", end=False)
        visitor.send(number, b"x" * 1000)
        answer = visitor.answer(number)
        assert (answer.status, answer.ended) == (502, True)
        visitor.until(lambda: answer.reset == h2.errors.ErrorCodes.NO_ERROR)
        assert visitor.get("/_milchglas/x").status == 404


def test_a_head_without_measure_ends_the_connection(visitor: Visitor2, upstream: Upstream) -> None:
    with pytest.raises((ConnectionError, ssl.SSLError)):
        visitor.get("/", *((f"x-{number}", "y" * 8000) for number in range(20)))
    assert upstream.seen == []


@pytest.mark.parametrize("scheme", ["NTLM", "Negotiate"])
def test_a_login_of_a_connection_is_asked_for_in_http_1_1(
    upstream: Upstream, visitor: Visitor2, scheme: str
) -> None:
    upstream.replies |= {
        "/": response(b"", f"WWW-Authenticate: {scheme}", status="401 Unauthorized"),
        "/basic": response(b"", "WWW-Authenticate: Basic", status="401 Unauthorized"),
    }
    assert visitor.get("/").reset == h2.errors.ErrorCodes.HTTP_1_1_REQUIRED
    assert visitor.get("/basic").status == 401


def test_each_request_has_an_upstream_connection_of_its_own(pair: Pair) -> None:
    with (
        scripted([OK], [OK]) as upstream,
        offering(upstream.url, pair) as worker,
        Visitor2(worker.port, pair) as visitor,
    ):
        assert visitor.get("/a").body == visitor.get("/b").body == b"ok"
        assert all(closed.wait(5) for closed in upstream.closed)
    assert upstream.order == [(0, "GET /a"), (1, "GET /b")]


def test_http_1_1_is_still_spoken(upstream: Upstream, worker: Worker, pair: Pair) -> None:
    upstream.replies["/"] = OK
    for alpn in ((), ("http/1.1",)):
        with over_tls(worker.port, pair, alpn=alpn) as visitor:
            assert visitor.get("/").body == b"ok"
