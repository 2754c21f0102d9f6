"""A kept upstream connection that has gone: what may be said twice is, once, on a new one (RFC 9110, 9.2.2)."""

from __future__ import annotations

import threading

import pytest
from mitmproxy import http

import addons
from tests.conftest import configured, working
from tests.running import wait_for
from tests.upstream import CLOSE, HEAR, response, scripted
from tests.wire import Visitor

OK = response(b"ok", type="text/plain")
AGAIN = response(b"again", type="text/plain")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"])
def test_what_may_be_said_twice_is_said_again_on_a_new_connection(method: str) -> None:
    with (
        scripted([OK, HEAR, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert visitor.get("/first").body == b"ok"
        answer = visitor.get("/second", "X-Kept: 1", method=method)
        assert answer.status == 200
        assert answer.header("Content-Length") == "5"
    assert upstream.order == [(0, "GET /first"), (0, f"{method} /second"), (1, f"{method} /second")]
    assert upstream.heads[1][1] == upstream.heads[2][1], "the same request, with the same id"


@pytest.mark.parametrize("method", ["POST", "PATCH", "LOCK"])
def test_what_must_not_be_said_twice_is_a_502(method: str) -> None:
    with (
        scripted([OK, HEAR, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        assert visitor.get("/second", method=method).status == 502
    assert upstream.order == [(0, "GET /first"), (0, f"{method} /second")]


def test_a_request_on_a_new_connection_is_said_once() -> None:
    with (
        scripted([HEAR, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert visitor.get("/").status == 502
    assert upstream.order == [(0, "GET /")]


def test_a_request_is_said_twice_at_most() -> None:
    with (
        scripted([OK, HEAR, CLOSE], [HEAR, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        assert visitor.get("/second").status == 502
    assert upstream.order == [(0, "GET /first"), (0, "GET /second"), (1, "GET /second")]


@pytest.mark.parametrize("begun", [b"H", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_an_answer_that_has_begun_is_not_asked_for_again(begun: bytes) -> None:
    with (
        scripted([OK, begun, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        assert visitor.get("/second").status == 502
    assert upstream.order == [(0, "GET /first"), (0, "GET /second")]


def test_a_body_that_nobody_has_read_yet_goes_to_the_new_connection() -> None:
    with (
        scripted([OK, HEAR, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        visitor.send(b"PUT /second HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 4\r\n\r\n")
        wait_for(lambda: len(upstream.heads) == 3, 5, "not said again")
        visitor.send(b"body")
        assert visitor.read().body == b"again"
        wait_for(lambda: upstream.bodies == [b"body"], 5, "no body")


def test_a_body_that_has_been_sent_is_not_sent_again() -> None:
    with (
        scripted([OK, HEAR, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        assert visitor.get("/second", method="PUT", body=b"body").status == 502
    assert [at for at, _ in upstream.heads] == [0, 0]


def test_a_connection_that_upstream_has_closed_is_not_used_not_even_for_a_post() -> None:
    go = threading.Event()
    with (
        scripted([OK, go, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        go.set()
        assert upstream.closed[0].wait(5)
        assert visitor.get("/second", method="POST").body == b"again"
    assert upstream.order == [(0, "GET /first"), (1, "POST /second")]


def test_a_connection_that_closes_while_the_worker_is_busy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The close has come, and nobody has read it: only a look at the socket tells."""
    go, busy, free = (threading.Event() for _ in range(3))

    class Busy:
        """An addon that stops the worker at /second."""

        def requestheaders(self, flow: http.HTTPFlow) -> None:
            if flow.request.path == "/second":
                busy.set()
                free.wait(10)

    ordered = addons.ordered
    monkeypatch.setattr("proxy.worker.ordered", lambda runtime: [*ordered(runtime), Busy()])
    with (
        scripted([OK, go, CLOSE], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        visitor.send(b"POST /second HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 0\r\n\r\n")
        assert busy.wait(5)
        go.set()
        assert upstream.closed[0].wait(5)
        free.set()
        assert visitor.read().body == b"again"
    assert upstream.order == [(0, "GET /first"), (1, "POST /second")]


def test_what_upstream_says_to_no_question_is_no_answer() -> None:
    """A server that takes leave of an idle connection with a 408."""
    leave = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"
    with (
        scripted([OK + leave], [AGAIN]) as upstream,
        working(configured(upstream.url)) as worker,
        Visitor(worker.port) as visitor,
    ):
        visitor.get("/first")
        assert upstream.closed[0].wait(5), "kept"
        assert visitor.get("/second", method="POST").body == b"again"
    assert upstream.order == [(0, "GET /first"), (1, "POST /second")]
