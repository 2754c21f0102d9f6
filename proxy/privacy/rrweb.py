"""Every JSON path of rrweb's events that may stay, as a table: by event type, and of type 3 by source.

What is not in the table is dropped and counted: a type, a source, a key. `Keeper`s say how a value stays.
Source of the shapes: the types of @rrweb/types 2.1 (`eventWithTime`, `incrementalData`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from proxy.privacy.element import LIMIT, MARKS, attributes_of, special
from proxy.privacy.fields import FieldCard
from proxy.privacy.memory import LOST, Flag, Node, Place
from proxy.privacy.tree import is_id, text_into, tree
from proxy.privacy.urls import mask_css, mask_url
from proxy.privacy.work import Value, Work

DROP: Final = object()
"""What a keeper returns for a value that may not stay."""

type Keeper = Callable[[Work, Any], Any]
type Shape = Keeper | Mapping[str, "Shape"] | list["Shape"]


def number(work: Work, raw: Any) -> Any:
    """Pixels, offsets, seconds: too small to hold a card number."""
    return raw if type(raw) in (int, float) and math.isfinite(raw) and abs(raw) < LIMIT else DROP


def flag(work: Work, raw: Any) -> Any:
    return raw if type(raw) is bool else DROP


def node_id(work: Work, raw: Any) -> Any:
    return raw if raw is None or is_id(raw) else DROP


def index(work: Work, raw: Any) -> Any:
    """Where a style rule stands: a number, or the path of numbers of a nested one."""
    if isinstance(raw, list):
        return raw if all(is_id(n) for n in raw) else DROP
    return raw if is_id(raw) else DROP


def css(work: Work, raw: Any) -> Any:
    if raw is None or isinstance(raw, str):
        return raw if raw is None else mask_css(raw, content=work.masks_text)
    return DROP


def word(work: Work, raw: Any) -> Any:
    """A name of CSS or of an element."""
    return raw if raw is None or (isinstance(raw, str) and len(raw) <= 100) else DROP


def address(work: Work, raw: Any) -> Any:
    """The page's address: kept masked, and as the page of the findings to come."""
    if not isinstance(raw, str):
        return DROP
    masked = mask_url(raw, page=True) or ""
    if masked != raw:
        work.counts["url"] += 1
    work.page = work.view.page = masked
    return masked


def snapshot(work: Work, raw: Any) -> Any:
    """The whole page: from here on the view is known."""
    work.view.forget_page()
    work.view.known, work.view.oversized = True, False
    work.see()
    new = tree(work, raw, 0, _TOP)
    if new is None:
        work.view.forget_page()
    work.see()
    return DROP if new is None else new


def added(work: Work, raw: Any) -> Any:
    """One node that came to the page."""
    if not isinstance(raw, dict) or not is_id(raw.get("parentId")):
        return DROP
    place = work.view.place(raw["parentId"])
    node = tree(work, raw.get("node"), raw["parentId"], place)
    if node is None:
        return DROP
    kept = {
        key: raw[key]
        for key in ("parentId", "nextId", "previousId")
        if key in raw and node_id(work, raw[key]) is not DROP
    }
    kept.setdefault("nextId", None)
    return kept | {"node": node}


def removed(work: Work, raw: Any) -> Any:
    """One node that left the page."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")) or not is_id(raw.get("parentId")):
        return DROP
    work.view.nodes.pop(raw["id"], None)
    return {"parentId": raw["parentId"], "id": raw["id"]} | (
        {"isShadow": True} if raw.get("isShadow") is True else {}
    )


def changed(work: Work, raw: Any) -> Any:
    """Attributes of one element that changed; what they make special about it holds from here on."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")) or not isinstance(raw.get("attributes"), dict):
        return DROP
    node, attributes = raw["id"], raw["attributes"]
    known = work.view.nodes.get(node)
    if known is None:
        known = Node(0, "", Flag.NONE)  # tells nothing: everything is text, and a value of nobody's field
        place = LOST
    else:
        kind = attributes.get("type")
        new_type = kind.strip().lower()[:20] if known.tag == "input" and isinstance(kind, str) else known.type
        known = known._replace(flags=known.flags | special(known.tag, attributes), type=new_type)
        work.view.nodes[node] = known
        place = work.view.place(node)
    style = attributes.get("style")
    card = {
        key: attributes[key]
        for key in ("name", "id", "autocomplete", "placeholder", "title")
        if key in attributes
    }
    card |= {"tag": known.tag, "type": attributes.get("type"), "aria_label": attributes.get("aria-label")}
    card["dots"] = _shows_dots(style)
    if known.tag in ("input", "textarea", "select", "") or known.flags & Flag.VALUE:
        work.hint(node, FieldCard.of(card))
    if not place.flags & Flag.LOST and (place.flags | known.flags) & MARKS:
        work.marked.add(node)
    return {"id": node, "attributes": attributes_of(work, node, known.tag, known.type, attributes, place)}


def _shows_dots(style: Any) -> bool:
    if isinstance(style, dict):
        return any("text-security" in name and style[name] not in (False, "none") for name in style)
    return isinstance(style, str) and "text-security" in style


def retexted(work: Work, raw: Any) -> Any:
    """A text node whose text changed."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return DROP
    new = {"id": raw["id"], "value": None}
    text_into(work, new, "value", raw.get("value"), work.view.place(raw["id"]), raw["id"])
    return new


def entered(work: Work, raw: Any) -> Any:
    """Source 5: what a field holds now."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return DROP
    node, text, checked = raw["id"], raw.get("text"), raw.get("isChecked") is True
    known = work.view.nodes.get(node)
    place = work.view.place(node)
    if known is not None and not place.flags & Flag.LOST and (place.flags | known.flags) & MARKS:
        work.marked.add(node)
    kind = known.type if known else ""
    if not kind and node in work.batch.fields:
        kind = work.batch.fields[node].type.lower()
    new: dict[str, Any] = {
        "source": 5,
        "text": text if isinstance(text, str) else "",
        "isChecked": checked,
        "id": node,
    }
    if kind in ("checkbox", "radio"):
        work.values.append(Value(node, new, "text", new["text"], "choice", checked))
        work.values.append(Value(node, new, "isChecked", checked, "flag"))
    else:
        tag = known.tag if known else ""
        form = "hidden" if kind == "hidden" else "select" if tag == "select" else "text"
        work.values.append(Value(node, new, "text", new["text"], form))
    if type(raw.get("userTriggered")) is bool:
        new["userTriggered"] = raw["userTriggered"]
    work.counts["dropped:unknown_path"] += len(
        raw.keys() - {"source", "id", "text", "isChecked", "userTriggered"}
    )
    return new


def selected(work: Work, raw: Any) -> Any:
    """A range of selected text. In a field or in masked text its offsets would tell lengths."""
    kept = keep(_RANGE, work, raw)
    if kept is DROP or len(kept) != 4:
        return DROP
    hiding = Flag.VALUE | Flag.MASKED | Flag.EXCLUDED
    if any(work.view.place(kept[end]).flags & hiding for end in ("start", "end")):
        return DROP
    return kept


def keep(shape: Shape, work: Work, raw: Any) -> Any:
    """What of `raw` the shape lets stay, as a new value; `DROP` when it is of another form."""
    if isinstance(shape, Mapping):
        if not isinstance(raw, dict):
            return DROP
        new = {}
        for (
            key,
            inner,
        ) in shape.items():  # in the table's order: attributes before texts, so that a new mark holds
            if key in raw:
                kept = keep(inner, work, raw[key])
                if kept is DROP:
                    work.counts["dropped:unknown_value"] += 1
                    continue
                new[key] = kept
                if inner in (css, word, address) and isinstance(kept, str):
                    work.codes.add(new, key, kept)
        work.counts["dropped:unknown_path"] += len(raw.keys() - shape.keys())
        return new
    if isinstance(shape, list):
        if not isinstance(raw, list):
            return DROP
        kept = [keep(shape[0], work, item) for item in raw]
        gone = sum(item is DROP for item in kept)
        work.counts["dropped:unknown_value"] += gone
        return [item for item in kept if item is not DROP] if gone else kept
    return shape(work, raw)


_RANGE: Final[Shape] = {"start": node_id, "startOffset": number, "end": node_id, "endOffset": number}
_RULES: Final[Shape] = [{"rule": css, "index": index}]
_POSITIONS: Final[Shape] = {
    "source": number,
    "positions": [{"x": number, "y": number, "id": node_id, "timeOffset": number}],
}

SOURCES: Final[Mapping[int, Shape]] = {
    0: {
        "source": number,
        "removes": [removed],
        "adds": [added],
        "attributes": [changed],
        "texts": [retexted],
        "isAttachIframe": flag,
    },
    1: _POSITIONS,
    2: {"source": number, "type": number, "id": node_id, "x": number, "y": number, "pointerType": number},
    3: {"source": number, "id": node_id, "x": number, "y": number},
    4: {"source": number, "width": number, "height": number},
    5: entered,
    6: _POSITIONS,
    7: {
        "source": number,
        "type": number,
        "id": node_id,
        "currentTime": number,
        "volume": number,
        "muted": flag,
        "loop": flag,
        "playbackRate": number,
    },
    8: {
        "source": number,
        "id": node_id,
        "styleId": number,
        "adds": _RULES,
        "removes": [{"index": index}],
        "replace": css,
        "replaceSync": css,
    },
    12: _POSITIONS,
    13: {
        "source": number,
        "id": node_id,
        "styleId": number,
        "index": index,
        "set": {"property": word, "value": css, "priority": word},
        "remove": {"property": word},
    },
    14: {"source": number, "ranges": [selected]},
    15: {
        "source": number,
        "id": node_id,
        "styleIds": [number],
        "styles": [{"styleId": number, "rules": _RULES}],
    },
    16: {"source": number, "define": {"name": word}},
}
"""source of an incremental event -> what may stay of its data. 9 canvas, 10 font, 11 log: nothing."""

EVENTS: Final[Mapping[int, Shape]] = {
    0: {},
    1: {},
    2: {"node": snapshot, "initialOffset": {"top": number, "left": number}},
    4: {"href": address, "width": number, "height": number},
}
"""type -> what may stay of its data; 3 is told by `SOURCES`. 5 custom, 6 plugin, 7 asset: nothing."""

_TOP: Final = Place(Flag.NONE, 0)


def event(work: Work, raw: dict[str, Any]) -> dict[str, Any] | None:
    """A new event of what may stay; None when nothing may. The caller counts and catches what throws."""
    kind, data = raw["type"], raw.get("data")
    if kind == 3:
        source = data.get("source") if isinstance(data, dict) else None
        shape = SOURCES.get(source) if type(source) is int else None
        where = f"source_{source}" if type(source) is int and 0 <= source <= 99 else "source"
    else:
        shape = EVENTS.get(kind)
        where = f"type_{kind}" if 0 <= kind <= 99 else "type"
    if shape is None:
        work.counts[f"dropped:{where}"] += 1
        return None
    if data is not None and not isinstance(data, dict):
        work.counts["dropped:opaque"] += 1
        return None
    kept = keep(shape, work, data or {})
    if kept is DROP or (kind == 2 and "node" not in kept):
        work.counts["dropped:unknown_value"] += 1
        return None
    work.counts["dropped:unknown_path"] += len(raw.keys() - {"type", "data", "timestamp", "delay"})
    new = {"type": kind, "data": kept, "timestamp": raw["timestamp"]}
    if number(work, raw.get("delay")) is not DROP:
        new["delay"] = raw["delay"]
    return new
