"""Source lists against URLs, after CSP3."""

from __future__ import annotations

import pytest

from proxy.page.sources import Url, confined, covers, dynamic, nonces

PATH = "/_milchglas/recorder.0123.js"
HTTPS, HTTP = Url.of("https://shop.example", PATH), Url.of("http://shop.example", PATH)
PORT = Url.of("https://shop.example:8443", PATH)


@pytest.mark.parametrize(
    "source",
    [
        "'self'",
        "'SELF'",
        "*",
        "https:",
        "HTTPS:",
        "http:",
        "shop.example",
        "SHOP.example",
        "*.example",
        "https://shop.example",
        "http://shop.example",
        "shop.example:443",
        "http://shop.example:80",
        "http://shop.example:443",
        "shop.example:*",
        "*:*",
        "https://*",
        "shop.example/",
        "shop.example/_milchglas/",
        "shop.example/%5fmilchglas/",
        "shop.example/_milchglas/recorder%2e0123.js",
        "https://shop.example/_milchglas/recorder.0123.js",
    ],
)
def test_covered(source: str) -> None:
    assert covers(["https://else.example", source], HTTPS)


@pytest.mark.parametrize(
    "source",
    [
        "'none'",
        "'unsafe-inline'",
        "'strict-dynamic'",
        "'nonce-abc'",
        "data:",
        "ws:",
        "wss:",
        "example",
        "*example",
        "*.shop.example",
        "xshop.example",
        "shop.example.",
        "shop.example.org",
        "shop_.example",
        "shop.example:8443",
        "shop.example:80",
        "shop.example:",
        "shop.example:000443",
        "shop.example:" + "4" * 5000,
        "shop.example/_milchglas",
        "shop.example/_milchglas%2F",
        "shop.example/_MILCHGLAS/",
        "shop.example/_milchglas/recorder.0123.js/",
        "shop.example/_milchglas/?x",
        "shop.example/js/",
        "//shop.example",
        "ftp://shop.example",
        "[::1]",
        "",
    ],
)
def test_not_covered(source: str) -> None:
    assert not covers([source], HTTPS)


def test_a_page_by_http_is_not_covered_by_what_names_https() -> None:
    assert covers(["http:"], HTTP)
    assert covers(["http://shop.example:80"], HTTP)
    assert not covers(["https:", "https://shop.example", "shop.example:443", "*:443"], HTTP)


def test_a_port_in_the_address_must_be_named() -> None:
    assert not covers(["shop.example", "https://shop.example", "*.example"], PORT)
    assert covers(["shop.example:8443"], PORT)
    assert covers(["https:"], PORT)


def test_scheme_and_port_are_upgraded_together_or_not_at_all() -> None:
    assert not covers(["http://shop.example:8443"], PORT)
    assert covers(["http://shop.example:*"], PORT)


def test_an_ipv4_address_is_matched_like_a_name_and_an_ipv6_address_cannot_be_named() -> None:
    assert covers(["192.168.1.5:8080"], Url.of("http://192.168.1.5:8080", PATH))
    ipv6 = Url.of("http://[::1]:8080", PATH)
    assert not covers(["[::1]:8080", "http://[::1]:8080"], ipv6)
    assert covers(["'self'"], ipv6)
    assert covers(["*:8080"], ipv6)


@pytest.mark.parametrize(
    "origin", ["", "://", "shop.example", "http://a b", "http://a:x", "http://u@a", "http://[::1"]
)
def test_what_is_no_origin_is_covered_by_self_only(origin: str) -> None:
    assert covers(["'self'"], Url.of(origin, PATH))
    assert not covers(["*", "http:", "https:", "a", "shop.example"], Url.of(origin, PATH))


def test_strict_dynamic_takes_the_addresses_out_of_force() -> None:
    assert dynamic(["'self'", "'Strict-Dynamic'"])
    assert not dynamic(["'self'", "strict-dynamic"])


def test_hashes_of_urls_take_the_addresses_out_of_force() -> None:
    assert not covers(["'self'", "'URL-sha256-abc='"], HTTPS)


def test_nonces_keep_their_case_and_malformed_ones_do_not_count() -> None:
    listed = ["'nonce-aB+/_-9=='", "'NONCE-x'", "'nonce-'", "'nonce-a b'", "'nonce-a==='", "'nonce-a$'", "nonce-y"]
    assert nonces(listed) == ("aB+/_-9==", "x")


def test_after_a_redirect_paths_do_not_count() -> None:
    assert covers(["shop.example/js/"], HTTPS, redirected=True)
    assert not covers(["else.example/js/"], HTTPS, redirected=True)


@pytest.mark.parametrize(
    ("sources", "alone"),
    [
        ([], True),
        (["'none'", "'unsafe-inline'", "'nonce-abc'", "'sha256-abc='"], True),
        (["data:", "Blob:"], True),
        (["shop.example/js/"], True),
        (["else.example", "shop.example/js/"], True),
        (["else.example"], False),
        (["http://shop.example:8443", "'unsafe-inline'"], False),
        (["wss:"], False),
    ],
)
def test_a_path_of_ours_is_added_only_where_no_redirect_can_go_beyond_it(sources: list[str], alone: bool) -> None:
    assert confined(sources, HTTPS) is alone
