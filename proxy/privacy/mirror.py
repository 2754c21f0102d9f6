"""A stored page as a tree, asked what the recorder asked the browser: what a selector matches, what words tell.

Of a view everything that ever was in it: nodes that were removed stay, for to know more makes no verdict laxer.
Of the words around a field (recorder/src/wording.ts) those that are surely its own: label, legend, and the text
before it in the same row.
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
_SILENT: Final = frozenset(("script", "style", "noscript", "template", "button"))
"""Elements whose text describes no field; fields are silent, too."""
_BLOCK: Final = frozenset(
    (
        "td",
        "th",
        "tr",
        "li",
        "p",
        "div",
        "dt",
        "dd",
        "label",
        "legend",
        "fieldset",
        "form",
        "body",
        "section",
        "table",
    )
)
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
    before: str


class _Said:
    """The text that was read last, of one block, and not yet by a field."""

    def __init__(self) -> None:
        self._parts, self._block = list[str](), None

    def add(self, text: str, parent: Any) -> None:
        block = next((each for each in (parent, *parent.iterancestors()) if each.tag in _BLOCK), None)
        if block is not self._block:
            self._parts, self._block = [], block
        self._parts.append(text)

    def take(self, field: Any) -> str:
        """For the field that comes next: all of it, when it stands in the same row, or when neither is in one."""
        parts, self._parts = self._parts, []
        same = self._block is None or _row(self._block) is _row(field)
        return " ".join(parts)[-CUT:] if same else ""


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
        self._texts = dict[int, str]()
        self._cards = dict[int, FieldCard]()

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
        if not fresh:
            return self._cards
        matched = {use: self._matching(found) for use, found in self._selectors.by_use.items()}
        for node, attributes in fresh:
            for use, mark in (("sensitive", "mask"), ("exclude", "exclude")):
                if node in matched.get(use, ()):
                    attributes["data-milchglas"] = mark
        self._cards = {node: self._card(node, field, matched) for node, field in self._fields.items()}
        return self._cards

    def _matching(self, selectors: Sequence[CSSSelector]) -> set[int]:
        return {int(each.get(NODE, 0)) for selector in selectors for each in selector(self._root)}

    def _card(self, node: int, field: _Field, matched: Mapping[str, set[int]]) -> FieldCard:
        card = own_card(field.tag, field.attributes)
        label = self._labels.get(card.id, "") or self._text_of(next(field.element.iterancestors("label"), None))
        group = next(field.element.iterancestors("fieldset"), None)
        legend = self._text_of(group.find("legend")) if group is not None else ""
        hidden = {node, *(int(each.get(NODE, 0)) for each in field.element.iterancestors())}
        uses = tuple((use, 0) for use, found in matched.items() if (hidden if use != "safe" else {node}) & found)
        return replace(card, label=label, legend=legend, text_before=field.before, rules=uses)

    def _text_of(self, element: Any) -> str:
        return self._texts.get(int(element.get(NODE, 0)), "") if element is not None else ""

    def _grow(self, root: Any, parent: Any, before: Any, fresh: list[tuple[int, dict[str, Any]]]) -> None:
        rest, said = [(root, parent, before, False)], _Said()
        while rest:
            raw, parent, before, silent = rest.pop()
            if not isinstance(raw, dict) or type(raw.get("id")) is not int:
                continue
            element = parent
            if isinstance(raw.get("tagName"), str) and isinstance(raw.get("attributes"), dict):
                element = self._element(raw, parent, before)
                fresh.append((raw["id"], raw["attributes"]))
                silent |= self._is_field(raw, element, said) or element.tag in _SILENT
            elif not silent and isinstance(raw.get("textContent"), str) and not raw["textContent"].isspace():
                said.add(raw["textContent"].strip(), parent)
            children = raw.get("childNodes")
            if isinstance(children, list):
                rest += [(child, element, None, silent) for child in reversed(children)]

    def _element(self, raw: dict[str, Any], parent: Any, before: Any) -> Any:
        node, tag, attributes = raw["id"], raw["tagName"].lower(), raw["attributes"]
        element = self._elements[node] = etree.Element(tag if _NAME.fullmatch(tag) else "unnamed")
        element.set(NODE, str(node))
        _set(element, attributes)
        if before is not None and before.getparent() is parent:
            before.addprevious(element)
        else:
            parent.append(element)
        if tag in ("label", "legend"):
            self._texts[node] = text = _text(raw)
            if isinstance(attributes.get("for"), str):
                self._labels[attributes["for"]] = text
        return element

    def _is_field(self, raw: dict[str, Any], element: Any, said: _Said) -> bool:
        tag, attributes = raw["tagName"].lower(), raw["attributes"]
        found = tag == "input" or bool(special(tag, attributes) & (Flag.VALUE | Flag.SELECT))
        if found:
            self._fields[raw["id"]] = _Field(tag, dict(attributes), element, said.take(element))
        return found

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


def _row(element: Any) -> Any:
    return next((each for each in (element, *element.iterancestors()) if each.tag == "tr"), None)


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
