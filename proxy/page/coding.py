"""The content codings that a page can be spliced in, by the names that Content-Encoding has for them.

https://www.iana.org/assignments/http-parameters/#content-coding
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

import brotli

from proxy.page.codec import SLICE, Corrupt, Decoder, Encoder
from proxy.page.deflate import DeflateDecoder, GzipDecoder

# `zstandard` cannot limit what one call gives back; this one, the standard library's from 3.14 on, can.
if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PORTION = 256
"""Encoded bytes given to a library at a time that does not tell how many it has looked at: see Decoder.left."""

AGAIN = 8 * SLICE
"""Decoded bytes up to which a br body is kept as it came, to be read again: a few milliseconds, once."""

BROTLI_QUALITY = 1
"""By `python -m bench.codings`, 34 KB: 63 us, 27.5 %; 0: 41 us, 29.9 %; 2: 91 us, 26.6 %; 4: 231 us, 25.3 %."""

ZSTD_LEVEL = 2
"""By `python -m bench.codings`, 34 KB: 54 us, 26.3 %; 1: 48 us, 26.8 %; 3: 68 us, 25.6 % and 0.9 MB held."""

ZSTD_WINDOW_LOG = 23
"""The largest window that browsers take, 8 MB (RFC 9659, 3)."""


class Identity:
    """No coding: decoder and encoder in one."""

    complete, left = True, 0

    def decode(self, data: bytes) -> Iterator[bytes]:
        if data:
            yield data

    def encoder(self) -> Encoder:
        return self

    def encode(self, data: bytes) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""

    finish = flush

    def whole(self, data: bytes) -> bytes:
        return data


class _Portioned(ABC):
    """A decoder of a library's that keeps to itself what it has not looked at."""

    def __init__(self) -> None:
        self._input = bytearray()
        self._draining = False

    @property
    def left(self) -> int:
        return len(self._input)

    @property
    @abstractmethod
    def complete(self) -> bool: ...

    @abstractmethod
    def encoder(self) -> Encoder: ...

    @abstractmethod
    def _process(self, data: bytes) -> tuple[bytes, bool]:
        """About SLICE decoded bytes at most, and whether there is more without new input. Raises Corrupt."""

    def decode(self, data: bytes) -> Iterator[bytes]:
        self._input += data
        while self._draining or self._input:
            portion = b""
            if not self._draining:
                portion = bytes(self._input[:PORTION])
                del self._input[:PORTION]
            piece, self._draining = self._process(portion)
            if piece:
                yield piece


class BrotliDecoder(_Portioned):
    """br, RFC 7932."""

    def __init__(self) -> None:
        super().__init__()
        self._stream = brotli.Decompressor()
        self._taken: list[bytes] = []
        self._given = 0

    @property
    def complete(self) -> bool:
        return bool(self._stream.is_finished())

    def encoder(self) -> Encoder:
        return BrotliEncoder()

    def decode(self, data: bytes) -> Iterator[bytes]:
        if self._given <= AGAIN:
            self._taken.append(data)
        else:
            self._taken.clear()
        return super().decode(data)

    def _process(self, data: bytes) -> tuple[bytes, bool]:
        if self.complete:
            return b"", False  # browsers ignore what follows the end
        try:
            piece = bytes(self._stream.process(data, output_buffer_limit=SLICE))
        except brotli.error:
            return self._last(), False
        self._given += len(piece)
        # `can_accept_more_data` alone does not tell: brotli 1.2.0 says yes with output left.
        return piece, bool(piece) or not self._stream.can_accept_more_data()

    def _last(self) -> bytes:
        """The text not given yet, where only what follows the end is wrong.

        To brotli 1.2.0, a body and more is an error, which costs the text before it: all is read again, the last
        bytes one by one, up to the end.
        """
        stream, text = brotli.Decompressor(), bytearray()
        wire = b"".join(self._taken) if self._given <= AGAIN else b""
        begun = max(0, len(wire) - len(self._input) - PORTION)
        try:
            for part in (wire[:begun], *(wire[at : at + 1] for at in range(begun, len(wire)))):
                text += stream.process(part)
                if stream.is_finished():
                    self._stream = stream
                    return bytes(text[self._given :])
        except brotli.error:
            pass
        raise Corrupt("not brotli")


class BrotliEncoder:
    """One br stream."""

    def __init__(self) -> None:
        self._stream = brotli.Compressor(quality=BROTLI_QUALITY)

    def encode(self, data: bytes) -> bytes:
        return bytes(self._stream.process(data))

    def flush(self) -> bytes:
        return bytes(self._stream.flush())

    def finish(self) -> bytes:
        return bytes(self._stream.finish())

    def whole(self, data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=BROTLI_QUALITY))


class ZstdDecoder(_Portioned):
    """zstd, RFC 8878: any number of frames."""

    def __init__(self) -> None:
        super().__init__()
        self._stream = self._frame()
        self._begun = self._over = False

    @property
    def complete(self) -> bool:
        return self._over or (self._begun and self._stream.eof and not self._input)

    def encoder(self) -> Encoder:
        return ZstdEncoder()

    def _process(self, data: bytes) -> tuple[bytes, bool]:
        if self._over:
            return b"", False
        if ended := self._stream.eof:
            self._stream = self._frame()
        self._begun = True
        try:
            piece = self._stream.decompress(data, max_length=SLICE)
        except zstd.ZstdError:
            if not ended:
                raise Corrupt("not zstd") from None
            self._over = True  # what follows the last frame is no text
            return b"", False
        if self._stream.eof:
            self._input[:0] = self._stream.unused_data
            return piece, False
        return piece, not self._stream.needs_input

    @staticmethod
    def _frame() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})


class ZstdEncoder:
    """One zstd frame."""

    def __init__(self) -> None:
        self._stream = zstd.ZstdCompressor(level=ZSTD_LEVEL)

    def encode(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def flush(self) -> bytes:
        return self._stream.flush(mode=self._stream.FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._stream.flush()

    def whole(self, data: bytes) -> bytes:
        return zstd.compress(data, level=ZSTD_LEVEL)


DECODERS: dict[str, Callable[[], Decoder]] = {
    "identity": Identity,
    "gzip": GzipDecoder,
    "x-gzip": GzipDecoder,
    "deflate": DeflateDecoder,
    "br": BrotliDecoder,
    "zstd": ZstdDecoder,
}

CODINGS = tuple(DECODERS)


def decoder(coding: str) -> Decoder:
    """A decoder of one of CODINGS. Raises KeyError."""
    return DECODERS[coding]()
