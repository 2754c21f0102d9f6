"""How things stand now, as gauges for Prometheus."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from proxy.admin.now import Watching
from proxy.slots import registry

BUILD = {"version": version("milchglas"), "python": platform.python_version(), "mitmproxy": version("mitmproxy")}


class Gauges(Collector):
    """Read when somebody asks."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    def collect(self) -> Iterator[Metric]:
        """The gauges now."""
        now = self._watching.now()
        if spool := now.spool:
            yield _one("spool_batches", "Batches that wait for storage", spool.batches)
            yield _one("spool_bytes", "Bytes of the spool in use", spool.bytes)
            yield _one("spool_oldest_seconds", "Age of the oldest waiting batch", spool.seconds)
            yield _one("dead_letters", "Batches that storage will never take", spool.dead)
        yield _one("spool_limit_bytes", "Bytes beyond which recorders are told to try again", now.spool_limit)
        if disk := now.disk:
            yield _one("disk_free_bytes", "Bytes that are free where the data folder is", disk.free)
            yield _one("disk_size_bytes", "Bytes of the disk where the data folder is", disk.size)
        yield _each(
            "certificate_expiry_timestamp_seconds",
            "When the certificate that a listener uses expires",
            "listener",
            now.certificates.items(),
        )
        yield _each("process_up", "Whether a process of ours serves", "process", now.up.items())
        on = [(site, not off) for site, off in now.off.items()]
        yield _each("site_enabled", "Whether pages of a site get the snippet; 0: it is switched off", "site", on)
        yield _one("configuration_refused", "Whether the file was refused when last read again", now.refused)
        yield _one("start_timestamp_seconds", "When Milchglas was started", self._watching.started)
        yield InfoMetricFamily("milchglas_build", "What runs", BUILD)


def _one(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"milchglas_{name}", what, value)


def _each(name: str, what: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    made = GaugeMetricFamily(f"milchglas_{name}", what, labels=[label])
    for key, value in values:
        made.add_metric([key], float(value))
    return made


def exposition(watching: Watching) -> bytes:
    """The text for /metrics: the counters of all processes, and the gauges."""
    made = registry()
    made.register(Gauges(watching))
    return generate_latest(made)
