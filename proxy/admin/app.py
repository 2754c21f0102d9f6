"""What the admin listener answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from proxy.admin import status
from proxy.admin.gauges import exposition
from proxy.admin.history import History
from proxy.admin.minutes import totals
from proxy.admin.now import Watching
from proxy.slots import registry


def make_app(watching: Watching) -> web.Application:
    """`/livez`, `/readyz`, `/metrics`, and `/` for people."""
    history = History(lambda: totals(registry().collect()), watching.waiting)

    async def livez(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_: web.Request) -> web.Response:
        parts = watching.ready()
        missing = [part for part, up in parts.items() if not up]
        facts = {"ready": not missing, "not_ready": missing, "parts": dict(parts)}
        return web.Response(
            body=orjson.dumps(facts), status=503 if missing else 200, content_type="application/json"
        )

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=exposition(watching), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def people(_: web.Request) -> web.Response:
        text = status.page(watching, history.minutes())
        return web.Response(text=text, content_type="text/html", headers=status.HEADERS)

    async def turning(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(history.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    app = web.Application()
    app.cleanup_ctx.append(turning)
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    app.add_routes([web.get("/", people)])
    return app
