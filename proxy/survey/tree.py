"""A page as a tree that is only ever read, and the selector by which an element of it is found again. Pure.

libxml2 leaves out what is nested deeper than some 2,000 elements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from lxml import etree, html

from proxy.privacy.values import find

_DEEPEST: Final = 5
_GENERATED: Final = re.compile(r"\d{4,}")
"""Ids with digits in a row differ from load to load."""
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}")


def parsed(text: str) -> Any | None:
    """The root of a page; None where there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, recover=True, no_network=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def elements(root: Any) -> Iterator[Any]:
    """All elements in document order; comments and their like are none."""
    return (each for each in root.iter() if isinstance(each.tag, str))


class Finder:
    """Writes selectors as recorder/src/selector.ts does, but without what looks like a value."""

    def __init__(self, root: Any) -> None:
        self._ids, self._names = Counter[str](), Counter[str]()
        for each in elements(root):
            self._ids[each.get("id", "")] += 1
            self._names[each.get("name", "")] += 1

    def selector(self, element: Any) -> str:
        """The shortest that finds it."""
        parts, at = list[str](), element
        while at is not None and len(parts) < _DEEPEST:
            ident, name = at.get("id", ""), at.get("name", "")
            if usable_id(ident) and self._ids[ident] == 1:
                parts.insert(0, f"#{_escaped(ident)}")
                break
            if at is element and usable(name) and self._names[name] == 1:
                return f'{_tag(at)}[name="{_escaped(name)}"]'
            parts.insert(0, _tag(at) + _nth(at))
            at = at.getparent()
        return " > ".join(parts)


def usable(text: str) -> bool:
    """Whether a name may be shown: it is there, short, and looks like no value."""
    return 0 < len(text) <= 80 and not find(text)


def usable_id(text: str) -> bool:
    """The same of an id, which may besides be another one at every load."""
    return usable(text) and not _GENERATED.search(text)


def example(element: Any, mark: str) -> str:
    """The element's own tag with the mark in it, and nothing of what it holds."""
    shown = [
        f'{key}="{escape(element.get(key))}"'
        for key, right in (("type", _PLAIN.fullmatch), ("id", usable_id), ("name", usable))
        if right(element.get(key, ""))
    ]
    return f"<{' '.join([_tag(element), *shown, mark])}>"


def _tag(element: Any) -> str:
    return element.tag if _PLAIN.fullmatch(element.tag) else "*"


def _nth(element: Any) -> str:
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    only = not before and next(element.itersiblings(element.tag), None) is None
    return "" if only else f":nth-of-type({before + 1})"


def _escaped(text: str) -> str:
    """CSS.escape (https://drafts.csswg.org/cssom/#serialize-an-identifier)."""
    out = list[str]()
    for index, c in enumerate(text):
        digit = c.isascii() and c.isdigit()
        if c == "\0":
            out.append("\ufffd")
        elif c < " " or c == "\x7f" or (digit and (index == 0 or (index == 1 and text[0] == "-"))):
            out.append(f"\\{ord(c):x} ")
        elif c >= "\x80" or (c.isascii() and c.isalnum()) or c == "_" or (c == "-" and text != "-"):
            out.append(c)
        else:
            out.append(f"\\{c}")
    return "".join(out)
