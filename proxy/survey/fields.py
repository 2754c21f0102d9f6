"""The fields of a page: which are sensitive and nobody marked, and which carry a mark already. Pure.

Judged by the same code as a batch (proxy/privacy): the card is made of the words that surely belong to a field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from lxml import etree

from proxy.privacy.fields import CUT, FieldCard, Verdict, classify
from proxy.privacy.kinds import SECRET
from proxy.privacy.marks import CLASSES, NAMES, Mark, is_safe, of_attribute, of_card, of_classes
from proxy.privacy.mirror import Mirror, Selectors
from proxy.privacy.sanitize import MARK
from proxy.survey.tree import Finder, example

TEXT, FIELDS = 3, ("input", "select", "textarea")
_HAS_FIELDS: Final = etree.XPath(
    "boolean(//input|//select|//textarea|//datalist|//*[@contenteditable]|//*[@role])"
)
MOST: Final = 2000
"""Fields of a page that are looked at; no honest page has more."""


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A sensitive field that nobody marked; `example` is its own tag with the mark in it."""

    selector: str
    kind: str
    cls: str
    rule: str
    example: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A field that is covered already, and by what."""

    selector: str
    by: str


def fields(root: Any, selectors: Selectors) -> tuple[list[Unmarked], list[Marked]]:
    """Of the page's fields those that matter. `selectors` are the site's, by use."""
    if not _HAS_FIELDS(root):  # many pages have none, and need no look at their words
        return [], []
    tree = _Tree(root)
    cards = Mirror(selectors).take([{"type": 2, "data": {"node": tree.node}}])
    finder = Finder(root) if cards else None
    unmarked, marked = list[Unmarked](), list[Marked]()
    for number, bare in islice(cards.items(), MOST):
        element = tree.elements[number]
        assert finder
        if by := _marked_by(element, bare):
            marked.append(Marked(finder.selector(element), by))
            continue
        card = replace(bare, text_before=bare.text_before or _above(element))
        told: Verdict = classify(card)
        if told.sensitive and (told.cls == SECRET or not is_safe(card)):
            tag = example(element, MARK)
            unmarked.append(Unmarked(finder.selector(element), told.kind, told.cls, told.rule, tag))
    return unmarked, marked


class _Tree:
    """The page as a full snapshot of the recorder's, with the element of each node."""

    def __init__(self, root: Any) -> None:
        self.elements = dict[int, Any]()
        self._count = 0
        self._ids = {each.get("id"): each for each in root.iterfind(".//*[@id]")}
        self.node = self._element(root)
        rest = [(root, self.node)]
        while rest:
            element, node = rest.pop()
            self._text(node, element.text)
            for child in element:
                if isinstance(child.tag, str):
                    made = self._element(child)
                    node["childNodes"].append(made)
                    rest.append((child, made))
                self._text(node, child.tail)

    def _element(self, element: Any) -> dict[str, Any]:
        self._count += 1
        self.elements[self._count] = element
        attributes: dict[str, Any] = dict(element.attrib)
        if naming := attributes.get("aria-labelledby", ""):
            texts = [_words(self._ids[each]) for each in naming.split()[:8] if each in self._ids]
            attributes["aria-label"] = " ".join([attributes.get("aria-label", ""), *texts]).strip()[:CUT]
        return {"type": 2, "id": self._count, "tagName": element.tag, "attributes": attributes, "childNodes": []}

    def _text(self, node: dict[str, Any], text: str | None) -> None:
        if text:
            self._count += 1
            node["childNodes"].append({"type": TEXT, "id": self._count, "textContent": text})


def _words(element: Any) -> str:
    parts, length = list[str](), 0
    for text in element.itertext():
        parts.append(text.strip())
        length += len(text)
        if length > CUT:
            break
    return " ".join(filter(None, parts))[:CUT]


def _above(field: Any) -> str:
    """The cell above, in a row without fields: legacy forms are tables (recorder/src/wording.ts, above)."""
    cell: Any = next(field.iterancestors("td"), None)
    row: Any = cell.getparent() if cell is not None else None
    before = row.getprevious() if row is not None else None
    if before is None or before.tag != "tr":
        return ""
    index = row.index(cell)
    words = before[index] if index < len(before) else None
    if words is None or words.tag not in ("td", "th") or next(words.iterdescendants(*FIELDS), None) is not None:
        return ""
    return _words(words)


def _marked_by(element: Any, card: FieldCard) -> str:
    """The strictest mark on the element or above it as people write it, or the configuration's list."""
    found: list[tuple[Mark, str]] = []
    for at in (element, *element.iterancestors()):
        for name in NAMES & set(at.keys()):
            value = at.get(name).strip().lower()
            shown = f'{name}="{value}"' if value in ("mask", "exclude", "ignore") else name
            found.append((of_attribute(name, at.get(name)), shown))
        if mark := of_classes(at.get("class", "")):
            known = [each for each in at.get("class").split() if each in CLASSES]
            found.append((mark, f"class {known[0] if known else 'dd-privacy-*'}"))
    strictest, by = max(found, default=(Mark.NONE, ""))
    if strictest:
        return by
    _, rule = of_card(card)
    return f"`{rule.removeprefix('site:')}` in the configuration" if rule else ""
