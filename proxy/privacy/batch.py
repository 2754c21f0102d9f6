"""One POST of the recorder, decoded within limits: what a raw body meets first, and what trusts it least.

Shape (contract Batch): JSON `{"v":1,"recording","view","seq","token","fields":{"<node id>":CARD},"events":[...]}`,
plain or gzip by Content-Encoding or by its magic bytes.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from proxy.privacy.fields import FieldCard
from proxy.privacy.wire import typed

MAX_WIRE: Final = 10 << 20
MAX_BODY: Final = 64 << 20
"""Bytes on the wire, bytes inflated."""
MAX_CARDS: Final = 5_000
_GZIP: Final = b"\x1f\x8b"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NODE: Final = re.compile(r"[1-9][0-9]{0,8}")
_ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a whole pair
    rb"|(\\u[dD][89abAB][0-9a-fA-F]{2})|(\\u[dD][c-fC-F][0-9a-fA-F]{2})"  # a half
    rb"|\\."  # any other escape, so that \\ud800 behind a backslash is not taken for one
)


class Refused(Exception):
    """A body that is not a batch: an HTTP status and a reason that never quotes it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one view as they came: `started` and `ended` in ms since 1970, `fields` by rrweb node id."""

    recording: str
    view: str
    seq: int
    token: str
    fields: Mapping[int, FieldCard]
    events: tuple[dict[str, Any], ...]

    @property
    def started(self) -> int:
        return int(min(event["timestamp"] for event in self.events))

    @property
    def ended(self) -> int:
        return int(max(event["timestamp"] for event in self.events))


def decode(body: bytes, encoding: str = "") -> Batch:
    """A request's body, still as it came, and its Content-Encoding. Raises `Refused` and nothing else."""
    if len(body) > MAX_WIRE:
        raise Refused(413, "body too large")
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise Refused(400, "unknown content encoding")
    if body.startswith(_GZIP):
        body = _inflate(body)
    elif encoding in ("gzip", "x-gzip"):
        raise Refused(400, "body is not gzip")
    if len(body) > MAX_BODY:
        raise Refused(413, "body too large")
    return _shaped(_parse(body))


def _inflate(body: bytes) -> bytes:
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(body, MAX_BODY + 1)
    except zlib.error:
        raise Refused(400, "broken gzip") from None
    if len(plain) > MAX_BODY:
        raise Refused(413, "body too large when inflated")
    if not stream.eof:
        raise Refused(400, "gzip ends too early")
    if stream.unused_data:
        raise Refused(400, "bytes after the gzip stream")
    if plain.startswith(_GZIP):
        raise Refused(400, "compressed twice")
    return plain


def _parse(body: bytes) -> Any:
    try:
        return typed(body)
    except (ValueError, RecursionError):
        pass  # something is of a shape that we do not know, or no JSON at all
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:  # a browser writes half an emoji, cut by a script, as a lone surrogate: JSON to it, not to orjson
        return orjson.loads(_ESCAPE.sub(_mend, body))
    except orjson.JSONDecodeError:
        raise Refused(400, "malformed JSON") from None


def _mend(escape: re.Match[bytes]) -> bytes:
    return b"\\ufffd" if escape[1] or escape[2] else escape[0]


def _shaped(raw: Any) -> Batch:
    if not isinstance(raw, dict):
        raise Refused(400, "a batch is an object")
    if raw.get("v") != 1 or type(raw["v"]) is not int:
        raise Refused(400, "unknown version of the batch")
    for key in ("recording", "view"):
        if not (isinstance(raw.get(key), str) and _ID.fullmatch(raw[key])):
            raise Refused(400, f"{key} is not an id")
    seq = raw.get("seq")
    if type(seq) is not int or not 0 <= seq < 1 << 31:
        raise Refused(400, "seq is not a number from 0")
    if not isinstance(raw.get("token"), str):
        raise Refused(400, "token is missing")
    fields = raw.get("fields", {})
    if not isinstance(fields, dict) or len(fields) > MAX_CARDS:
        raise Refused(400, "fields is not an object of cards")
    cards = {
        int(node): FieldCard.of(card)
        for node, card in fields.items()
        if _NODE.fullmatch(node) and isinstance(card, dict)
    }
    return Batch(raw["recording"], raw["view"], seq, raw["token"], cards, _events(raw.get("events")))


def _events(raw: Any) -> tuple[dict[str, Any], ...]:
    if not isinstance(raw, list) or not raw:
        raise Refused(400, "events is not a list of events")
    for event in raw:
        if not isinstance(event, dict) or type(event.get("type")) is not int:
            raise Refused(400, "an event has no type")
        when: Any = event.get("timestamp")
        if type(when) not in (int, float) or not math.isfinite(when) or not 0 <= when < 1e14:
            raise Refused(400, "an event has no time")
    return tuple(raw)
