"""Where the snippet goes: one place in the page, found while its first bytes come in.

The rules, in the order of their weight:
- never before the doctype: the page's rendering mode stays;
- after `<head>`, or before the first thing that is neither doctype, comment, `<html>` nor `<head>`;
- after the charset and X-UA-Compatible metas that lead the head (titles and other metas may stand between);
- before the first script, base or policy meta; after a later charset meta only where the snippet would push it out
  of the 1,024 bytes in which browsers look for it;
- what comes after the place up to the end of the head is looked at, too: it may hold the snippet already, or a
  policy that blocks the recorder's posts.

The decision depends on the page's bytes alone, not on how they were split.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from proxy.page import markup
from proxy.page.eligible import FOREIGN_CHARSETS
from proxy.page.markup import Kind, Token
from proxy.page.snippet import MARKER

LIMIT = 65_536
"""Decoded bytes that are looked at, and held, at most."""

CHARSET_WINDOW = 1024
"""Bytes in which browsers look for a charset meta: https://html.spec.whatwg.org/#determining-the-character-encoding"""

IN_HEAD = frozenset(b"html head meta title script style link noscript noframes base basefont bgsound".split())

ENDS_HEAD = frozenset({b"head", b"body", b"html", b"br"})
"""The end tags that mean something before a body; `</br>` is a `<br>`."""

FRAGMENTS = frozenset(
    b"tr td th tbody thead tfoot caption col colgroup option optgroup li dt dd turbo-frame turbo-stream".split()
)
"""Elements that begin no page: an answer that begins with one is a piece that some script asked for."""

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xfe\xff", b"\xff\xfe")
_ANY_CHARSET_META = re.compile(rb"<meta[\t\n\f\r /][^>]*?charset", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)

type Decision = int | str
"""The offset of the place, or the reason why there is none."""


class Splicer:
    """Takes a page's decoded bytes until it can tell the place.

    `room` is the snippet's length, `charset_known` says that the response's head names the charset,
    `permits(content, loads)` judges a policy meta (csp.meta_permits).
    """

    def __init__(
        self,
        room: int,
        *,
        xhtml: bool = False,
        charset_known: bool = False,
        permits: Callable[[str, bool], bool] = lambda content, loads: True,
    ) -> None:
        self.held = bytearray()
        self._room, self._xhtml, self._charset_known, self._permits = room, xhtml, charset_known, permits
        self._at = 0
        self._raw = b""
        self._begun = self._settling = False
        self._page = self._prolog = self._root = False
        self._leading = True
        self._place: int | None = None
        self._base: int | None = None
        self._charset_end: int | None = None
        self._policies: list[tuple[int, str]] = []

    def feed(self, data: bytes) -> Decision | None:
        """Look at more of the page; None while it cannot be told yet. Bytes beyond LIMIT are not held."""
        self.held += data[: LIMIT - len(self.held)]
        last = len(self.held) >= LIMIT
        # Within a token only `>` can bring news: a long one that trickles in is not looked through each time.
        if self._begun and not (self._settling or last or b">" in data) and (self._raw or self._open()):
            return None
        return self._run(last=last)

    def end(self) -> Decision:
        """The page has ended: tell from what there was."""
        decision = self._run(last=True)
        assert decision is not None
        return decision

    def _open(self) -> bool:
        """Whether what is left begins within a token."""
        start = markup.SPACE.match(self.held, self._at)
        return bool(start and self.held[start.end() : start.end() + 1] == b"<")

    def _run(self, *, last: bool) -> Decision | None:
        if not self._begun:
            refused = self._begin()
            if refused:
                return refused
            if not self._begun:
                return ("not_html" if self.held.strip() else "empty") if last else None
        while not self._settling:
            if self._raw:
                end = markup.raw_text_end(self.held, self._at, self._raw)
                if end is None:
                    break
                self._at, self._raw = end, b""
            token = markup.next_token(self.held, self._at, xml=self._xhtml)
            if token is None:
                break
            decision = self._take(token)
            if decision is not None:
                return decision
        return self._settle(last=last) if last or self._settling else None

    def _begin(self) -> str | None:
        """The first byte after BOM and white space is `<`, or this is no page."""
        start = bytes(self.held[:3])
        if start[:2] in _UTF16_BOMS:
            return "charset"
        if any(mark.startswith(start) and mark != start for mark in (_UTF8_BOM, *_UTF16_BOMS)):
            return None
        if start == _UTF8_BOM:
            self._charset_known, self._at = True, 3
        at = markup.SPACE.match(self.held, self._at)
        self._at = at.end() if at else self._at
        head = bytes(self.held[self._at : self._at + 2])
        if head[:1] not in (b"<", b""):
            return "not_html"
        if len(head) < 2:
            return None
        if head[1] == 0:
            return "charset"
        if not re.match(rb"<[A-Za-z!?/]", head):
            return "not_html"
        self._begun = True
        return None

    def _take(self, token: Token) -> str | None:
        """Go past one token; a reason when it tells that this is no page of ours."""
        self._at = token.end
        if token.kind is Kind.COMMENT:
            self._prolog |= self.held.startswith(b"<?xml", token.start)
        elif token.kind is Kind.DOCTYPE:
            self._page = True
            if self._xhtml and b"[" in self.held[token.start : token.end]:
                return "no_place"  # an internal subset may hold anything, `>` too
        elif token.kind is Kind.START:
            return self._start(token)
        elif token.kind is Kind.END and token.name not in ENDS_HEAD and not self._xhtml:
            return None  # browsers ignore it
        elif self._place is None:
            return self._content(token)
        else:
            self._settling = True
        return None

    def _start(self, token: Token) -> str | None:
        if token.name == b"html":
            self._page = self._root = True
            return None
        if token.name == b"head":
            if self._xhtml and (not self._root or self._closed(token)):
                return "no_place"
            if self._place is None:
                self._page, self._place = True, token.end
            return None
        if self._place is None and (refused := self._content(token)):
            return refused
        if token.name not in IN_HEAD:
            self._settling = True
            return None
        if token.name in markup.RAW_TEXT and not (self._xhtml and self._closed(token)):
            self._raw = token.name
        return self._head_element(token)

    def _content(self, token: Token) -> str | None:
        """The first content comes before any head: the place is before it."""
        if self._xhtml:
            return "no_place"  # before the root element, or in a prefixed one, it would break the page
        if self._prolog and not self._page:
            return "not_html"
        if token.name in FRAGMENTS and not self._page:
            return "not_html"
        self._place = token.start
        self._settling = token.kind is not Kind.START
        return None

    def _head_element(self, token: Token) -> str | None:
        if token.name == b"script" and self._ours(self._bytes(token)):
            return "already"
        if token.name == b"base" and self._base is None:
            self._base = token.end
        if token.name == b"meta":
            return self._meta(token)
        if token.name != b"title":
            self._leading = False
        return None

    def _meta(self, token: Token) -> str | None:
        attributes = markup.attributes(self._bytes(token))
        pragma, content = attributes.get("http-equiv", "").strip().lower(), attributes.get("content", "")
        named = _CHARSET.search(content) if pragma == "content-type" else None
        label = (attributes.get("charset") or (named[1] if named else "")).strip().lower()
        if label in FOREIGN_CHARSETS and not label.startswith("utf-16"):  # browsers read a meta's UTF-16 as UTF-8
            return "charset"
        if pragma == "content-security-policy":
            self._policies.append((token.end, content))
            self._leading = False
        if label and self._charset_end is None:
            self._charset_end = token.end
        if self._leading and (label or pragma in ("content-type", "x-ua-compatible")):
            self._place = token.end
        return None

    def _settle(self, *, last: bool) -> Decision | None:
        """All is seen that there is to see: the place, or why not."""
        if self._place is None:
            return "no_place"
        place: Decision = self._place
        if b"\0" in self.held[: self._at]:
            return "charset"
        if not self._charset_known and not self._xhtml:
            if self._charset_end is None and len(self.held) < CHARSET_WINDOW and not last:
                return None
            place = self._keeping_charset(self._place)
        if isinstance(place, str):
            return place
        for end, content in self._policies:
            if not self._permits(content, end <= place):
                return "csp_meta"
        return place

    def _keeping_charset(self, place: int) -> Decision:
        """`place`, or the one behind the charset meta that it would push out of the browsers' sight."""
        end = self._charset_end
        if end is None:
            # Browsers look for the meta in the body, too; there, nothing of ours comes after it.
            stray = _ANY_CHARSET_META.search(self.held, place, CHARSET_WINDOW)
            close = self.held.find(b">", stray.end(), CHARSET_WINDOW) if stray else -1
            return "charset" if close >= 0 and close + 1 + self._room > CHARSET_WINDOW else place
        if end <= place or end > CHARSET_WINDOW or end + self._room <= CHARSET_WINDOW:
            return place
        return "charset" if self._base is not None and self._base < end else end

    @staticmethod
    def _ours(tag: bytes) -> bool:
        # Reading attributes is dear, and few scripts have the marker anywhere.
        return MARKER.encode() in tag.lower() and MARKER in markup.attributes(tag)

    def _closed(self, token: Token) -> bool:
        return self.held[token.end - 2] == 0x2F

    def _bytes(self, token: Token) -> bytes:
        return bytes(self.held[token.start : token.end])
