"""Where tokens end."""

from __future__ import annotations

import pytest

from proxy.page.markup import Kind, attributes, next_token, raw_text_end


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
        ("<!-x-->y", Kind.COMMENT, "y"),
        ("<?php echo '>' ?>x", Kind.COMMENT, "' ?>x"),
        ("<![CDATA[>]]>x", Kind.COMMENT, "]]>x"),
        ('<!DocType html PUBLIC "a>b">x', Kind.DOCTYPE, 'b">x'),
        ("text", Kind.TEXT, "ext"),
        ("<3", Kind.TEXT, "3"),
    ],
)
def test_a_token_ends_where_browsers_end_it(text: str, kind: Kind, rest: str) -> None:
    data = bytearray(text.encode())
    token = next_token(data, 0)
    assert token and token.kind is kind and data[token.end :].decode() == rest
    # A token is told as soon as it is whole, and not before.
    assert kind is Kind.TEXT or next_token(data[: token.end], 0) == token
    assert kind is Kind.TEXT or all(next_token(data[:cut], 0) is None for cut in range(token.end))


@pytest.mark.parametrize(
    ("text", "rest"),
    [("<!-- a --!> -->x", "x"), ("<?pi a>b?>x", "x"), ("<!-->x-->y", "y")],
)
def test_xml_ends_some_of_them_elsewhere(text: str, rest: str) -> None:
    data = bytearray(text.encode())
    token = next_token(data, 0, xml=True)
    assert token and data[token.end :].decode() == rest


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "a <b> </titles> |</TITLE\n>"),
        ("style", "</script> <!-- |</style>"),
        ("noscript", "<img>|</noscript >"),
        ("script", "a </scripts> |</script>"),
        ("script", "<script> |</script>"),
        ("script", "<!-- |</script> -->"),
        ("script", "<!-- <script> </script> |</script>"),
        ("script", "<!-- <script> --> |</script>"),
        ("script", "<!--> <script> |</script>"),
        ("script", "<!-- <script> </script> <script> </script> |</script>"),
    ],
)
def test_raw_text_ends_at_its_own_end_tag(name: str, text: str) -> None:
    data = bytearray(text.replace("|", "").encode())
    assert raw_text_end(data, 0, name.encode()) == text.index("|")


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
