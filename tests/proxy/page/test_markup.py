"""Where tokens end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.markup import Kind, Token, attributes, tokens


def first(data: bytes, *, xml: bool = False) -> Token | None:
    """The first token, None when it is not there whole."""
    return next(tokens(bytearray(data), xml=xml))


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        (" \n<p>x", Kind.START, "x"),
        ("<P CLASS='>'>x", Kind.START, "x"),
        ('<p a = ">" b>x', Kind.START, "x"),
        ('<p ="a>x">', Kind.START, 'x">'),
        ('<p a=b"c>x">', Kind.START, 'x">'),
        ('<p a"b=">">x', Kind.START, "x"),
        ("<p a=>x", Kind.START, "x"),
        ("<p a= '>' b>x", Kind.START, "x"),
        ("<p a='>' b = \">\">x", Kind.START, "x"),
        ("<p a=''=b'>x'>y", Kind.START, "x'>y"),
        ("<p\0 a='>'>x", Kind.START, "x"),
        ("<p a=/>x", Kind.START, "x"),
        ("<p/a='/>'/>x", Kind.START, "x"),
        ("<p a='1'b=\">\">x", Kind.START, "x"),
        ("</p a='>'>x", Kind.END, "x"),
        ("</ p>x", Kind.COMMENT, "x"),
        ("</>x", Kind.COMMENT, "x"),
        ("<!-- > -- ->-->x", Kind.COMMENT, "x"),
        ("<!-- a --!>x", Kind.COMMENT, "x"),
        ("<!-->x-->", Kind.COMMENT, "x-->"),
        ("<!--->x-->", Kind.COMMENT, "x-->"),
        ("<!---->x", Kind.COMMENT, "x"),
        ("<!--!>x-->y", Kind.COMMENT, "y"),
        ("<!---!>x--!>y", Kind.COMMENT, "y"),
        ("<!----!>x", Kind.COMMENT, "x"),
        ("<!-- <!-->x", Kind.COMMENT, "x"),
        ("<!--- --->x", Kind.COMMENT, "x"),
        ("<!-x-->y", Kind.COMMENT, "y"),
        ("<?php echo '>' ?>x", Kind.COMMENT, "' ?>x"),
        ("<![CDATA[>]]>x", Kind.COMMENT, "]]>x"),
        ('<!DocType html PUBLIC "a>b">x', Kind.DOCTYPE, 'b">x'),
        ("text", Kind.TEXT, "ext"),
        ("<3", Kind.TEXT, "3"),
    ],
)
def test_a_token_ends_where_browsers_end_it(text: str, kind: Kind, rest: str) -> None:
    data = text.encode()
    token = first(data)
    assert token and token.kind is kind and (kind is Kind.TEXT or data[token.end :].decode() == rest)
    # A token is told as soon as it is whole, and not before.
    assert kind is Kind.TEXT or first(data[: token.end]) == token
    assert kind is Kind.TEXT or all(first(data[:cut]) is None for cut in range(token.end))


@pytest.mark.parametrize(
    ("text", "rest"),
    [("<!-- a --!> -->x", "x"), ("<?pi a>b?>x", "x"), ("<!-->x-->y", "y"), ("<![CDATA[ <p> ]> ]]>x", "x")],
)
def test_xml_ends_some_of_them_elsewhere(text: str, rest: str) -> None:
    token = first(text.encode(), xml=True)
    assert token and text.encode()[token.end :].decode() == rest


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "a <b> </titles> |</TITLE\n>"),
        ("style", "</script> <!-- |</style>"),
        ("noscript", "<img>|</noscript >"),
        ("textarea", "<!-- |</textarea> -->"),
        ("xmp", "<!-- <xmp> |</xmp/>"),
        ("script", "a </scripts> |</script>"),
        ("script", "<script> |</script>"),
        ("script", "<!-- |</script> -->"),
        ("script", "<!-- <script> </script> |</script>"),
        ("script", "<!-- <script> --> |</script>"),
        ("script", "<!--> <script> |</script>"),
        ("script", "<!---> <script> |</script>"),
        ("script", "<!- <script> |</script>"),
        ("script", "<!-- <scripts> |</script>"),
        ("script", "<!-- <script/ <!-- </SCRIPT\t |</script>"),
        ("script", "<!-- <script> </script> <script> </script> |</script>"),
    ],
)
def test_raw_text_ends_at_its_own_end_tag(name: str, text: str) -> None:
    page = f"<{name}>{text.replace('|', '')}"
    found = tokens(bytearray(page.encode()))
    start, end = next(found), next(found)
    assert start and end and (start.name, end.name) == (name.encode(), name.encode())
    assert (start.kind, end.kind) == (Kind.START, Kind.END)
    assert end.start == len(f"<{name}>") + text.index("|")


PIECES = st.sampled_from(
    [
        *(
            b"<a",
            b"</a",
            b" b",
            b"=",
            b'"',
            b"'",
            b">",
            b"/",
            b"x",
            b" ",
            b"<!--",
            b"--",
            b"-",
            b"!",
            b"<!",
            b"<?",
        ),
        *(
            b"<script>",
            b"</script",
            b"<style>",
            b"</style>",
            b"<![CDATA[",
            b"]]>",
            b"?>",
            b"<!doctype",
            b"\0",
            b"<",
        ),
    ]
)


@given(pieces=st.lists(PIECES, max_size=20), xml=st.booleans())
def test_tokens_do_not_depend_on_the_split(pieces: list[bytes], xml: bool) -> None:
    page = b"".join(pieces)
    data = bytearray()
    found = tokens(data, xml=xml)
    trickled: list[Token] = []
    for byte in page:
        data.append(byte)
        while token := next(found):
            trickled.append(token)
    whole = list(takewhile(bool, tokens(bytearray(page), xml=xml)))

    def places(tokens: Iterable[Token | None]) -> list[object]:
        """Of a run of text, only its beginning counts."""
        kinds = [token and (token.kind, token.start, token.kind is Kind.TEXT or token[2:]) for token in tokens]
        return [
            kind for at, kind in enumerate(kinds) if not (at and kind and kind[0] is kinds[at - 1][0] is Kind.TEXT)
        ]

    assert places(trickled) == places(whole)


def test_attributes() -> None:
    tag = b'<meta/Http-Equiv = content-type CONTENT=\'a;&#32;b\' content=2 x "y="q>" =z z=a/>'
    assert attributes(tag) == {
        "http-equiv": "content-type",
        "content": "a; b",
        "x": "",
        '"y': "q>",
        "=z": "",
        "z": "a/",
    }
