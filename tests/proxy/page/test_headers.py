"""The head of an injected page, and of one that is not."""

from __future__ import annotations

import pytest

from proxy.page.headers import changed_headers
from proxy.page.rewrite import Outcome

HEAD = (
    (b"Date", b"Mon, 01 Jan 2001 00:00:00 GMT"),
    (b"ETag", b'"1"'),
    (b"content-length", b"1000"),
    (b"Set-Cookie", b"a=1"),
    (b"LAST-MODIFIED", b"Mon, 01 Jan 2001 00:00:00 GMT"),
    (b"Set-Cookie", b"b=2"),
    (b"Accept-Ranges", b"bytes"),
    (b"Content-MD5", b"x"),
    (b"Digest", b"x"),
    (b"Repr-Digest", b"x"),
    (b"Content-Digest", b"x"),
    (b"Content-Security-Policy", b"default-src 'self'"),
    (b"content-security-policy", b" script-src 'none' "),
    (b"Content-Security-Policy-Report-Only", b"script-src 'none'"),
    (b"X-Legacy", b"\xe4"),
)
KEPT = (
    (b"Date", b"Mon, 01 Jan 2001 00:00:00 GMT"),
    (b"content-length", b"1300"),
    (b"Set-Cookie", b"a=1"),
    (b"Set-Cookie", b"b=2"),
    (b"Content-Security-Policy", b"default-src 'self'"),
    (b"content-security-policy", b"script-src https://shop.example/_milchglas/"),
    (b"Content-Security-Policy-Report-Only", b"script-src 'none'"),
    (b"X-Legacy", b"\xe4"),
)
POLICIES = ("default-src 'self'", "script-src https://shop.example/_milchglas/")


def test_an_injected_page_loses_what_is_untrue_and_keeps_the_rest_in_order() -> None:
    assert changed_headers(HEAD, Outcome(True, "", (), 300), POLICIES) == KEPT


def test_an_unknown_length_is_not_said() -> None:
    kept = changed_headers(HEAD, Outcome(True, "", ()), POLICIES)
    assert kept == tuple(pair for pair in KEPT if pair[0] != b"content-length")


@pytest.mark.parametrize("value", [b"", b"ten", b"-1"])
def test_a_length_that_is_none_is_dropped(value: bytes) -> None:
    assert changed_headers([(b"Content-Length", value)], Outcome(True, "", (), 300)) == ()


def test_a_page_left_alone_keeps_its_head() -> None:
    assert changed_headers(HEAD, Outcome(False, "not_html", ()), POLICIES) == HEAD
