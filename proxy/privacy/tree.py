"""The nodes of a page: what may stay of each, and what is special about it, remembered by node id.

Without recursion: a page may be as deep as its author was patient. What is deeper than `MAX_DEPTH` is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proxy.privacy.attributes import BUTTONS, HTML_TAGS, tag_is_safe
from proxy.privacy.element import FIELDS, HIDING, MARKS, attributes_of, input_type, own_card, special
from proxy.privacy.memory import MAX_DEPTH, MAX_NODES, Flag, Place
from proxy.privacy.nodes import LIMIT, Cdata, Comment, Doctype, Document, Element, Serialized, Text, read
from proxy.privacy.shapes import MARKED, SHAPES, Shape
from proxy.privacy.urls import MASK, mask_css
from proxy.privacy.work import Value, Work


def is_id(raw: Any) -> bool:
    """Whether `raw` can name a node: its own id, from 1, or none."""
    return type(raw) is int and -2 < raw < LIMIT


def tree(work: Work, raw: Any, parent: int, place: Place) -> Serialized | None:
    """What may stay of the node `raw` and of what is below it; None when it is none, or may not.

    `raw` is one already, or JSON's objects; its parent is `parent`, at `place`. It is changed in place, in the
    page's order: nothing stands in a node that its type does not name.
    """
    root = raw if isinstance(raw, Serialized) else read(raw, lambda: work.count("dropped:unknown_node"))
    if root is None:
        return None
    found, places, codes, nodes = work.shown.found, work.shown.places, work.codes.dicts, work.view.nodes
    above: list[_Frame] = []
    gone: set[int] = set()
    top = children = [root]
    rest, leaf, readable = iter(top), (parent, "", 0, ""), not place.flags and not work.masks_text
    while True:
        for child in rest:  # most nodes are texts, or elements of which nothing is special: no detours for them
            node, inner = child.id, place
            if isinstance(child, Text):
                nodes[node] = leaf
                text = child.textContent
                if not readable:
                    text_into(work, child, "textContent", text, place, node)
                elif text and not text.isspace():
                    found.append(text)
                    places.append(child)
                continue
            if isinstance(child, Element):
                tag, attributes, below = child.tagName, child.attributes, child.childNodes
                shape = SHAPES[tag, *attributes] if readable else Shape.OTHER
                listed = attributes.get("class")
                if shape and not (type(listed) is str and MARKED[listed]):
                    nodes[node] = (parent, tag, 0, "")
                    if attributes:
                        for value in attributes.values():
                            if shape == Shape.USUAL or type(value) is not str:
                                child.attributes = attributes_of(work, node, tag, "", attributes, place, 0)
                                break
                        else:
                            codes.append(attributes)
                    if len(below) == 1 and isinstance(only := below[0], Text) and len(nodes) < MAX_NODES:
                        nodes[only.id] = (node, "", 0, "")
                        text = only.textContent
                        if text and not text.isspace():
                            found.append(text)
                            places.append(only)
                        continue
                elif tag in HTML_TAGS or tag_is_safe(tag):
                    inner = _element(work, child, parent, place)
                else:
                    gone.add(id(child))
                    work.counts["dropped:unknown_node"] += 1
                    continue
            else:
                below = _other(work, child, parent)
            if below:
                break
        else:
            if gone:
                children[:] = [child for child in children if id(child) not in gone]
            if not above:
                return top[0] if top else None
            children, rest, parent, place, leaf, readable = above.pop()
            continue
        if len(above) >= MAX_DEPTH - 1:
            below.clear()
            work.counts["dropped:too_deep"] += 1
            continue
        above.append((children, rest, parent, place, leaf, readable))
        children, rest, parent, place, leaf = below, iter(below), node, inner, (node, "", 0, "")
        if len(nodes) + len(children) > MAX_NODES and not room_for(work, len(children)):
            above = [(*frame[:-1], False) for frame in above]
        readable = not place.flags and not work.masks_text


type _Frame = tuple[list[Serialized], Iterator[Serialized], int, Place, tuple[int, str, int, str], bool]
"""Children that are gone through, what is left of them, their parent and its place, and what holds for texts."""


def _other(work: Work, node: Document | Doctype | Cdata | Comment, parent: int) -> list[Serialized]:
    """What may stay of a node that is neither element nor text; its children."""
    if isinstance(node, Document):
        work.view.nodes[node.id] = (parent, "", Flag.NONE, "")
        return node.childNodes
    if isinstance(node, Doctype):
        for key in ("name", "publicId", "systemId"):
            if isinstance(said := node[key], str):
                node[key] = said[:200]
                work.codes.add(node, key, said[:200])
    else:
        node.textContent = ""
    return []


def room_for(work: Work, more: int) -> bool:
    """Whether `more` nodes can be remembered; a page that is too large is not known from here on."""
    view = work.view
    if len(view.nodes) + more > MAX_NODES:
        view.prune()
        if len(view.nodes) + more > MAX_NODES:
            view.too_large()
            work.masks_text = True
            return False
    return True


def _element(work: Work, element: Element, parent: int, place: Place) -> Place:
    """Leave of an element's tag and attributes what may stay, and tell the place of what is below it."""
    node, raw = element.id, element.attributes
    if element.tagName not in HTML_TAGS:
        work.codes.add(element, "tagName", element.tagName)
    tag = element.tagName.lower()
    if place.flags & Flag.LOST and element.tagName not in HTML_TAGS:
        element.tagName = "x-masked"
    flags = special(tag, raw)
    kind = input_type(tag, raw) if tag == "input" else ""
    work.view.nodes[node] = (parent, tag, flags, kind)
    field = place.field
    if flags:
        owns = flags & (Flag.VALUE | Flag.SELECT) and not place.field
        place = Place(place.flags | flags & Flag.INHERITED, node if owns else place.field)
    if tag in FIELDS or flags & Flag.VALUE:
        if tag != "input" or kind not in BUTTONS:
            work.hint(node, own_card(tag, raw))
            field = field or node
        if (place.flags | flags) & MARKS and not place.flags & Flag.LOST:
            work.marked.add(node)
    element.attributes = attributes_of(work, node, tag, kind, raw, place, field)
    return place


def text_into(work: Work, holder: Text | dict[str, Any], key: str, raw: Any, place: Place, node: int) -> None:
    """Put what may stay of a text node's text at `holder[key]`."""
    if not isinstance(raw, str):
        holder[key] = None if raw is None else ""
        return
    holder[key] = raw
    flags = place.flags
    if not raw.strip():
        return
    if not flags and not work.masks_text:  # the most frequent case first
        work.shown.add(holder, key, raw)
    elif flags & Flag.SCRIPT:
        holder[key] = ""
    elif flags & Flag.STYLE:
        holder[key] = mask_css(raw, content=work.masks_text)
        work.styles.add(holder, key, holder[key])
    elif flags & Flag.VALUE:
        work.part_of(node, place.field)
        work.values.append(Value(place.field, holder, key, raw, "text"))
        if flags & HIDING and not flags & Flag.LOST:
            work.marked.add(place.field)
    elif flags & Flag.SELECT:
        _option_text(work, holder, key, raw, place, node)
    else:
        holder[key] = MASK
        work.counts["mark:mask" if flags & HIDING and not flags & Flag.LOST else "text:mask"] += 1


def _option_text(work: Work, holder: Text | dict[str, Any], key: str, raw: str, place: Place, node: int) -> None:
    """The text of an option follows the select's verdict, and is remembered as what its value reads like."""
    work.part_of(node, place.field)
    option = work.view.node(node)
    chosen = option is not None and option.parent in work.chosen
    work.values.append(Value(place.field, holder, key, raw, "option", chosen))
    if option is not None and option.parent in work.option_values:
        work.view.know_option(place.field, work.option_values[option.parent], raw.strip()[:80])
