"""Deflate in its three wrappings as streams: gzip (RFC 1952), zlib (RFC 1950), and bare (RFC 1951).

The wrappings are read here and not by the library: several gzip members are one body, what follows the last one is
ignored as browsers do, and a wrong checksum, which browsers never look at, breaks no page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import cast

from isal import igzip_lib, isal_zlib

from proxy.page.codec import SLICE, Corrupt, Encoder

LEVEL = 2
"""isal's, by `python -m bench.codings`, 34 KB: 37 us, 27.8 %; 1: 36 us, 28.0 %; 3: 67 us, 27.6 %; zlib: 577 us."""

# Its stub says that it is an instance.
_NOT_DEFLATE = cast(type[Exception], igzip_lib.IsalError)
_GZIP, _ZLIB, _BARE = 31, 15, -15
_MAGIC = b"\x1f\x8b"
_HEADER_CRC, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16


class DeflateEncoder:
    """One stream; `wrapping` is zlib's wbits."""

    def __init__(self, wrapping: int) -> None:
        self._wrapping = wrapping

    @cached_property
    def _stream(self) -> isal_zlib.Compress:
        return isal_zlib.compressobj(level=LEVEL, wbits=self._wrapping)

    def encode(self, data: bytes) -> bytes:
        return bytes(self._stream.compress(data))

    def flush(self) -> bytes:
        return bytes(self._stream.flush(isal_zlib.Z_SYNC_FLUSH))

    def finish(self) -> bytes:
        return bytes(self._stream.flush(isal_zlib.Z_FINISH))

    def whole(self, data: bytes) -> bytes:
        return bytes(isal_zlib.compress(data, LEVEL, self._wrapping))


class _Inflating(ABC):
    """Wrapped deflate: a header, deflated data, a trailer, and perhaps the same again."""

    def __init__(self) -> None:
        self._input = bytearray()
        self._inflate: isal_zlib.Decompress | None = None
        self._trailer = 0
        self._members = 0
        self._over = False

    @property
    def complete(self) -> bool:
        between = self._inflate is None and self._trailer == 0
        # One byte more is no member yet, even where it could begin one.
        return self._over or (self._members > 0 and between and len(self._input) < 2)

    @property
    def left(self) -> int:
        return len(self._input)

    @abstractmethod
    def encoder(self) -> Encoder: ...

    @abstractmethod
    def _header(self) -> int | None:
        """Length of the header that the input begins with; None while it is not there whole."""

    @abstractmethod
    def _trailer_length(self) -> int:
        """Bytes of the trailer that follows the open member."""

    def decode(self, data: bytes) -> Iterator[bytes]:
        self._input += data
        while not self._over:
            if self._inflate is not None:
                yield from self._slices()
            if self._inflate is not None or not self._skip_trailer() or not self._open():
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
                self._inflate, self._trailer = None, self._trailer_length()
            if not decoded:
                return
            yield bytes(decoded)

    def _skip_trailer(self) -> bool:
        cut = min(self._trailer, len(self._input))
        del self._input[:cut]
        self._trailer -= cut
        return self._trailer == 0

    def _open(self) -> bool:
        """Begin the next member once its header is there whole."""
        length = self._header()
        if length is None or self._over:
            return False
        del self._input[:length]
        self._members += 1
        self._inflate = isal_zlib.decompressobj(wbits=_BARE)
        return True


class GzipDecoder(_Inflating):
    """Any number of gzip members."""

    def encoder(self) -> Encoder:
        return DeflateEncoder(_GZIP)

    def _trailer_length(self) -> int:
        return 8

    def _header(self) -> int | None:
        if _MAGIC.startswith(self._input[:2]):
            return _gzip_header(self._input)
        if not self._members:
            raise Corrupt("not gzip")
        self._over = True
        return None


class DeflateDecoder(_Inflating):
    """`deflate`: in zlib's wrapping, or in none, as many servers understood it (RFC 9110, 8.4.1.2)."""

    _wrapping = _ZLIB

    def encoder(self) -> Encoder:
        return DeflateEncoder(self._wrapping)

    def _trailer_length(self) -> int:
        return 4 if self._wrapping == _ZLIB else 0

    def _header(self) -> int | None:
        if self._members:
            self._over = True
            return None
        if len(self._input) < 2:
            return None
        # RFC 1950, 2.2: the method is 8, and the two bytes together a multiple of 31.
        if self._input[0] & 15 != 8 or int.from_bytes(self._input[:2]) % 31:
            self._wrapping = _BARE
            return 0
        if self._input[1] & 32:
            raise Corrupt("a preset dictionary")
        return 2


def _gzip_header(data: bytearray) -> int | None:
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
