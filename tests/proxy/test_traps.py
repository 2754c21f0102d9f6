"""What mitmproxy 12.2 does to a real site, each closed on the wire; the table in docs/ names them all."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

import addons
from tests.certificates import certificate, over_tls
from tests.conftest import Worker, configured, working
from tests.running import Milchglas, wait_for
from tests.upstream import Seen, Upstream, response, scripted
from tests.wire import Visitor

HOST = b"Host: shop.example.com\r\n"
OK = response(b"ok", type="text/plain")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
PIECE = bytes(65536)
LARGE = 64 * 1024 * 1024
MIB = 1024 * 1024


# ---- request smuggling: one request, one meaning


@pytest.mark.parametrize(
    "head",
    [
        "POST / HTTP/1.1|Content-Length: 5|Transfer-Encoding: chunked",
        "POST / HTTP/1.1|Content-Length: 5|Content-Length: 6",
        "POST / HTTP/1.1|Content-Length: 5|Content-Length: 5",
        "POST / HTTP/1.1|Content-Length: 5, 5",
        "POST / HTTP/1.1|Content-Length: +5",
        "POST / HTTP/1.1|Content-Length: -1",
        "POST / HTTP/1.1|Content-Length: 0x5",
        "POST / HTTP/1.1|Content-Length : 5",
        "POST / HTTP/1.1|Transfer-Encoding: xchunked",
        "POST / HTTP/1.1|Transfer-Encoding: chunked, chunked",
        "POST / HTTP/1.1|Transfer-Encoding: chunked|Transfer-Encoding: identity",
        "POST / HTTP/1.1|Transfer-Encoding: identity",
        "POST / HTTP/1.1|Transfer-Encoding: chunked, identity",
        "POST / HTTP/1.1|Transfer-Encoding : chunked",
        "POST / HTTP/1.1|Transfer-Encoding:\x0bchunked",
        "POST / HTTP/1.0|Transfer-Encoding: chunked",
        "POST / HTTP/1.1|X: a\rTransfer-Encoding: chunked",
        "POST / HTTP/1.1|X: a|\tTransfer-Encoding: chunked",
        "POST / HTTP/1.1| X: a",
        "POST / HTTP/1.1|X: a\0b",
        "POST / HTTP/1.1|no field",
        "POST / HTTP/2.0|Content-Length: 5",
        "POST  / HTTP/1.1 x|Content-Length: 5",
    ],
)
def test_a_request_of_two_meanings_never_reaches_upstream(upstream: Upstream, worker: Worker, head: str) -> None:
    line, *fields = head.split("|")
    raw = "\r\n".join([line, "Host: shop.example.com", *fields]).encode("latin-1")
    with Visitor(worker.port) as visitor:
        visitor.send(raw + b"\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n")
        assert visitor.read().status in (400, 505)
        assert visitor.more() == b"", "the connection has ended"
    assert upstream.seen == []


@pytest.mark.parametrize("hosts", [(), ("shop.example.com", "other.example"), ("shop.example.com",) * 2, ("a@b",)])
def test_a_request_has_one_host(upstream: Upstream, worker: Worker, hosts: tuple[str, ...]) -> None:
    fields = "".join(f"Host: {each}\r\n" for each in hosts)
    with Visitor(worker.port) as visitor:
        visitor.send(f"GET / HTTP/1.1\r\n{fields}\r\n".encode())
        assert visitor.read().status == (421 if hosts else 400)
    assert upstream.seen == []


def test_a_chunk_that_is_none_ends_the_connection(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        visitor.send(b"1;x\r\na\r\nnonsense\r\nGET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n")
        assert visitor.more() == b""
    assert not any("smuggled" in each.target for each in upstream.seen)


def test_what_upstream_says_after_its_answer_is_nobodys(upstream: Upstream) -> None:
    smuggled = response(b"for somebody else", type="text/plain")
    with (
        scripted([OK + smuggled], [OK]) as site,
        working(configured(site.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert visitor.get("/").body == b"ok"
        assert site.closed[0].wait(5)
        assert visitor.get("/").body == b"ok"


# ---- cut short


@pytest.mark.parametrize("type", ["text/plain", "text/html"])
def test_a_body_that_upstream_cuts_off_has_no_clean_end(upstream: Upstream, worker: Worker, type: str) -> None:
    page = b"<!doctype html><html><head><title>a</title></head><body>" + b"Guten Tag " * 500

    def reply(_: Seen, connection: socket.socket) -> None:
        head = CHUNKED.replace(b"text/plain", type.encode())
        connection.sendall(head + b"%x\r\n%s\r\n5\r\nha" % (len(page), page))
        connection.close()

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/")
        assert answer.body.endswith(b"Guten Tag ha") or answer.body.endswith(b"Guten Tag ")
        assert not answer.complete
        assert visitor.more() == b""


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize("type", ["text/plain", "text/html"])
def test_a_body_until_the_end_ends_as_upstream_ended_it(
    upstream: Upstream, tmp_path: Path, whole: bool, tls: bool, type: str
) -> None:
    """Without a length, the end is all that tells a whole download from half of one (RFC 9112, 8 and 9.8)."""
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.0 200 OK\r\nContent-Type: {type}\r\n\r\n".encode() + b"<p>Guten Tag")
        go_on.wait(5)
        if not whole:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    upstream.replies["/"] = reply
    pair = certificate(tmp_path, "shop.example.com")
    listen = {"tls": {"cert": str(pair.cert), "key": str(pair.key)}} if tls else {}
    with (
        working(configured(upstream.url, listen=listen)) as worker,
        over_tls(worker.port, pair) if tls else Visitor(worker.port) as visitor,
    ):
        visitor.send(b"GET / HTTP/1.0\r\n" + HOST + b"\r\n")
        visitor.head()
        if isinstance(visitor.socket, ssl.SSLSocket):
            visitor.socket.suppress_ragged_eofs = False  # type: ignore[attr-defined]
        assert visitor.more()
        go_on.set()
        if whole:
            assert visitor.socket.recv(1) == b""
        else:
            with pytest.raises((ConnectionResetError, ssl.SSLError)):
                visitor.socket.recv(1)


@pytest.mark.parametrize("moment", ["before the answer", "in its body"])
def test_a_visitor_who_leaves_ends_the_upstream_connection(
    upstream: Upstream, worker: Worker, moment: str
) -> None:
    gone, begun = threading.Event(), threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        if moment == "in its body":
            connection.sendall(CHUNKED + b"1\r\nx\r\n")
        begun.set()
        if connection.recv(1) == b"":
            gone.set()

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert begun.wait(5)
    assert gone.wait(5)


def test_a_head_of_upstream_without_measure_is_a_502(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 600_000
    with Visitor(worker.port) as visitor:
        assert visitor.get("/").status == 502


# ---- pace and memory


def test_events_arrive_at_upstreams_pace(upstream: Upstream, worker: Worker) -> None:
    step = threading.Semaphore(0)

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(CHUNKED.replace(b"text/plain", b"text/event-stream"))
        for number in range(3):
            connection.sendall(b"9\r\ndata: %d\n\n\r\n" % number)
            step.acquire(timeout=5)
        connection.sendall(b"0\r\n\r\n")

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        visitor.head()
        for number in range(3):
            assert visitor.more() == b"9\r\ndata: %d\n\n\r\n" % number
            step.release()
        assert visitor.more() == b"0\r\n\r\n"


@pytest.mark.parametrize("end", ["upstream", "visitor"])
def test_tiny_chunks_do_not_stop_others(upstream: Upstream, worker: Worker, end: str) -> None:
    tiny = b"1;x\r\na\r\n" * 200_000 + b"0\r\n\r\n"
    upstream.replies |= {"/": CHUNKED + tiny, "/other": OK}
    with Visitor(worker.port) as visitor, Visitor(worker.port) as other:
        other.get("/other")
        if end == "upstream":
            visitor.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        else:
            visitor.send(b"POST /other HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + tiny)
        begun = time.monotonic()
        assert other.get("/other").body == b"ok"
        assert time.monotonic() - begun < 0.5
        answer = visitor.read()
    assert answer.complete
    assert (upstream.seen[-1].body if end == "visitor" else answer.body) in (b"a" * 200_000, b"")


@pytest.mark.parametrize("line", [b"1;" + b"x" * 100_000, b"0\r\nX: " + b"x" * 100_000])
def test_a_line_without_end_between_chunks_ends_the_connection(
    upstream: Upstream, worker: Worker, line: bytes
) -> None:
    with Visitor(worker.port) as visitor:
        visitor.send(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + line)
        assert visitor.more() == b""
    upstream.replies["/"] = CHUNKED + line
    with Visitor(worker.port) as visitor:
        assert not visitor.get("/").complete


@contextmanager
def little_memory() -> Iterator[None]:
    """AssertionError where this process has grown by 24 MiB at any time in the block."""
    process, done = psutil.Process(), threading.Event()
    before = process.memory_info().rss
    peak = before

    def look() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, process.memory_info().rss)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    assert (peak - before) / MIB < 24


def swallow(read: Callable[[], bytes], size: int) -> None:
    """Read so many bytes, and keep none."""
    while size > 0:
        data = read()
        assert data, "closed"
        size -= len(data)


def test_a_page_that_inflates_a_thousandfold_stops_nobody(upstream: Upstream, worker: Worker) -> None:
    """Requirement 15: honest in the part looked at first, and a bomb after it."""
    honest = b"<!doctype html><html><head><title>a</title></head><body>" + os.urandom(200_000).hex().encode()
    squeezed = zlib.compressobj(wbits=31)
    bomb = (
        squeezed.compress(honest) + b"".join(squeezed.compress(bytes(MIB)) for _ in range(256)) + squeezed.flush()
    )
    upstream.page("/", bomb, "Content-Encoding: gzip")
    upstream.replies["/other"] = OK
    done = threading.Event()
    size = 0

    def read() -> None:
        nonlocal size
        inflated = zlib.decompressobj(wbits=31)
        with Visitor(worker.port) as visitor:
            answer = visitor.get("/", "Accept-Encoding: gzip")
            rest = answer.body
            while rest:
                size += len(inflated.decompress(rest, MIB))
                rest = inflated.unconsumed_tail
        done.set()

    with Visitor(worker.port) as other, little_memory():
        threading.Thread(target=read).start()
        slowest = 0.0
        while not done.is_set():
            begun = time.monotonic()
            assert other.get("/other").body == b"ok"
            slowest = max(slowest, time.monotonic() - begun)
    assert size > 256 * MIB + len(honest)
    assert slowest < 1


def test_an_upload_of_any_size_streams(worker: Worker, upstream: Upstream) -> None:
    got = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(1)
            swallow(lambda: connection.recv(65536), LARGE)
            got.set()
            connection.sendall(OK)

        threading.Thread(target=serve, daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with working(configured(url)) as made, Visitor(made.port) as visitor, little_memory():
            visitor.send(
                b"PUT / HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % LARGE
            )
            for _ in range(LARGE // len(PIECE)):
                visitor.send(PIECE)
            assert visitor.read().body == b"ok"
    assert got.is_set()


def test_a_download_of_any_size_streams(upstream: Upstream, worker: Worker) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % LARGE)
        for _ in range(LARGE // len(PIECE)):
            connection.sendall(PIECE)

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor, little_memory():
        visitor.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert visitor.head()
        swallow(visitor.more, LARGE)


def test_a_websocket_keeps_no_message(upstream: Upstream, worker: Worker) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(SWITCHED)
        while data := connection.recv(65536):
            connection.sendall(data)

    upstream.replies["/"] = reply
    with Visitor(worker.port) as visitor, little_memory():
        visitor.send(
            b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert visitor.head().startswith(b"HTTP/1.1 101")
        message = bytes([0x82, 0xFE, 0x40, 0x00, 0, 0, 0, 0]) + bytes(16384)  # a masked frame of 16 KiB
        for _ in range(LARGE // len(message)):
            visitor.send(message)
            swallow(visitor.more, len(message))


def test_requests_that_are_sent_without_reading_answers_pile_up_nowhere(
    upstream: Upstream, worker: Worker
) -> None:
    upstream.replies["/"] = response(bytes(20_000), type="text/plain")
    one = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
    with Visitor(worker.port) as visitor, Visitor(worker.port) as other, little_memory():
        visitor.socket.settimeout(0.5)
        with pytest.raises(TimeoutError):
            for _ in range(1000):
                visitor.send(one * 2000)
        assert other.get("/_milchglas/x").status == 404
    assert len(upstream.seen) * 20_000 < 24 * MIB


# ---- what is refused or left out


def test_a_100_is_ours_and_upstream_is_not_asked_for_one(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = OK
    with Visitor(worker.port) as visitor:
        visitor.send(b"POST / HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        assert visitor.more() == b"HTTP/1.1 100 Continue\r\n\r\n"
        visitor.send(b"body")
        assert visitor.read().body == b"ok"
        visitor.send(b"POST / HTTP/1.0\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 4\r\n\r\nbody")
        assert visitor.more().startswith(b"HTTP/1.1 200"), "HTTP/1.0 knows no 100"
    assert [each.header("Expect") for each in upstream.seen] == [None, None]


def test_nothing_listens_on_udp_and_no_authority_is_made(
    upstream: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    pair = certificate(tmp_path, "shop.example.com")
    upstream.replies["/"] = OK
    made = set(tmp_path.iterdir())
    config = configured(
        upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}, "http2": True}
    )
    with working(config) as worker, over_tls(worker.port, pair) as visitor:
        assert visitor.get("/").body == b"ok"
        assert psutil.Process().net_connections("udp") == []
    assert set(tmp_path.iterdir()) == made


def test_no_addon_of_mitmproxy_is_loaded(monkeypatch: pytest.MonkeyPatch, upstream: Upstream) -> None:
    """Its Block refuses visitors with public addresses, and its others guess, store and log."""
    seen: list[object] = []
    monkeypatch.setattr("proxy.worker.Connection", lambda master, *streams: seen.extend(master.rules.addons))
    with working(configured(upstream.url)) as worker, Visitor(worker.port) as visitor:
        wait_for(lambda: seen, 5, "no connection")
        visitor.socket.close()
    assert all(type(each).__module__.split(".")[0] in ("addons", "proxy") for each in seen)
    assert len(seen) > len(addons.__all__ if hasattr(addons, "__all__") else ())


def test_no_log_line_quotes_a_request_or_an_answer(milchglas: Milchglas, upstream: Upstream) -> None:
    upstream.replies |= {
        "/more": OK + b"canary-data",
        "/none": b"canary-answer\r\n\r\n",
        "/half": lambda _, connection: (
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: canary-head"),
            connection.close(),
        ),
    }
    milchglas.start(dashboard=False)
    for path in upstream.replies:
        with Visitor(milchglas.port) as visitor:
            visitor.get(f"{path}?q=canary-query", "Cookie: canary-cookie")
    with Visitor(milchglas.port) as visitor:
        visitor.send(b"GET /canary-half HTTP/1.1\r\nCookie: canary-half")
    with Visitor(milchglas.port) as visitor:
        visitor.send(b"canary-nonsense\r\n\r\n")
        assert visitor.read().status == 400
    wait_for(lambda: milchglas.log.read_text().count("request failed") >= 2, 5, "not logged")
    assert milchglas.stop() == 0
    assert "canary" not in milchglas.log.read_text()
