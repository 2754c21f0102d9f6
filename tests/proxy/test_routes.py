"""Host chooses the site; what stands under our path is ours and has a limit."""

from __future__ import annotations

import pytest

from proxy.config import Config
from proxy.routes import Routes

CONFIG = Config.model_validate(
    {
        "version": 1,
        "sites": [
            {"name": "shop", "hosts": ["shop.example.com"], "upstream": "http://10.0.0.1:8000"},
            {"name": "all", "hosts": ["*.example.com"], "upstream": "https://intern.example"},
            {"name": "deep", "hosts": ["*.a.example.com"], "upstream": "http://[::1]:81"},
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
        ("example.com", None),
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


def test_an_upstream_has_the_port_of_its_scheme() -> None:
    upstream = Routes(CONFIG).find("www.example.com", b"/").upstream
    assert upstream
    assert (upstream.scheme, upstream.host, upstream.port) == ("https", "intern.example", 443)
