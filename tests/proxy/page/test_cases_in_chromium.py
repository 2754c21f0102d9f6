"""The pages of tests/cases/page in a real browser: with the snippet they are the pages that they were without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser
from ruamel.yaml import YAML

from proxy.config import Site
from proxy.page.snippet import Snippet
from tests.browser import chromium_async, require_chromium

CASES = Path(__file__).parents[2] / "cases" / "page"
INJECTED = sorted(
    path.stem for path in CASES.glob("*.txt") if "--- expected\n" in path.read_text(encoding="utf-8")
)
SITE = Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1")
SRC = "/_milchglas/recorder.0123abcd.js"
FACTS = """() => {
    const ours = document.querySelectorAll("script[data-milchglas-config]");
    ours.forEach((script) => script.remove());
    return {
        mode: document.compatMode, charset: document.characterSet, base: document.baseURI.split("?")[0],
        dom: document.documentElement.outerHTML, ours: ours.length, ran: window.recorderRan || 0,
    };
}"""

require_chromium()
pytestmark = pytest.mark.browser


async def _answer(request: web.Request) -> web.Response:
    """`/CASE?before` and `/CASE?after` as upstream and the visitor have them, and a recorder that says it ran."""
    if request.path == SRC:
        return web.Response(text="window.recorderRan = 1", content_type="text/javascript")
    kind, name = request.query_string, request.path[1:]
    if name not in INJECTED:
        raise web.HTTPNotFound
    head, _, rest = (CASES / f"{name}.txt").read_text(encoding="utf-8").partition("--- page\n")
    before, _, after = rest.partition("--- expected\n")
    facts = YAML(typ="safe").load(head)
    content_type = facts.get("content_type", "text/html")
    snippet = Snippet(SITE, "/_milchglas", SRC).render(xhtml="xhtml" in content_type)
    page = (before if kind == "before" else after).encode(facts.get("bytes", "utf-8"))
    return web.Response(body=page.replace(b"{{snippet}}", snippet), headers={"Content-Type": content_type})


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    app.router.add_get("/{path:.*}", _answer)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium_async() as browser:
        yield browser


async def test_the_page_stays_what_it_was_and_the_recorder_runs(server: TestServer, browser: Browser) -> None:
    tab = await browser.new_page()
    for name in INJECTED:
        await tab.goto(str(server.make_url(f"/{name}?before")))
        before = await tab.evaluate(FACTS)
        await tab.goto(str(server.make_url(f"/{name}?after")))
        after = await tab.evaluate(FACTS)
        assert (after.pop("ours"), after.pop("ran")) == (1, 1), name
        assert (before.pop("ours"), before.pop("ran")) == (0, 0), name
        assert after == before, name
