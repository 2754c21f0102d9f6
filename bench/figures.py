"""What was measured, and whether it is what was to be reached. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A ratio to reach, by the median of its values."""

    limit: float

    def met(self, values: Sequence[float]) -> bool:
        return statistics.median(values) >= self.limit

    def __str__(self) -> str:
        return f"≥ {self.limit:g}"


@dataclass(frozen=True, slots=True)
class AtMost:
    """A bound to keep, by the worst of the values."""

    limit: float

    def met(self, values: Sequence[float]) -> bool:
        return max(values) <= self.limit

    def __str__(self) -> str:
        return f"≤ {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what it is, its values in several runs, and what they have to be. `beside` is told with it."""

    name: str
    values: tuple[float, ...]
    unit: str = ""
    target: AtLeast | AtMost | None = None
    beside: str = ""

    @property
    def missed(self) -> bool:
        """Whether there is a target, and it was not reached."""
        return self.target is not None and not self.target.met(self.values)

    def row(self) -> list[str]:
        """The cells of `table`."""
        spread = f"{_short(min(self.values))} .. {_short(max(self.values))}" if len(self.values) > 1 else ""
        verdict = "" if self.target is None else "missed" if self.missed else "reached"
        median = f"{_short(statistics.median(self.values))} {self.unit}".rstrip()
        return [self.name, median, spread, str(self.target or ""), verdict, self.beside]


def table(figures: Sequence[Figure]) -> Table:
    """All figures, one a line."""
    out = Table(box=None, pad_edge=False)
    out.add_column("figure", no_wrap=True)
    for column in ("median", "spread"):
        out.add_column(column, justify="right", no_wrap=True)
    for column in ("target", "verdict", "beside"):
        out.add_column(column, no_wrap=True)
    for figure in figures:
        out.add_row(*figure.row())
    return out


def _short(value: float) -> str:
    """Three digits that count, but no less than the whole number."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
