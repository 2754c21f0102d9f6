"""A stored page as a tree, to be asked what the recorder asked the browser: which selector matches, which label.

Of a view everything that ever was in it: nodes that were removed stay, for to know more makes no verdict laxer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cssselect import ExpressionError, SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from proxy.privacy.element import own_card, special
from proxy.privacy.fields import CUT, FieldCard
from proxy.privacy.memory import Flag

NODE: Final = "{milchglas}node"
_NAME: Final = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
_NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Selectors:
    """CSS selectors of a site's configuration, by what they are for; `unusable` cannot be asked of a tree."""

    def __init__(self, written: Mapping[str, Sequence[str]]) -> None:
        self.unusable = list[str]()
        self.by_use = {
            use: [found for text in texts if (found := self._one(text))] for use, texts in written.items()
        }

    def _one(self, text: str) -> CSSSelector | None:
        try:
            return CSSSelector(text, translator="html")
        except (SelectorError, ExpressionError, etree.XPathError):
            self.unusable.append(text)
            return None


@dataclass(slots=True)
class _Field:
    """An element that holds a value, or choices."""

    tag: str
    attributes: dict[str, Any]
    element: Any


class Mirror:
    """One view."""

    def __init__(self, selectors: Selectors) -> None:
        self._selectors = selectors
        self._forget()

    def _forget(self) -> None:
        self._root = etree.Element("document")
        self._elements = dict[int, Any]()
        self._fields = dict[int, _Field]()
        self._labels = dict[str, str]()
        self._wrapped = dict[int, str]()

    def take(self, events: Iterable[dict[str, Any]]) -> dict[int, FieldCard]:
        """See the events of a batch; the cards of the view's fields.

        What the site's selectors call sensitive or excluded gets the mark for it, in the events themselves.
        """
        fresh = list[tuple[int, dict[str, Any]]]()
        for event in events:
            data = event.get("data")
            if not isinstance(data, dict):
                continue
            if event["type"] == 2:
                self._forget()
                self._grow(data.get("node"), self._root, None, fresh)
            elif event["type"] == 3 and data.get("source") == 0:
                for add in _objects(data.get("adds")):
                    parent = self._elements.get(add.get("parentId", 0), self._root)
                    self._grow(add.get("node"), parent, self._elements.get(add.get("nextId") or 0), fresh)
                for change in _objects(data.get("attributes")):
                    self._change(change, fresh)
        matched = {use: self._matching(found) for use, found in self._selectors.by_use.items()}
        for node, attributes in fresh:
            for use, mark in (("sensitive", "mask"), ("exclude", "exclude")):
                if node in matched.get(use, ()):
                    attributes["data-milchglas"] = mark
        return {node: self._card(node, field, matched) for node, field in self._fields.items()}

    def _matching(self, selectors: Sequence[CSSSelector]) -> set[int]:
        return {int(each.get(NODE, 0)) for selector in selectors for each in selector(self._root)}

    def _card(self, node: int, field: _Field, matched: Mapping[str, set[int]]) -> FieldCard:
        card = own_card(field.tag, field.attributes)
        about = (int(each.get(NODE, 0)) for each in field.element.iterancestors("label"))
        label = self._labels.get(card.id, "") or next((self._wrapped.get(each, "") for each in about), "")
        hidden = {node, *(int(each.get(NODE, 0)) for each in field.element.iterancestors())}
        uses = tuple((use, 0) for use, found in matched.items() if (hidden if use != "safe" else {node}) & found)
        return replace(card, label=label[:CUT], rules=uses)

    def _grow(self, root: Any, parent: Any, before: Any, fresh: list[tuple[int, dict[str, Any]]]) -> None:
        rest = [(root, parent, before)]
        while rest:
            raw, parent, before = rest.pop()
            if not isinstance(raw, dict) or type(raw.get("id")) is not int:
                continue
            element = parent
            if isinstance(raw.get("tagName"), str) and isinstance(raw.get("attributes"), dict):
                element = self._element(raw, fresh)
                if before is not None and before.getparent() is parent:
                    before.addprevious(element)
                else:
                    parent.append(element)
            children = raw.get("childNodes")
            if isinstance(children, list):
                rest += [(child, element, None) for child in reversed(children)]

    def _element(self, raw: dict[str, Any], fresh: list[tuple[int, dict[str, Any]]]) -> Any:
        node, tag, attributes = raw["id"], raw["tagName"].lower(), raw["attributes"]
        element = etree.Element(tag if _NAME.fullmatch(tag) else "unnamed")
        element.set(NODE, str(node))
        _set(element, attributes)
        self._elements[node] = element
        fresh.append((node, attributes))
        if tag == "input" or special(tag, attributes) & (Flag.VALUE | Flag.SELECT):
            self._fields[node] = _Field(tag, dict(attributes), element)
        if tag == "label":
            self._wrapped[node] = text = _text(raw)
            if isinstance(attributes.get("for"), str):
                self._labels[attributes["for"]] = text
        return element

    def _change(self, change: dict[str, Any], fresh: list[tuple[int, dict[str, Any]]]) -> None:
        node, attributes = change.get("id"), change.get("attributes")
        element = self._elements.get(node) if type(node) is int else None
        if type(node) is not int or element is None or not isinstance(attributes, dict):
            return
        _set(element, attributes)
        fresh.append((node, attributes))
        if node in self._fields:
            self._fields[node].attributes |= attributes


def _set(element: Any, attributes: dict[str, Any]) -> None:
    for name, value in attributes.items():
        if not _NAME.fullmatch(name):
            continue
        if value is None or value is False:
            element.attrib.pop(name, None)
        elif isinstance(value, str | int | float):
            element.set(name, _NO_XML.sub("", "" if value is True else str(value)))


def _text(raw: dict[str, Any]) -> str:
    parts, rest = list[str](), [raw]
    while rest and len(parts) < CUT:
        node = rest.pop()
        if isinstance(node.get("textContent"), str):
            parts.append(node["textContent"].strip())
        rest += reversed(_objects(node.get("childNodes")))
    return " ".join(filter(None, parts))[:CUT]


def _objects(raw: Any) -> list[dict[str, Any]]:
    return [each for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []
