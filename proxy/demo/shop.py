"""The bundled legacy shop: what a small dealer's site looks like that was made in 2001 and never touched since.

Tables for layout, font tags, quirks mode, ISO-8859-1, old names for fields, and no mark on any of them. Everything
but the toys works without script. A visit's state is in memory and goes with the process.
"""

from __future__ import annotations

import asyncio
import socket
from collections import OrderedDict

from aiohttp import web

from proxy.demo import complaint, downloads, help, news, pages
from proxy.demo.visits import VISITS, dress, remember


def make_app() -> web.Application:
    """The shop as an application, with no visits yet."""
    app = web.Application(middlewares=[remember])
    app[VISITS] = OrderedDict()
    app.on_response_prepare.append(dress)
    for part in (pages, news, help, complaint, downloads):
        app.add_routes(part.ROUTES)
    return app


async def serve(host: str, port: int) -> None:
    """Serve the shop until cancelled. Raises OSError when the port is taken."""
    await serve_on(socket.create_server((host, port)))


async def serve_on(listener: socket.socket) -> None:
    """The same on a socket that listens already."""
    runner = web.AppRunner(make_app(), access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
