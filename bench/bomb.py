"""What a page does that swells to 1 GiB: refused where that shows at its start, harmless where it shows later.

While the second one goes through, another visitor asks our own path again and again: an answer that needs no
upstream takes six turns of the worker's loop at most, so it tells how long one of them is.
"""

from __future__ import annotations

import random
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from bench.contenders import HOST, ODD_HOST, Ours
from bench.figures import AtMost, Figure
from bench.memory import MIB
from bench.processes import Peak
from bench.scripted import Asked
from bench.visitor import Visitor
from proxy.page.snippet import MARKER

SIZE = 1024
"""MiB of zeros."""
HONEST = 300_000
"""Bytes of text before them in the second bomb."""
TURNS, STEP = 6, 5
"""Turns of the worker's loop: one under way, one that reads the request, and one for each hook of mitmproxy's;
milliseconds that requirement 15 grants to each.
"""
EVERY = 0.001

_START = b"<!doctype html><html><head><title>Altshop</title></head><body>"


@cache
def bomb(name: str) -> bytes:
    """`zeros`, or `page`: text that hardly shrinks, then zeros. One gzip member each."""
    start = _START
    if name == "page":
        letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \n"
        start += bytes(random.Random(1).choices(letters, k=HONEST))
    encoder = zlib.compressobj(9, wbits=-15)
    body = encoder.compress(start) + encoder.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers back, so the same bytes can stand there again and again.
    zeros = bytes(MIB)
    again = zlib.compressobj(9, wbits=-15)
    block = again.compress(zeros) + again.flush(zlib.Z_FULL_FLUSH)
    check = zlib.crc32(start)
    for _ in range(SIZE):
        check = zlib.crc32(zeros, check)
    length = (len(start) + SIZE * MIB) % 2**32
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    return b"".join(
        [head, body, block * SIZE, b"\x03\x00", check.to_bytes(4, "little"), length.to_bytes(4, "little")]
    )


def swells(asked: Asked) -> None:
    """Send the bomb that is the argument."""
    sent = bomb(asked.argument)
    asked.answer("text/html", len(sent), "gzip")
    asked.send(sent)


@contextmanager
def waits(ours: Ours) -> Iterator[list[float]]:
    """Milliseconds that another visitor waits for each of its answers while the block runs."""
    over, waited = threading.Event(), list[float]()

    def ask() -> None:
        with Visitor(ours.port, HOST) as visitor:
            while not over.wait(EVERY):
                before = time.perf_counter()
                head, _ = visitor.get("/_milchglas/none")
                waited.append((time.perf_counter() - before) * 1000)
                assert head[""] == "404"

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield waited
    finally:
        over.set()
        asking.join()


def refused(ours: Ours) -> float:
    """How many pages our proxy has refused for their ratio."""
    with urllib.request.urlopen(f"http://127.0.0.1:{ours.admin}/metrics", timeout=10) as answer:
        for line in answer.read().decode().splitlines():
            if (
                line.startswith("milchglas_pages_skipped_total")
                and 'reason="ratio"' in line
                and 'site="odd"' in line
            ):
                return float(line.rpartition(" ")[2])
    return 0.0


def bombs(ours: Ours, progress: Callable[[str], None]) -> list[Figure]:
    """Both bombs."""
    for name in ("zeros", "page"):
        bomb(name)
    with waits(ours) as quiet:
        time.sleep(2)
    before = refused(ours)
    with Visitor(ours.port, ODD_HOST) as visitor, Peak(ours.worker) as first:
        _, answer = visitor.get("/swells/zeros", "Accept-Encoding: gzip")
    if answer != bomb("zeros") or refused(ours) != before + 1:
        raise SystemExit("bomb: it was not refused by its ratio, or did not come as it was sent")
    progress(f"bomb refused, {first.grown:.1f} MiB more")
    started = time.perf_counter()
    with Visitor(ours.port, ODD_HOST) as visitor, Peak(ours.worker) as second, waits(ours) as waited:
        visitor.send("/swells/page", "Accept-Encoding: gzip")
        pieces = list(visitor.body(visitor.head()))
        taken = time.perf_counter() - started
    _check(b"".join(pieces))
    progress(
        f"bomb that begins as a page, {second.grown:.1f} MiB more, another waits {max(waited):.1f} ms at most"
    )
    return [
        Figure("bomb of 1 GiB, refused: memory", (first.grown,), "MiB", AtMost(40)),
        Figure("bomb that begins as a page: memory", (second.grown,), "MiB", AtMost(40), f"{taken:.1f} s"),
        Figure(
            "bomb that begins as a page: another visitor waits",
            tuple(waited),
            "ms",
            AtMost(TURNS * STEP),
            f"{max(quiet):.1f} ms at most without the bomb",
        ),
    ]


def _check(sent: bytes) -> None:
    """What the visitor got is the page with the snippet, whole."""
    decoder = zlib.decompressobj(wbits=31)
    start = decoder.decompress(sent, HONEST)
    length, left = len(start), decoder.unconsumed_tail
    while left and not decoder.eof:
        length += len(decoder.decompress(left, MIB))
        left = decoder.unconsumed_tail
    whole = decoder.eof and length > SIZE * MIB + HONEST
    if start.count(MARKER.encode()) != 1 or not whole:
        raise SystemExit("bomb: the page that swells is not what it has to be")
