"""How long visitors wait for pages while 2 MB snapshots arrive two a second, beside the same load without them.

A real `milchglas run`: one worker for the pages and one sanitizer process, all on loopback. The snapshots are
packed before anything is measured, so sending them costs this process next to nothing.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson

from bench.figures import AtMost, Figure
from bench.processes import free_port, running
from bench.snapshot import Shop, wrapped
from bench.visitor import Visitor

HOST = "shop.example"
EVERY, PAGES = 0.5, 0.01
"""Seconds between two snapshots, and between two pages."""
SIZE = 2_000_000
LIMIT = AtMost(10)
"""Milliseconds that the 99th percentile may grow by."""


def together(lasting: int, progress: Callable[[str], None]) -> list[Figure]:
    """Two phases of `lasting` seconds without, two with, in turns."""
    with tempfile.TemporaryDirectory() as folder, _proxy(Path(folder)) as port:
        recording, token = _start(port)
        snapshots = [_packed(seq, recording, token) for seq in range(round(lasting / EVERY) * 2)]
        _pages(port, 1)
        quiet, busy = list[list[float]](), list[list[float]]()
        for turn in range(2):
            quiet.append(_pages(port, lasting / 2))
            with _sending(port, snapshots[turn::2], recording) as statuses:
                busy.append(_pages(port, lasting / 2))
            if set(statuses) != {"202"}:
                raise SystemExit(f"together: snapshots were answered {sorted(set(statuses))}")
            progress(
                f"pages beside {len(statuses)} snapshots: p99 {_p99(busy[-1]):.1f} ms, else {_p99(quiet[-1]):.1f}"
            )
    grown = tuple(_p99(with_) - _p99(without) for with_, without in zip(busy, quiet, strict=True))
    middle = statistics.median(busy[0]), statistics.median(quiet[0])
    beside = f"p99 {_p99(busy[0]):.1f} to {_p99(quiet[0]):.1f} ms, median {middle[0]:.1f} to {middle[1]:.1f} ms"
    return [Figure("pages beside snapshots: p99 grows by", grown, "ms", LIMIT, beside)]


def _p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


@contextmanager
def _proxy(folder: Path) -> Iterator[int]:
    upstream, port, admin, dashboard = (free_port() for _ in range(4))
    (folder / "milchglas.yaml").write_text(
        f"version: 1\nlisten: {{port: {port}}}\nadmin: {{port: {admin}}}\ndata: {folder / 'data'}\nsites:\n"
        f"  - {{name: bench, hosts: [{HOST}], upstream: 'http://127.0.0.1:{upstream}'}}\n"
        f"storage: {{listen: {{port: {dashboard}}}}}\n"
    )
    python, config = sys.executable, str(folder / "milchglas.yaml")
    with (
        running(python, "-m", "bench.upstream", str(upstream), port=upstream),
        running(python, "-m", "proxy", "run", "-c", config, port=port),
    ):
        yield port


def _start(port: int) -> tuple[str, str]:
    with Visitor(port, HOST) as visitor:
        visitor.send("/_milchglas/start", "Content-Length: 2", method="POST")
        visitor.write(b"{}")
        head = visitor.head()
        answer = orjson.loads(b"".join(visitor.body(head)))
    return answer["recording"], answer["token"]


def _packed(seq: int, recording: str, token: str) -> bytes:
    shop = Shop(seq)
    page = {"type": 2, "data": {"node": shop.page(SIZE), "initialOffset": {"top": 0, "left": 0}}}
    return gzip.compress(wrapped([page], shop.cards, seq, recording, token), 6)


def _pages(port: int, lasting: float) -> list[float]:
    """Milliseconds for each page, asked for one after the other at a steady pace."""
    taken, end = [], time.perf_counter() + lasting
    with Visitor(port, HOST) as visitor:
        while (began := time.perf_counter()) < end:
            head, _ = visitor.get("/34k", "Accept-Encoding: gzip")
            if head[""] != "200":
                raise SystemExit(f"together: a page was answered {head['']}")
            waited = time.perf_counter() - began
            taken.append(waited * 1000)
            time.sleep(max(0.0, PAGES - waited))
    return taken


@contextmanager
def _sending(port: int, snapshots: Sequence[bytes], recording: str) -> Iterator[list[str]]:
    """Send them while the block runs; gives the statuses of the answers."""
    over, statuses = threading.Event(), list[str]()

    def send() -> None:
        with Visitor(port, HOST) as visitor:
            began = time.perf_counter()
            for number, body in enumerate(snapshots, 1):
                length = f"Content-Length: {len(body)}"
                visitor.send(
                    f"/_milchglas/events?recording={recording}", "Content-Encoding: gzip", length, method="POST"
                )
                visitor.write(body)
                head = visitor.head()
                b"".join(visitor.body(head))
                statuses.append(head[""])
                if over.wait(max(0.0, began + number * EVERY - time.perf_counter())):
                    return

    sending = threading.Thread(target=send)
    sending.start()
    try:
        yield statuses
    finally:
        over.set()
        sending.join()
