"""What the access log costs: two of our proxies before one upstream, one of which writes it, by the same load.

Needs `wrk`. Exit code 1 when the log costs more than `MOST`. `python -m bench.access [--seconds 2] [--rounds 5]`
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console

from bench.contenders import HOST, Contender
from bench.processes import free_port, running, worker_of
from bench.rates import AIM, Rate, rate

MOST = 1.05
"""CPU of a page with the log, as a multiple of one without."""


@contextmanager
def proxies(folder: Path) -> Iterator[tuple[Contender, Contender]]:
    """Without the log, and with it."""
    upstream = free_port()
    with ExitStack() as stack:
        stack.enter_context(running(sys.executable, "-m", "bench.upstream", str(upstream), port=upstream))

        def start(name: str, log: str) -> Contender:
            port, admin, dashboard = (free_port() for _ in range(3))
            file = folder / f"{name}.yaml"
            file.write_text(
                f"version: 1\nlisten: {{port: {port}}}\nadmin: {{port: {admin}}}\ndata: {folder / name}\n{log}\n"
                f"sites:\n  - {{name: bench, hosts: ['*'], upstream: 'http://127.0.0.1:{upstream}'}}\n"
                f"storage: {{listen: {{port: {dashboard}}}}}\n"
            )
            line = (sys.executable, "-m", "proxy", "run", "-c", str(file))
            worker = worker_of(stack.enter_context(running(*line, port=port)))
            return Contender(name, port, HOST, worker, lambda *_: True)

        yield start("silent", ""), start("logged", f"log: {{access: true, file: {folder / 'access.log'}}}")


def main() -> None:
    """Measure, say, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    console = Console(stderr=True, highlight=False)
    with tempfile.TemporaryDirectory() as folder, proxies(Path(folder)) as both:
        for each in both:
            rate(each, AIM, "identity", 1)  # warm up
        rounds: list[tuple[Rate, Rate]] = []
        for number in range(asked.rounds):
            order = both if number % 2 else both[::-1]
            found = {each.name: rate(each, AIM, "identity", asked.seconds) for each in order}
            rounds.append((found["silent"], found["logged"]))
            console.print(f"round {number + 1} of {asked.rounds}")
        lines = (Path(folder) / "access.log").read_bytes().count(b"\n")
    ratio = statistics.median(logged.cpu / silent.cpu for silent, logged in rounds)
    slower = statistics.median(silent.pages / logged.pages for silent, logged in rounds)
    silent = statistics.median(each.cpu for each, _ in rounds)
    print(f"CPU of a page of {AIM} without the log      {silent:.0f} µs")
    print(f"CPU with it, as a multiple            {ratio:.3f} (at most {MOST})")
    print(f"pages per second without, of with it  {slower:.3f}")
    print(f"lines written                         {lines:,}")
    if ratio > MOST:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
