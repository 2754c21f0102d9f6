"""The head of most pages, looked at in one go.

An expression takes plain heads: doctype, html, head, metas, titles, links, styles, scripts, then the body, all of
them without anything that wants a thought. Where it matches, the place is the one that splice.py finds token by
token, in a fraction of the time. Where it does not, nothing is said.
"""

from __future__ import annotations

import re

from proxy.page import charsets

_S = rb"[\t\n\f\r ]"
# Names, and values without < and >: the first > ends the tag.
_VALUE = rb"(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\t\n\f\r \"'<>=`]++)"
_ATTRIBUTES = rb"(?:" + _S + rb"++[a-z0-9:_.-]++(?:=" + _VALUE + rb")?+)*+" + _S + rb"*+/?+>"
_LABEL = rb"[a-z0-9_:-]++"
_COMMENT = rb"<!--(?!-?>)(?:[^-]++|-(?!-))*+-->"
_IGNORED = rb"(?:" + _S + rb"++|" + _COMMENT + rb")*+"
_META = rb"<meta(?![^>]*?(?:charset|http-equiv))" + _ATTRIBUTES
_TITLE = rb"<title" + _ATTRIBUTES + rb"[^<]*+</title" + _S + rb"*+>"
_CHARSET = (
    rb"<meta"
    + _S
    + rb"++(?:charset=(?:\"("
    + _LABEL
    + rb")\"|'("
    + _LABEL
    + rb")'|("
    + _LABEL
    + rb")(?=[\t\n\f\r >]))"
    rb"|http-equiv=(?:\"content-type\"|'content-type'|content-type)" + _S + rb"++"
    rb"content=(?:\"text/html; ?charset=("
    + _LABEL
    + rb")\"|'text/html; ?charset=("
    + _LABEL
    + rb")'))"
    + _S
    + rb"*+/?+>"
)
_COMPATIBLE = (
    rb"<meta" + _S + rb"++http-equiv=(?:\"x-ua-compatible\"|'x-ua-compatible'|x-ua-compatible)" + _S + rb"++"
    rb"content=(?:\"[^\"<>]*+\"|'[^'<>]*+')" + _S + rb"*+/?+>"
)
_LINK = rb"<link" + _ATTRIBUTES
_STYLE = rb"<style" + _ATTRIBUTES + rb"(?:[^<]++|<(?!/))*+</style" + _S + rb"*+>"
_SCRIPT = rb"<script(?![^>]*?data-milchglas)" + _ATTRIBUTES + rb"(?:[^<]++|<(?![/!]))*+</script" + _S + rb"*+>"
_IDLE = rb"(?:" + _S + rb"++|" + _COMMENT + rb"|" + _META + rb"|" + _TITLE + rb")*+"
_REST = rb"(?:" + rb"|".join((_S + rb"++", _LINK, _SCRIPT, _META, _TITLE, _STYLE, _COMMENT)) + rb")*+"

_BEGIN = _IGNORED + rb"(?:<!doctype[^>]*+>)?+" + _IGNORED + rb"(?:<html" + _ATTRIBUTES + rb")?+" + _IGNORED
_LEADING = rb"(?:%b%b)*+(?:%b%b)?+(?:%b%b)*+" % (_IDLE, _COMPATIBLE, _IDLE, _CHARSET, _IDLE, _COMPATIBLE)
_END = rb"(?:</head" + _S + rb"*+>)?+" + _IGNORED + rb"<body(?=[\t\n\f\r />])"
_HEAD = re.compile(
    _BEGIN + rb"<head" + _ATTRIBUTES + rb"(?P<leading>" + _LEADING + rb")" + _REST + _END, re.IGNORECASE
)


def place(data: bytes, *, charset_known: bool) -> int | None:
    """Where the snippet goes in a page that begins like most; None for a page that has to be looked at."""
    head = _HEAD.match(data)
    if head is None or b"\0" in head[0]:
        return None
    label = next(filter(None, head.groups()[1:]), b"").decode("ascii").lower()
    if label and label not in charsets.KNOWN:
        return None
    # A charset that the page names has to stay in sight; one that it does not name may still come in the body.
    if not charset_known and not (label and head.end("leading") <= charsets.WINDOW):
        return None
    return head.end("leading")
