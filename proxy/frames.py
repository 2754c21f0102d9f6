"""Messages on the Unix sockets between workers and sanitizers: a small JSON head and raw bytes.

On the wire: length of head (4 bytes, big endian), length of body (4 bytes), head, body.
"""

from __future__ import annotations

import asyncio
import hashlib
import struct
from typing import Any

import orjson

LENGTHS = struct.Struct(">II")
LIMIT = 32 * 1024 * 1024

MISDIRECTED = 421
"""A status between worker and process only: the recording is pinned to another process."""


def pin(recording: str, processes: int) -> int:
    """Which process a recording belongs to. A hint from outside may be anything, lone surrogates too."""
    name = recording.encode(errors="replace")
    return int.from_bytes(hashlib.blake2b(name, digest_size=4).digest()) % processes


async def read(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """The next message. Raises asyncio.IncompleteReadError at the end, ValueError when it is none."""
    head_size, body_size = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
    if head_size + body_size > LIMIT:
        raise ValueError("message too long")
    head = orjson.loads(await reader.readexactly(head_size))
    return head, await reader.readexactly(body_size)


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A message as bytes."""
    text = orjson.dumps(head)
    return LENGTHS.pack(len(text), len(body)) + text + body
