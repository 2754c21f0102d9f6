"""How soon a page's first half is with the visitor, when its upstream takes a rest in the middle."""

from __future__ import annotations

import queue
import time
import zlib
from collections.abc import Callable

from bench.contenders import ODD_HOST, Ours
from bench.figures import AtMost, Figure
from bench.html import SIZES, page
from bench.rates import CODINGS
from bench.scripted import Asked
from bench.visitor import Visitor
from proxy.page.snippet import MARKER

REST = 1.0
"""Seconds between the halves."""
TARGET = AtMost(10)
TEXT = page(SIZES["34k"])
HALF = len(TEXT) // 2

_sent: queue.SimpleQueue[float] = queue.SimpleQueue()


def halves(asked: Asked) -> None:
    """Send the page in two parts, in the coding that is the argument."""
    if asked.argument == "identity":
        first, second = TEXT[:HALF], TEXT[HALF:]
    else:
        encoder = zlib.compressobj(wbits=31)
        first = encoder.compress(TEXT[:HALF]) + encoder.flush(zlib.Z_SYNC_FLUSH)
        second = encoder.compress(TEXT[HALF:]) + encoder.flush()
    _sent.put(time.perf_counter())
    asked.answer("text/html", len(first) + len(second), asked.argument)
    asked.send(first)
    time.sleep(REST)
    asked.send(second)


def milliseconds(port: int, coding: str) -> tuple[float, bytes]:
    """From upstream's send of head and first half to the visitor's having all of that half, decoded; the page."""
    decode: Callable[[bytes], bytes] = zlib.decompressobj(wbits=31).decompress if coding == "gzip" else bytes
    with Visitor(port, ODD_HOST) as visitor:
        visitor.send(f"/halves/{coding}", "Accept-Encoding: gzip")
        seen, arrived = b"", 0.0
        for piece in visitor.body(visitor.head()):
            seen += decode(piece)
            if not arrived and seen.endswith(TEXT[:HALF][-100:]):
                arrived = time.perf_counter()
    if not arrived or not seen.endswith(TEXT[HALF:]):
        raise SystemExit(f"pace, {coding}: the page is not what it has to be")
    return (arrived - _sent.get()) * 1000, seen


def pace(ours: Ours, odd: int, times: int, progress: Callable[[str], None]) -> list[Figure]:
    """One figure for each coding. Beside it stands how long the same takes without us, from `odd`, upstream's port."""
    figures = []
    for coding in CODINGS:
        values, without = [], 0.0
        for _ in range(times):
            waited, seen = milliseconds(ours.port, coding)
            if seen.count(MARKER.encode()) != 1:
                raise SystemExit(f"pace, {coding}: the page has no snippet")
            values.append(waited)
            without = max(without, milliseconds(odd, coding)[0])
        beside = f"{without:.1f} ms at most without us"
        figures.append(Figure(f"first half of a page, {coding}", tuple(values), "ms", TARGET, beside))
        progress(f"first half of a page, {coding}: {max(values):.1f} ms at most, {beside}")
    return figures
