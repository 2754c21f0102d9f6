"""Requirement 15, second half: no page, however long it takes, stops other visitors or fills memory."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from mitmproxy import http

import addons
from proxy.held import Held
from tests.conftest import Worker, configured, working
from tests.running import wait_for
from tests.upstream import Seen, Upstream, response
from tests.wire import Visitor

OK = response(b"ok", type="text/plain")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
ONE = CHUNKED + b"1\r\nx\r\n0\r\n\r\n"
PIECE = bytes(65536)
ENOUGH = 32 * 1024 * 1024
"""More than the sockets on the way hold (loopback: some 6 MiB each), less than what is sent."""


class Planted:
    """An addon that puts a stream callable, or a held response, onto /slow."""

    stream: Any = True
    flow: http.HTTPFlow

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """The hook."""
        if flow.request.path == "/slow" and flow.response:
            flow.response.stream = self.stream
            self.flow = flow


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Planted:
    made = Planted()
    ordered = addons.ordered
    monkeypatch.setattr("proxy.worker.ordered", lambda runtime: [*ordered(runtime), made])
    return made


@pytest.fixture
def behind(planted: Planted, upstream: Upstream) -> Iterator[Worker]:
    upstream.replies["/other"] = OK
    with working(configured(upstream.url)) as made:
        yield made


class Slow:
    """Takes 1 ms for each byte, until it is told to end."""

    def __init__(self) -> None:
        self.made = 0
        self.enough = threading.Event()
        self.left = threading.Event()

    def __call__(self, chunk: bytes) -> Iterable[bytes]:
        return self.pieces() if chunk else b""

    def pieces(self) -> Iterator[bytes]:
        try:
            while not self.enough.is_set() and self.made < 20_000:
                until = time.perf_counter() + 0.001
                while time.perf_counter() < until:
                    pass
                self.made += 1
                yield b"."
        finally:
            self.left.set()


class SlowHeld(Slow, Held):
    """The same as the first decision about a page."""

    def feed(self, chunk: bytes) -> Iterable[bytes] | None:
        return self.pieces()

    def end(self) -> Iterable[bytes]:
        return ()

    def __call__(self, chunk: bytes) -> bytes:
        return b""


def ask(visitor: Visitor, path: str) -> None:
    visitor.send(f"GET {path} HTTP/1.1\r\nHost: shop.example.com\r\n\r\n".encode())


@pytest.mark.parametrize("kind", [Slow, SlowHeld])
def test_others_are_answered_while_a_page_takes_long(
    behind: Worker, planted: Planted, upstream: Upstream, kind: type[Slow]
) -> None:
    upstream.replies["/slow"] = ONE
    planted.stream = slow = kind()
    with Visitor(behind.port) as long, Visitor(behind.port) as other:
        ask(long, "/slow")
        head = long.head()
        for _ in range(3):
            assert other.get("/other").body == b"ok"
        assert not slow.left.is_set()
        slow.enough.set()
        answer = long.read(head=head)
    assert answer.complete
    assert answer.body == b"." * slow.made


@pytest.mark.parametrize("kind", [Slow, SlowHeld])
def test_a_page_that_nobody_waits_for_any_more_is_given_up(
    behind: Worker, planted: Planted, upstream: Upstream, kind: type[Slow]
) -> None:
    upstream.replies["/slow"] = ONE
    planted.stream = slow = kind()
    with Visitor(behind.port) as visitor:
        ask(visitor, "/slow")
        visitor.head()
    assert slow.left.wait(5)
    assert slow.made < 20_000


def test_a_page_grows_no_faster_than_its_visitor_reads(
    behind: Worker, planted: Planted, upstream: Upstream
) -> None:
    """A thousandfold page: one byte of upstream, 128 MiB for the visitor."""
    made = 0

    def thousandfold(chunk: bytes) -> Iterable[bytes]:
        nonlocal made
        for _ in range(2048 if chunk else 0):
            made += len(PIECE)
            yield PIECE

    upstream.replies["/slow"] = ONE
    planted.stream = thousandfold
    with Visitor(behind.port) as visitor, Visitor(behind.port) as other:
        ask(visitor, "/slow")
        visitor.head()
        for _ in range(100):
            assert other.get("/other").body == b"ok"
        assert made < ENOUGH
        left = 2048 * len(b"10000\r\n" + PIECE + b"\r\n") + len(b"0\r\n\r\n")
        while left:
            left -= len(data := visitor.more())
            assert data, "cut off"


@pytest.mark.parametrize("how", ["passed through", "by a callable that takes long"])
def test_upstream_is_read_no_faster_than_the_visitor_reads(
    behind: Worker, planted: Planted, upstream: Upstream, how: str
) -> None:
    sent = 0
    gone = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(CHUNKED)
        try:
            for _ in range(4096):
                connection.sendall(b"10000\r\n" + PIECE + b"\r\n")
                sent += len(PIECE)
        finally:
            gone.set()

    def slow(chunk: bytes) -> Iterable[bytes]:
        for at in range(0, len(chunk), 1000):
            until = time.perf_counter() + 0.0002
            while time.perf_counter() < until:
                pass
            yield chunk[at : at + 1000]

    upstream.replies["/slow"] = reply
    planted.stream = True if how == "passed through" else slow
    with Visitor(behind.port) as visitor, Visitor(behind.port) as other:
        ask(visitor, "/slow")
        visitor.head()
        for _ in range(100):
            assert other.get("/other").body == b"ok"
        assert sent < ENOUGH
    assert gone.wait(10), "upstream was not told that the visitor has gone"


def test_a_fault_in_a_stream_callable_cuts_the_visitor_off(
    behind: Worker, planted: Planted, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(chunk: bytes) -> bytes:
        raise ValueError("canary")

    upstream.replies["/slow"] = ONE
    planted.stream = broken
    with Visitor(behind.port) as visitor:
        ask(visitor, "/slow")
        visitor.head()
        assert visitor.more() == b""
    with Visitor(behind.port) as other:
        assert other.get("/other").body == b"ok"
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err


class Broken(SlowHeld):
    """Decides, changes the head, and cannot make even the first bytes."""

    def __init__(self, planted: Planted) -> None:
        super().__init__()
        self._planted = planted

    def pieces(self) -> Iterator[bytes]:
        assert self._planted.flow.response
        self._planted.flow.response.headers["X-Changed"] = "1"
        raise ValueError("canary")
        yield b""


def test_a_page_whose_first_bytes_cannot_be_made_goes_out_as_it_came(
    behind: Worker, planted: Planted, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    upstream.replies["/slow"] = ONE
    planted.stream = Broken(planted)
    with Visitor(behind.port) as visitor:
        for _ in range(2):
            answer = visitor.get("/slow")
            assert answer.head + b"\r\n\r\n" == CHUNKED
            assert (answer.body, answer.complete) == (b"x", True)
    said = capsys.readouterr()
    assert "canary" not in said.out + said.err


def test_an_empty_piece_does_not_end_a_page(behind: Worker, planted: Planted, upstream: Upstream) -> None:
    upstream.replies["/slow"] = ONE
    planted.stream = lambda chunk: b"" if chunk else iter((b"a", b"", b"c"))
    with Visitor(behind.port) as visitor:
        assert visitor.get("/slow").body == b"ac"
        assert visitor.get("/other").body == b"ok"


def test_an_upload_waits_while_there_is_no_connection_yet() -> None:
    """What comes for a stream that waits is not piled up; after a while it is a 502."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        # A full backlog: the kernel leaves the next ones to wait.
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        with working(configured(url, limits={"connect": "2s"})) as made, Visitor(made.port) as visitor:
            size = 256 * 1024 * 1024
            visitor.send(f"POST / HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: {size}\r\n\r\n".encode())
            visitor.socket.setblocking(False)
            sent = 0
            while True:
                readable, writable, _ = select.select([visitor.socket], [visitor.socket], [], 10)
                if readable:
                    break
                assert writable, "no answer"
                sent += visitor.socket.send(PIECE)
                assert sent < ENOUGH
            visitor.socket.setblocking(True)
            assert visitor.read().status == 502
        for filler in fillers:
            filler.close()


def test_an_upstream_that_does_not_answer_in_tls_is_a_502_before_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with working(configured(url, limits={"connect": "500ms"})) as made, Visitor(made.port) as visitor:
            assert visitor.get("/").status == 502


def test_both_ways_at_once_do_not_stop_each_other(upstream: Upstream, behind: Worker) -> None:
    """An upstream that echoes while it is sent more than all buffers hold."""
    size = 64 * 1024 * 1024

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        while data := connection.recv(65536):
            connection.sendall(data)

    upstream.replies["/ws"] = reply
    with Visitor(behind.port) as visitor:
        visitor.send(
            b"GET /ws HTTP/1.1\r\nHost: shop.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        assert visitor.head().startswith(b"HTTP/1.1 101")
        sender = threading.Thread(target=lambda: [visitor.send(PIECE) for _ in range(size // len(PIECE))])
        sender.start()
        wait_for(lambda: upstream.seen, 5, "no upstream")
        got = 0
        while got < size:
            got += len(data := visitor.more())
            assert data, "closed"
        sender.join(5)
    assert got == size
