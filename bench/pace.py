"""How soon a page's first half is with the visitor, when its upstream takes a rest in the middle."""

from __future__ import annotations

import queue
import sys
import time
import zlib
from collections.abc import Callable, Mapping

import brotli

from bench.contenders import ODD_HOST, Ours
from bench.figures import AtMost, Figure
from bench.html import SIZES, page
from bench.scripted import Asked
from bench.visitor import Visitor
from proxy.page.snippet import MARKER

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

type Coded = tuple[bytes, bytes, Callable[[bytes], bytes]]
"""The page's halves, the first one flushed, and a decoder."""

REST = 1.0
"""Seconds between the halves."""
TARGET = AtMost(10)
TEXT = page(SIZES["34k"])
HALF = len(TEXT) // 2

_sent: queue.SimpleQueue[float] = queue.SimpleQueue()


def _gzip() -> Coded:
    encoder = zlib.compressobj(wbits=31)
    first = encoder.compress(TEXT[:HALF]) + encoder.flush(zlib.Z_SYNC_FLUSH)
    return first, encoder.compress(TEXT[HALF:]) + encoder.flush(), zlib.decompressobj(wbits=31).decompress


def _br() -> Coded:
    encoder = brotli.Compressor(quality=4)
    first = encoder.process(TEXT[:HALF]) + encoder.flush()
    return first, encoder.process(TEXT[HALF:]) + encoder.finish(), brotli.Decompressor().process


def _zstd() -> Coded:
    encoder = zstd.ZstdCompressor()
    first = encoder.compress(TEXT[:HALF], encoder.FLUSH_BLOCK)
    return first, encoder.compress(TEXT[HALF:], encoder.FLUSH_FRAME), zstd.ZstdDecompressor().decompress


CODINGS: Mapping[str, Callable[[], Coded]] = {
    "identity": lambda: (TEXT[:HALF], TEXT[HALF:], bytes),
    "gzip": _gzip,
    "br": _br,
    "zstd": _zstd,
}


def halves(asked: Asked) -> None:
    """Send the page in two parts, in the coding that is the argument."""
    first, second, _ = CODINGS[asked.argument]()
    _sent.put(time.perf_counter())
    asked.answer("text/html", len(first) + len(second), asked.argument)
    asked.send(first)
    time.sleep(REST)
    asked.send(second)


def milliseconds(port: int, coding: str, *, snippets: int) -> float:
    """From upstream's send of head and first half to the visitor's having all of that half, decoded."""
    _, _, decode = CODINGS[coding]()
    with Visitor(port, ODD_HOST) as visitor:
        visitor.send(f"/halves/{coding}", f"Accept-Encoding: {coding}")
        seen, arrived = b"", 0.0
        for piece in visitor.body(visitor.head()):
            seen += decode(piece)
            if not arrived and seen.endswith(TEXT[:HALF][-100:]):
                arrived = time.perf_counter()
    if not arrived or not seen.endswith(TEXT[HALF:]) or seen.count(MARKER.encode()) != snippets:
        raise SystemExit(f"pace, {coding}: the page is not what it has to be")
    return (arrived - _sent.get()) * 1000


def pace(ours: Ours, odd: int, times: int, progress: Callable[[str], None]) -> list[Figure]:
    """One figure for each coding. Beside it: what the same takes without us, straight from `odd`, a port."""
    figures = []
    for coding in CODINGS:
        beside = f"{milliseconds(odd, coding, snippets=0):.1f} ms without us"
        values = tuple(milliseconds(ours.port, coding, snippets=1) for _ in range(times))
        figures.append(Figure(f"first half of a page, {coding}", values, "ms", TARGET, beside))
        progress(f"first half of a page, {coding}: {max(values):.1f} ms at most, {beside}")
    return figures
