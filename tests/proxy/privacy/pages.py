"""Pages and batches for tests, written as HTML and short lines, made into what rrweb sends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import lxml.html
import orjson
import zstandard

from proxy.config import Site
from proxy.privacy.batch import Batch, decode
from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import SanitizedBatch, sanitize
from tests.canaries import spellings

RECORDING = "recording-0123456789"
VIEW = "view-0123456789abcdef"


def site(**keys: Any) -> Site:
    """A site with the given keys besides those that must be there."""
    return Site.model_validate({"name": "shop", "hosts": ["*"], "upstream": "http://127.0.0.1:1", **keys})


class Ids:
    """Node ids for elements whose HTML gives none by `n`."""

    def __init__(self) -> None:
        self.last = 1000

    def next(self) -> int:
        self.last += 1
        return self.last


def nodes(markup: str, ids: Ids) -> list[dict[str, Any]]:
    """HTML as rrweb's serialized nodes; `n="6"` is an element's node id, and 600 that of its first text."""
    return [node(each, ids) for each in lxml.html.fragments_fromstring(markup) if not isinstance(each, str)]


def node(element: Any, ids: Ids) -> dict[str, Any]:
    if not isinstance(element.tag, str):
        return {"type": 5, "id": ids.next(), "textContent": element.text or ""}
    attributes: dict[str, Any] = {
        k: (True if k in ("checked", "selected") else v) for k, v in element.attrib.items()
    }
    number = int(attributes.pop("n", 0)) or ids.next()
    children, first = [], number * 100 if number < 1000 else 0
    if element.text:
        children.append({"type": 3, "id": first or ids.next(), "textContent": element.text})
    for child in element:
        children.append(node(child, ids))
        if child.tail:
            children.append({"type": 3, "id": ids.next(), "textContent": child.tail})
    return {"type": 2, "id": number, "tagName": element.tag, "attributes": attributes, "childNodes": children}


def document(markup: str, ids: Ids) -> dict[str, Any]:
    """A whole page with this body; the body's node id is 4."""
    body = {"type": 2, "id": 4, "tagName": "body", "attributes": {}, "childNodes": nodes(markup, ids)}
    root = {"type": 2, "id": 3, "tagName": "html", "attributes": {}, "childNodes": [body]}
    return {
        "type": 0,
        "id": 1,
        "childNodes": [{"type": 1, "id": 2, "name": "html", "publicId": "", "systemId": ""}, root],
    }


def event(line: dict[str, Any], ids: Ids) -> dict[str, Any]:
    """A short line as an event: `page`, `href`, `input`, `attributes`, `text`, `add`, or rrweb's own."""
    if "type" in line and "data" in line:
        return dict(line)
    if "page" in line:
        top = {"left": 0, "top": 0}
        return {"type": 2, "data": {"node": document(line["page"], ids), "initialOffset": top}}
    if "href" in line:
        return {"type": 4, "data": {"href": line["href"], "width": 800, "height": 600}}
    if "input" in line:
        data = {
            "source": 5,
            "id": line["input"],
            "text": line["text"],
            "isChecked": line.get("checked", False),
        }
        return {"type": 3, "data": data}
    change: dict[str, Any] = {"source": 0, "texts": [], "attributes": [], "removes": [], "adds": []}
    if "attributes" in line:
        change["attributes"] = [{"id": line["attributes"], "attributes": line["set"]}]
    elif "text" in line:
        change["texts"] = [{"id": line["text"], "value": line["value"]}]
    elif "add" in line:
        made = [{"parentId": line["into"], "nextId": None, "node": each} for each in nodes(line["add"], ids)]
        change["adds"] = made
        change["removes"] = [{"parentId": line["into"], "id": gone} for gone in line.get("remove", [])]
    return {"type": 3, "data": change}


def batch(
    events: Iterable[dict[str, Any]], cards: dict[int, Any] | None = None, seq: int = 0, view: str = VIEW
) -> Batch:
    """A batch through `decode`, as if it came by wire; events lack their timestamps."""
    timed = [{"timestamp": 1_700_000_000_000 + n, **each} for n, each in enumerate(events)]
    fields = {str(k): v for k, v in (cards or {}).items()}
    raw = {
        "v": 1,
        "recording": RECORDING,
        "view": view,
        "seq": seq,
        "token": "t",
        "fields": fields,
        "events": timed,
    }
    return decode(json.dumps(raw).encode())


def clean(made: Batch, memory: Memory | None = None, **record: Any) -> SanitizedBatch:
    """Sanitize by a site's `record` keys."""
    return sanitize(made, Policy.of(site(record=record)), memory if memory is not None else Memory())


def events_of(result: SanitizedBatch) -> list[dict[str, Any]]:
    """The events that a sanitized batch holds."""
    return [orjson.loads(line) for line in zstandard.ZstdDecompressor().decompress(result.body).splitlines()]


def told(result: SanitizedBatch) -> str:
    """Everything that leaves with a sanitized batch, as text without JSON's escapes."""
    facts = [
        result.page,
        list(result.counts),
        [[f.page, f.selector, f.kind, f.rule] for f in result.findings],
    ]
    return json.dumps([events_of(result), facts], ensure_ascii=False)


def leaks(text: str, canary: str) -> list[str]:
    """The spellings and the beginnings of a canary that stand in `text`."""
    beginnings = {canary[:length] for length in range(4, len(canary) + 1)}
    lower = text.lower()
    return sorted(
        each for each in spellings(canary) | beginnings | {canary} if each in text or each.lower() in lower
    )
