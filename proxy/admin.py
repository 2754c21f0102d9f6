"""The admin listener: /livez, /readyz, /metrics. For this machine's own monitoring, not for visitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from proxy.delivery.spool import Spool

type Readiness = Callable[[], Mapping[str, bool]]


def make_app(spool: Spool, readiness: Readiness) -> web.Application:
    """`readiness` tells part by part whether it works. Storage is no part: pages and batches go on without it."""

    async def livez(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_: web.Request) -> web.Response:
        parts = readiness()
        ready = all(parts.values())
        body = orjson.dumps({"ready": ready, "parts": dict(parts)})
        return web.Response(body=body, status=200 if ready else 503, content_type="application/json")

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=exposition(spool), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    return app


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
