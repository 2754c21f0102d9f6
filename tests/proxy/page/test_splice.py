"""The place, beyond what tests/cases/page shows: limits, ends and splits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.splice import LIMIT, Decision, Splicer

ROOM = 300


def place(page: bytes, size: int = 1_000_000, **facts: bool) -> Decision:
    splicer = Splicer(ROOM, **facts)
    for at in range(0, len(page), size):
        if (decision := splicer.feed(page[at : at + size])) is not None:
            return decision
    return splicer.end()


PIECES = st.sampled_from(
    [
        *(b"<!doctype html>", b"<html>", b"<HEAD a='>'>", b"</head>", b"<body>", b"<title>", b"</title>"),
        *(b"<script>", b"</script>", b"<!--", b"-->", b"<meta charset=utf-8>", b"<base href=x>", b"<", b">"),
        *(
            b"<style>",
            b"</style>",
            b"</",
            b"'",
            b'"',
            b"=",
            b" ",
            b"\n",
            b"text",
            b"<p>",
            b"\0",
            b"<frameset>",
        ),
        *(b"<?xml version='1.0'?>", b"<tr>", b"<header>", b"<noscript>", b"</noscript>", b"\xef\xbb\xbf"),
        *(b"<meta http-equiv=X-UA-Compatible content=IE=7>", b"<!-- " + b"x" * 900 + b" -->", b"\xff\xfe"),
        *(b"<script data-milchglas-config=''>", b"</", b"<meta http-equiv=content-security-policy>"),
    ]
)
PAGES = st.lists(PIECES | st.binary(max_size=3), max_size=25).map(b"".join)


@given(page=PAGES, size=st.integers(1, 40), known=st.booleans(), xhtml=st.booleans())
def test_the_place_does_not_depend_on_the_split(page: bytes, size: int, known: bool, xhtml: bool) -> None:
    facts = {"charset_known": known, "xhtml": xhtml}
    assert place(page, size, **facts) == place(page, **facts)


@given(page=PAGES, more=PAGES, known=st.booleans())
def test_a_decision_is_final_whatever_comes_after_it(page: bytes, more: bytes, known: bool) -> None:
    splicer = Splicer(ROOM, charset_known=known)
    decision = splicer.feed(page)
    if decision is not None:
        assert place(page + more, charset_known=known) == decision


@given(page=PAGES)
def test_the_place_is_never_within_a_tag_or_before_the_doctype(page: bytes) -> None:
    at = place(page)
    if isinstance(at, int):
        assert at == len(page) or page[:at].rstrip(b"\t\n\f\r ")[-1:] in (b">", b"", b"\xbf")
        # One that comes after a tag is no doctype any more.
        assert re.search(rb"<[a-z/]", page[:at], re.I) or not page[at:].lower().startswith(b"<!doctype")


def test_the_head_may_be_as_long_as_the_limit() -> None:
    start = b"<html><!--"
    near = start + b"x" * (LIMIT - len(start) - len(b"--><head>")) + b"--><head>"
    assert place(near + b"<title>", 1000) == LIMIT
    assert place(start + b"x" + near[len(start) :] + b"<title>", 1000) == "no_place"


def test_a_place_found_is_kept_when_the_head_does_not_end_within_the_limit() -> None:
    assert place(b"<head><style>" + b"x" * 2 * LIMIT, 1000) == len(b"<head>")


def test_no_more_than_the_limit_is_held() -> None:
    splicer = Splicer(ROOM)
    splicer.feed(b"<!--" + b"x" * 3 * LIMIT)
    assert len(splicer.held) == LIMIT


@pytest.mark.parametrize(
    ("page", "decision"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<", "not_html"),
        (b"hello", "not_html"),
        (b"<3", "not_html"),
        (b"[1]", "not_html"),
        (b"<\0h\0t\0m\0l\0", "charset"),
        (b"\xfe\xff\0<\0h", "charset"),
        (b"<html>", "no_place"),
        (b"<html><bod", "no_place"),
        (b"<html>text", 6),
        (b"<html></p><head>", 16),
        (b"<html><head>", 12),
        (b"<html><head></html>", 12),
        (b"<html><head></head>\0", 12),
        (b"<html><head><!-- \0 --></head>", "charset"),
    ],
)
def test_pages_that_end_early(page: bytes, decision: Decision) -> None:
    assert place(page) == decision


def test_a_page_without_charset_is_held_until_a_meta_could_not_count_any_more() -> None:
    head = b"<html><body>"
    assert Splicer(ROOM).feed(head) is None
    assert Splicer(ROOM, charset_known=True).feed(head) == len(b"<html>")
    assert Splicer(ROOM).feed(head + b"x" * 1024) == len(b"<html>")


def test_a_long_tag_that_trickles_in_costs_no_square_of_its_length() -> None:
    page = b"<html><body a='" + b"x" * 60_000 + b"'>"
    assert place(page, 1, charset_known=True) == len(b"<html>")
