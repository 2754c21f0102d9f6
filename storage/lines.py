"""The body of a batch: zstd of one rrweb event a line. Pure.

Inflated in small steps, so that a bomb is found out before it takes memory (delivery.md S7).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import zstandard

WIRE_LIMIT = 12 * 2**20
INFLATED_LIMIT = 64 * 2**20
WINDOW_LIMIT = 8 * 2**20
# A block of 128 KiB can stand in 4 bytes, so one step inflates to 16 MiB at most.
STEP = 512
LEVEL = 3
LATEST = 2**53


class Malformed(ValueError):
    """Not zstd, not one JSON object a line, or an event without type and time. The text quotes nothing."""


class TooLarge(Malformed):
    """More than INFLATED_LIMIT."""


@dataclass(frozen=True)
class Body:
    """What there is to know of a batch's body: sizes in bytes, times in ms since 1970 (0 without events)."""

    events: int
    inflated: int
    started: int
    ended: int


def inspect(body: bytes) -> Body:
    """Check a whole body. Raises Malformed or TooLarge."""
    events, inflated, started, ended = 0, 0, LATEST, 0
    for line in split(body):
        time = _timestamp(line)
        events, inflated = events + 1, inflated + len(line) + 1
        started, ended = min(started, time), max(ended, time)
    return Body(events, inflated, started, ended) if events else Body(0, 0, 0, 0)


def split(body: bytes) -> Iterator[bytes]:
    """The lines of a body, without empty ones. Raises Malformed or TooLarge."""
    rest = bytearray()
    for piece in _inflate(body):
        rest += piece
        if b"\n" in piece:
            *lines, last = bytes(rest).split(b"\n")
            rest = bytearray(last)
            yield from filter(None, lines)
    if rest:
        yield bytes(rest)


def in_order(body: bytes) -> list[bytes]:
    """The lines of a body that `inspect` accepted, by their events' time."""
    return sorted(split(body), key=_timestamp)


def pack(lines: Iterable[bytes]) -> bytes:
    """The body that holds these lines."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(b"".join(line + b"\n" for line in lines))


def dump(event: Any) -> bytes:
    """One event as a line."""
    try:
        return orjson.dumps(event)
    except orjson.JSONEncodeError:  # orjson writes no more than 254 levels, and a page may be deeper
        return json.dumps(event, ensure_ascii=True, separators=(",", ":")).encode()


def _inflate(body: bytes) -> Iterator[bytes]:
    inflater = zstandard.ZstdDecompressor(max_window_size=WINDOW_LIMIT).decompressobj()
    total = 0
    try:
        for start in range(0, len(body), STEP):
            if inflater.eof:
                raise Malformed("bytes after the end of the zstd frame")
            piece = inflater.decompress(body[start : start + STEP])
            total += len(piece)
            if total > INFLATED_LIMIT:
                raise TooLarge(f"more than {INFLATED_LIMIT} bytes inflated")
            yield piece
    except zstandard.ZstdError:
        raise Malformed("not zstd") from None
    if not inflater.eof or inflater.unused_data:
        raise Malformed("the zstd frame is cut off or followed by other bytes")


def _timestamp(line: bytes) -> int:
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise Malformed("a line is not JSON") from None
    if not isinstance(event, dict) or type(event.get("type")) is not int:
        raise Malformed("a line is not an event with a type")
    time = event.get("timestamp")
    if isinstance(time, int | float) and not isinstance(time, bool) and 0 <= time < LATEST:
        return int(time)
    raise Malformed("an event has no timestamp")
