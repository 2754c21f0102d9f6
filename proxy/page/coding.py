"""Content codings as streams: what upstream sent is decoded piece by piece, and encoded again at upstream's pace.

The gzip container (RFC 1952) is read here and not by the library: several members are one body, what follows the
last one is ignored as browsers do, and a wrong checksum, which browsers never look at, breaks no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from isal import igzip_lib, isal_zlib

SLICE = 65_536
"""Bytes decoded at a time: what a decompression bomb can take of memory."""

LEVEL = 1
"""isal's level. On a page of 34 KB: 43 us for 8.2 KB; level 0: 35 us, 10.5 KB; level 3: 97 us, 8.2 KB."""

# Its stub says that it is an instance.
_NOT_DEFLATE = cast(type[Exception], igzip_lib.IsalError)
_MAGIC = b"\x1f\x8b"
_HEADER_CRC, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16


class Corrupt(Exception):
    """The encoded bytes cannot be what their coding says. Upstream's fault."""


class Decoder(Protocol):
    """Turns encoded bytes into decoded ones, in slices of at most SLICE bytes."""

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


class Encoder(Protocol):
    """The way back."""

    def encode(self, data: bytes) -> bytes:
        """Encoded bytes, perhaps none yet."""
        ...

    def flush(self) -> bytes:
        """Everything given so far, so that the visitor's browser can show it."""
        ...

    def finish(self) -> bytes:
        """The coding's end."""
        ...


class Identity:
    """No coding: decoder and encoder in one."""

    complete, left = True, 0

    def decode(self, data: bytes) -> Iterator[bytes]:
        if data:
            yield data

    def encode(self, data: bytes) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""

    finish = flush


class GzipEncoder:
    """One gzip member."""

    def __init__(self) -> None:
        self._stream = isal_zlib.compressobj(level=LEVEL, wbits=31)

    def encode(self, data: bytes) -> bytes:
        return bytes(self._stream.compress(data))

    def flush(self) -> bytes:
        return bytes(self._stream.flush(isal_zlib.Z_SYNC_FLUSH))

    def finish(self) -> bytes:
        return bytes(self._stream.flush(isal_zlib.Z_FINISH))


class GzipDecoder:
    """Any number of gzip members."""

    def __init__(self) -> None:
        self._input = bytearray()
        self._inflate: isal_zlib.Decompress | None = None
        self._trailer = 0
        self._members = 0
        self._over = False

    @property
    def complete(self) -> bool:
        between = self._inflate is None and self._trailer == 0
        return self._over or (self._members > 0 and between and not self._input)

    @property
    def left(self) -> int:
        return len(self._input)

    def decode(self, data: bytes) -> Iterator[bytes]:
        self._input += data
        while not self._over:
            if self._inflate is not None:
                yield from self._slices()
            if self._inflate is not None or not self._skip_trailer() or not self._skip_header():
                return

    def _slices(self) -> Iterator[bytes]:
        """What the open member gives; closes it at its end."""
        while (inflate := self._inflate) is not None:
            data = bytes(self._input)
            self._input.clear()
            try:
                decoded = inflate.decompress(data, SLICE)
            except _NOT_DEFLATE:
                raise Corrupt("not deflate") from None
            # Before the yield: the caller may leave this generator here and come back with a new one.
            self._input += inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            if inflate.eof:
                self._inflate, self._trailer = None, 8
            if not decoded:
                return
            yield bytes(decoded)

    def _skip_trailer(self) -> bool:
        cut = min(self._trailer, len(self._input))
        del self._input[:cut]
        self._trailer -= cut
        return self._trailer == 0

    def _skip_header(self) -> bool:
        """Open the next member once its header is there whole."""
        if not _MAGIC.startswith(self._input[:2]):
            if not self._members:
                raise Corrupt("not gzip")
            self._over = True
            return False
        length = _header_length(self._input)
        if length is None:
            return False
        del self._input[:length]
        self._members += 1
        self._inflate = isal_zlib.decompressobj(wbits=-15)
        return True


def _header_length(data: bytearray) -> int | None:
    """Length of the member header that `data` begins with; None while it is not there whole."""
    if len(data) < 10:
        return None
    if data[2] != 8:
        raise Corrupt("not deflate within gzip")
    flags, at = data[3], 10
    if flags & _EXTRA:
        if len(data) < at + 2:
            return None
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            end = data.find(0, at)
            if end < 0:
                return None
            at = end + 1
    at += 2 if flags & _HEADER_CRC else 0
    return at if len(data) >= at else None


def decoder(coding: str) -> Decoder:
    """A decoder of `identity`, `gzip` or `x-gzip`. Raises KeyError."""
    return _DECODERS[coding]()


def encoder(coding: str) -> Encoder:
    """An encoder of `identity`, `gzip` or `x-gzip`. Raises KeyError."""
    return _ENCODERS[coding]()


_DECODERS: dict[str, type[Decoder]] = {"identity": Identity, "gzip": GzipDecoder, "x-gzip": GzipDecoder}
_ENCODERS: dict[str, type[Encoder]] = {"identity": Identity, "gzip": GzipEncoder, "x-gzip": GzipEncoder}
