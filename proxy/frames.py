"""Messages on the Unix sockets between workers and sanitizers: a small JSON head and raw bytes.

On the wire: length of head (4 bytes, big endian), length of body (4 bytes), head, body.
"""

from __future__ import annotations

import asyncio
import struct
from typing import Any

import orjson

LENGTHS = struct.Struct(">II")
LIMIT = 32 * 1024 * 1024


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
