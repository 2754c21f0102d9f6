"""Where the snippet goes: one place in the page, found while its first bytes come in.

The rules, in the order of their weight:
- never before the doctype: the page's rendering mode stays;
- after `<head>`, or before the first thing that is neither doctype, comment, `<html>` nor `<head>`;
- after the charset and X-UA-Compatible metas that lead the head (titles and other metas may stand between);
- before the first script, base or policy meta; after a later charset meta only where the snippet would push it out
  of the bytes in which browsers look for it;
- what comes after the place is looked at, too, as far as browsers put it into the head: it may hold the snippet
  already, or a policy that blocks the recorder's posts.

The decision depends on the page's bytes alone, not on how they were split.
Source of facts: https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode up to "after head".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proxy.page import charsets, markup, usual
from proxy.page.charsets import Meta
from proxy.page.markup import Kind, Token
from proxy.page.snippet import MARKER

LIMIT = 262_144
"""Decoded bytes that are looked at, and held, at most, unless the caller says otherwise."""

AFTER_HEAD = frozenset(b"html head meta title script style link noframes base basefont bgsound template".split())
"""The elements that browsers put into the head even after its end tag; they ignore a second `<head>`."""

IN_HEAD = AFTER_HEAD | {b"noscript"}

ENDS_HEAD = frozenset({b"head", b"body", b"html", b"br"})
"""The end tags that mean something before a body; `</br>` is a `<br>`."""

FRAGMENTS = frozenset(
    b"tr td th tbody thead tfoot caption col colgroup option optgroup li dt dd turbo-frame turbo-stream".split()
)
"""Elements that begin no page: an answer that begins with one is a piece that some script asked for."""

XHTML = "http://www.w3.org/1999/xhtml"

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xfe\xff", b"\xff\xfe")

type Decision = int | str
"""The offset of the place, or the reason why there is none."""


class Splicer:
    """Takes a page's decoded bytes until it can tell the place.

    `room` is the snippet's length, `limit` the decoded bytes that are looked at, and held, at most.
    `charset_known` says that the response's head names a charset that browsers know; `permits(content, loads)`
    judges a policy meta (csp.meta_permits).
    """

    _tokens: Iterator[Token | None] | None = None
    _seen = 0
    _page = _prolog = _after_head = _settling = _in_xhtml = False
    _templates = 0
    _leading = True
    _place: int | None = None
    _base: int | None = None

    def __init__(
        self,
        room: int,
        *,
        limit: int = LIMIT,
        xhtml: bool = False,
        charset_known: bool = False,
        permits: Callable[[str, bool], bool] = lambda content, loads: True,
    ) -> None:
        self.held = bytearray()
        self._room, self._limit, self._permits = room, limit, permits
        self._xhtml, self._charset_known = xhtml, charset_known
        self._metas: list[Meta] = []
        self._policies: list[tuple[int, str]] = []

    def feed(self, data: bytes) -> Decision | None:
        """Look at more of the page; None while it cannot be told yet. Bytes beyond the limit are not held.

        Nothing is held, and the place is one in `data`, where the very first bytes tell it.
        """
        if not self.held and not self._xhtml:
            place = usual.place(data[: self._limit], charset_known=self._charset_known)
            if place is not None:
                return place
        self.held += data[: self._limit - len(self.held)]
        return self._run(last=len(self.held) >= self._limit)

    def end(self) -> Decision:
        """The page has ended: tell from what there was."""
        decision = self._run(last=True)
        assert decision is not None
        return decision

    def _run(self, *, last: bool) -> Decision | None:
        if self._tokens is None:
            refused = self._begin()
            if refused:
                return refused
            if self._tokens is None:
                return ("not_html" if self.held.strip() else "empty") if last else None
        while not self._settling and (token := next(self._tokens)):
            refused = self._take(token)
            if refused:
                return refused
        return self._settle(last=last) if last or self._settling else None

    def _begin(self) -> str | None:
        """The first byte after BOM and white space is `<`, or this is no page."""
        start = bytes(self.held[:3])
        if start[:2] in _UTF16_BOMS:
            return "charset"
        if any(mark.startswith(start) and mark != start for mark in (_UTF8_BOM, *_UTF16_BOMS)):
            return None
        if start == _UTF8_BOM:
            self._charset_known, self._seen = True, 3
        space = markup.SPACE.match(self.held, self._seen)
        self._seen = space.end() if space else self._seen
        head = bytes(self.held[self._seen : self._seen + 2])
        if head[:1] not in (b"<", b""):
            return "not_html"
        if len(head) < 2:
            return None
        if head[1] == 0:
            return "charset"
        if not (head[1:].isalpha() or head[1:] in (b"!", b"?", b"/")):
            return "not_html"
        self._tokens = markup.tokens(self.held, self._seen, xml=self._xhtml)
        return None

    def _take(self, token: Token) -> str | None:
        """Go past one token; a reason when it tells that this is no page of ours."""
        self._seen = token.start if token.kind is Kind.TEXT else token.end
        if token.kind is Kind.COMMENT:
            return self._comment(token)
        if token.kind is Kind.DOCTYPE:
            self._page = True
            # In XML, an internal subset may hold anything, `>` too.
            return "no_place" if self._xhtml and b"[" in self._bytes(token) else None
        if self._templates:  # nothing within one counts but its end
            self._templates += {Kind.START: 1, Kind.END: -1}[token.kind] if token.name == b"template" else 0
            return None
        if token.kind is Kind.START:
            return self._start(token)
        if token.kind is Kind.END and token.name not in ENDS_HEAD:
            return None  # browsers ignore it; in XML it closes what the head holds
        if self._place is None and (refused := self._content(token)):
            return refused
        self._after_head = True
        self._settling = token.kind is Kind.END if self._xhtml else token.name != b"head"
        return None

    def _comment(self, token: Token) -> str | None:
        if not self.held.startswith(b"<?xml", token.start):
            return None
        self._prolog = True
        label = charsets.declared(self.held, token.start, token.end)
        return "charset" if charsets.foreign(label, meta=False) and not self._charset_known else None

    def _start(self, token: Token) -> str | None:
        if token.name == b"html":
            self._page = True
            if self._xhtml:  # in another namespace, a script is none
                self._in_xhtml = markup.attributes(self._bytes(token)).get("xmlns") == XHTML
            return None
        if token.name == b"head":
            if self._xhtml and (self._closed(token) or not self._in_xhtml):
                return "no_place"
            if self._place is None:
                self._page, self._place = True, token.end
            return None
        if self._place is None and (refused := self._content(token)):
            return refused
        if token.name not in (AFTER_HEAD if self._after_head else IN_HEAD):
            self._settling = True
            return None
        return self._head_element(token)

    def _content(self, token: Token) -> str | None:
        """The first content comes before any head: the place is before it."""
        if self._xhtml:
            return "no_place"  # before the root element, or in a prefixed one, it would break the page
        if not self._page and (self._prolog or token.name in FRAGMENTS):
            return "not_html"
        if self.held.startswith(b"&", token.start):
            return "no_place"  # `&#32;` is white space to browsers: the head may still come
        self._place = token.start
        return None

    def _head_element(self, token: Token) -> str | None:
        if token.name == b"meta":
            return self._meta(token)
        if token.name == b"script" and self._ours(self._bytes(token)):
            return "already"
        if token.name == b"base" and self._base is None:
            self._base = token.end
        if token.name == b"template" and not (self._xhtml and self._closed(token)):
            self._templates = 1
        if token.name != b"title":
            self._leading = False
        return None

    def _meta(self, token: Token) -> str | None:
        tag = self._bytes(token)
        lower = tag.lower()
        if b"charset" not in lower and b"http-equiv" not in lower:  # reading attributes is dear
            self._metas.append(Meta(token.start, token.end, "", False))  # where a charset could be suspected
            return None
        attributes = markup.attributes(tag)
        pragma = attributes.get("http-equiv", "").strip().lower()
        label, certain = charsets.named(attributes)
        if charsets.foreign(label, meta=True):
            return "charset"
        self._metas.append(Meta(token.start, token.end, label, certain))
        if pragma == "content-security-policy":
            self._policies.append((token.end, attributes.get("content", "")))
            self._leading = False
        if self._leading and not self._xhtml and (label or pragma in ("content-type", "x-ua-compatible")):
            self._place = token.end
        return None

    def _settle(self, *, last: bool) -> Decision | None:
        """All is seen that there is to see: the place, or why not."""
        place = self._place
        if place is None:
            return "no_place"
        if b"\0" in self.held[: self._seen]:
            return "charset"
        if not self._charset_known and not self._xhtml:
            if not last and len(self.held) < charsets.WINDOW and not charsets.settled(self._metas):
                return None
            place = charsets.in_sight(self.held, place, self._room, self._metas)
            if place is None or (self._base is not None and self._base < place):
                return "charset"  # behind a base, the recorder's path would be another server's
        for end, content in self._policies:
            if not self._permits(content, end <= place):
                return "csp_meta"
        return place

    @staticmethod
    def _ours(tag: bytes) -> bool:
        # Reading attributes is dear, and few scripts have the marker anywhere.
        return MARKER.encode() in tag.lower() and MARKER in markup.attributes(tag)

    def _closed(self, token: Token) -> bool:
        return self.held[token.end - 2] == 0x2F

    def _bytes(self, token: Token) -> bytes:
        return bytes(self.held[token.start : token.end])
