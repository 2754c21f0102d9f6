"""How much the worker grows while something large goes through it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.contenders import ODD_HOST, Ours
from bench.figures import AtMost, Figure
from bench.html import page
from bench.processes import Peak
from bench.scripted import PIECE, Asked
from bench.visitor import Visitor
from proxy.page.snippet import MARKER

MIB = 1024 * 1024
TARGET = AtMost(40)
FILE, PAGE = bytes(range(256)) * 4096, page(MIB)
SLOW = 0.02
"""Seconds that a slow reader waits after each MiB."""


def download(asked: Asked) -> None:
    """A file of as many MiB as the argument says."""
    _repeat(asked, "application/octet-stream", FILE)


def large_page(asked: Asked) -> None:
    """A page of so many."""
    _repeat(asked, "text/html", PAGE)


def _repeat(asked: Asked, kind: str, data: bytes) -> None:
    count = int(asked.argument)
    asked.answer(kind, count * len(data))
    for _ in range(count):
        asked.send(data)


def upload(asked: Asked) -> None:
    """Take a body, with a pause of so many seconds after each MiB, and answer with its length."""
    taken = len(asked.came)
    for piece in _paced(iter(lambda: asked.connection.recv(PIECE), b""), float(asked.argument)):
        taken += len(piece)
        if taken >= asked.length:
            break
    said = str(taken).encode()
    asked.answer("text/plain", len(said))
    asked.send(said)


def _paced(pieces: Iterator[bytes], pause: float) -> Iterator[bytes]:
    taken = 0
    for piece in pieces:
        yield piece
        if pause and taken // MIB < (taken + len(piece)) // MIB:
            time.sleep(pause)
        taken += len(piece)


def fetched(ours: Ours, path: str, pause: float) -> tuple[int, bool]:
    """Length of an answer, and whether the snippet was in its first MiB."""
    with Visitor(ours.port, ODD_HOST) as visitor:
        visitor.send(path)
        length, start = 0, b""
        for piece in _paced(visitor.body(visitor.head()), pause):
            length += len(piece)
            if len(start) < MIB:
                start += piece
    return length, MARKER.encode() in start


def given(ours: Ours, size: int, pause: float) -> int:
    """Upload `size` MiB, and what upstream says that it got."""
    with Visitor(ours.port, ODD_HOST) as visitor:
        visitor.send(f"/upload/{pause}", f"Content-Length: {size * MIB}", method="POST")
        for _ in range(size):
            visitor.write(FILE)
        return int(b"".join(visitor.body(visitor.head())))


def memory(ours: Ours, size: int, progress: Callable[[str], None]) -> list[Figure]:
    """What is `size` MiB large, in both directions, with fast and slow readers."""

    def get(path: str, pause: float, *, snippet: bool = False) -> None:
        length, found = fetched(ours, f"/{path}/{size}", pause)
        more = length - size * MIB
        if found is not snippet or (more > 0) is not snippet or more < 0:
            raise SystemExit(f"{path}: {more} bytes more than upstream sent, {'a' if found else 'no'} snippet")

    def put(pause: float) -> None:
        if (taken := given(ours, size, pause)) != size * MIB:
            raise SystemExit(f"upload: {size * MIB} bytes given, {taken} taken")

    cases: dict[str, Callable[[], None]] = {
        "download": lambda: get("download", 0),
        "download, slow reader": lambda: get("download", SLOW),
        "page with the snippet": lambda: get("large_page", 0, snippet=True),
        "page with the snippet, slow reader": lambda: get("large_page", SLOW, snippet=True),
        "upload": lambda: put(0),
        "upload, slow upstream": lambda: put(SLOW),
    }
    figures = []
    for name, case in cases.items():
        started = time.perf_counter()
        with Peak(ours.worker) as peak:
            case()
        beside = f"from {peak.before:.0f} MiB, {size / (time.perf_counter() - started):,.0f} MiB/s"
        figures.append(Figure(f"memory, {size} MiB {name}", (peak.grown,), "MiB", TARGET, beside))
        progress(f"memory, {size} MiB {name}: {peak.grown:.1f} MiB more, {beside}")
    return figures
