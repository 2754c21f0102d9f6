"""The admin listener: /livez, /readyz, /metrics. For this machine's own monitoring, not for visitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from proxy.delivery.spool import Spool
from proxy.metrics import exposition

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
