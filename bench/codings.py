"""What a page costs in each content coding and level: the table from which `proxy/page/coding.py` chooses.

Measured as a page goes out: a new encoder, pieces of 64 KiB, a flush after each, the end. The decoder gets the
encoded page in one call. CPU time, the median of many. `python -m bench.codings`
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any, NamedTuple

import brotli
import psutil  # type: ignore[import-untyped]  # publishes none
from isal import isal_zlib
from rich.console import Console
from rich.table import Table

from bench.html import SIZES, page

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGES = ("34k", "500k")
PIECE = 65_536
SECONDS = 0.3
"""For each figure, at least 5 runs."""
ALIVE = 40
"""Encoders open at a time while their memory is looked at."""


class Library(NamedTuple):
    """One library's way to one coding. `flush` makes all of what was taken readable, `end` ends it."""

    coding: str
    name: str
    take: Callable[[Any, bytes], bytes]
    flush: Callable[[Any], bytes]
    end: Callable[[Any], bytes]
    decode: Callable[[bytes], bytes]


class Level(NamedTuple):
    """`opened` gives a new encoder of the library."""

    library: Library
    name: str
    opened: Callable[[], Any]


ISAL = Library(
    "gzip",
    "isal",
    lambda encoder, piece: encoder.compress(piece),
    lambda encoder: encoder.flush(isal_zlib.Z_SYNC_FLUSH),
    lambda encoder: encoder.flush(isal_zlib.Z_FINISH),
    lambda data: isal_zlib.decompressobj(wbits=31).decompress(data),
)
ZLIB = Library(
    "gzip",
    "zlib",
    lambda encoder, piece: encoder.compress(piece),
    lambda encoder: encoder.flush(zlib.Z_SYNC_FLUSH),
    lambda encoder: encoder.flush(zlib.Z_FINISH),
    lambda data: zlib.decompressobj(wbits=31).decompress(data),
)
BROTLI = Library(
    "br",
    "brotli",
    lambda encoder, piece: encoder.process(piece),
    lambda encoder: encoder.flush(),
    lambda encoder: encoder.finish(),
    lambda data: brotli.Decompressor().process(data),
)
ZSTD = Library(
    "zstd",
    "zstd",
    lambda encoder, piece: encoder.compress(piece),
    lambda encoder: encoder.flush(zstd.ZstdCompressor.FLUSH_BLOCK),
    lambda encoder: encoder.flush(zstd.ZstdCompressor.FLUSH_FRAME),
    lambda data: zstd.ZstdDecompressor().decompress(data),
)

LEVELS = (
    *(Level(ISAL, str(n), partial(isal_zlib.compressobj, level=n, wbits=31)) for n in range(4)),
    *(Level(ZLIB, str(n), partial(zlib.compressobj, level=n, wbits=31)) for n in (1, 6)),
    *(Level(BROTLI, str(n), partial(brotli.Compressor, quality=n)) for n in range(7)),
    *(
        Level(BROTLI, f"{n}, window 2^{bits}", partial(brotli.Compressor, quality=n, lgwin=bits))
        for bits in (18, 16)
        for n in range(7)
    ),
    *(Level(ZSTD, str(n), partial(zstd.ZstdCompressor, level=n)) for n in range(1, 5)),
)


def started(level: Level, text: bytes) -> tuple[Any, bytes]:
    """An encoder that has taken and flushed all of the text, and what it gave."""
    encoder, library = level.opened(), level.library
    encoded = []
    for at in range(0, len(text), PIECE):
        encoded += [library.take(encoder, text[at : at + PIECE]), library.flush(encoder)]
    return encoder, b"".join(encoded)


def whole(level: Level, text: bytes) -> bytes:
    """The encoded page."""
    encoder, encoded = started(level, text)
    return encoded + level.library.end(encoder)


def microseconds(work: Callable[[], object]) -> float:
    """CPU time of one call, the median of the calls that fit into SECONDS."""
    taken: list[float] = []
    end = time.perf_counter() + SECONDS
    work()
    while time.perf_counter() < end or len(taken) < 5:
        before = time.thread_time_ns()
        work()
        taken.append((time.thread_time_ns() - before) / 1000)
    return statistics.median(taken)


def held(number: int, size: int) -> float:
    """KiB that one encoder of LEVELS[number] keeps between a page's chunks. For a new process: others have freed
    memory that an encoder would take again.
    """
    level, text, process = LEVELS[number], page(size), psutil.Process()
    started(level, text)
    before = process.memory_info().rss
    alive = [started(level, text)[0] for _ in range(ALIVE)]
    return float(process.memory_info().rss - before) / 1024 / len(alive)


def row(number: int, size: int, fresh: ProcessPoolExecutor) -> list[str]:
    """One line of the table."""
    level, text = LEVELS[number], page(size)
    encoded = whole(level, text)
    if level.library.decode(encoded) != text:
        raise SystemExit(f"{level.library.name} {level.name}: does not come back as it was")
    return [
        level.library.coding,
        level.library.name,
        level.name,
        f"{microseconds(partial(whole, level, text)):,.0f}",
        f"{len(encoded):,}",
        f"{len(encoded) / len(text):.1%}",
        f"{microseconds(partial(level.library.decode, encoded)):,.0f}",
        f"{fresh.submit(held, number, size).result():,.0f}",
    ]


def main() -> None:
    """Print a table for each page."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    console = Console(width=100)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        for name in PAGES:
            size = SIZES[name]
            table = Table("coding", "library", "level", title=f"{size:,} bytes of HTML")
            for column in ("encode µs", "bytes", "of page", "decode µs", "KiB held"):
                table.add_column(column, justify="right")
            for number in range(len(LEVELS)):
                table.add_row(*row(number, size, fresh))
            console.print(table)


if __name__ == "__main__":
    main()
