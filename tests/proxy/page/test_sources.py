"""Source lists against URLs, after CSP3."""

from __future__ import annotations

import pytest

from proxy.page.sources import covers, nonces

URL = "https://shop.example/_milchglas/recorder.0123.js"


@pytest.mark.parametrize(
    "source",
    [
        "'self'",
        "'SELF'",
        "*",
        "https:",
        "http:",
        "shop.example",
        "SHOP.example",
        "*.example",
        "https://shop.example",
        "http://shop.example",
        "shop.example:443",
        "shop.example:80",
        "shop.example:*",
        "*:*",
        "shop.example/",
        "shop.example/_milchglas/",
        "shop.example/%5fmilchglas/",
        "https://shop.example/_milchglas/recorder.0123.js",
    ],
)
def test_covered(source: str) -> None:
    assert covers(["https://else.example", source], URL)


@pytest.mark.parametrize(
    "source",
    [
        "'none'",
        "'unsafe-inline'",
        "'strict-dynamic'",
        "'nonce-abc'",
        "data:",
        "wss:",
        "example",
        "*.shop.example",
        "xshop.example",
        "shop.example.org",
        "shop.example:8443",
        "shop.example/_milchglas",
        "shop.example/_MILCHGLAS/",
        "shop.example/js/",
        "ftp://shop.example",
        "[::1]",
        "",
    ],
)
def test_not_covered(source: str) -> None:
    assert not covers([source], URL)


def test_a_port_in_the_address_must_be_named() -> None:
    assert not covers(["127.0.0.1"], "http://127.0.0.1:8080/x")
    assert covers(["127.0.0.1:8080"], "http://127.0.0.1:8080/x")
    assert not covers(["https:"], "http://127.0.0.1:8080/x")


def test_nonces_keep_their_case_and_malformed_ones_do_not_count() -> None:
    assert nonces(["'nonce-aB+/_-9=='", "'NONCE-x'", "'nonce-'", "'nonce-a b'", "nonce-y"]) == [
        "aB+/_-9==",
        "x",
    ]
