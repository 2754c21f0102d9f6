"""Redirects and cookies that name upstream reach the visitor with the visitor's own address, on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.certificates import certificate, over_tls
from tests.conftest import configured, working
from tests.upstream import Upstream, response
from tests.wire import Answer, Visitor

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>Guten Tag</body></html>"


def answered(upstream: Upstream, reply: bytes, *headers: str, method: str = "GET", **more: object) -> Answer:
    """What a visitor gets of a raw answer."""
    upstream.replies["/"] = reply
    with working(configured(upstream.url, **more)) as worker, Visitor(worker.port) as visitor:
        return visitor.get("/", *headers, method=method)


def names(upstream: Upstream) -> tuple[str, ...]:
    """A header of each kind that names upstream's address, and some that do not."""
    return (
        f"LOCATION: {upstream.url}/x?y={upstream.url}",
        "X-Between:  as it   was",
        f"Content-Location: //{upstream.url.removeprefix('http://')}/x",
        f"Refresh: 5;url={upstream.url}/x",
        "Set-Cookie: a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Domain=127.0.0.1; Secure",
        "set-cookie: b=2; Path=/",
    )


def mapped(upstream: Upstream) -> list[str]:
    """The same as the visitor sees them, in order."""
    return [
        f"LOCATION: http://shop.example.com/x?y={upstream.url}",
        "X-Between: as it   was",
        "Content-Location: //shop.example.com/x",
        "Refresh: 5;url=http://shop.example.com/x",
        "Set-Cookie: a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Domain=shop.example.com; Secure",
        "set-cookie: b=2; Path=/",
    ]


@pytest.mark.parametrize("status", ["201 Created", "302 Found", "304 Not Modified", "404 Not Found"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_answer_of_any_kind_names_the_visitors_address(upstream: Upstream, status: str, method: str) -> None:
    body = b"" if method == "HEAD" or status.startswith("304") else b"x"
    reply = response(body, *names(upstream), type="text/plain", status=status)
    assert answered(upstream, reply, method=method).lines[2:] == mapped(upstream)


def test_a_page_with_the_snippet_names_it_too(upstream: Upstream) -> None:
    answer = answered(upstream, response(PAGE, *names(upstream)))
    assert b"<script async" in answer.body
    assert [line for line in answer.lines if line in mapped(upstream)] == mapped(upstream)


def test_a_page_that_stays_as_it_is_names_it_too(upstream: Upstream) -> None:
    answer = answered(upstream, response(b'{"json": true}', *names(upstream)))
    assert answer.body == b'{"json": true}'
    assert [line for line in answer.lines if line in mapped(upstream)] == mapped(upstream)


def test_what_is_switched_off_is_not_mapped(upstream: Upstream) -> None:
    reply = response(b"x", *names(upstream), type="text/plain")
    answer = answered(upstream, reply, site={"map_addresses": False})
    assert [" ".join(line.split()) for line in answer.lines[2:]] == [
        " ".join(line.split()) for line in names(upstream)
    ]


def test_the_address_is_the_one_that_a_trusted_proxy_tells(upstream: Upstream) -> None:
    reply = response(b"", f"Location: {upstream.url}/x", status="302 Found")
    told = ("X-Forwarded-Proto: https", "X-Forwarded-Host: www.example.com:8443")
    answer = answered(upstream, reply, *told, trusted_proxies=["127.0.0.1"])
    assert answer.header("Location") == "https://www.example.com:8443/x"
    assert answered(upstream, reply, *told).header("Location") == "http://shop.example.com/x"


def test_behind_our_own_tls_visitors_stay_on_https(upstream: Upstream, tmp_path: Path) -> None:
    pair = certificate(tmp_path, "shop.example.com")
    port = upstream.url.rpartition(":")[2]
    upstream.replies["/"] = response(b"", f"Location: http://shop.example.com:{port}/x", status="302 Found")
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    with working(config) as worker, over_tls(worker.port, pair) as visitor:
        assert visitor.get("/").header("Location") == "https://shop.example.com/x"


def test_a_switch_of_protocols_sets_its_cookies_too(upstream: Upstream) -> None:
    switch = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    reply = switch + b"Set-Cookie: a=1; Domain=127.0.0.1\r\n\r\n"
    answer = answered(upstream, reply, "Upgrade: websocket", "Connection: Upgrade")
    assert answer.status == 101
    assert answer.header("Set-Cookie") == "a=1; Domain=shop.example.com"
