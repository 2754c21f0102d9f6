"""What a page says about its own charset, and how far it can be moved: browsers look for it near the start only.

Sources: https://html.spec.whatwg.org/#determining-the-character-encoding, and Blink's HTMLMetaCharsetParser, which
looks on to the end of the head, but in the body no further than the window, either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from proxy.page.eligible import FOREIGN_CHARSETS

WINDOW = 1024
"""Bytes in which browsers look for a charset meta."""

# The labels that are met with (https://encoding.spec.whatwg.org/#names-and-labels). Browsers know more of them; of
# one that does not stand here, it is not certain whether browsers heed it or look for the next.
KNOWN = frozenset(
    {
        *("utf-8", "utf8", "unicode-1-1-utf-8", "us-ascii", "ascii", "latin1", "l1", "cp819", "iso8859-1"),
        *(f"iso-8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
        *(f"{vendor}{page}" for vendor in ("windows-", "cp", "x-cp") for page in range(1250, 1259)),
        *("latin2", "latin5", "ibm866", "cp866", "koi8-r", "koi8-u", "koi", "macintosh", "windows-874", "tis-620"),
        *("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "euc-jp", "x-euc-jp"),
        *("gb2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "chinese", "big5", "big5-hkscs", "x-x-big5"),
        *("euc-kr", "korean", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "windows-949"),
    }
)

# In a meta, browsers read every label of UTF-16 as UTF-8: the meta could not have been read otherwise.
READ_AS_UTF8 = frozenset(
    {
        *("utf-16", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2"),
        *("csunicode", "unicode", "unicodefeff", "unicodefffe"),
    }
)

_HEEDED = KNOWN | READ_AS_UTF8
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?+\s*+([^\s\"';,]++)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*+=\s*+[\"']([A-Za-z0-9._:-]++)")
_ANY_META = re.compile(rb"<meta[\t\n\f\r /](?:[^>]*?charset[^>]*+>|[^>]*+\Z)", re.IGNORECASE)


class Meta(NamedTuple):
    """A meta of the head: bytes [start, end) of the page, and what `named` says of it."""

    start: int
    end: int
    label: str
    certain: bool


def named(attributes: Mapping[str, str]) -> tuple[str, bool]:
    """The label in lower case that a meta names, "" without one, and whether browsers heed it for sure."""
    if label := attributes.get("charset", "").strip().lower():
        return label, label in _HEEDED
    pragma = attributes.get("http-equiv", "").lower()
    found = _CHARSET.search(attributes.get("content", "")) if pragma.strip() == "content-type" else None
    label = found[1].lower() if found else ""
    return label, pragma == "content-type" and label in _HEEDED


def declared(data: bytearray, start: int, end: int) -> str:
    """The label in lower case that an XML declaration in bytes [start, end) names, "" without one."""
    found = _DECLARED.match(data, start, end)
    return found[1].decode("ascii").lower() if found else ""


def foreign(label: str, *, meta: bool) -> bool:
    """Whether a charset that the page names, in a meta or otherwise, has bytes that are not those of ASCII."""
    return label in FOREIGN_CHARSETS and not (meta and label in READ_AS_UTF8)


def settled(metas: Sequence[Meta]) -> bool:
    """Whether one of them is certain and within the window: no browser looks for another one."""
    return any(meta.certain and meta.end <= WINDOW for meta in metas)


def in_sight(data: bytearray, place: int, room: int, metas: Sequence[Meta]) -> int | None:
    """`place`, or the first after it where `room` more bytes push no charset out of the window; None without one.

    `metas` are those of the head, in order; `data` holds the window or the whole page.
    """
    for meta in metas:
        if meta.label and place < meta.end and meta.start < WINDOW < meta.end + room:
            place = meta.end
        if meta.certain:
            break
    if settled(metas):
        return place
    # Browsers look in the body, too, and some within scripts: there, nothing of ours can stand behind it.
    judged = {meta.start for meta in metas}
    strays = (found for found in _ANY_META.finditer(data, place, WINDOW) if found.start() not in judged)
    return None if any(stray.end() + room > WINDOW for stray in strays) else place
