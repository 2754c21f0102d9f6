"""Pages through one worker: how fast, how soon, with how much memory, beside what else does this work.

Needs `wrk` and `nginx`. Exit code 1 when a target is missed. `python -m bench.page [--quick] [--only PART ...]`
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench.bomb import bombs, swells
from bench.contenders import contenders
from bench.figures import Figure, table
from bench.html import SIZES
from bench.memory import download, large_page, memory, upload
from bench.pace import halves, pace
from bench.rates import AIM, rates
from bench.scripted import scripted

# The worker's memory first: what it has freed after much load would hide what it takes.
PARTS = ("memory", "bombs", "pace", "rates")
ACTS = {each.__name__: each for each in (halves, download, large_page, upload, swells)}
SWITCH = 0.0002
"""Seconds after which a thread lets another one run: our own threads are not what is measured."""


def measured(asked: argparse.Namespace, console: Console) -> list[Figure]:
    """All figures that were asked for."""
    figures: list[Figure] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        tempfile.TemporaryDirectory() as folder,
        scripted(ACTS) as odd,
        Progress(*columns, console=console, transient=True) as showing,
    ):
        task = showing.add_task("starting")
        with contenders(Path(folder), odd) as (ours, runs):
            for part in asked.only:
                showing.update(task, description=part)
                if part == "rates":
                    figures += rates(runs, asked.pages, asked.rounds, asked.seconds, console.print)
                elif part == "pace":
                    figures += pace(ours, odd, asked.rounds, console.print)
                elif part == "memory":
                    figures += memory(ours, asked.size, console.print)
                else:
                    figures += bombs(ours, console.print)
            showing.update(task, description="ending")
    return figures


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="of load a round, on the page that has targets")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--quick", action="store_true", help="one short round: does everything still run?")
    asked = parser.parse_args()
    asked.pages, asked.size = tuple(SIZES), 300
    if asked.quick:
        asked.pages, asked.size, asked.seconds, asked.rounds = (AIM,), 20, 1, 1
    sys.setswitchinterval(SWITCH)
    figures = measured(asked, Console(stderr=True, highlight=False, soft_wrap=True))
    Console(width=160, highlight=False).print(table(figures))
    if any(figure.missed for figure in figures):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
