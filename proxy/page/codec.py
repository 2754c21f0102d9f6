"""What a content coding has to do, as a stream, so that pages can be spliced piece by piece at upstream's pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

SLICE = 65_536
"""Bytes decoded at a time, give or take: what a decompression bomb can take of memory and of one step's time."""


class Corrupt(Exception):
    """The encoded bytes cannot be what their coding says. Upstream's fault."""


class Encoder(Protocol):
    """Turns bytes into encoded ones."""

    def encode(self, data: bytes) -> bytes:
        """Encoded bytes, perhaps none yet."""
        ...

    def flush(self) -> bytes:
        """Everything given so far, so that the visitor's browser can show it."""
        ...

    def finish(self) -> bytes:
        """The coding's end."""
        ...

    def whole(self, data: bytes) -> bytes:
        """All of a body at once, by an encoder that has been given nothing yet."""
        ...


class Decoder(Protocol):
    """Turns encoded bytes into decoded ones, in slices of about SLICE bytes."""

    @property
    def complete(self) -> bool:
        """Whether the body may end here: nothing of it is missing."""
        ...

    @property
    def left(self) -> int:
        """Bytes taken and not looked at yet."""
        ...

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Decoded slices of `data` and of what was left before it. Raises Corrupt. May be left unfinished."""
        ...

    def encoder(self) -> Encoder:
        """The way back, in the very form of what was decoded so far."""
        ...
