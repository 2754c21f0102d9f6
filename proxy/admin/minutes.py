"""What a minute of the last hour counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prometheus_client.metrics_core import Metric

type Key = tuple[str, ...]
"""A counter's short name and the values of its labels, in the order of `KEPT`."""
type Totals = Mapping[Key, float]

MINUTES = 60

KEPT: Mapping[str, tuple[str, ...]] = {
    "pages_injected": ("site",),
    "pages_skipped": ("site", "reason"),
    "batches": ("outcome",),
    "findings": ("site", "class"),
    "requests": ("site", "status"),
    "upstream_errors": ("site", "error"),
    "faults": ("part",),
    "log_lines_lost": (),
}
"""Which counters are kept, and by which of their labels."""


def totals(metrics: Iterable[Metric]) -> Totals:
    """What is kept of the counters."""
    kept: Counter[Key] = Counter()
    for metric in metrics:
        short = metric.name.removeprefix("milchglas_")
        if (labels := KEPT.get(short)) is not None:
            for sample in metric.samples:
                if sample.name.endswith("_total"):
                    kept[(short, *(sample.labels[label] for label in labels))] += sample.value  # type: ignore[assignment]  # a float
    return kept


@dataclass(frozen=True)
class Minute:
    """`at`: its beginning, in seconds since 1970. `counts` holds what is not 0."""

    at: float
    counts: Totals
    waiting: int | None


def summed(minutes: Iterable[Minute], *key: str) -> float:
    """What was counted in these minutes under keys that begin so."""
    return sum(number for minute in minutes for each, number in minute.counts.items() if each[: len(key)] == key)
