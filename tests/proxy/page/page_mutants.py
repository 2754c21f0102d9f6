"""Mistakes that a case of tests/cases/page finds: each breaks the code that puts the snippet in, in one way.

`with MUTANTS[name](): ...` makes the mistake within the block. Some are what a peer does (reference of the issue).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from proxy.page import charsets, eligible, markup, plan, splice
from proxy.page.markup import Kind, Token
from proxy.page.snippet import MARKER, Snippet
from proxy.page.splice import Splicer

type Mistake = Callable[[], AbstractContextManager[Any]]


class Everything(frozenset[bytes]):
    """The set that has everything in it."""

    def __contains__(self, _: object) -> bool:
        return True


def put(owner: object, name: str, value: object) -> Mistake:
    """Another value in the place of a module's or a class's."""
    return lambda: patch.object(owner, name, value)


def reading_tags(
    space: re.Pattern[bytes] = markup.SPACE,
    attributes: re.Pattern[bytes] = markup._ATTRIBUTES,
    opened: re.Pattern[bytes] = markup._OPENED,
) -> Mistake:
    """White space and attributes, read otherwise."""
    return lambda: patch.multiple(
        markup,
        SPACE=space,
        _ATTRIBUTES=attributes,
        _OPENED=opened,
        _WHOLE_TAG=markup.whole_tag(space, attributes),
    )


def stuck(name: str, value: object) -> Mistake:
    """An attribute of every Splicer that never changes."""
    return lambda: patch.object(Splicer, name, property(lambda self: value, lambda self, _: None), create=True)


def searching(pattern: str, *, before: bool = False) -> Mistake:
    """The place is where a pattern is found in the text, wherever that is."""

    def run(self: Any, *, last: bool) -> int | str | None:
        found = re.search(pattern.encode(), self.held, re.IGNORECASE)
        return (found.start() if before else found.end()) if found else "no_place" if last else None

    return put(Splicer, "_run", run)


def around(name: str, change: Callable[[Any, Callable[..., Any], Token], object]) -> Mistake:
    """A method of Splicer that takes a token, called by `change`."""
    method = getattr(Splicer, name)
    return put(Splicer, name, lambda self, token: change(self, lambda told: method(self, told), token))


def token_as(change: Callable[[Any, Token], Token | None]) -> Mistake:
    """Tokens are taken for others, or not seen at all."""

    def take(self: Any, method: Callable[..., Any], token: Token) -> object:
        told = change(self, token)
        return None if told is None else method(told)

    return around("_take", take)


def placing(name: str, elements: Iterable[bytes], *, end: bool = True) -> Mistake:
    """The place goes behind some elements, or before them, whatever the method says."""

    def change(self: Any, method: Callable[..., Any], token: Token) -> object:
        reason = method(token)
        if token.name in elements and not reason:
            self._place = token.end if end else token.start
        return reason

    return around(name, change)


def without(rule: str) -> Mistake:
    """A rule of eligible.py is missing."""

    def both() -> AbstractContextManager[Any]:
        rules = {
            table: tuple(pair for pair in getattr(eligible, table) if pair[0] != rule)
            for table in ("REQUEST_RULES", "RESPONSE_RULES")
        }
        return patch.multiple(eligible, **rules)

    return both


def spelled(self: Any, token: Token) -> Token:
    """The token with its name as the page spells it."""
    start = token.start + (2 if token.kind is Kind.END else 1)
    return token._replace(name=bytes(self.held[start : start + len(token.name)]))


def as_declaration(self: Any, token: Token) -> Token:
    """What only browsers read as a comment, as text."""
    odd = token.kind is Kind.COMMENT and not self.held.startswith(b"<!--", token.start)
    return token._replace(kind=Kind.TEXT) if odd else token


def content_anywhere(self: Any, _: Callable[..., Any], token: Token) -> None:
    self._place = token.start


def asking_for(what: Callable[[Any, Token], str | None]) -> Mistake:
    """The first content is refused for one more reason."""
    return around("_content", lambda self, method, token: what(self, token) or method(token))


_init, _feed, _tokens, _named, _raw_text = (
    Splicer.__init__,
    Splicer.feed,
    markup.tokens,
    charsets.named,
    markup._raw_text,
)


def _limited(limit: int) -> Mistake:
    return put(Splicer, "__init__", lambda self, room, **facts: _init(self, room, **(facts | {"limit": limit})))


def _feeding(change: Callable[[bytes], bytes]) -> Mistake:
    return put(Splicer, "feed", lambda self, data: _feed(self, change(data)))


def _reading(*, xml: bool) -> Mistake:
    return put(markup, "tokens", lambda data, at, **_: _tokens(data, at, xml=xml))


def _slashes(data: bytearray, at: int, name: bytes) -> markup.Waiting[int]:
    if data.endswith(b"/>", 0, at):
        return at
    return (yield from _raw_text(data, at, name))


def _no_text(data: bytearray, at: int, name: bytes) -> markup.Waiting[int]:
    yield from ()
    return at


def _last(tag: bytes) -> dict[str, str]:
    pairs = re.findall(rb"([^\s=<>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?", tag)
    return {name.decode().lower(): (double or single or bare).decode() for name, double, single, bare in pairs}


def _marker_in_text(self: Any, *, last: bool) -> int | str | None:
    return "already" if MARKER.encode() in self.held else _run(self, last=last)


_run, _permits = Splicer._run, plan.policies.meta_permits
_render = Snippet.render
_NEVER = re.compile(rb"(?!)")
_LEADS = frozenset({b"meta"})

MUTANTS: dict[str, Mistake] = {
    # places found in the text: nginx sub_filter, New Relic, dd-trace-java, Caddy
    "head_in_text": searching("<head[^>]*>"),
    "body_in_text": searching("<body", before=True),
    "before_the_heads_end": searching("</head>", before=True),
    "at_the_start": searching("<", before=True),
    # tokens
    "comments_end_at_the_first_bracket": put(markup, "_COMMENT_END", re.compile(b">")),
    "bang_unknown": put(markup, "_COMMENT_END", re.compile(b"-->")),
    "short_comments_unknown": put(markup, "_COMMENT_END", re.compile(b"(?<!<!)(?<!<!-)--!?>")),
    "odd_declarations_are_content": token_as(as_declaration),
    "names_with_case": token_as(spelled),
    "names_by_their_start": token_as(
        lambda _, token: token._replace(name=b"head") if token.name.startswith(b"head") else token
    ),
    "tags_end_at_the_first_bracket": reading_tags(attributes=re.compile(b"[^>]*+")),
    "quotes_anywhere": reading_tags(
        attributes=re.compile(b"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"), opened=re.compile(b"([\"'])")
    ),
    "slashes_believed": put(markup, "_raw_text", _slashes),
    "raw_text_read": put(markup, "_raw_text", _no_text),
    "script_ends_early": put(markup, "_SCRIPT", re.compile(rb"<(/)script(?=[\s/>])", re.IGNORECASE)),
    "noscript_read": put(markup, "_RAW_END", {**markup._RAW_END, b"noscript": re.compile(b"(?=.)", re.DOTALL)}),
    "white_space_is_text": put(markup, "SPACE", re.compile(b"")),
    "form_feeds_are_text": reading_tags(space=re.compile(b"[\t\n\r ]*+")),
    "last_attribute_counts": put(markup, "attributes", _last),
    "references_unresolved": put(markup, "_resolved", lambda value: value),
    "xml_rules": _reading(xml=True),
    "html_rules": _reading(xml=False),
    # the way to the head
    "mark_is_text": put(splice, "_UTF8_BOM", b"\0\0\0"),
    "marks_of_utf_16_unknown": put(splice, "_UTF16_BOMS", ()),
    "nul_bytes_overlooked": _feeding(lambda data: data.replace(b"\0", b"")),
    "any_first_byte": put(markup, "SPACE", re.compile(b"[^<]*+")),
    "end_tags_are_content": put(splice, "ENDS_HEAD", Everything()),
    "end_tags_overlooked": put(splice, "ENDS_HEAD", frozenset()),
    "text_overlooked": token_as(lambda _, token: None if token.kind is Kind.TEXT else token),
    "head_only": asking_for(lambda *_: "no_place"),
    "page_tags_only": asking_for(lambda self, _: None if self._page else "not_html"),
    "after_the_first_tag": placing("_content", Everything()),
    "last_head_counts": placing("_start", {b"head"}),
    "closed_heads_refused": around(
        "_start",
        lambda self, method, token: "no_place" if token.name == b"head" and self._closed(token) else method(token),
    ),
    "references_are_text": around("_content", content_anywhere),
    "pieces_are_pages": put(splice, "FRAGMENTS", frozenset()),
    "prolog_overlooked": stuck("_prolog", False),
    "looks_at_64_kib": _limited(65_536),
    "looks_without_limit": _limited(1 << 30),
    # within the head
    "metas_do_not_lead": stuck("_leading", False),
    "base_leads": placing("_head_element", {b"base"}),
    "behind_the_first_scripts": placing("_head_element", {b"script"}),
    "marker_overlooked": put(Splicer, "_ours", lambda self, tag: False),
    "marker_in_text": put(Splicer, "_run", _marker_in_text),
    "templates_read": stuck("_templates", 0),
    "templates_end_the_head": put(splice, "IN_HEAD", splice.IN_HEAD - {b"template"}),
    "head_ends_at_its_end_tag": put(splice, "AFTER_HEAD", frozenset()),
    "noscript_belongs_to_the_head": put(splice, "AFTER_HEAD", splice.IN_HEAD),
    "body_read": lambda: patch.multiple(splice, IN_HEAD=Everything(), AFTER_HEAD=Everything()),
    "meta_policies_overlooked": stuck("_permits", lambda content, loads: True),
    "every_meta_policy_blocks": stuck("_permits", lambda content, loads: False),
    "policies_before_it_forgotten": put(
        plan.policies,
        "meta_permits",
        lambda content, needs, *, loads, **more: _permits(content, needs, loads=False, **more),
    ),
    # charsets
    "charset_pushed_out": put(charsets, "in_sight", lambda data, place, room, metas: place),
    "charset_of_the_head_only": put(charsets, "_ANY_META", _NEVER),
    "whole_metas_only": put(charsets, "_ANY_META", re.compile(rb"<meta[^>]*charset[^>]*>", re.IGNORECASE)),
    "any_label_counts": put(charsets, "named", lambda attributes: (_named(attributes)[0], True)),
    "moves_for_every_charset": put(
        charsets, "in_sight", lambda data, place, room, metas: max(place, *(meta.end for meta in metas))
    ),
    "header_forgotten": stuck("_charset_known", False),
    "header_believed": stuck("_charset_known", True),
    "bases_overlooked": stuck("_base", None),
    "foreign_charset_spliced": put(charsets, "foreign", lambda label, meta: False),
    "utf_16_in_a_meta_believed": put(charsets, "READ_AS_UTF8", frozenset()),
    "decoded_and_encoded": _feeding(lambda data: data.decode("utf-8", "replace").encode()),
    # XHTML
    "html_form_of_the_snippet": put(Snippet, "render", lambda self, **facts: _render(self)),
    "content_in_xhtml": around("_content", content_anywhere),
    "subsets_overlooked": token_as(lambda _, token: None if token.kind is Kind.DOCTYPE else token),
    "namespace_overlooked": stuck("_in_xhtml", True),
    "slashes_overlooked": put(Splicer, "_closed", lambda self, token: False),
    "metas_lead_in_xhtml": placing("_head_element", _LEADS),
    "xhtml_heads_end_early": token_as(
        lambda self, token: token._replace(name=b"head") if token.kind is Kind.END else token
    ),
    # heads
    "only_200": put(eligible, "_never_shown", lambda status: status != 200),
    "rule_partial": without("partial"),
    "rule_not_a_document": without("not_a_document"),
    "rule_status": without("status"),
    "rule_range": without("range"),
    "rule_attachment": without("attachment"),
    "rule_media_type": without("media_type"),
    "rule_no_transform": without("no_transform"),
    "rule_charset": without("charset"),
}
