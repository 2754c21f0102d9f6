"""A recorder without a browser: it speaks the contract of design.md section 5."""

from __future__ import annotations

import gzip
import secrets
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import orjson

from tests.wire import Answer, Visitor

Cards = Mapping[int, dict[str, Any]]
NOTHING: Cards = MappingProxyType({})
SEARCH = {"tag": "input", "type": "search", "name": "q", "label": "Suche"}
PASSWORD = {"tag": "input", "type": "password", "name": "pw", "label": "Kennwort"}
ODD = {"tag": "input", "type": "text", "name": "x17"}


def element(id: int, tag: str, children: list[dict[str, Any]] | None = None, **attributes: Any) -> dict[str, Any]:
    """A serialized element, as in rrweb's snapshots."""
    return {"type": 2, "id": id, "tagName": tag, "attributes": attributes, "childNodes": children or []}


def text(id: int, content: str) -> dict[str, Any]:
    """A serialized text node."""
    return {"type": 3, "id": id, "textContent": content}


def now() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def snapshot(*body: dict[str, Any], href: str = "http://shop.example.com/") -> list[dict[str, Any]]:
    """A Meta event and a full snapshot of a page with these nodes in its body (ids from 10 on are free)."""
    html = element(2, "html", [element(3, "head"), element(4, "body", list(body))])
    page = {"type": 0, "id": 1, "childNodes": [html]}
    return [
        {"type": 4, "data": {"href": href, "width": 800, "height": 600}, "timestamp": now()},
        {"type": 2, "data": {"node": page, "initialOffset": {"top": 0, "left": 0}}, "timestamp": now()},
    ]


def typed(id: int, value: str) -> dict[str, Any]:
    """Somebody typed into field `id`."""
    return {"type": 3, "data": {"source": 5, "id": id, "text": value, "isChecked": False}, "timestamp": now()}


def said(id: int, value: str) -> dict[str, Any]:
    """The text node `id` changed."""
    data = {"source": 0, "texts": [{"id": id, "value": value}], "attributes": [], "removes": [], "adds": []}
    return {"type": 3, "data": data, "timestamp": now()}


class Sender:
    """One view of one recording."""

    def __init__(self, port: int, host: str = "shop.example.com") -> None:
        self.port, self.host = port, host
        self.view, self.seq = secrets.token_urlsafe(16), 0
        started = orjson.loads(self._post("start", b"{}").body)
        self.recording, self.token = started["recording"], started["token"]

    def batch(self, events: list[dict[str, Any]], fields: Cards = NOTHING, **more: Any) -> bytes:
        """A batch as the recorder makes it; `more` replaces parts of it."""
        whole = {
            "v": 1,
            "recording": self.recording,
            "view": self.view,
            "seq": self.seq,
            "token": self.token,
            "fields": {str(id): card for id, card in fields.items()},
            "events": events,
        }
        return orjson.dumps(whole | more)

    def send(self, events: list[dict[str, Any]], fields: Cards = NOTHING, **more: Any) -> Answer:
        """Send the next batch; an acknowledged one counts."""
        answer = self.post(gzip.compress(self.batch(events, fields, **more)), "Content-Encoding: gzip")
        if answer.status == 202:
            self.seq += 1
        return answer

    def post(self, body: bytes, *headers: str, hint: str | None = None) -> Answer:
        """POST any bytes to `events`."""
        return self._post(f"events?recording={self.recording if hint is None else hint}", body, *headers)

    def _post(self, name: str, body: bytes, *headers: str) -> Answer:
        with Visitor(self.port, seconds=40) as visitor:
            return visitor.get(f"/_milchglas/{name}", *headers, method="POST", body=body)
