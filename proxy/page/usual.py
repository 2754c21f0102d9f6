"""The head of most pages, looked at in one go.

An expression takes plain heads: doctype, html, head, metas, titles, links, styles, scripts, then the body, all of
them without anything that wants a thought. Where it matches, the place is the one that splice.py finds token by
token, in a fraction of the time. Where it does not, nothing is said.
"""

from __future__ import annotations

import re

from proxy.page import charsets

_PARTS = {b"s": rb"[\t\n\f\r\x20]", b"label": rb"[A-Za-z0-9_:-]++"}


def _part(name: bytes, pattern: bytes) -> None:
    _PARTS[name] = pattern % _PARTS


# Names, and values without < and >: the first > ends the tag.
_part(b"value", rb""" (?: "[^"<>]*+" | '[^'<>]*+' | [^\t\n\f\r\x20"'<>=`]++ ) """)
_part(b"attributes", rb"(?: %(s)b++ [A-Za-z0-9:_.-]++ (?: = %(value)b )?+ )*+ %(s)b*+ /?+ >")
_part(b"comment", rb"<!--(?!-?>) (?: [^-]++ | -(?!-) )*+ -->")
_part(b"ignored", rb"(?: %(s)b++ | %(comment)b )*+")
# Up to the first > none of the words; this finds them faster than `(?! [^>]*? ...)`.
_part(b"mute", rb"(?= (?: [^>CcHh]++ | [Cc](?!(?i:harset)) | [Hh](?!(?i:ttp-equiv)) )*+ > )")
_part(b"not_ours", rb"(?= (?: [^>Dd]++ | [Dd](?!(?i:ata-milchglas)) )*+ > )")
_part(b"meta", rb"<meta %(mute)b %(attributes)b")
_part(b"title", rb"<title %(attributes)b [^<]*+ </title %(s)b*+ >")
_part(b"link", rb"<link %(attributes)b")
_part(b"style", rb"<style %(attributes)b (?: [^<]++ | <(?!/) )*+ </style %(s)b*+ >")
_part(
    b"script",
    rb"<script %(not_ours)b %(attributes)b (?: [^<]++ | <(?![/!]) )*+ </script %(s)b*+ >",
)
_part(b"quoted", rb""" (?: "(?i:%%b)" | '(?i:%%b)' | (?i:%%b) ) """)
_part(b"content_type", _PARTS[b"quoted"] % ((b"content-type",) * 3))
_part(b"compatibility", _PARTS[b"quoted"] % ((b"x-ua-compatible",) * 3))
_part(b"html", rb"(?i:text/html;) \x20?+ (?i:charset) = (%(label)b)")
_part(b"named", rb""" (?i:charset) = (?: "(%(label)b)" | '(%(label)b)' | (%(label)b) (?=[\t\n\f\r\x20>]) ) """)
_part(
    b"declared", rb""" (?i:http-equiv) = %(content_type)b %(s)b++ (?i:content) = (?: "%(html)b" | '%(html)b' ) """
)
_part(b"charset", rb"<meta %(s)b++ (?: %(named)b | %(declared)b ) %(s)b*+ /?+ >")
_part(
    b"compatible",
    rb"<meta %(s)b++ (?i:http-equiv) = %(compatibility)b %(s)b++ (?i:content) = %(value)b %(s)b*+ /?+ >",
)
_part(b"idle", rb"(?: %(s)b++ | %(comment)b | %(meta)b | %(title)b )*+")
_part(b"rest", rb"(?: %(s)b++ | %(link)b | %(script)b | %(meta)b | %(title)b | %(style)b | %(comment)b )*+")
_part(
    b"head",
    rb"""
    %(ignored)b (?: <!(?i:doctype) [^>]*+ > )?+ %(ignored)b (?: <html %(attributes)b )?+ %(ignored)b
    <head %(attributes)b
    (?P<leading> (?: %(idle)b %(compatible)b )*+ (?: %(idle)b %(charset)b )?+ (?: %(idle)b %(compatible)b )*+ )
    %(rest)b (?: </head %(s)b*+ > )?+ %(ignored)b <body (?=[\t\n\f\r\x20/>])
    """,
)
_LOWER = re.compile(_PARTS[b"head"], re.VERBOSE)
_ANY = re.compile(_PARTS[b"head"], re.VERBOSE | re.IGNORECASE)
_FIRST = 2048
"""Bytes in which a head in lower case is looked for: reading without regard to case takes half as long again."""


def place(data: bytes, *, charset_known: bool) -> int | None:
    """Where the snippet goes in a page that begins like most; None for a page that has to be looked at."""
    head = (_LOWER if data.find(b"<head", 0, _FIRST) >= 0 else _ANY).match(data)
    if head is None or b"\0" in head[0]:
        return None
    label = next(filter(None, head.groups()[1:]), b"").decode("ascii").lower()
    if label and label not in charsets.KNOWN:
        return None
    # A charset that the page names has to stay in sight; one that it does not name may still come in the body.
    if not charset_known and not (label and head.end("leading") <= charsets.WINDOW):
        return None
    return head.end("leading")
