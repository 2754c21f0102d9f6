"""HTTP/1 as legacy servers, old visitors and odd ones speak it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import pytest

from tests.conftest import Worker, configured, working
from tests.upstream import Seen, Upstream, response
from tests.wire import Visitor

OK = response(b"ok", type="text/plain")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
HOST = b"Host: shop.example.com\r\n"


@pytest.mark.parametrize("interim", [b"100 Continue", b"102 Processing", b"103 Early Hints"])
def test_an_interim_response_is_no_answer(upstream: Upstream, worker: Worker, interim: bytes) -> None:
    upstream.replies["/"] = b"HTTP/1.1 %s\r\nLink: </a.css>\r\n\r\n" % interim + OK
    with Visitor(worker.port) as visitor:
        assert visitor.get("/").body == b"ok"
        assert visitor.get("/").body == b"ok"


def test_an_interim_response_and_the_answer_may_come_in_pieces(upstream: Upstream, worker: Worker) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + OK:
            connection.sendall(bytes([byte]))

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor:
        assert visitor.get("/").body == b"ok"


def test_trailers_of_a_response_are_left_out(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = CHUNKED + b"\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"
    with Visitor(worker.port) as visitor:
        for _ in range(2):
            answer = visitor.get("/")
            assert (answer.body, answer.complete) == (b"ok", True)


def test_trailers_of_a_request_are_left_out(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(b"POST /_milchglas/start HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        visitor.send(b"2\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n")
        assert visitor.read().status == 200


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 2\r\nContent-Length: 2\r\n",
        b"Content-Length : 2\r\n",
        b"a warning of some script\r\nContent-Length: 2\r\n",
        b"X Bad: 1\r\n folded\r\nContent-Length: 2\r\n",
    ],
)
def test_a_careless_head_is_read_as_browsers_read_it(upstream: Upstream, worker: Worker, fields: bytes) -> None:
    upstream.replies["/"] = b"HTTP/1.1 200 OK\r\n" + fields + b"\r\nok"
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    assert (answer.status, answer.body) == (200, b"ok")
    assert answer.lines == ["Content-Length: 2"]


def test_chunks_win_over_a_length(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = CHUNKED + b"Content-Length: 7\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
    assert (answer.body, answer.header("Content-Length")) == (b"ok", None)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("1.1 200 OK|Transfer-Encoding: identity|Content-Length: 2", b"ok"),
        ("1.1 200 OK|Transfer-Encoding: binary|Content-Length: 2", b"ok"),
        ("1.1 200 OK|Transfer-Encoding:|Content-Length: 2", b"ok"),
        ("1.1 200 OK|Transfer-Encoding: chunked|Transfer-Encoding: chunked", b"2\r\nok\r\n0\r\n\r\n"),
        ("1.1 200 OK|Transfer-Encoding: Chunked, chunked", b"2\r\nok\r\n0\r\n\r\n"),
        ("1.0 200 OK|Transfer-Encoding: chunked|Content-Length: 2|Connection: keep-alive", b"ok"),
        ("1.1 200 OK|Content-Length:|Content-Length: 2", b"ok"),
        ("1.1 204 No Content|Transfer-Encoding: chunked", b""),
    ],
)
def test_a_careless_framing_is_read_as_browsers_read_it(
    upstream: Upstream, worker: Worker, head: str, body: bytes
) -> None:
    """Chunks are all that they know of Transfer-Encoding, and none come in HTTP/1.0 or with a 204."""
    upstream.replies["/"] = f"HTTP/{head.replace('|', '\r\n')}\r\n\r\n".encode() + body
    with Visitor(worker.port) as visitor:
        for _ in range(2):
            answer = visitor.get("/")
            assert (answer.body, answer.complete) == (b"" if "204" in head else b"ok", True)
            assert {"Transfer-Encoding: chunked", "Content-Length: 2"} & set(answer.lines) or answer.status == 204
            assert answer.status in (200, 204)


def test_lengths_that_differ_are_a_502(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!"
    with Visitor(worker.port) as visitor:
        assert visitor.get("/").status == 502


def test_an_http_1_0_visitor_gets_no_chunks(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = CHUNKED + b"\r\n2\r\nok\r\n0\r\n\r\n"
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET / HTTP/1.0\r\n" + HOST + b"Connection: keep-alive\r\n\r\n")
        answer = visitor.read()
    assert (answer.body, answer.header("Connection")) == (b"ok", "close")


@pytest.mark.parametrize(
    ("version", "option", "stays"),
    [("1.1", "Close", False), ("1.1", "TE, CLOSE", False), ("1.0", "Keep-Alive", True)],
)
def test_a_connection_option_is_known_in_any_case(
    upstream: Upstream, worker: Worker, version: str, option: str, stays: bool
) -> None:
    """RFC 9110, 7.6.1. Who asks for the end reads until it."""
    upstream.replies["/"] = OK.replace(b"\r\n\r\n", b"\r\nConnection: Keep-Alive\r\n\r\n")
    one = f"GET / HTTP/{version}\r\nConnection: {option}\r\n".encode() + HOST + b"\r\n"
    with Visitor(worker.port) as visitor:
        visitor.send(one)
        assert visitor.read().body == b"ok"
        if stays:
            visitor.send(one)
            assert visitor.read().body == b"ok"
        else:
            assert visitor.more() == b""


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("close, X-Forwarded-For, X-Request-ID", "close"),
        ("Keep-Alive, Cookie", "Keep-Alive"),
        ("X-Forwarded-For", None),
        ("keep-alive", "keep-alive"),
    ],
)
def test_a_visitor_names_no_field_that_upstream_should_drop(
    upstream: Upstream, worker: Worker, said: str, left: str | None
) -> None:
    """A server behind us that is a proxy itself would lose the visitor's address (as CVE-2022-31813)."""
    with Visitor(worker.port) as visitor:
        visitor.get("/", f"Connection: {said}")
    assert upstream.seen[0].header("Connection") == left
    assert upstream.seen[0].header("X-Forwarded-For") == "127.0.0.1"


def test_a_304_has_no_last_chunk(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = b"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n"
    upstream.replies["/next"] = OK
    with Visitor(worker.port) as visitor:
        assert visitor.get("/").status == 304
        assert visitor.get("/next").body == b"ok"


def test_an_empty_line_before_a_request_is_skipped(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = OK
    with Visitor(worker.port) as visitor:
        visitor.send(b"\r\n\r\nGET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert visitor.read().body == b"ok"


def test_after_a_100_an_upstream_that_is_gone_is_still_a_502(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = lambda _, connection: connection.close()
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", "Expect: 100-continue", method="POST", body=b"x").status == 502


@pytest.mark.parametrize("stays", [True, False], ids=["upstream stays", "upstream closes"])
def test_an_answer_before_the_request_is_done_is_whole(stays: bool) -> None:
    """An upload is refused at once: the visitor reads that, and may go on or not."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(CHUNKED.replace(b"200 OK", b"413 Too Large") + b"\r\n2\r\nno\r\n0\r\n\r\n")
                while stays and not connection.recv(65536).endswith(b"z"):
                    pass
                if stays:
                    connection.recv(65536)
                    connection.sendall(OK)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with working(configured(f"http://127.0.0.1:{port}")) as made, Visitor(made.port) as visitor:
            visitor.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nx")
            answer = visitor.read()
            assert (answer.status, answer.body, answer.complete) == (413, b"no", True)
            visitor.send(b"yz")
            visitor.send(b"GET /_milchglas/x HTTP/1.1\r\n" + HOST + b"\r\n")
            assert visitor.read().status == 404
            if stays:
                assert visitor.get("/").body == b"ok"


def test_a_refusal_is_heard_though_upstream_hangs_up_on_the_upload(upstream: Upstream, worker: Worker) -> None:
    """The reset that our next byte earns must not take the refusal along (RFC 9112, 9.6)."""
    refusal = response(b"large", "Connection: close", type="text/plain", status="413 Too Large")
    size, piece = 10_000_000, bytes(100_000)

    def send(visitor: Visitor) -> None:
        with suppress(OSError):
            for _ in range(size // len(piece)):
                visitor.send(piece)

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(8):
                connection, _ = listener.accept()
                with connection:
                    connection.recv(10)
                    connection.sendall(refusal)

        threading.Thread(target=serve, daemon=True).start()
        with working(configured(f"http://127.0.0.1:{listener.getsockname()[1]}")) as made:
            for _ in range(8):
                with Visitor(made.port) as visitor:
                    visitor.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % size)
                    sender = threading.Thread(target=send, args=(visitor,))
                    sender.start()
                    answer = visitor.read()
                    assert (answer.status, answer.body) == (413, b"large")
                    visitor.socket.shutdown(socket.SHUT_RDWR)
                    sender.join()


@pytest.mark.parametrize("coding", ["gzip, chunked", "deflate, chunked", "compress, chunked"])
def test_a_coding_that_upstream_may_not_know_is_a_400(upstream: Upstream, worker: Worker, coding: str) -> None:
    """Who does not know it takes the body for the next request."""
    smuggled = b"GET /_milchglas/start HTTP/1.1\r\n" + HOST + b"\r\n"
    with Visitor(worker.port) as visitor:
        visitor.send(b"POST / HTTP/1.1\r\n" + HOST + f"Transfer-Encoding: {coding}\r\n\r\n".encode())
        visitor.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(smuggled), smuggled))
        assert visitor.read().status == 400
    assert upstream.seen == []


def test_requests_may_be_sent_all_at_once(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = OK
    one = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
    with Visitor(worker.port) as visitor:
        visitor.send(one + one.replace(b" / ", b" /_milchglas/x ") + one)
        assert [visitor.read().status for _ in range(3)] == [200, 404, 200]


def test_a_visitor_who_leaves_in_mid_request_takes_the_upstream_connection_along(
    upstream: Upstream, worker: Worker
) -> None:
    gone = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        if connection.recv(1) == b"":
            gone.set()

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        while not upstream.seen:
            pass
    assert gone.wait(5)
