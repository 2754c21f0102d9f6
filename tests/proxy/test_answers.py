"""Error pages of ours: plain, of no product, with an id that our log and upstream know, too."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from addons.collect import Collect
from proxy import ids
from tests.conftest import Worker, configured, working
from tests.upstream import Upstream, response
from tests.wire import Answer, Visitor

HOST = b"Host: shop.example.com\r\n"
OK = response(b"ok", type="text/plain")

REQUESTS = {
    "unreadable": (400, b"canary\r\n\r\n"),
    "two lengths": (400, b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
    "length and chunks": (
        400,
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\ncanary",
    ),
    "a chunked HTTP/1.0": (400, b"POST / HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "a batch too large": (
        413,
        b"POST /_milchglas/events HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n",
    ),
    "another host": (421, b"GET / HTTP/1.1\r\nHost: canary.example\r\n\r\n"),
    "another host, HTTP/1.0": (421, b"GET / HTTP/1.0\r\nHost: canary.example\r\n\r\n"),
    "a long head": (431, b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"canary" * 20_000),
    "many fields": (431, b"GET / HTTP/1.1\r\n" + HOST + b"a:\r\n" * 1000 + b"\r\n"),
    "upstream away": (502, b"GET /?canary HTTP/1.1\r\n" + HOST + b"\r\n"),
    "upstream away, HTTP/1.0": (502, b"GET /?canary HTTP/1.0\r\n" + HOST + b"Connection: keep-alive\r\n\r\n"),
    "upstream away, upload": (502, b"PUT / HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nx"),
    "HTTP/2 without TLS": (505, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
}


@pytest.fixture
def alone() -> Iterator[Worker]:
    """A worker whose upstream is away."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with working(configured(url)) as made:
        yield made


def assert_ours(answer: Answer, status: int) -> None:
    """Whether it is a page of ours, with nothing of the request, and of what we are built on."""
    assert answer.status == status
    assert answer.header("Content-Type") == "text/plain; charset=utf-8"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Cache-Control") == "no-store"
    assert answer.header("Connection") == "close"
    assert answer.header("Server") is None
    request_id = answer.header("X-Request-ID") or ""
    assert re.fullmatch(r"[A-Za-z0-9_-]{16,}", request_id)
    text = answer.body.decode()
    assert re.fullmatch(rf"{status}: [a-z' ]+\nrequest id {request_id}\n", text), text
    assert "canary" not in text
    assert "mitm" not in (answer.head + answer.body).decode().lower()


@pytest.mark.parametrize("case", REQUESTS)
def test_an_error_is_a_plain_page_with_a_request_id(alone: Worker, case: str) -> None:
    status, request = REQUESTS[case]
    with Visitor(alone.port) as visitor:
        visitor.send(request)
        answer = visitor.read()
        assert_ours(answer, status)
        assert answer.complete


@pytest.mark.parametrize("case", ["two lengths", "another host", "upstream away"])
def test_an_error_to_head_has_no_body(alone: Worker, case: str) -> None:
    status, request = REQUESTS[case]
    with Visitor(alone.port) as visitor:
        visitor.send(request.replace(b"GET ", b"HEAD "))
        answer = visitor.read(bodiless=True)
        assert answer.status == status
        assert int(answer.header("Content-Length") or 0) > 20
        assert visitor.more() == b""


def test_our_log_knows_the_failed_request_by_its_id(alone: Worker, capsys: pytest.CaptureFixture[str]) -> None:
    with Visitor(alone.port) as visitor:
        request_id = visitor.get("/?q=canary").header("X-Request-ID")
    said = capsys.readouterr()
    assert f"request={request_id} " in said.out + said.err
    assert "canary" not in said.out + said.err


def test_a_refusal_and_the_fault_behind_it_have_the_same_id(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Collect, "_start", lambda *_: 1 / 0)
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/_milchglas/start", method="POST", body=b"{}")
    assert answer.status == 503
    request_id = answer.header("X-Request-ID")
    assert answer.body.decode().endswith(f"\nrequest id {request_id}\n")
    said = capsys.readouterr()
    assert f"request={request_id}" in said.out + said.err


def test_each_request_reaches_upstream_with_an_id_of_ours(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = OK
    with Visitor(worker.port) as visitor:
        for field in ((), ("X-Request-ID: a-visitors-own-0123456789",), ("x-request-id: <b>",)):
            assert visitor.get("/", *field).header("X-Request-ID") is None, "upstream's answers stay as they are"
    seen = [each.header("X-Request-ID") or "" for each in upstream.seen]
    assert len(set(seen)) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16,}", each) for each in seen)


def test_a_trusted_proxys_id_is_kept_where_it_is_sound(upstream: Upstream) -> None:
    upstream.replies["/"] = OK
    given = ["0af7651916cd43dd8448eb211c80319c", "short", "x" * 200, "a b c d e f g h", "<script>alert(1)"]
    with (
        working(configured(upstream.url, trusted_proxies=["127.0.0.1"])) as worker,
        Visitor(worker.port) as visitor,
    ):
        for each in given:
            visitor.get("/", f"X-Request-ID: {each}")
        answer = visitor.get("/_milchglas/events", f"X-Request-ID: {given[0]}", method="POST", body=b"x" * 20)
    seen = [each.header("X-Request-ID") for each in upstream.seen]
    assert seen[0] == given[0]
    assert not set(seen[1:]) & set(given)
    assert answer.status == 503


def test_a_trusted_proxys_id_stands_on_the_error_page(upstream: Upstream) -> None:
    with (
        working(configured("http://127.0.0.1:1", trusted_proxies=["127.0.0.1"])) as worker,
        Visitor(worker.port) as visitor,
    ):
        answer = visitor.get("/", "X-Request-ID: 0af7651916cd43dd8448eb211c80319c")
    assert answer.status == 502
    assert answer.body.endswith(b"request id 0af7651916cd43dd8448eb211c80319c\n")


def test_no_two_ids_are_the_same_and_each_is_sound() -> None:
    made = {ids.new() for _ in range(1000)}
    assert len(made) == 1000
    assert all(map(ids.sound, made))


def test_what_comes_after_a_refusal_is_not_read_for_ever(alone: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proxy.http1.MAX_DROPPED", 1024 * 1024)
    with Visitor(alone.port) as visitor:
        visitor.send(b"PUT / HTTP/1.1\r\n" + HOST + b"Content-Length: 999999999\r\n\r\n")
        assert visitor.read().status == 502
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            for _ in range(1000):
                visitor.send(bytes(65536))
