"""The head of an injected page: what the snippet makes untrue goes, all else stays in its place."""

from __future__ import annotations

import pytest

from proxy.page.facts import Headers
from proxy.page.headers import Edits, changed_headers, lacking

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
    (b"ETag", b'W/"ours"'),
    (b"content-length", b"1300"),
    (b"Set-Cookie", b"a=1"),
    (b"Set-Cookie", b"b=2"),
    (b"Content-Security-Policy", b"default-src 'self'"),
    (b"content-security-policy", b"script-src https://shop.example/_milchglas/"),
    (b"Content-Security-Policy-Report-Only", b"script-src 'none'"),
    (b"X-Legacy", b"\xe4"),
    (b"Vary", b"Sec-GPC"),
)
EDITS = Edits(("default-src 'self'", "script-src https://shop.example/_milchglas/"), 'W/"ours"', ("Sec-GPC",))


def test_requirement_18_what_is_untrue_goes_and_the_rest_keeps_its_order() -> None:
    assert changed_headers(HEAD, EDITS, lambda length: length + 300) == KEPT


def test_an_unknown_length_is_not_said() -> None:
    kept = changed_headers(HEAD, EDITS, lambda length: None)
    assert kept == tuple(pair for pair in KEPT if pair[0] != b"content-length")


@pytest.mark.parametrize("value", [b"", b"ten", b"-1"])
def test_a_length_that_is_none_is_dropped(value: bytes) -> None:
    assert changed_headers([(b"Content-Length", value)], Edits()) == ()


@pytest.mark.parametrize("first", [b"ETag", b"Last-Modified"])
def test_our_etag_stands_where_the_first_validator_stood(first: bytes) -> None:
    assert changed_headers([(first, b"x"), (b"A", b"b")], EDITS)[:2] == ((b"ETag", b'W/"ours"'), (b"A", b"b"))


def test_without_an_etag_of_ours_no_validator_is_left() -> None:
    assert changed_headers([(b"ETag", b"x"), (b"Last-Modified", b"y")], Edits()) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [b"Sec-GPC"]),
        ([b"Accept-Encoding"], [b"Accept-Encoding", b"Sec-GPC"]),
        ([b"cookie, SEC-gpc"], [b"cookie, SEC-gpc"]),
        ([b"*"], [b"*"]),
    ],
)
def test_caches_are_told_what_decides_on_the_snippet(before: list[bytes], after: list[bytes]) -> None:
    pairs = [(b"Vary", value) for value in before]
    changed = changed_headers(pairs, Edits(vary=lacking(Headers(pairs), ("Sec-GPC",))))
    assert [value for _, value in changed] == after
