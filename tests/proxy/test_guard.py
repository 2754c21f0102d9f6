"""Who keeps us waiting is let go; what is under way is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from proxy import guard
from proxy.config import Limits
from tests.certificates import certificate
from tests.conftest import Worker, configured, working
from tests.upstream import Seen, Upstream, response
from tests.wire import Visitor

HOST = b"Host: shop.example.com\r\n"
OK = response(b"ok", type="text/plain")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, upstream: Upstream) -> Iterator[Worker]:
    monkeypatch.setattr(guard, "SWEEP", 0.05)
    with working(configured(upstream.url, limits={"head": "300ms", "idle": "1200ms"})) as worker:
        yield worker


def test_a_half_sent_head_is_let_go_even_if_a_byte_comes_now_and_then(hasty: Worker, upstream: Upstream) -> None:
    gone = threading.Event()
    with Visitor(hasty.port) as visitor:
        visitor.send(b"GET / HTTP/1.1\r\n" + HOST + b"X: ")

        def trickle() -> None:
            while not gone.wait(0.05):
                try:
                    visitor.send(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=trickle)
        thread.start()
        assert visitor.more() == b""
        gone.set()
        thread.join()
    assert upstream.seen == []


def test_who_never_ends_the_tls_handshake_is_let_go(upstream: Upstream, tmp_path: Path) -> None:
    pair = certificate(tmp_path, "shop.example.com")
    listen = {"tls": {"cert": str(pair.cert), "key": str(pair.key)}}
    config = configured(upstream.url, listen=listen, limits={"head": "300ms"})
    with working(config) as worker, Visitor(worker.port) as visitor:
        assert visitor.more() == b""


def test_many_half_sent_heads_hold_no_upstream_connection(hasty: Worker, upstream: Upstream) -> None:
    """mitmproxy opens one for each, before it knows what for (connection_strategy)."""
    visitors = [Visitor(hasty.port) for _ in range(100)]
    for visitor in visitors:
        visitor.send(b"GET / HTTP/1.1\r\n" + HOST)
    for visitor in visitors:
        assert visitor.more() == b""
        visitor.socket.close()
    assert upstream.accepted == 0


def test_an_idle_connection_is_let_go_and_a_used_one_kept(hasty: Worker, upstream: Upstream) -> None:
    upstream.replies["/"] = OK
    with Visitor(hasty.port) as idle, Visitor(hasty.port) as used:
        assert idle.get("/").body == b"ok"
        ended = threading.Event()
        threading.Thread(target=lambda: (idle.more(), ended.set())).start()
        while not ended.wait(0.1):
            assert used.get("/").body == b"ok"


@pytest.mark.parametrize("what", ["download", "upload", "pipe"])
def test_what_is_under_way_may_take_its_time(hasty: Worker, upstream: Upstream, what: str) -> None:
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        if what == "pipe":
            connection.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nok"
            )
        else:
            connection.sendall(OK[:-2])
        go_on.wait(10)
        connection.sendall(b"ok")

    upstream.replies["/"] = reply
    with Visitor(hasty.port) as visitor, Visitor(hasty.port) as other:
        upgrade = b"Upgrade: websocket\r\nConnection: Upgrade\r\n" if what == "pipe" else b""
        if what == "upload":
            visitor.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\n\r\n")
        else:
            visitor.send(b"GET / HTTP/1.1\r\n" + HOST + upgrade + b"\r\n")
        assert other.more() == b"", "the other one is idle, and let go meanwhile"
        if what == "upload":
            visitor.send(b"x")
        go_on.set()
        assert visitor.read(bodiless=what == "pipe").status in (200, 101)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_upstream_that_never_answers_is_a_504(upstream: Upstream, method: str) -> None:
    """mitmproxy closes the visitor's connection without a word."""
    gone = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        if connection.recv(1) == b"":
            gone.set()

    upstream.replies["/"] = reply
    with working(configured(upstream.url, limits={"silence": "1s"})) as worker, Visitor(worker.port) as visitor:
        answer = visitor.get("/", method=method, body=b"x" if method == "POST" else b"")
        assert answer.status == 504
        assert answer.body.startswith(b"504: ")
        assert visitor.more() == b""
    assert gone.wait(5)
    assert [each.target for each in upstream.seen] == [f"{method} /"]


def test_what_has_begun_and_is_silent_for_long_is_cut_off(upstream: Upstream) -> None:
    upstream.replies["/"] = OK[:-1]
    with (
        working(configured(upstream.url, limits={"silence": "1s"})) as worker,
        Visitor(worker.port) as visitor,
        Visitor(worker.port) as slow,
    ):
        slow.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\n")
        answer = visitor.get("/")
        assert (answer.body, answer.complete) == (b"o", False)
        assert slow.more() == b"", "it is the visitor who is silent"


def test_who_comes_when_all_places_are_taken_gets_that_of_the_one_idle_longest(upstream: Upstream) -> None:
    upstream.replies["/"] = OK
    with (
        working(configured(upstream.url, limits={"connections": 2})) as worker,
        Visitor(worker.port) as first,
        Visitor(worker.port) as second,
    ):
        assert first.get("/").body == second.get("/").body == b"ok"
        with Visitor(worker.port) as third:
            assert third.get("/").body == b"ok"
            assert first.more() == b""
            assert second.get("/").body == b"ok"


def test_who_comes_when_all_are_busy_is_let_go_and_they_are_not(upstream: Upstream) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        begun.set()
        go_on.wait(10)
        connection.sendall(OK)

    upstream.replies["/"] = reply
    with working(configured(upstream.url, limits={"connections": 1})) as worker, Visitor(worker.port) as busy:
        busy.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert begun.wait(10)
        with Visitor(worker.port) as late:
            assert late.more() == b""
        go_on.set()
        assert busy.read().body == b"ok"


class Fake:
    """A connection."""

    def __init__(self) -> None:
        self.waits, self.ended = ("idle", 1), False

    def end(self) -> None:
        self.ended = True


def test_each_request_has_its_own_time() -> None:
    one, sweeper = Fake(), guard.Guard(Limits())
    for number in range(100):  # looked at in mid-head by chance, each time
        one.waits = ("head", number)
        sweeper.sweep([one], number * 20.0)
    assert not one.ended
    sweeper.sweep([one], 99 * 20 + 31.0)
    assert one.ended
