"""The nodes of a page: a new tree is built of what may stay, and what is special is remembered by node id.

Without recursion: a page may be as deep as its author was patient. What is nested deeper than `MAX_DEPTH` is dropped.
"""

from __future__ import annotations

from typing import Any, Final

from proxy.privacy import marks
from proxy.privacy.attributes import (
    BUTTONS,
    EDITABLE_ROLES,
    HTML_TAGS,
    META_KEPT,
    PAGE_TEXT_VALUE,
    REFERENCES,
    SCRIPT_TAGS,
    TRUTHY_EDITABLE,
    How,
    how,
    tag_is_safe,
)
from proxy.privacy.fields import FieldCard
from proxy.privacy.memory import INHERITED, MAX_DEPTH, MAX_NODES, Flag, Node, Place
from proxy.privacy.urls import MASK, mask_css, mask_srcset, mask_url
from proxy.privacy.work import NAME, Value, Work

DOCUMENT, DOCTYPE, ELEMENT, TEXT, CDATA, COMMENT = range(6)
LIMIT: Final = 1_000_000_000
"""Numbers of this size and more are no ids or pixels."""

_HIDING: Final = Flag.MASKED | Flag.EXCLUDED
_FIELDS: Final = frozenset(("input", "textarea", "select"))
_CARD_KEYS: Final = (
    "type",
    "name",
    "id",
    "autocomplete",
    "placeholder",
    "title",
    "maxlength",
    "inputmode",
    "pattern",
)


def is_id(raw: Any) -> bool:
    """Whether `raw` can be a node id."""
    return type(raw) is int and -2 < raw < LIMIT


def tree(work: Work, root: Any, parent: int, place: Place) -> dict[str, Any] | None:
    """A new tree of what may stay of `root`, whose parent node is `parent` at `place`; None when it is no node."""
    top = _node(work, root, parent, place)
    if top is None:
        return None
    stack = [(root, *top, 1)]
    while stack:
        raw, new, place, depth = stack.pop()
        children = raw.get("childNodes")
        if not isinstance(children, list) or "childNodes" not in new:
            continue
        if depth >= MAX_DEPTH:
            work.counts["dropped:too_deep"] += 1
            continue
        kept = new["childNodes"]
        for child in children:
            made = _node(work, child, new["id"], place)
            if made is None:
                work.counts["dropped:unknown_node"] += 1
                continue
            kept.append(made[0])
            if "childNodes" in made[0]:
                stack.append((child, made[0], made[1], depth + 1))
    return top[0]


def _node(work: Work, raw: Any, parent: int, place: Place) -> tuple[dict[str, Any], Place] | None:
    """One node without its children, and the place of what is below it."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return None
    kind, node = raw.get("type"), raw["id"]
    new: dict[str, Any] = {"type": kind, "id": node}
    if kind == TEXT:
        _register(work, node, Node(parent, "", Flag.NONE))
        text_into(work, new, "textContent", raw.get("textContent"), place, node)
        if raw.get("isStyle") is True:
            new["isStyle"] = True
    elif kind == ELEMENT:
        tag = raw.get("tagName")
        attributes = raw.get("attributes")
        if not isinstance(tag, str) or not tag_is_safe(tag):
            return None
        new["tagName"] = tag
        if tag not in HTML_TAGS:
            work.codes.add(new, "tagName", tag)
        place = _element(
            work, new, tag.lower(), attributes if isinstance(attributes, dict) else {}, parent, place
        )
        new["childNodes"] = []
        for key in ("isSVG", "needBlock", "isCustom", "isShadowHost"):
            if raw.get(key) is True:
                new[key] = True
    elif kind == DOCUMENT:
        _register(work, node, Node(parent, "", Flag.NONE))
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


def _register(work: Work, node: int, facts: Node) -> None:
    view = work.view
    if len(view.nodes) >= MAX_NODES and node not in view.nodes:
        view.prune()
    if len(view.nodes) >= MAX_NODES:
        view.too_large()
        work.masks_text = True
    if not view.oversized:
        view.nodes[node] = facts


def _element(
    work: Work, new: dict[str, Any], tag: str, raw: dict[str, Any], parent: int, place: Place
) -> Place:
    """Fill in the attributes of a new element and tell the place of what is below it."""
    node = new["id"]
    flags = special(tag, raw)
    kind = _type(tag, raw)
    _register(work, node, Node(parent, tag, flags, kind))
    place = Place(
        place.flags | flags & INHERITED,
        node if flags & (Flag.VALUE | Flag.SELECT) and not place.field else place.field,
    )
    if tag in _FIELDS or flags & Flag.VALUE:
        if tag != "input" or kind not in BUTTONS:
            work.hint(node, _card(tag, raw))
        if (place.flags | flags) & (_HIDING | Flag.IGNORED):
            work.marked.add(node)
    new["attributes"] = attributes_of(work, node, tag, kind, raw, place)
    return place


def special(tag: str, raw: dict[str, Any]) -> Flag:
    """What an element's tag and attributes make special about it."""
    flags = Flag.NONE
    if tag in SCRIPT_TAGS:
        flags |= Flag.SCRIPT
    elif tag == "style":
        flags |= Flag.STYLE
    elif tag == "textarea":
        flags |= Flag.VALUE
    elif tag in ("select", "datalist"):
        flags |= Flag.SELECT
    mark = marks.of_classes(raw["class"]) if isinstance(raw.get("class"), str) else marks.Mark.NONE
    for name, value in raw.items():
        if name in marks.ATTRIBUTES:
            mark = max(mark, marks.of_attribute(name, value))
    if mark:
        flags |= {1: Flag.IGNORED, 2: Flag.MASKED, 3: Flag.EXCLUDED}[int(mark)]
    editable, role = raw.get("contenteditable"), raw.get("role")
    if (editable is True or (isinstance(editable, str) and editable.strip().lower() in TRUTHY_EDITABLE)) or (
        isinstance(role, str) and role.strip().lower() in EDITABLE_ROLES and tag not in _FIELDS
    ):
        flags |= Flag.VALUE
    return flags


def _type(tag: str, raw: dict[str, Any]) -> str:
    kind = raw.get("type")
    return kind.strip().lower()[:20] if tag == "input" and isinstance(kind, str) else ""


def _card(tag: str, raw: dict[str, Any]) -> FieldCard:
    """A card from an element's own attributes; for strictness only."""
    style = raw.get("style")
    dots = isinstance(style, str) and "text-security" in style and "text-security: none" not in style
    about = {key: raw[key] for key in _CARD_KEYS if key in raw}
    return FieldCard.of({**about, "tag": tag, "aria_label": raw.get("aria-label"), "dots": dots})


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
        work.codes.add(holder, key, holder[key])
    elif flags & Flag.VALUE:
        work.values.append(Value(place.field, holder, key, raw, "text"))
        if flags & _HIDING:
            work.marked.add(place.field)
    elif flags & Flag.SELECT:
        _option_text(work, holder, key, raw, place, node)
    else:
        holder[key] = MASK
        work.counts["mark:mask" if flags & _HIDING and work.view.known else "text:mask"] += 1


def _option_text(work: Work, holder: dict[str, Any], key: str, raw: str, place: Place, node: int) -> None:
    """The text of an option follows the select's verdict, and is remembered as what its value reads like."""
    chosen = False
    option = work.view.nodes.get(node)
    if option is not None and option.parent in work.chosen:
        chosen = True
    work.values.append(Value(place.field, holder, key, raw, "option", chosen))
    if option is not None and option.parent in work.option_values:
        known = work.view.options.setdefault(place.field, {})
        if len(known) < 300:
            known[work.option_values[option.parent]] = raw.strip()[:80]


def attributes_of(
    work: Work, node: int, tag: str, kind: str, raw: dict[str, Any], place: Place
) -> dict[str, Any]:
    """A new dict of what may stay of an element's attributes; changed ones alone will do."""
    new: dict[str, Any] = {}
    hidden = bool(place.flags & _HIDING)
    for name, value in raw.items():
        rule = how(tag, name)
        if type(value) is str:
            if rule == How.PLAIN:
                new[name] = value
                work.codes.add(new, name, value)
            elif rule == How.TEXT:
                _text_attribute(work, new, name, value, hidden)
            elif rule == How.VALUE or rule == How.FLAG:
                _value_attribute(work, new, node, tag, kind, raw, name, place)
            elif rule == How.CSS:
                new[name] = mask_css(value, content=work.masks_text)
                work.codes.add(new, name, new[name])
            elif rule == How.DROP:
                _dropped(work, new, tag, raw, name)
            else:
                _address(work, new, tag, name, value, rule, place)
        elif rule in (How.VALUE, How.FLAG):
            _value_attribute(work, new, node, tag, kind, raw, name, place)
        elif rule == How.CSS and isinstance(value, dict):
            new[name] = _style(work, value)
        elif rule != How.DROP and (
            value is None or type(value) is bool or (type(value) in (int, float) and abs(value) < LIMIT)
        ):
            new[name] = value
        else:
            work.counts["dropped:attribute"] += 1
    return new


def _text_attribute(work: Work, new: dict[str, Any], name: str, value: str, hidden: bool) -> None:
    if (work.masks_text or hidden) and not (
        value in ("", "true", "false") or (value.isdigit() and len(value) < 4)
    ):
        new[name] = MASK
        work.counts["text:mask"] += 1
    else:
        new[name] = value
        work.texts.add(new, name, value)
    if name not in _KNOWN_TEXT:
        work.codes.add(new, (NAME, name), name)


_KNOWN_TEXT: Final = frozenset(
    ("title", "alt", "placeholder", "aria-label", "label", "summary", "abbr", "content")
)


def _dropped(work: Work, new: dict[str, Any], tag: str, raw: dict[str, Any], name: str) -> None:
    if tag == "meta" and name == "content" and str(raw.get("name", "")).lower() in META_KEPT:
        new[name] = str(raw[name])[:200]
        work.codes.add(new, name, new[name])
    else:
        work.counts["dropped:attribute"] += 1


def _address(
    work: Work, new: dict[str, Any], tag: str, name: str, value: str, rule: How, place: Place
) -> None:
    if value.startswith("#") and tag in REFERENCES:
        new[name] = value
        work.codes.add(new, name, value)
        return
    if place.flags & Flag.EXCLUDED:
        masked = None
    elif rule == How.SRCSET:
        masked = mask_srcset(value)
    else:
        masked = mask_url(value, page=rule == How.PAGE, image=rule == How.IMAGE)
    if masked is None:
        work.counts["dropped:address"] += 1
        return
    if masked != value:
        work.counts["url"] += 1
    new[name] = masked
    work.codes.add(new, name, masked)


def _style(work: Work, raw: dict[str, Any]) -> dict[str, Any]:
    """rrweb's difference of a style: property -> text, [text, priority] or False for removed."""
    new: dict[str, Any] = {}
    for name, value in raw.items():
        if len(name) > 100 or not name.replace("-", "").replace("_", "").isalnum():
            work.counts["dropped:unknown_path"] += 1
            continue
        if value is False:
            new[name] = False
        elif isinstance(value, str):
            new[name] = mask_css(value)
            work.codes.add(new, name, new[name])
        elif isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
            new[name] = pair = [mask_css(value[0]), "important" if value[1] == "important" else ""]
            work.codes.add(pair, 0, pair[0])
        if name.startswith("--"):
            work.codes.add(new, (NAME, name), name)
    return new


def _value_attribute(
    work: Work,
    new: dict[str, Any],
    node: int,
    tag: str,
    kind: str,
    raw: dict[str, Any],
    name: str,
    place: Place,
) -> None:
    """`value`, `checked`, `selected` and their like."""
    value = raw[name]
    if (
        name == "value"
        and isinstance(value, str)
        and (tag in PAGE_TEXT_VALUE or (tag == "input" and kind in BUTTONS))
    ):
        _text_attribute(work, new, name, value, bool(place.flags & _HIDING))
        return
    if value is None or value is False:
        new[name] = value
        return
    if not isinstance(value, str | bool | int | float):
        work.counts["dropped:attribute"] += 1
        return
    new[name] = value
    if tag == "option":
        if name == "value":
            work.option_values[node] = str(value)[:80]
        chosen = raw.get("selected") in (True, "", "selected", "true")
        if chosen:
            work.chosen.add(node)
        form = "option" if name != "selected" else "flag"
        work.values.append(Value(place.field, new, name, value, form, chosen))
        return
    if name != "value":
        work.values.append(Value(node, new, name, value, "flag"))
    elif kind in ("checkbox", "radio"):
        work.values.append(Value(node, new, name, value, "choice", raw.get("checked") not in (None, False)))
    else:
        form = "hidden" if kind == "hidden" else "select" if tag == "select" else "text"
        work.values.append(Value(node, new, name, value, form))
