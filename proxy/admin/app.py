"""What the admin listener answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from proxy.admin import status
from proxy.admin.gauges import exposition
from proxy.admin.history import History
from proxy.admin.minutes import totals
from proxy.admin.now import Watching
from proxy.config import is_loopback
from proxy.slots import registry

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _local(host: str | None) -> bool:
    """Whether it is no name that somebody could give to any address."""
    with suppress(ValueError):
        return bool(ip_address(host or ""))
    return host == "localhost"


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

    @web.middleware
    async def by_its_address(request: web.Request, handler: Handler) -> web.StreamResponse:
        # A page of somebody else's, whose name has come to mean 127.0.0.1, must not read it (DNS rebinding).
        if is_loopback(watching.config.admin.host) and not _local(request.url.host):
            raise web.HTTPMisdirectedRequest(text="ask for it by its address, or as localhost\n")
        return await handler(request)

    app = web.Application(middlewares=[by_its_address])
    app.cleanup_ctx.append(turning)
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    app.add_routes([web.get("/", people)])
    return app
