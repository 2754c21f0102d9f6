"""A site and the services of all vendors on one loopback port: it serves the page and keeps what is posted to it.

All of it stays in memory: the page's values are made up, but what a recorder says is never written down.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aiohttp import web

RECORDERS: Final = Path(__file__).parent / "recorders" / "dist"

# What each service answers a recorder with, as far as it needs that to begin.
_ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "/posthog/": {"sessionRecording": {"endpoint": "/s/", "recorderVersion": "v2"}, "supportedCompression": []},
    "/openreplay/": {
        "token": "t",
        "userUUID": "u",
        "sessionID": "1",
        "projectID": "1",
        "beaconSizeLimit": 1_000_000,
        "compressionThreshold": 10**9,  # bytes from which on it would compress
        "delay": 0,
        "startTimestamp": 1,
        "canvasEnabled": False,
        "conditions": [],
    },
}


@dataclass
class Site:
    """Where it listens, what it serves at `/`, and the bodies that were posted to it."""

    port: int = 0
    html: str = ""
    bodies: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any request."""
        if request.method == "GET" and request.path == "/":
            return web.Response(text=self.html, content_type="text/html")
        if request.path.startswith("/recorder/"):
            return web.FileResponse(RECORDERS / request.path.removeprefix("/recorder/"))
        # What goes into an address has left the browser as well.
        self.bodies.append(request.path_qs.encode() + b"\n" + await request.read())
        said = next((said for path, said in _ANSWERS.items() if request.path.startswith(path)), {})
        if request.path.endswith(".js"):
            return web.Response(text="", content_type="text/javascript")
        return web.Response(text=json.dumps(said), content_type="application/json")


@contextmanager
def site() -> Iterator[Site]:
    """A site that serves until the end of the block."""
    made, loop, ready = Site(), asyncio.new_event_loop(), threading.Event()

    async def begin() -> web.AppRunner:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/{path:.*}", made.answer)
        # Bodies as they came: unpacked where they are looked through.
        runner = web.AppRunner(app, access_log=None, auto_decompress=False)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.port = runner.addresses[0][1]
        return runner

    def run() -> None:
        runner = loop.run_until_complete(begin())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(10)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
