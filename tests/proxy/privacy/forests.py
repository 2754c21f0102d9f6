"""Random pages for Hypothesis: every kind of node, field, mirror and change, with canaries where secrets are."""

from __future__ import annotations

import base64
import html
import json
import unicodedata
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from hypothesis import strategies as st

SECRET: Final = "Qz7Zaunkönig&w"
"""Typed into fields that are secret; no beginning of it is a word of any page here."""

_SPELT: Final[tuple[Callable[[str], str], ...]] = (
    str,
    str.upper,
    lambda text: f"vor {text} nach",
    lambda text: text[:6],
    lambda text: text[::-1],
    lambda text: quote(text),
    lambda text: quote(text, encoding="latin-1"),
    lambda text: quote(quote(text)),
    lambda text: html.escape(text),
    lambda text: html.escape(html.escape(text)),
    lambda text: "".join(f"&#{ord(c)};" for c in text),
    lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    lambda text: json.dumps({"a": text}),
    lambda text: json.dumps(json.dumps(text)),
    lambda text: "".join(f"{c}\x00" for c in text),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: "\u00ad".join(text),
    lambda text: text.encode().hex(),
    lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: base64.b64encode(b"x" + text.encode()).decode(),
    lambda text: base64.b64encode(b"xy" + text.encode()).decode(),
    lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
)

ids = st.integers(5, 60)
spelt = st.sampled_from(_SPELT).map(lambda spell: spell(SECRET))
harmless = st.sampled_from(["", "Katalog", "12,50 €", "\ud7ff", " ", "Größe wählen", "2024-12-24"])
words = st.one_of(harmless, harmless, spelt)
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 70) | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "value", "style"]), inner, max_size=3)
    ),
    max_leaves=4,
)
names = st.sampled_from(
    [
        "class",
        "id",
        "title",
        "data-x",
        "data-value",
        "href",
        "src",
        "srcset",
        "style",
        "value",
        "onclick",
        "aria-label",
        "type",
        "name",
        "content",
        "alt",
        "for",
        "placeholder",
        "srcdoc",
        "action",
        "poster",
        "rr_src",
        "rr_dataURL",
        "label",
        "checked",
        "selected",
        "contenteditable",
        "role",
        "x-y",
    ]
) | spelt.map(lambda text: "data-" + text)
tags = st.sampled_from(
    [
        "div",
        "p",
        "a",
        "img",
        "input",
        "textarea",
        "select",
        "option",
        "x-y",
        "script",
        "style",
        "meta",
        "svg",
        "button",
        "title",
        "iframe",
        "label",
        "noscript",
        "use",
    ]
)
styles = st.dictionaries(st.sampled_from(["color", "--x", "content", "background"]) | spelt, words, max_size=2)
values = st.one_of(words, words, words, junk, styles)
attributes = st.dictionaries(names, values, max_size=4)
texts = st.builds(lambda i, t: {"type": 3, "id": i, "textContent": t}, ids, words)


def _element(
    tag: str, number: int, given: dict[str, Any], children: list[Any], more: dict[str, Any]
) -> dict[str, Any]:
    return {"type": 2, "id": number, "tagName": tag, "attributes": given, "childNodes": children} | more


more = st.sampled_from([{}, {}, {"isShadowHost": True}, {"isShadow": True}, {"isSVG": True}, {"rootId": 1}])
nodes = st.recursive(
    texts,
    lambda inner: (
        st.builds(_element, tags, ids, attributes, st.lists(inner, max_size=4), more)
        | st.builds(lambda i, c: {"type": 0, "id": i, "childNodes": c}, ids, st.lists(inner, max_size=3))
        | st.builds(lambda i, t: {"type": 5, "id": i, "textContent": t}, ids, words)
    ),
    max_leaves=14,
)
added = st.builds(lambda p, n: {"parentId": p, "nextId": None, "node": n}, ids, nodes)
rules = st.builds(lambda t: [{"rule": f".a{{--x:'{t}'}}", "index": 0}], words)
changes = st.one_of(
    st.builds(lambda i, t: {"source": 5, "id": i, "text": t, "isChecked": False}, ids, words),
    st.builds(lambda i, t: {"source": 0, "texts": [{"id": i, "value": t}]}, ids, words),
    st.builds(lambda i, a: {"source": 0, "attributes": [{"id": i, "attributes": a}]}, ids, attributes),
    st.builds(lambda a: {"source": 0, "adds": a, "isAttachIframe": True}, st.lists(added, max_size=3)),
    st.builds(lambda p, i: {"source": 0, "removes": [{"parentId": p, "id": i}]}, ids, ids),
    st.builds(lambda i, r: {"source": 8, "id": i, "adds": r}, ids, rules),
    st.builds(
        lambda i, t: {"source": 13, "id": i, "index": [0], "set": {"property": "--x", "value": t}}, ids, words
    ),
    st.builds(
        lambda i, r: {"source": 15, "id": i, "styleIds": [1], "styles": [{"styleId": 1, "rules": r}]}, ids, rules
    ),
    st.builds(lambda t: {"source": 16, "define": {"name": t}}, words),
    st.builds(lambda s, d: {"source": s, "rule": d, "payload": d, "ranges": d}, st.integers(0, 20), junk),
)


def _page(children: list[Any]) -> dict[str, Any]:
    """A whole page; what is random stands beside a password field, 70, and its harmless neighbour, 71."""
    field = _element("input", 70, {"type": "password", "name": "pw"}, [], {})
    search = _element("input", 71, {"type": "search", "name": "q"}, [], {})
    body = _element("body", 4, {}, [field, search, *children], {})
    root = _element("html", 3, {}, [_element("head", 72, {}, [], {}), body], {})
    return {
        "type": 2,
        "data": {"node": {"type": 0, "id": 1, "childNodes": [root]}, "initialOffset": {"top": 0, "left": 0}},
    }


pages = st.lists(nodes, max_size=3).map(_page)
events = st.one_of(
    changes.map(lambda data: {"type": 3, "data": data}),
    changes.map(lambda data: {"type": 3, "data": data}),
    pages,
    st.builds(
        lambda t: {"type": 4, "data": {"href": f"https://shop.example/k/{t}", "width": 8, "height": 6}}, words
    ),
    st.builds(lambda t, d: {"type": t, "data": {"payload": d}}, st.integers(0, 9), junk),
)
typing: Final = [
    {"type": 3, "data": {"source": 5, "id": 70, "text": SECRET[:length], "isChecked": False}}
    for length in (5, 9, len(SECRET))
]
CARDS: Final[dict[int, Any]] = {
    70: {"tag": "input", "type": "password", "name": "pw"},
    71: {"tag": "input", "type": "search", "name": "q"},
}
visits = st.builds(
    lambda page, first, later: [[page, *typing, *first], *later],
    pages,
    st.lists(events, max_size=5),
    st.lists(st.lists(events, min_size=1, max_size=5), max_size=2),
)
"""Batches of one visit; the secret is typed in the first."""
