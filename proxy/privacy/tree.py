"""The nodes of a page: a new tree is built of what may stay, and what is special is remembered by node id.

Without recursion: a page may be as deep as its author was patient. What is deeper than `MAX_DEPTH` is dropped.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from proxy.privacy.attributes import BUTTONS, HTML_TAGS, PLAIN, tag_is_safe
from proxy.privacy.element import FIELDS, HIDING, LIMIT, MARKS, attributes_of, input_type, own_card, special
from proxy.privacy.memory import MAX_DEPTH, MAX_NODES, Flag, Node, Place
from proxy.privacy.urls import MASK, mask_css
from proxy.privacy.work import Value, Work

_LOWER_TAGS: Final = frozenset(tag for tag in HTML_TAGS if tag.islower())
_made: Final = tuple.__new__
"""A NamedTuple's own constructor is a function of Python, three times as slow."""

DOCUMENT, DOCTYPE, ELEMENT, TEXT, CDATA, COMMENT = range(6)


def is_id(raw: Any) -> bool:
    """Whether `raw` can name a node: its own id, from 1, or none."""
    return type(raw) is int and -2 < raw < LIMIT


def tree(work: Work, root: Any, parent: int, place: Place) -> dict[str, Any] | None:
    """A new tree of what may stay of `root`, whose parent node is `parent` at `place`; None when it is no node."""
    top = _node(work, root, parent, place)
    if top is None:
        return None
    stack = list[_Below]()
    _below(stack, root, *top, 1)
    found, places, alike, nodes = work.texts.found, work.texts.places, work.alike, work.view.nodes
    while stack:
        children, kept, parent, place, depth = stack.pop()
        if depth >= MAX_DEPTH:
            work.counts["dropped:too_deep"] += 1
            continue
        if len(nodes) + len(children) > MAX_NODES:
            room_for(work, len(children))
        leaf = _made(Node, (parent, "", 0, ""))
        readable = not place.flags and not work.masks_text
        for child in children:  # most nodes are one of two: no detours for them
            try:
                kind, node, size = child["type"], child["id"], len(child)
                if kind == TEXT:
                    shown = child["textContent"]
                else:
                    tag, attributes, below = child["tagName"], child["attributes"], child["childNodes"]
            except (KeyError, TypeError):
                size = 0
            if size == 3 and kind == TEXT:
                if type(node) is int and 0 < node < LIMIT and type(shown) is str:
                    nodes[node] = leaf
                    if shown.isspace():
                        kept.append(child)  # three known keys and no more: as good as a copy
                        continue
                    text: dict[str, Any] = {"type": TEXT, "textContent": shown, "id": node}
                    kept.append(text)
                    if not readable:
                        text_into(work, text, "textContent", shown, place, node)
                    elif shown:
                        found.append(shown)
                        places.append((text, "textContent"))
                    continue
            elif (
                (size == 5 or (size == 6 and child.get("isSVG") is True))
                and kind == ELEMENT
                and type(node) is int
                and 0 < node < LIMIT
                and type(tag) is str
                and tag in _LOWER_TAGS
                and type(attributes) is dict
                and type(below) is list
            ):
                kids: list[Any] = []
                new = {"type": ELEMENT, "tagName": tag, "attributes": None, "childNodes": kids, "id": node}
                if size == 6:
                    new["isSVG"] = True
                kept.append(new)
                try:
                    like = alike.get((tag, *attributes.items())) if readable else None
                except TypeError:  # a value is no text: a style as an object
                    like = None
                if like is None:
                    inner = _element(work, new, tag, attributes, parent, place)
                else:
                    inner, new["attributes"] = place, like
                    nodes[node] = _made(Node, (parent, tag, 0, ""))
                if below:
                    stack.append((below, kids, node, inner, depth + 1))
                continue
            made = _node(work, child, parent, place)
            if made is None:
                work.counts["dropped:unknown_node"] += 1
                continue
            kept.append(made[0])
            _below(stack, child, *made, depth + 1)
    return top[0]


type _Below = tuple[list[Any], list[Any], int, Place, int]
"""Children as they came, the new list for them, their parent and its place, their depth."""


def _below(stack: list[_Below], raw: dict[str, Any], new: dict[str, Any], place: Place, depth: int) -> None:
    children = raw.get("childNodes")
    if isinstance(children, list) and "childNodes" in new:
        stack.append((children, new["childNodes"], new["id"], place, depth))


def _node(work: Work, raw: Any, parent: int, place: Place) -> tuple[dict[str, Any], Place] | None:
    """One node without its children, and the place of what is below it."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")) or raw["id"] < 1:
        return None
    kind, node = raw.get("type"), raw["id"]
    new: dict[str, Any] = {"type": kind, "id": node}
    if kind == TEXT:
        work.view.nodes[node] = Node(parent, "", Flag.NONE)
        text_into(work, new, "textContent", raw.get("textContent"), place, node)
        if raw.get("isStyle") is True:
            new["isStyle"] = True
    elif kind == ELEMENT:
        tag = raw.get("tagName")
        attributes = raw.get("attributes")
        if not isinstance(tag, str):
            return None
        new["tagName"] = tag
        if tag not in HTML_TAGS:
            if not tag_is_safe(tag):
                return None
            work.codes.add(new, "tagName", tag)
            if place.flags & Flag.LOST:
                new["tagName"] = "x-masked"
        place = _element(work, new, tag.lower(), attributes if isinstance(attributes, dict) else {}, parent, place)
        new["childNodes"] = []
        if len(raw) == 5:
            return new, place
        for key in ("isSVG", "needBlock", "isCustom", "isShadowHost"):
            if raw.get(key) is True:
                new[key] = True
    elif kind == DOCUMENT:
        work.view.nodes[node] = Node(parent, "", Flag.NONE)
        new["childNodes"] = []
        if raw.get("compatMode") in ("BackCompat", "CSS1Compat"):
            new["compatMode"] = raw["compatMode"]
    elif kind == DOCTYPE:
        for key in ("name", "publicId", "systemId"):
            if isinstance(raw.get(key), str):
                new[key] = raw[key][:200]
                work.codes.add(new, key, new[key])
    elif kind in (CDATA, COMMENT):
        new["textContent"] = ""
    else:
        return None
    if is_id(raw.get("rootId")):
        new["rootId"] = raw["rootId"]
    if raw.get("isShadow") is True:
        new["isShadow"] = True
    return new, place


def room_for(work: Work, more: int) -> None:
    """Make sure that `more` nodes can be remembered; a page that is too large is not known from here on."""
    view = work.view
    if len(view.nodes) + more > MAX_NODES:
        view.prune()
        if len(view.nodes) + more > MAX_NODES:
            view.too_large()
            work.masks_text = True


def _element(work: Work, new: dict[str, Any], tag: str, raw: dict[str, Any], parent: int, place: Place) -> Place:
    """Fill in the attributes of a new element and tell the place of what is below it."""
    node = new["id"]
    flags = special(tag, raw)
    kind = input_type(tag, raw) if tag == "input" else ""
    work.view.nodes[node] = _made(Node, (parent, tag, flags, kind))
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
    new["attributes"] = attributes_of(work, node, tag, kind, raw, place, field)
    if not flags and raw.keys() <= _SHARED and tag not in _OWN and not place.flags and not work.masks_text:
        with suppress(TypeError):
            work.alike[tag, *raw.items()] = new["attributes"]
    return place


_SHARED: Final = PLAIN - {"id"} | {"style"}
_OWN: Final = FIELDS | {"option"}
"""Where plain attributes are alike, what stays of them is; most elements of a page have those of another one."""


def text_into(work: Work, holder: dict[str, Any], key: str, raw: Any, place: Place, node: int) -> None:
    """Put what may stay of a text node's text at `holder[key]`."""
    if not isinstance(raw, str):
        holder[key] = None if raw is None else ""
        return
    holder[key] = raw
    flags = place.flags
    if not raw.strip():
        return
    if not flags and not work.masks_text:  # the most frequent case first
        work.texts.add(holder, key, raw)
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


def _option_text(work: Work, holder: dict[str, Any], key: str, raw: str, place: Place, node: int) -> None:
    """The text of an option follows the select's verdict, and is remembered as what its value reads like."""
    work.part_of(node, place.field)
    option = work.view.nodes.get(node)
    chosen = option is not None and option.parent in work.chosen
    work.values.append(Value(place.field, holder, key, raw, "option", chosen))
    if option is not None and option.parent in work.option_values:
        work.view.know_option(place.field, work.option_values[option.parent], raw.strip()[:80])
