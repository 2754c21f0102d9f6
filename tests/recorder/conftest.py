"""A legacy site, the proxy's two answers and a real Chromium, all on this machine."""

from __future__ import annotations

import asyncio
import gzip
import importlib.util
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser import chromium_async, require_chromium

ROOT = Path(__file__).resolve().parents[2]
RECORDING = "recording-0123456789"


def hook() -> Any:
    """hatch_build.py as a module."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def recorder_js() -> str:
    """The recorder as visitors get it."""
    hook().build_recorder()
    return (ROOT / "proxy" / "built" / "recorder.js").read_text("ascii")


@pytest.fixture(scope="session")
def bare_js() -> str:
    """The recorder that masks nothing at the source."""
    return Path(hook().build_bare()).read_text("ascii")


@dataclass
class Batch:
    """One POST to `events`, as it came."""

    json: dict[str, Any]
    raw: bytes
    gzipped: bool
    status: int
    query: str = ""

    @property
    def events(self) -> list[dict[str, Any]]:
        return self.json["events"]

    @property
    def text(self) -> str:
        return json.dumps(self.json, ensure_ascii=False)


@dataclass
class Lab:
    """The site's pages by path, what the proxy answers, and all that left the browser."""

    js: str
    config: dict[str, Any]
    pages: dict[str, str] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    starts: list[dict[str, Any]] = field(default_factory=list)
    start: Callable[[], web.Response] | None = None
    """What `start` answers, when not 200."""
    continues: bool = False
    """`start` goes on with a recording that it is shown, whatever else it answers."""
    delay: float = 0
    """Seconds until `start` answers."""
    answer: Callable[[dict[str, Any]], web.Response] | None = None
    """What `events` answers, when not 202 and nothing to mask."""
    headers: dict[str, str] = field(default_factory=dict)
    """Of every page."""
    origin: str = ""
    other_origin: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """All that reached the proxy, in one text."""
        return "\n".join(batch.text for batch in self.batches)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for batch in self.batches for event in batch.events]

    @property
    def cards(self) -> dict[str, dict[str, Any]]:
        return {
            key: card
            for batch in self.batches
            if batch.status == 202
            for key, card in batch.json["fields"].items()
        }

    def card(self, name: str) -> dict[str, Any]:
        """The newest card of the field with that name or id."""
        found = [card for card in self.cards.values() if name in (card["name"], card["id"])]
        assert found, f"no card for {name}"
        return found[-1]

    def id_of(self, name: str) -> int:
        return next(int(key) for key, card in self.cards.items() if name in (card["name"], card["id"]))

    async def until(self, condition: Callable[[], Any], seconds: float = 12) -> None:
        """Waits; fails when `condition` does not come true."""
        for _ in range(int(seconds * 20)):
            if condition():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"nothing after {seconds} s; {len(self.batches)} batches, {self.errors}")

    async def settle(self, after: int | None = None) -> None:
        """Waits for one more batch."""
        number = len(self.batches) if after is None else after
        await self.until(lambda: len(self.batches) > number)

    def snippet(self) -> str:
        config = json.dumps(self.config).replace("&", "&amp;").replace("'", "&#39;")
        return f"<script async nonce=n0nce src=/_milchglas/recorder.js data-milchglas-config='{config}'></script>"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        if path == "/_milchglas/recorder.js":
            return web.Response(text=self.js, content_type="text/javascript")
        if path.startswith("/_milchglas/consent."):
            bar = (ROOT / "proxy" / "built" / "consent.js").read_text("ascii")
            return web.Response(text=bar, content_type="text/javascript")
        if path == "/_milchglas/start":
            asked = await request.json()
            self.starts.append(asked)
            await asyncio.sleep(self.delay)
            if self.start and not (self.continues and "recording" in asked):
                return self.start()
            recording = asked.get("recording", RECORDING)
            identity = {"recording": recording, "token": f"token-{len(self.starts)}", "expires": 3600}
            return web.json_response(identity)
        if path == "/_milchglas/events":
            return await self.collect(request)
        html = self.pages.get(path)
        if html is None:
            return web.Response(status=404)
        form = await request.post() if request.method == "POST" else {}
        for key, value in form.items():
            html = html.replace("{" + key + "}", str(value))
        text = html.replace("<!--snippet-->", self.snippet())
        return web.Response(text=text, content_type="text/html", headers=self.headers)

    async def collect(self, request: web.Request) -> web.Response:
        raw = await request.read()
        gzipped = raw[:2] == b"\x1f\x8b"
        parsed = json.loads(gzip.decompress(raw) if gzipped else raw)
        answer = (
            self.answer(parsed) if self.answer else web.json_response({"mask": [], "snapshot": False}, status=202)
        )
        self.batches.append(Batch(parsed, raw, gzipped, answer.status, request.query_string))
        return answer


def config(**changes: Any) -> dict[str, Any]:
    """What the snippet says by default."""
    return {
        "path": "/_milchglas",
        "site": "lab",
        "forms": "harmless",
        "text": {"numbers": False, "emails": False, "ips": False},
        "visit": "tab",
        "sensitive": [],
        "exclude": [],
        "safe": [],
        "consent": {"mode": "none", "respect_gpc": True, "notice_url": None},
    } | changes


async def serve(lab: Lab) -> tuple[web.AppRunner, str]:
    app = web.Application(client_max_size=1 << 26)
    app.router.add_route("*", "/{path:.*}", lab.handle)
    # The batches are wanted as they came: aiohttp would inflate them by itself.
    runner = web.AppRunner(app, auto_decompress=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.fixture
async def lab(recorder_js: str) -> AsyncIterator[Lab]:
    """The site, served at two origins."""
    lab = Lab(recorder_js, config())
    first, lab.origin = await serve(lab)
    second, lab.other_origin = await serve(lab)
    yield lab
    await first.cleanup()
    await second.cleanup()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium; without it the test is skipped, or fails where MILCHGLAS_NO_SKIP=1 says so."""
    require_chromium()
    async with chromium_async() as browser:
        yield browser


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context()
    yield context
    await context.close()


@pytest.fixture
async def page(context: BrowserContext, lab: Lab) -> Page:
    """A page that must stay silent: an error or a word on the console fails the test."""
    page = await context.new_page()
    page.on("pageerror", lambda error: lab.errors.append(str(error)))

    def on_console(message: ConsoleMessage) -> None:
        if "/recorder.js" in message.location["url"]:
            lab.errors.append(message.text)

    page.on("console", on_console)
    return page
