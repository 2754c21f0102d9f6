"""Host chooses the site and its server; what stands under our path is ours and has a limit."""

from __future__ import annotations

import pytest

from proxy.config import Config, UpstreamTls
from proxy.routes import Peer, Routes
from tests.conftest import Worker, working
from tests.upstream import Upstream, response, serving
from tests.wire import Answer, Visitor

CONFIG = Config.model_validate(
    {
        "version": 1,
        "sites": [
            {"name": "shop", "hosts": ["shop.example.com"], "upstream": "http://10.0.0.1:8000"},
            {"name": "all", "hosts": ["*.example.com"], "upstream": "https://intern.example"},
            {"name": "deep", "hosts": ["*.a.example.com"], "upstream": "http://[::1]:81"},
            {"name": "books", "hosts": ["Bücher.example", "*.bücher.example"], "upstream": "http://10.0.0.2"},
            {
                "name": "numbers",
                "hosts": ["[2001:DB8:0::1]", "192.0.2.1", "named.example."],
                "upstream": "http://a",
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("shop.example.com", "shop"),
        ("SHOP.example.com.:8443", "shop"),
        ("www.example.com", "all"),
        ("x.a.example.com", "deep"),
        ("x.shop.example.com", "all"),
        ("a.b.c.d.example.com", "all"),
        ("a.example.com", "all"),
        ("xn--bcher-kva.example", "books"),
        ("WWW.XN--BCHER-KVA.example:81", "books"),
        ("[2001:db8::1]", "numbers"),
        ("[2001:0DB8:0:0:0:0:0:1]:8080", "numbers"),
        ("192.0.2.1:8080", "numbers"),
        ("named.example", "numbers"),
        ("bücher.example", None),
        ("2001:db8::1", None),
        ("[2001:db8::2]", None),
        ("[::1", None),
        ("example.com", None),
        ("example.com.", None),
        ("xexample.com", None),
        ("example.com.evil.org", None),
        ("", None),
        ("user@www.example.com", None),
        ("www.example.com, www.example.com", None),
        ("www.example.com:80:80", None),
        ("www.example.com/x", None),
    ],
)
def test_an_exact_host_comes_before_the_longest_wildcard(host: str, site: str | None) -> None:
    found = Routes(CONFIG).find(host, b"/").site
    assert (found.name if found else None) == site


@pytest.mark.parametrize(
    ("path", "own"),
    [
        (b"/", None),
        (b"/_milchglasses", None),
        (b"/_milchglas", ""),
        (b"/_milchglas/events?recording=x", "events"),
        (b"/_milchglas/a/b", "a/b"),
        (b"/x/_milchglas/events", None),
        (b"/x?/../_milchglas/events", None),
        (b"//_milchglas/events", ""),
        (b"/%5Fmilchglas/events", ""),
        (b"/_MILCHGLAS/events", ""),
        (b"/a/%2e%2E/./_milchglas/events", ""),
        (b"/_milchglas%2fevents", ""),
        (b"/_milchglas;a=b/events", ""),
        (b"/_milchglas\\events", ""),
        (b"/_milchglas#events", ""),
    ],
)
def test_only_what_is_below_our_path_is_ours(path: bytes, own: str | None) -> None:
    route = Routes(CONFIG).find("shop.example.com", path)
    assert route.own == own
    assert (route.upstream is None) == (own is not None)
    assert (route.body_limit is None) == (own is None)


@pytest.mark.parametrize("host", ["a, b", "user@shop.example.com", "shop.example.com/x"])
def test_a_host_that_is_none_is_not_even_any(host: str) -> None:
    site = {"name": "any", "hosts": ["*"], "upstream": "http://10.0.0.1"}
    assert Routes(Config.model_validate({"version": 1, "sites": [site]})).find(host, b"/").site is None


def test_an_address_that_is_trusted_otherwise_is_another_peer() -> None:
    one, other = UpstreamTls(), UpstreamTls(name="shop.intern")
    assert (Peer("10.0.0.1", one), 443) == (Peer("10.0.0.1", one), 443) == ("10.0.0.1", 443)
    assert (Peer("10.0.0.1", one), 443) != (Peer("10.0.0.1", other), 443)
    assert Peer("10.0.0.1", one) != Peer("10.0.0.1", other)
    assert Peer("10.0.0.1", one) != "10.0.0.2"
    assert len({Peer("10.0.0.1", one), Peer("10.0.0.1", other), Peer("10.0.0.1", one)}) == 2


def test_an_upstream_has_the_port_of_its_scheme() -> None:
    upstream = Routes(CONFIG).find("www.example.com", b"/").upstream
    assert upstream
    assert (upstream.scheme, upstream.host, upstream.port) == ("https", "intern.example", 443)


def test_an_upstreams_name_in_unicode_is_the_one_on_the_wire() -> None:
    site = {"name": "a", "hosts": ["*"], "upstream": "http://Bücher.intern:81"}
    upstream = Routes(Config.model_validate({"version": 1, "sites": [site]})).find("x", b"/").upstream
    assert upstream
    assert (upstream.host, upstream.port) == ("xn--bcher-kva.intern", 81)


def asked(visitor: Visitor, host: str) -> Answer:
    visitor.send(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return visitor.read()


def test_sites_on_one_connection_of_a_visitor_each_get_their_own_upstream(upstream: Upstream) -> None:
    upstream.replies["/"] = response(b"shop", type="text/plain")
    with serving() as other:
        other.replies["/"] = response(b"books", type="text/plain")
        books = {"name": "books", "hosts": ["*.bücher.example"], "upstream": other.url}
        shop = {"name": "altshop", "hosts": ["shop.example.com"], "upstream": upstream.url}
        config = Config.model_validate({"version": 1, "sites": [shop, books]})
        with working(config) as worker, Visitor(worker.port) as visitor:
            hosts = [
                "shop.example.com",
                "a.xn--bcher-kva.example",
                "SHOP.example.com.:8080",
                "b.xn--bcher-kva.example",
            ]
            assert [asked(visitor, host).body for host in hosts] == [b"shop", b"books", b"shop", b"books"]
        assert [seen.header("Host") for seen in upstream.seen] == hosts[::2]
        assert [seen.header("Host") for seen in other.seen] == hosts[1::2]


@pytest.mark.parametrize("host", ["other.example", "example.com", "shop.example.com.evil.example", ""])
def test_a_host_that_nobody_claims_is_misdirected(upstream: Upstream, worker: Worker, host: str) -> None:
    with Visitor(worker.port) as visitor:
        assert asked(visitor, host).status == 421
    assert upstream.seen == []
