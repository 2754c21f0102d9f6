"""Pages per second of each contender, and how ours compares.

In each round all of them get the same load one after the other, every second round in the opposite order, so that
a drift of the machine's speed meets all; a ratio is one of the same round.
"""

from __future__ import annotations

import re
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.contenders import LXML, OFF, OURS, STOCK, Contender
from bench.figures import AtLeast, Figure
from bench.processes import cpu

CONNECTIONS = 16
CODINGS = ("identity", "gzip")
AIM = "34k"
"""The page that has targets; the others get half the time."""

TARGETS: Mapping[tuple[str, str], AtLeast] = {
    (STOCK, "identity"): AtLeast(1.5),
    (STOCK, "gzip"): AtLeast(1.5),
    (LXML, "identity"): AtLeast(2.5),
    (LXML, "gzip"): AtLeast(2.5),
    (OFF, "identity"): AtLeast(0.9),
    (OFF, "gzip"): AtLeast(0.75),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Pages per second, and CPU microseconds of the contender for a page."""

    pages: float
    cpu: float


type Round = Mapping[str, Rate]


def rate(contender: Contender, page: str, coding: str, seconds: int) -> Rate:
    """Load by wrk. Raises SystemExit when one page did not come."""
    accept = ["-H", "Accept-Encoding: gzip"] if coding == "gzip" else []
    line = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Host: {contender.host}", *accept]
    before = cpu(contender.process)
    said = subprocess.run(
        [*line, f"http://127.0.0.1:{contender.port}/{page}"], capture_output=True, text=True, check=True
    ).stdout
    used = cpu(contender.process) - before
    count, pages = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec:\s+([\d.]+)", said)
    if "Non-2xx" in said or "Socket errors" in said or not count or not pages or count[1] == "0":
        raise SystemExit(f"{contender.name}: requests for /{page} failed\n{said}")
    return Rate(float(pages[1]), used / int(count[1]) * 1e6)


def rates(
    contenders: Sequence[Contender],
    pages: Sequence[str],
    rounds: int,
    seconds: int,
    progress: Callable[[str], None],
) -> list[Figure]:
    """Measure; `progress` is told of each round."""
    for contender in contenders:
        rate(contender, AIM, CODINGS[0], 1)  # warm up
    figures: list[Figure] = []
    for page in pages:
        lasting = seconds if page == AIM else max(1, seconds // 2)
        for coding in CODINGS:
            measured: list[Round] = []
            for number in range(rounds):
                order = contenders if number % 2 else contenders[::-1]
                measured.append({each.name: rate(each, page, coding, lasting) for each in order})
                ours = measured[-1][OURS].pages
                progress(f"{page} {coding}, round {number + 1} of {rounds}: {ours:,.0f} pages/s")
            figures += compared(page, coding, measured)
    return figures


def compared(page: str, coding: str, rounds: Sequence[Round]) -> list[Figure]:
    """The figures of one page in one coding: ours, and ours to each other's by pages per second.

    The same ratio by CPU time stands beside, of the least in all rounds: a busy machine only adds to it.
    """
    ours = [each[OURS] for each in rounds]
    own = min(each.cpu for each in ours)
    pages = tuple(each.pages for each in ours)
    figures = [Figure(f"{page} {coding}: {OURS}", pages, "pages/s", beside=f"{own:,.0f} µs of CPU each")]
    for name in sorted(rounds[0].keys() - {OURS}):
        theirs = [each[name] for each in rounds]
        rate, used = statistics.median(each.pages for each in theirs), min(each.cpu for each in theirs)
        figures.append(
            Figure(
                f"{page} {coding}: ours to {name}",
                tuple(our.pages / their.pages for our, their in zip(ours, theirs, strict=True)),
                target=TARGETS.get((name, coding)) if page == AIM else None,
                beside=f"{rate:,.0f} pages/s; {used:,.0f} µs of CPU each, ratio {used / own:.2f}",
            )
        )
    return figures
