"""The nodes of a page: a new tree is built of what may stay, and what is special is remembered by node id.

Without recursion: a page may be as deep as its author was patient. What is deeper than `MAX_DEPTH` is dropped.
"""

from __future__ import annotations

from typing import Any

from proxy.privacy.attributes import BUTTONS, HTML_TAGS, tag_is_safe
from proxy.privacy.element import FIELDS, HIDING, LIMIT, MARKS, attributes_of, input_type, own_card, special
from proxy.privacy.memory import MAX_DEPTH, MAX_NODES, Flag, Node, Place
from proxy.privacy.urls import MASK, mask_css
from proxy.privacy.work import Value, Work

DOCUMENT, DOCTYPE, ELEMENT, TEXT, CDATA, COMMENT = range(6)


def is_id(raw: Any) -> bool:
    """Whether `raw` can name a node: its own id, from 1, or none."""
    return type(raw) is int and -2 < raw < LIMIT


def tree(work: Work, root: Any, parent: int, place: Place) -> dict[str, Any] | None:
    """A new tree of what may stay of `root`, whose parent node is `parent` at `place`; None when it is no node."""
    top = _node(work, root, parent, place)
    if top is None:
        return None
    stack = [(root, *top, 1)]
    found, places = work.texts.found, work.texts.places
    while stack:
        raw, new, place, depth = stack.pop()
        children = raw.get("childNodes")
        if not isinstance(children, list) or "childNodes" not in new:
            continue
        if depth >= MAX_DEPTH:
            work.counts["dropped:too_deep"] += 1
            continue
        kept, parent = new["childNodes"], new["id"]
        room_for(work, len(children))
        leaf = Node(parent, "", Flag.NONE)
        nodes, readable = work.view.nodes, not place.flags and not work.masks_text
        for child in children:
            if type(child) is not dict:
                work.counts["dropped:unknown_node"] += 1
                continue
            if len(child) == 3 and child.get("type") == TEXT:  # most nodes are one of two: no detours for them
                node, shown = child.get("id"), child.get("textContent")
                if type(node) is int and 0 < node < LIMIT and type(shown) is str:
                    nodes[node] = leaf
                    text: dict[str, Any] = {"type": TEXT, "textContent": shown, "id": node}
                    kept.append(text)
                    if not readable:
                        text_into(work, text, "textContent", shown, place, node)
                    elif not shown.isspace() and shown:
                        found.append(shown)
                        places.append((text, "textContent"))
                    continue
            elif (
                len(child) == 5
                and child.get("type") == ELEMENT
                and (tag := str(child.get("tagName"))) in HTML_TAGS
            ):
                node, attributes, below = child.get("id"), child.get("attributes"), child.get("childNodes")
                if type(node) is int and 0 < node < LIMIT and type(attributes) is dict and type(below) is list:
                    kids: list[Any] = []
                    new = {"type": ELEMENT, "tagName": tag, "attributes": None, "childNodes": kids, "id": node}
                    inner = _element(work, new, tag.lower(), attributes, parent, place)
                    kept.append(new)
                    if below:
                        stack.append((child, new, inner, depth + 1))
                    continue
            made = _node(work, child, parent, place)
            if made is None:
                work.counts["dropped:unknown_node"] += 1
                continue
            kept.append(made[0])
            if "childNodes" in made[0]:
                stack.append((child, made[0], made[1], depth + 1))
    return top[0]


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
    kind = input_type(tag, raw)
    work.view.nodes[node] = Node(parent, tag, flags, kind)
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
    return place


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
        known = work.view.options.setdefault(place.field, {}) if len(work.view.options) < 500 else {}
        if len(known) < 300:
            known[work.option_values[option.parent]] = raw.strip()[:80]
