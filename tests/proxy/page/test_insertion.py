"""Any page, any split, any coding: what goes out is what came in and one insertion at a place where a tag may
stand, or the very bytes that came in."""

from __future__ import annotations

import gzip
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import brotli
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from proxy.config import Site
from proxy.page.coding import CODINGS
from proxy.page.rewrite import Rewrite
from proxy.page.snippet import MARKER, Snippet
from proxy.page.splice import Splicer
from tests.proxy.page.html import pages

SITE = Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1")
SNIPPET = Snippet(SITE, "/_milchglas", "/_milchglas/recorder.0123abcd.js")

ENCODE: dict[str, tuple[Callable[[bytes], bytes], ...]] = {
    "identity": (bytes,),
    "gzip": (lambda data: gzip.compress(data, mtime=0),),
    "x-gzip": (lambda data: gzip.compress(data, 1, mtime=0),),
    "deflate": (zlib.compress, lambda data: zlib.compress(data, wbits=-15)),
    "br": (lambda data: brotli.compress(data, quality=4),),
    "zstd": (zstandard.compress,),
}
"""A coding's forms. Tests know them from the ordinary libraries."""

DECODE: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "x-gzip": gzip.decompress,
    "deflate": lambda data: zlib.decompress(
        data, wbits=15 if data[0] & 15 == 8 and not (data[0] << 8 | data[1]) % 31 else -15
    ),
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}

MEMBERS = {"gzip", "x-gzip", "zstd"}
"""Codings of which several may follow each other in one body."""


def decided(page: bytes, *, xhtml: bool, known: bool) -> int | str:
    """The decision for a page that comes at once."""
    splicer = Splicer(len(SNIPPET.render(xhtml=xhtml)), xhtml=xhtml, charset_known=known)
    decision = splicer.feed(page)
    return splicer.end() if decision is None else decision


def sent(wire: bytes, cuts: list[int], coding: str, *, xhtml: bool, known: bool) -> tuple[str, bytes]:
    """The reason, and all that goes out for a body that is cut at these places."""
    snippet = SNIPPET.render(xhtml=xhtml)
    rewrite = Rewrite(snippet, coding, Splicer(len(snippet), xhtml=xhtml, charset_known=known))
    outcome, out = None, list[bytes]()
    for start, end in pairwise([0, *sorted({cut for cut in cuts if 0 < cut < len(wire)}), len(wire)]):
        if outcome is None:
            outcome = rewrite.feed(wire[start:end])
            out += outcome.chunks if outcome else ()
        else:
            out += rewrite.rest(wire[start:end]) if outcome.injected else (wire[start:end],)
    if outcome is None:
        outcome = rewrite.end()
        out += outcome.chunks
    if outcome.injected:
        out.append(rewrite.finish())
    return outcome.reason, b"".join(out)


@st.composite
def wires(draw: st.DrawFn, page: bytes) -> tuple[str, bytes]:
    """A coding, and the page in it; of those that may follow each other, up to three."""
    coding = draw(st.sampled_from(CODINGS))
    encode = draw(st.sampled_from(ENCODE[coding]))
    if coding not in MEMBERS:
        return coding, encode(page)
    edges = [0, *sorted(draw(st.lists(st.integers(0, len(page)), max_size=2))), len(page)]
    return coding, b"".join(encode(page[start:end]) for start, end in pairwise(edges))


@settings(max_examples=400)
@given(data=st.data(), page=pages(), xhtml=st.booleans(), known=st.booleans())
def test_the_page_and_one_insertion_or_the_bytes_that_came(
    data: st.DataObject, page: bytes, xhtml: bool, known: bool
) -> None:
    coding, wire = data.draw(wires(page))
    cuts = data.draw(st.just(list(range(len(wire)))) | st.lists(st.integers(1, max(1, len(wire))), max_size=6))
    decision = decided(page, xhtml=xhtml, known=known)

    reason, out = sent(wire, cuts, coding, xhtml=xhtml, known=known)

    if isinstance(decision, str):
        assert (reason, out) == (decision, wire)
    else:
        injected = page[:decision] + SNIPPET.render(xhtml=xhtml) + page[decision:]
        assert (reason, DECODE[coding](out)) == ("", injected)
        assert decided(injected, xhtml=xhtml, known=known) == "already"  # a second proxy before this one


OURS, TEXT = ("ours",), ("text",)


class Tokens:
    """What libxml2's tokenizer, which follows HTML5 since 2.14, makes of a page, without elements that it adds."""

    def __init__(self) -> None:
        self.all: list[tuple[Any, ...]] = []
        self.begun = self.doctype_first = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.begun = True
        if name == "script" and MARKER in attributes:
            self.all.append(OURS)
        elif name not in ("html", "head", "body", "p"):
            self.all.append((name, dict(attributes)))

    def data(self, text: str) -> None:
        self.begun = True
        if text.strip() and self.all[-1:] != [TEXT]:
            self.all.append(TEXT)

    def comment(self, text: str) -> None:
        self.all.append(("comment", text))

    def doctype(self, *parts: str | None) -> None:
        self.doctype_first |= not self.begun
        self.all.append(("doctype", *parts))

    def close(self) -> Tokens:
        return self


def tokens(page: bytes) -> Tokens:
    parser = etree.HTMLParser(target=Tokens(), encoding="iso-8859-1")
    parser.feed(page.removeprefix(BOM_UTF8))
    found: Tokens = parser.close()
    return found


@settings(max_examples=400)
@given(page=pages())
@example(page=b"<!doctype html><!-- <head> --><html a='<head>'><title><head></title>")
def test_to_another_tokenizer_the_insertion_is_a_tag_of_its_own_and_all_else_is_what_it_was(page: bytes) -> None:
    at = decided(page, xhtml=False, known=True)
    if isinstance(at, str):
        return
    before, after = tokens(page), tokens(page[:at] + SNIPPET.render() + page[at:])
    assert (before.all.count(OURS), after.all.count(OURS)) == (0, 1)
    assert [token for token in after.all if token != OURS] == before.all
    # Behind an end tag no doctype counts; libxml2 tells of it all the same.
    if b"</" not in page[: page.lower().find(b"<!doctype")]:
        assert after.doctype_first == before.doctype_first


def test_what_was_held_goes_out_in_one_piece_for_browsers_guess_a_charset_from_what_they_get_first() -> None:
    page = "<html><head><title>Цены</title></head><body>".encode("koi8-r") + b"x" * 1024
    snippet = SNIPPET.render()
    outcome = Rewrite(snippet, "identity", Splicer(len(snippet))).feed(page)
    assert outcome and list(outcome.chunks) == [page.replace(b"<head>", b"<head>" + snippet)]
