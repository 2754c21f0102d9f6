"""The counters, summed over all processes of a machine.

prometheus-client shares values between processes through files when PROMETHEUS_MULTIPROC_DIR is set before
it is imported: `proxy/cli.py` does that. The files hold names, labels and numbers, nothing else.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from proxy.delivery.spool import Spool

INJECTED = Counter("milchglas_pages_injected", "Pages that got the snippet", ["site"])
SKIPPED = Counter("milchglas_pages_skipped", "Pages that passed as they were, by reason", ["site", "reason"])
BATCHES = Counter("milchglas_batches", "Batches of the recorder, by outcome", ["outcome"])
REMOVED = Counter("milchglas_values_removed", "Values that sanitizing removed, by rule", ["rule"])
FORWARDED = Counter("milchglas_forwarded", "Attempts to put a batch into storage, by outcome", ["outcome"])
FAULTS = Counter("milchglas_faults", "Exceptions in an addon or a process that ended unasked", ["part"])


class SpoolLevel(Collector):
    """The spool's level as gauges, read when somebody asks."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def collect(self) -> list[Metric]:
        """The gauges now."""
        level = self._spool.level()
        return [
            GaugeMetricFamily("milchglas_spool_batches", "Batches that wait for storage", level.batches),
            GaugeMetricFamily("milchglas_spool_bytes", "Bytes of the spool in use", level.bytes),
            GaugeMetricFamily("milchglas_spool_oldest_seconds", "Age of the oldest waiting batch", level.seconds),
            GaugeMetricFamily("milchglas_dead_letters", "Batches that storage will never take", level.dead),
        ]


def exposition(spool: Spool) -> bytes:
    """The text for /metrics: all processes' counters and the spool's level."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus-client's
    registry.register(SpoolLevel(spool))
    return generate_latest(registry)
