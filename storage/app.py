"""The storage service as an aiohttp application, and as a process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from aiohttp import http_parser, web

from proxy import log
from proxy.config import Config, StorageListen
from storage import access, account_page, auth, dashboard, gate, headers, ingest, pages, player
from storage.blobs import Blobs
from storage.database import Database, folder
from storage.fault import StorageFault as StorageFault
from storage.keys import BLOBS, CONFIG, DATABASE, THROTTLE, TOKEN
from storage.lines import WIRE_LIMIT
from storage.throttle import Throttle

LOG = log.get("storage")
STATIC = Path(__file__).with_name("static")
# Findings travel in a header (40 entries); aiohttp allows 8 KiB by itself.
HEADER_LIMIT = 64 * 1024
DRAIN_SECONDS = 10.0


def make_app(config: Config) -> web.Application:
    """The whole service; opens its database when it is started. Raises StorageFault."""
    _demand_c_parser()
    app = web.Application(middlewares=[pages.errors, gate.middleware], client_max_size=WIRE_LIMIT)
    app[CONFIG] = config
    app[TOKEN] = access.token(config)
    app[THROTTLE] = Throttle()
    app[BLOBS] = Blobs(folder(config) / "blobs")
    pages.setup(app)
    for room in (ingest, auth, dashboard, player, account_page):
        app.add_routes(room.routes())
    app.router.add_get("/livez", _alive)
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(headers.add)
    app.cleanup_ctx.append(_database)
    return app


async def _database(app: web.Application) -> AsyncIterator[None]:
    app[DATABASE] = await Database.open(app[CONFIG])
    yield
    await app[DATABASE].close()


async def _alive(request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


@contextlib.asynccontextmanager
async def serving(config: Config, sock: socket.socket | None = None) -> AsyncIterator[int]:
    """The service while the block runs; its port. Drains at the end. Raises StorageFault."""
    listen = config.storage.listen
    runner = web.AppRunner(
        make_app(config),
        access_log=None,
        # The body is stored and hashed as it came; aiohttp would inflate it.
        auto_decompress=False,
        max_field_size=HEADER_LIMIT,
        max_line_size=HEADER_LIMIT,
        shutdown_timeout=DRAIN_SECONDS,
    )
    await runner.setup()
    try:
        tls = _tls(listen)
        site: web.BaseSite
        if sock is not None:
            site = web.SockSite(runner, sock, ssl_context=tls)
        else:
            site = web.TCPSite(runner, listen.host, listen.port, ssl_context=tls)
        try:
            await site.start()
        except OSError as error:
            raise StorageFault(
                f"storage cannot listen on {listen.host}:{listen.port}: {os.strerror(error.errno or 0)}. "
                "Stop what listens there, or set storage.listen.port"
            ) from None
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def serve(
    config: Config,
    sock: socket.socket | None = None,
    ready: Callable[[int], None] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until `stop` is set or the task is cancelled; `ready` is told the port. Raises StorageFault."""
    async with serving(config, sock) as port:
        LOG.info("serving", host=config.storage.listen.host, port=port, tls=bool(config.storage.listen.tls))
        if ready is not None:
            ready(port)
        await (stop or asyncio.Event()).wait()
        LOG.info("draining")


def run(config: Config, ready: Callable[[int], None] | None = None) -> None:
    """Serve in this process until SIGTERM or SIGINT. Raises StorageFault."""

    async def until_stopped() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await serve(config, ready=ready, stop=stop)

    asyncio.run(until_stopped())


def _tls(listen: StorageListen) -> ssl.SSLContext | None:
    if listen.tls.cert is None or listen.tls.key is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(listen.tls.cert, listen.tls.key)
    except OSError as error:
        raise StorageFault(
            f"cannot use storage.listen.tls: {listen.tls.cert} and {listen.tls.key}: {error.strerror or error}. "
            "Both must be readable PEM files that belong together"
        ) from None
    return context


def _demand_c_parser() -> None:
    # The pure Python parser is slower and laxer about what frames a request (delivery.md S8).
    if http_parser.HttpRequestParser is http_parser.HttpRequestParserPy:
        raise StorageFault(
            "aiohttp's C parser is missing: install aiohttp from a wheel, and do not set AIOHTTP_NO_EXTENSIONS"
        )
