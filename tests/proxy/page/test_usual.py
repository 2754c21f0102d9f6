"""The head of most pages in one go: the same place that splice.py finds token by token, or nothing said."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page import usual
from proxy.page.splice import LIMIT, Decision, Splicer
from tests.proxy.page.case import CASES, Case

ROOM = 300


def by_tokens(page: bytes, *, known: bool) -> Decision:
    """What splice.py says without the short way."""
    with patch.object(usual, "place", lambda *_, **__: None):
        splicer = Splicer(ROOM, charset_known=known)
        decision = splicer.feed(page)
        return splicer.end() if decision is None else decision


ATTRIBUTE = st.sampled_from(
    ["", " a", " a=b", " a='b c'", ' a="b"', " a=b/", " a = b", " a='>'", " a=b'c", " data-x=1", "/"]
)
SPACE = st.sampled_from(["", "", "\n", "  ", "\f", "\0", "\xa0", "x"])
SIMPLE = [
    *(
        "<meta name=a content=b>",
        "<meta name='a>b'>",
        "<meta charset=koi8-r>",
        "<meta charset=x-none>",
        "<meta charset=utf-8/>",
    ),
    *(
        '<meta charset="utf-8" />',
        "<meta http-equiv=content-type content='text/html; charset=utf-8'>",
        "<meta charset=utf-16>",
    ),
    *(
        "<meta http-equiv='X-UA-Compatible' content='IE=7'>",
        "<meta http-equiv=refresh content=5>",
        "<base href=/>",
        "<title>a</title>",
    ),
    *(
        "<meta http-equiv=content-security-policy content='script-src a'>",
        "<title>a<b></title>",
        "<title>&lt;</title >",
        "<title>a",
    ),
    *(
        "<link rel=x href=y>",
        "<link rel='x'/>",
        "<style>a{}</style>",
        "<style></st</style>",
        "<style></STYLE >",
        "<noscript><p></noscript>",
    ),
    *(
        "<script>a<b</script>",
        "<script>'</a>'</script>",
        "<script><!-- </script>",
        "<script data-milchglas-config='{}'></script>",
        "<script/></script>",
    ),
    *(
        "<script></scripts></script>",
        "<!-- a -->",
        "<!-->",
        "<!-- a --!>",
        "<!-- a -- b -->",
        "<template></template>",
        "<!-- " + "x" * 600 + " -->",
    ),
    *("</head>", "<head>", "<p>", "text", "</p>", "<?php ?>", "<svg>", "<plaintext>"),
]
ELEMENT = st.sampled_from(SIMPLE) | st.tuples(
    st.sampled_from(["link", "meta", "head", "html", "title"]), ATTRIBUTE
).map(lambda t: f"<{t[0]}{t[1]}>")
DOCTYPE = st.sampled_from(["<!doctype html>", "<!DOCTYPE HTML PUBLIC 'a>b'>", ""])
OPEN = st.sampled_from(
    [
        "<html><head>",
        "<html lang=de>\n<head>",
        "<head>",
        "<HTML><HEAD class='x'>",
        "<html>",
        "<header>",
        "<!-- x --><html><head/>",
    ]
)
CLOSE = st.sampled_from(
    [
        "</head><body>",
        "<body class=x>",
        "</head>\n<!-- x --><body\t",
        "</head>",
        "<frameset>",
        "<bodyx>",
        "</head><p>",
        "</HEAD ><BODY/>",
    ]
)
HEADS = st.tuples(
    DOCTYPE, OPEN, st.lists(st.tuples(SPACE, ELEMENT).map("".join), max_size=5).map("".join), CLOSE
).map("".join)


@given(head=HEADS, known=st.booleans())
def test_the_short_way_leads_to_the_same_place(head: str, known: bool) -> None:
    page = head.encode()
    short = usual.place(page, charset_known=known)
    assert short is None or short == by_tokens(page, known=known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("known", [True, False])
def test_no_hard_page_is_taken_for_a_usual_one_with_another_place(case: Case, known: bool) -> None:
    short = usual.place(case.page[:LIMIT], charset_known=known)
    assert short is None or short == by_tokens(case.page, known=known)


USUAL = b"""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html lang="de">
<head>
<!-- made by hand -->
<title>Altwaren: K\xf6fer &amp; Kisten</title>
<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><meta name=author content='x'/>
<link rel="stylesheet" href="/stil.css?v=1" />
<style type="text/css"> a > b { color: red } </style>
<script language="JavaScript" src="/a.js"></script>
<script>if (1 < 2 && 3 > 1) { alert("hi"); }</script>
</head>

<body bgcolor="#ffffff">"""


def test_a_head_as_most_sites_have_it_takes_the_short_way() -> None:
    place = USUAL.index(b"<meta name=author")
    assert usual.place(USUAL, charset_known=False) == place == by_tokens(USUAL, known=False)


@pytest.mark.parametrize(
    "piece",
    [
        b"<base href='/x/'>",
        b"<meta http-equiv=Content-Security-Policy content='script-src a'>",
        b"<script data-milchglas-config='{}'></script>",
        b"<meta charset=utf-8>",
        b"<meta name='a>b' charset=utf-8>",
        b"<script><!-- <script> </script> --></script>",
        b"<template>",
        b"<p>",
        b"\0",
    ],
)
def test_what_wants_a_thought_does_not_take_it(piece: bytes) -> None:
    page = USUAL.replace(b"<style", piece + b"<style")
    assert usual.place(page, charset_known=False) is None


def test_without_a_charset_in_sight_it_does_not_take_it() -> None:
    bare = USUAL.replace(b"charset=ISO-8859-1", b"")
    late = USUAL.replace(b"by hand", b"by hand" * 200)
    for page in (bare.replace(b"http-equiv", b"name"), late):
        assert usual.place(page, charset_known=False) is None
    assert usual.place(late, charset_known=True) == by_tokens(late, known=True)
