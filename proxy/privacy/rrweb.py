"""Every JSON path of rrweb's events that may stay, as a table: by event type, and of type 3 by source.

What is not in the table is dropped and counted: a type, a source, a key. `Keeper`s say how a value stays.
Source of the shapes: the types of @rrweb/types 2.1 (`eventWithTime`, `incrementalData`); paths.py says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from proxy.privacy.changes import added, address, changed, entered, removed, retexted, snapshot
from proxy.privacy.keepers import DROP, css, css_value, flag, index, node_id, number, word
from proxy.privacy.memory import Flag
from proxy.privacy.work import Work

type Keeper = Callable[[Work, Any], Any]
type Shape = Keeper | Mapping[str, "Shape"] | list["Shape"]


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
        for key, inner in shape.items():  # in the table's order: attributes before texts, so that a new mark holds
            if key in raw:
                kept = keep(inner, work, raw[key])
                if kept is DROP:
                    work.counts["dropped:unknown_value"] += 1
                    continue
                new[key] = kept
                if isinstance(kept, str) and (strings := _LOOKED_THROUGH.get(inner)):
                    getattr(work, strings).add(new, key, kept)
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


_LOOKED_THROUGH: Final[Mapping[Any, str]] = {css: "styles", css_value: "styles", word: "codes", address: "links"}
"""keeper -> the strings of `Work` that what it keeps is one of"""

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
        "set": {"property": word, "value": css_value, "priority": word},
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
