"""What sanitizing costs: snapshots beside reading and writing their JSON alone, hostile texts, what visitors feel.

Exit code 1 when a target is missed. `python -m bench.sanitize [--quick] [--only PART ...]`
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from rich.console import Console

from bench.figures import AtMost, Figure, table
from bench.hostile import HOSTILE
from bench.snapshot import Shop, batch, wrapped
from bench.together import together
from proxy.config import Site
from proxy.privacy.batch import decode
from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import SanitizedBatch, sanitize, uncollected

PARTS = ("cost", "growth", "hostile", "together")
MB = 1_000_000
SIZE = 2 * MB
ECHOES = 200
COST = AtMost(2.5)
"""Times reading and writing the same JSON."""
GROWTH = AtMost(1.5)
"""Times the cost of a byte of the smallest snapshot."""
STALL = AtMost(10)
"""Seconds for a hostile text of a megabyte; quadratic ones take hours."""

POLICY = Policy.of(
    Site.model_validate(
        {"name": "shop", "hosts": ["*"], "upstream": "http://[::1]:1", "record": {"forms": "harmless"}}
    )
)


def seconds(work: Callable[[], Any], times: int) -> float:
    """The least CPU time of several: a busy machine only adds to it."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def alone(body: bytes) -> bytes:
    """What is compared with: nothing but reading and writing."""
    return orjson.dumps(orjson.loads(body))


def whole(body: bytes, memory: Memory | None = None) -> SanitizedBatch:
    """All that a sanitizer process does with a body, compressing included."""
    with uncollected():
        clean = sanitize(decode(body), POLICY, memory or Memory())
    if not clean.events or "dropped:error" in clean.counts:
        raise SystemExit("sanitize: the batch was dropped, so nothing was measured")
    return clean


def cost(rounds: int, progress: Callable[[str], None]) -> list[Figure]:
    """The first snapshot of a page, and one of a recording in which much was typed."""
    body = batch(SIZE)
    memory = Memory()
    whole(typed(ECHOES), memory)
    later = batch(SIZE, 1, seq=1)
    figures = []
    for name, of, known in (("first", body, None), (f"{ECHOES} echoes known", later, memory)):
        ratios, beside = [], ""
        for number in range(rounds):
            least, taken = (
                seconds(partial(alone, of), 5),
                seconds(partial(whole, of, known), 3),
            )
            ratios.append(taken / least)
            beside = f"{taken * 1000:.0f} ms beside {least * 1000:.0f} ms"
            progress(f"snapshot of 2 MB, {name}, round {number + 1} of {rounds}: {ratios[-1]:.2f}")
        figures.append(Figure(f"2 MB, {name}: to its JSON alone", tuple(ratios), "", COST, beside))
    return figures


def typed(count: int) -> bytes:
    """A batch in which `count` values are typed into a page's password fields and others."""
    shop = Shop(9)
    fields = [shop.element("input", {"name": f"f{number}"}) for number in range(count)]
    body = shop.element("body", {}, *fields)
    root = {"type": 0, "childNodes": [shop.element("html", {}, body)], "id": 999_999}
    for number, field in enumerate(fields):
        shop.card(field, name=f"f{number}", type="password" if number % 4 == 0 else "text", label="Straße")
    events: list[dict[str, Any]] = [{"type": 2, "data": {"node": root, "initialOffset": {"top": 0, "left": 0}}}]
    for number, field in enumerate(fields):
        data = {"source": 5, "text": f"Zq{number}x {shop.prose(1, 2)} {number * 7919}", "isChecked": False}
        events.append({"type": 3, "data": data | {"id": field["id"]}})
    return wrapped(events, shop.cards, 0)


def growth(rounds: int, largest: int, progress: Callable[[str], None]) -> list[Figure]:
    """The cost of a byte, from 2 MB on, doubled until the largest."""
    sizes = [size for size in (2, 4, 8, 16, 30) if size <= largest]
    costs = []
    for size in sizes:
        body = batch(size * MB)
        sent = gzip.compress(body, 1)  # more than 10 MB comes packed or not at all
        costs.append(min(seconds(partial(whole, sent), 1) for _ in range(rounds)) / len(body))
        progress(f"snapshot of {size} MB: {costs[-1] * 1e9:.1f} ns a byte")
    beside = "ns a byte: " + ", ".join(
        f"{size} MB {each * 1e9:.0f}" for size, each in zip(sizes, costs, strict=True)
    )
    grown = tuple(each / costs[0] for each in costs[1:])
    return [Figure(f"a byte of up to {sizes[-1]} MB, to one of {sizes[0]}", grown, "", GROWTH, beside)]


def hostile(size: int, progress: Callable[[str], None]) -> list[Figure]:
    """Each text as what a page shows and as what is typed into an unknown field."""
    worst, which = 0.0, ""
    for name, made in HOSTILE.items():
        shop, text = Shop(), made(size)
        field, shown = shop.element("input", {"name": "f"}), shop.element("p", {"title": text}, shop.text(text))
        shop.card(field, name="f")
        root = {"type": 0, "childNodes": [shop.element("html", {}, shown, field)], "id": 999_999}
        page = {"type": 2, "data": {"node": root, "initialOffset": {"top": 0, "left": 0}}}
        entered = {"type": 3, "data": {"source": 5, "text": text, "isChecked": False, "id": field["id"]}}
        body = wrapped([page, entered], shop.cards, 0)
        taken = seconds(partial(whole, body), 1)
        progress(f"hostile text, {name}: {taken:.2f} s")
        if taken > worst:
            worst, which = taken, name
    return [Figure(f"worst of hostile texts, 3 of {size / MB:g} MB", (worst,), "s", STALL, which)]


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--quick", action="store_true", help="one short round: does everything still run?")
    asked = parser.parse_args()
    rounds, largest, size, lasting = (1, 4, MB // 10, 2) if asked.quick else (asked.rounds, 30, MB, 8)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    figures: list[Figure] = []
    for part in asked.only:
        if part == "cost":
            figures += cost(rounds, console.print)
        elif part == "growth":
            figures += growth(min(rounds, 2), largest, console.print)
        elif part == "hostile":
            figures += hostile(size, console.print)
        else:
            figures += together(lasting, console.print)
    Console(width=180, highlight=False).print(table(figures))
    if any(figure.missed for figure in figures):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
