"""The place, beyond what tests/cases/page shows: limits, ends and splits."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.splice import LIMIT, Decision, Splicer

ROOM = 300


def place(page: bytes, size: int = 1_000_000, *, blocked: bool = False, **facts: Any) -> Decision:
    """The decision for a page in chunks of `size`; `blocked`: its policies block the recorder."""
    splicer = Splicer(ROOM, permits=lambda content, loads: not blocked, **facts)
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


BLOCKS = b"<meta http-equiv=content-security-policy content=\"connect-src 'none'\">"
OURS = b"<script data-milchglas-config='{}'>"
XHTML = b'<html xmlns="http://www.w3.org/1999/xhtml">'


@pytest.mark.parametrize(
    "before",
    [
        b"<head><template><p>text</p><template></template><style></template></style></template>",
        b"<head><title>x</title></head>\n<!-- -->",
        b"</head><link rel=stylesheet href=a.css>",
        b"<head></p></div></template>",
        b"<head><head><noscript><p></noscript>",
    ],
)
def test_the_page_is_looked_at_as_far_as_browsers_put_elements_into_the_head(before: bytes) -> None:
    at = place(before, charset_known=True)
    assert place(before + BLOCKS + b"<body>", charset_known=True, blocked=True) == "csp_meta"
    assert place(before + OURS, charset_known=True) == "already"
    assert place(before + b"<p>" + BLOCKS + OURS, charset_known=True, blocked=True) == at


@pytest.mark.parametrize(
    "before",
    [b"<head><title>x</title>", b"<head><meta name='a'></meta>text<![CDATA[</head>]]>", b"<head><script/>"],
)
def test_an_xhtml_head_is_looked_at_to_its_end(before: bytes) -> None:
    assert place(XHTML + before + BLOCKS, xhtml=True, blocked=True) == "csp_meta"
    assert place(XHTML + before + OURS, xhtml=True) == "already"
    assert place(XHTML + before + b"</head>" + OURS, xhtml=True) == len(XHTML + b"<head>")


@pytest.mark.parametrize(
    "inert", [b"<template>%s</template>", b"<noscript>%s</noscript>", b"<!-- %s -->", b"<title>%s</title>"]
)
def test_a_policy_that_browsers_do_not_apply_blocks_nothing(inert: bytes) -> None:
    assert place(b"<head>" + inert % BLOCKS + b"<body>", charset_known=True, blocked=True) == len(b"<head>")


def test_an_xhtml_meta_may_have_an_end_tag() -> None:
    page = XHTML + b'<head><meta charset="utf-8"></meta></head>'
    assert place(page, xhtml=True) == len(XHTML + b"<head>")


@pytest.mark.parametrize("root", [b"<html>", b"<html xmlns='urn:other'>"])
def test_without_the_namespace_of_xhtml_a_script_would_be_no_script(root: bytes) -> None:
    assert place(root + b"<head></head></html>", xhtml=True) == "no_place"


@pytest.mark.parametrize("text", [b"&#32;", b"&#x0a", b"&NewLine;"])
def test_text_that_browsers_take_for_white_space_is_no_place(text: bytes) -> None:
    assert place(b"<html>" + text + b"<head lang=de>") == "no_place"


@pytest.mark.parametrize("number", [b"&#" + b"1" * 5000 + b";", b"&#x" + b"f" * 5000])
def test_a_reference_to_a_character_with_a_long_number_is_text(number: bytes) -> None:
    assert place(b"<head><meta content='" + number + b"'><body>", charset_known=True) == len(b"<head>")


@pytest.mark.parametrize("page", [b"<html><head><!-- \0 --></head>", b"<ht\0ml><head>", b"<!doctype\0 html><p>"])
def test_a_nul_byte_before_the_place_is_no_text_of_ours(page: bytes) -> None:
    assert place(page) == "charset"


def test_the_limit_is_the_callers() -> None:
    page = b"<html><!--" + b"x" * 1000 + b"--><head>"
    assert place(page, limit=len(page)) == len(page)
    assert place(page, limit=len(page) - 1) == "no_place"
    splicer = Splicer(ROOM, limit=100)
    splicer.feed(page)
    assert len(splicer.held) == 100


HOSTILE = {
    "quotes": (b"<p a='", b">", b""),
    "attributes": (b"<p ", b"a='>' ", b""),
    "names": (b"<p ", b"a=", b""),
    "spaces": (b"<p a", b" ", b""),
    "tags never closed": (b"", b"<p ", b""),
    "comment": (b"<!--", b"->", b""),
    "comments": (b"", b"<!-- x -->", b""),
    "end tags": (b"", b"</p>", b""),
    "text": (b"<head><title>", b"<", b""),
    "end tags in text": (b"<head><style>", b"</styl>", b""),
    "script": (b"<head><script>", b"<!-- <script>", b""),
    "templates": (b"<head>", b"<template>", b""),
    "text in a template": (b"<head><template>", b"a>", b""),
    "metas": (b"<head>", b"<meta charset=x-none>", b""),
    "spaces in a meta": (b"<head><meta http-equiv=content-type content='charset=", b" ", b"'>"),
    "words in a meta": (b"<head><meta http-equiv=content-type content='", b"charset ", b"'>"),
    "references": (b"<head><meta content='", b"&a", b"'>"),
    "declaration": (b"<?xml ", b"<?xml encoding", b"?>"),
    "marker": (b"<head><script ", b"data-milchglas-configs ", b">"),
}


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_cost_time_by_their_length_and_not_by_its_square(name: str, size: int) -> None:
    start, run, end = HOSTILE[name]

    def seconds(length: int) -> float:
        """Of this process, so that a busy machine makes no difference; the best of three."""
        page = start + run * (length // len(run)) + end
        times = []
        for _ in range(3):
            began = time.process_time()
            place(page, size)
            times.append(time.process_time() - began)
        return min(times)

    # Eight times the length: 8 where it is linear, 64 where it is not. What takes no time has no ratio.
    assert seconds(160_000) < 24 * seconds(20_000) + 0.01


def test_a_long_meta_at_the_windows_edge_is_no_charset() -> None:
    page = (
        b"<html><head><title>"
        + b"x" * 900
        + b"</title><meta name=description content='"
        + b"x" * 500
        + b"'><body>"
    )
    assert place(page) == len(b"<html><head>")
