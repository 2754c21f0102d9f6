"""One element: what is special about it, and what may stay of its attributes."""

from __future__ import annotations

from typing import Any, Final

from proxy.privacy import marks
from proxy.privacy.attributes import (
    ATTRIBUTES,
    BUTTONS,
    EDITABLE_ROLES,
    META_KEPT,
    PAGE_TEXT_VALUE,
    REFERENCES,
    SCRIPT_TAGS,
    TRUTHY_EDITABLE,
    How,
    how_of,
)
from proxy.privacy.fields import FieldCard
from proxy.privacy.memory import Flag, Place
from proxy.privacy.nodes import LIMIT
from proxy.privacy.urls import MASK, mask_css, mask_srcset, mask_strings, mask_url
from proxy.privacy.work import NAME, Value, Work

HIDING: Final = Flag.MASKED | Flag.EXCLUDED
MARKS: Final = HIDING | Flag.IGNORED
FIELDS: Final = frozenset(("input", "textarea", "select"))
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
_OF_TAG: Final = dict.fromkeys(SCRIPT_TAGS, Flag.SCRIPT) | {
    "style": Flag.STYLE,
    "textarea": Flag.VALUE,
    "select": Flag.SELECT,
    "datalist": Flag.SELECT,
}


SPECIAL_TAGS: Final = frozenset(_OF_TAG)


def special(tag: str, raw: dict[str, Any]) -> int:
    """What an element's tag and attributes make special about it."""
    flags = _OF_TAG.get(tag, 0)
    listed = raw.get("class")
    mark = marks.of_classes(listed) if listed and type(listed) is str else marks.Mark.NONE
    if not TELLING.isdisjoint(raw):
        for name in marks.NAMES & raw.keys():
            mark = max(mark, marks.of_attribute(name, raw[name]))
        if _is_editable(tag, raw):
            flags |= Flag.VALUE
    return flags | _OF_MARK[mark] if mark else flags


_OF_MARK: Final = {
    marks.Mark.IGNORE: Flag.IGNORED,
    marks.Mark.MASK: Flag.MASKED,
    marks.Mark.EXCLUDE: Flag.EXCLUDED,
}
TELLING: Final = marks.NAMES | {"contenteditable", "role"}


def _is_editable(tag: str, raw: dict[str, Any]) -> bool:
    editable, role = raw.get("contenteditable"), raw.get("role")
    return (
        editable is True
        or (isinstance(editable, str) and editable.strip().lower() in TRUTHY_EDITABLE)
        or (isinstance(role, str) and role.strip().lower() in EDITABLE_ROLES and tag not in FIELDS)
    )


def input_type(tag: str, raw: dict[str, Any]) -> str:
    """The type of an input, in lower case; empty for other elements."""
    kind = raw.get("type")
    return kind.strip().lower()[:20] if tag == "input" and isinstance(kind, str) else ""


def own_card(tag: str, raw: dict[str, Any]) -> FieldCard:
    """A card from an element's own attributes; for strictness only."""
    style = raw.get("style")
    dots = isinstance(style, str) and "text-security" in style and "text-security: none" not in style
    about: dict[str, Any] = {key: raw[key] for key in _CARD_KEYS if key in raw}
    return FieldCard.of({**about, "tag": tag, "aria_label": raw.get("aria-label"), "dots": dots})


def attributes_of(
    work: Work, node: int, tag: str, kind: str, raw: dict[str, Any], place: Place, field: int
) -> dict[str, Any]:
    """A new dict of what may stay of an element's attributes, or of those that changed.

    `field`: the element itself when it is one, the field of whose value or choices it is a part, else 0.
    """
    new: dict[str, Any] = {}
    if place.flags & Flag.LOST:
        return _lost(work, new, node, tag, kind, raw, place)
    hidden = bool(place.flags & HIDING)
    found, places = work.codes.found, work.codes.places
    plain, text = How.PLAIN, How.TEXT
    rules = how_of(tag)
    for name, value in raw.items():
        rule = rules[name]
        if type(value) is not str and type(value) in (int, float) and rule < How.VALUE and name[:3] != "rr_":
            value = str(value)
        if type(value) is str:
            if field and _is_part(name, rule, of_another=field != node):
                _part(work, new, name, value, rule, field, node)
            elif rule == plain:
                new[name] = value
                if value:
                    found.append(value)
                    places.append((new, name))
            elif rule == text:
                _text_attribute(work, new, name, value, hidden)
            elif rule == How.VALUE or rule == How.FLAG:
                _value_attribute(work, new, node, tag, kind, raw, name, place)
            elif rule == How.CSS:
                new[name] = mask_css(value, content=work.masks_text)
                work.styles.add(new, name, new[name])
            elif rule == How.DROP:
                _dropped(work, new, tag, raw, name)
            elif (masked := _address(work, new, tag, name, value, rule, place)) is not None:
                new[name] = masked
        elif rule in (How.VALUE, How.FLAG):
            _value_attribute(work, new, node, tag, kind, raw, name, place)
        elif rule == How.CSS and isinstance(value, dict):
            new[name] = _style(work, value)
        elif rule != How.DROP and (
            value is None or type(value) is bool or (type(value) in (int, float) and abs(value) < LIMIT)
        ):
            new[name] = value
            if rule == text:
                work.codes.add(new, (NAME, name), name)
        else:
            work.counts["dropped:attribute"] += 1
    return new


def _text_attribute(work: Work, new: dict[str, Any], name: str, value: str, hidden: bool) -> None:
    known = not hidden and not work.memory.echoes.full
    if (work.masks_text or hidden) and not (
        value in ("", "true", "false") or (value.isdigit() and len(value) < 4 and known)
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


def _is_part(name: str, rule: int, *, of_another: bool) -> bool:
    """Whether an attribute tells of a value: in an editor all that can be read, of a field what is its own."""
    if of_another:
        return rule == How.TEXT or How.PAGE <= rule <= How.SRCSET
    return rule == How.TEXT and name not in _KNOWN_TEXT and not name.startswith("aria-")


def _part(work: Work, new: dict[str, Any], name: str, value: str, rule: int, field: int, node: int) -> None:
    """An attribute that follows the verdict of its field; `data-value` and its like are remembered, too."""
    if rule != How.TEXT:
        masked = mask_srcset(value) if rule == How.SRCSET else mask_url(value, page=True)
        if masked is None:
            work.counts["dropped:address"] += 1
            return
        value = masked
    new[name] = value
    own = field == node and name.lower().endswith(("value", "model"))
    work.values.append(Value(field, new, name, value, "text" if own else "part"))
    work.codes.add(new, (NAME, name), name)


def _lost(
    work: Work, new: dict[str, Any], node: int, tag: str, kind: str, raw: dict[str, Any], place: Place
) -> dict[str, Any]:
    """Of an element of which nothing is known no string stays: what it could echo was forgotten."""
    for name, value in raw.items():
        rule = how_of(tag)[name]
        if rule in (How.VALUE, How.FLAG):
            _value_attribute(work, new, node, tag, kind, raw, name, place)
        elif value is None and name in ATTRIBUTES:
            new[name] = None
        else:
            work.counts["dropped:lost"] += 1
    return new


def _dropped(work: Work, new: dict[str, Any], tag: str, raw: dict[str, Any], name: str) -> None:
    if tag == "meta" and name == "content" and str(raw.get("name", "")).lower() in META_KEPT:
        new[name] = str(raw[name])[:200]
        work.codes.add(new, name, new[name])
    else:
        work.counts["dropped:attribute"] += 1


def _address(
    work: Work, new: dict[str, Any], tag: str, name: str, value: str, rule: int, place: Place
) -> str | None:
    """What may stay of the address that is to stand at `new[name]`; None for nothing."""
    if value.startswith("#") and tag in REFERENCES:
        work.codes.add(new, name, value)
        return value
    if place.flags & Flag.EXCLUDED or (
        work.masks_text and "svg" in value[:30].lower()
    ):  # a picture with texts in it
        masked = None
    elif rule == How.SRCSET:
        masked = mask_srcset(value)
    else:
        masked = mask_url(value, page=rule == How.PAGE, image=rule == How.IMAGE)
    if masked is None:
        work.counts["dropped:address"] += 1
        return None
    if masked != value:
        work.counts["url"] += 1
    (work.links if rule == How.PAGE else work.codes).add(new, name, masked)
    return masked


def _style(work: Work, raw: dict[str, Any]) -> dict[str, Any]:
    """rrweb's difference of a style: property -> text, [text, priority] or False for removed."""
    new: dict[str, Any] = {}
    for name, value in raw.items():
        if len(name) > 100 or not name.replace("-", "").replace("_", "").isalnum():
            work.counts["dropped:unknown_path"] += 1
            continue
        shown = mask_strings if work.masks_text and (name == "content" or name.startswith("--")) else str
        if value is False:
            new[name] = False
        elif isinstance(value, str):
            new[name] = shown(mask_css(value))
            work.styles.add(new, name, new[name])
        elif isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
            new[name] = pair = [shown(mask_css(value[0])), "important" if value[1] == "important" else ""]
            work.styles.add(pair, 0, pair[0])
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
        _text_attribute(work, new, name, value, bool(place.flags & HIDING))
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
        work.part_of(node, place.field)
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
