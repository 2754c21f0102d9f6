"""Hypothesis strategies for pages as legacy sites send them, and worse."""

from __future__ import annotations

from hypothesis import strategies as st

SPACES = ["", "", " ", "\n", "\t\r\n", "\f", " " * 60]

COMMENTS = [
    *("<!-- x -->", "<!---->", "<!-->", "<!--->", "<!--!> <head> -->", "<!---!> <head> --!>", "<!-- <head> -->"),
    *("<!-- <!-- <head> -->", "<!-- > -- ->-->", "<!--[if IE]><script src=a></script><![endif]-->", "<![if !IE]>"),
    *("<!x>", "<!>", "<?php echo 1 ?>", "<?xml version='1.0'?>", "<?a '>' ?>", "</>", "</ head>", "</3 <head>"),
    *("<![CDATA[<head>]]>", "<!-- " + "x" * 700 + " -->", "<!--" + "-" * 300 + "-->", "<!doctyp>"),
]

DOCTYPES = [
    *("<!doctype html>", "<!DOCTYPE HTML>", "<!doctype>", "<!DOCTYPE html SYSTEM 'about:legacy-compat'>"),
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
    '<!DOCTYPE html PUBLIC "a>b">',
    "<!DOCTYPE html [ <!ENTITY a 'b'> ]>",
]

ATTRIBUTES = [
    *("", "", "", " a", " a='<head>'", ' a="<head>"', " a=<head", " it's", ' b=c"d', " a='>'", "/a='1'b=\">\""),
    *(
        " ==x",
        " A='1' a='2'",
        "\n\tlang = de\n",
        " a='<!--'",
        "/",
        " a = 'x\"y' ",
        ' a="&lt;head&gt;&#39;',
        " a=b/",
    ),
    *([' xmlns="http://www.w3.org/1999/xhtml"'] * 3),
    *(" 'a", ' "', " =", " a=>", " a='' b=\"\"", " class='" + "y" * 400 + "'"),
]

TEXTS = [
    *(
        "",
        "x",
        "<head>",
        "</head>",
        "<!--",
        "-->",
        "<script>",
        "</scripts>",
        "<meta charset=koi8-r>",
        "<b>",
        "--!>",
    ),
    *("</title", "</style ", "<!-- <script> </script>", "]]>", "&lt;", "'\"", "</noscript", "<template>", " "),
]

RAW_TEXT = ["title", "style", "script", "noscript", "noframes"]

METAS = [
    *("<meta charset=utf-8>", "<META CHARSET='windows-1252'>", "<meta charset=x-none>", "<meta charset=unicode>"),
    "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>",
    "<meta content='text/html;charset = \"Shift_JIS\"' http-equiv=' content-type '>",
    *("<meta name=referrer content=no-referrer>", "<meta http-equiv=X-UA-Compatible content='IE=7'>", "<meta>"),
]

HEAD = ["<base target=_top>", "<link rel=x href=a.css>", "<basefont>", "<bgsound>"]

ENDS = [*("</p>", "</div a='>'>", "</br>", "</head>", "</body>", "</html>", "</template>", "</title>", "</svg>")]

BODY = [
    *(
        "<body>",
        "<p>",
        "Käse für 3 €",
        "表示 ソフト",
        "&nbsp;",
        "&#32;",
        "&#9",
        "&amp;",
        "<3",
        "< head>",
        "<header>",
    ),
    *(
        "<frameset>",
        "<svg><title>",
        "<math>",
        "<table>",
        "<tr>",
        "<h1>",
        "<textarea>",
        "<xmp>",
        "<select>",
        "<li>",
    ),
    *("<noscript>", "<plaintext>", "<object>", "<iframe>", "{}", "\0", "\ufeff", "<x:y>", "<d\0iv>", "<", "</"),
]


@st.composite
def tags(draw: st.DrawFn, name: str) -> str:
    """A start tag in some case, with some attributes."""
    written = draw(st.sampled_from([name, name.upper(), name.capitalize()]))
    return f"<{written}{''.join(draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2)))}>"


@st.composite
def raw_texts(draw: st.DrawFn) -> str:
    """An element whose content is text, mostly closed."""
    name = draw(st.sampled_from(RAW_TEXT))
    text = "".join(draw(st.lists(st.sampled_from(TEXTS), max_size=4)))
    return draw(tags(name)) + text + draw(st.sampled_from([f"</{name}>", f"</{name.upper()}\n a='>'>", ""]))


@st.composite
def templates(draw: st.DrawFn) -> str:
    """A template, perhaps with others in it."""
    inner = "".join(draw(st.lists(_HEAD_ELEMENTS | st.sampled_from(BODY), max_size=3)))
    return draw(tags("template")) + inner + draw(st.sampled_from(["</template>", "</template>", ""]))


_HEAD_ELEMENTS = raw_texts() | st.sampled_from(METAS + HEAD)
_BEFORE = st.sampled_from(SPACES + COMMENTS + ENDS)
_IN_HEAD = _HEAD_ELEMENTS | templates() | st.sampled_from(SPACES + COMMENTS + ENDS)
_PIECES = (
    _IN_HEAD
    | tags("html")
    | tags("head")
    | tags("body")
    | st.sampled_from(BODY + DOCTYPES + TEXTS + ATTRIBUTES)
    | st.text(max_size=3)
)


@st.composite
def orderly(draw: st.DrawFn) -> str:
    """A page whose parts stand in their order; each of them may be missing."""
    return "".join(
        [
            *draw(st.lists(st.sampled_from(SPACES + COMMENTS), max_size=2)),
            draw(st.sampled_from(["", *DOCTYPES])),
            *draw(st.lists(_BEFORE, max_size=2)),
            draw(st.just("") | tags("html")),
            *draw(st.lists(_BEFORE, max_size=2)),
            draw(st.just("") | tags("head") | tags("head")),
            *draw(st.lists(_IN_HEAD, max_size=5)),
            draw(st.sampled_from(["", "</head>", "</HEAD\n>"])),
            *draw(st.lists(_IN_HEAD, max_size=2)),
            draw(st.just("") | tags("body")),
            *draw(st.lists(_PIECES, max_size=4)),
        ]
    )


def texts() -> st.SearchStrategy[str]:
    """A page as text."""
    return orderly() | st.lists(_PIECES, max_size=12).map("".join)


CODECS = [
    *("utf-8", "utf-8", "utf-8", "utf-8-sig", "windows-1252", "shift_jis", "gbk", "big5", "euc-jp", "koi8-r"),
    *("utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"),
]


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """A page's bytes in some charset, perhaps with a long run or noise at some place."""
    page = draw(texts()).encode(draw(st.sampled_from(CODECS)), errors="replace")
    at = draw(st.integers(0, len(page)))
    middle = draw(st.just(b"") | st.binary(max_size=4) | st.sampled_from([b"a" * 900, b"<br>" * 300, b" " * 5000]))
    return page[:at] + middle + page[at:]
