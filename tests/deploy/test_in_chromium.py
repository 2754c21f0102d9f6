"""A real browser before each front: it speaks HTTP/2, its visit is recorded, its assets go where they should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import CHROMIUM, FLAGS, require_chromium
from tests.deploy.conftest import House
from tests.deploy.fronts import NAME, Front
from tests.deploy.test_fronts import through_milchglas
from tests.running import wait_for
from tests.upstream import Upstream

require_chromium()
pytestmark = pytest.mark.browser

PAGE = (
    b'<!doctype html><html><head><title>Laden</title><link rel="stylesheet" href="/stil">'
    b'<script src="/skript"></script></head><body><img src="/bild"><iframe src="/rahmen"></iframe>'
    b'<input name="q" type="search" aria-label="Suche"></body></html>'
)
FRAME = b"<!doctype html><html><head><title>Rahmen</title></head><body>Guten Tag</body></html>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def test_a_visit_is_recorded_and_its_assets_go_where_they_should(
    front: Front, house: House, site: Upstream, browser: Browser
) -> None:
    site.page("/", PAGE)
    site.page("/rahmen", FRAME)
    for path, kind in (("/stil", "text/css"), ("/skript", "text/javascript"), ("/bild", "image/png")):
        site.page(path, b"", type=kind)
    known = {each["id"] for each in house.milchglas.recordings()}
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    with page.expect_response(lambda response: "/_milchglas/events" in response.url and response.status == 202):
        page.goto(f"https://{NAME}:{front.port}/")
        page.locator("[name=q]").press_sequentially("Besen")
    spoken = page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol")
    context.close()
    assert spoken == "h2"
    ways = {seen.target.removeprefix("GET "): through_milchglas(seen) for seen in site.seen}
    assets = not front.split
    assert ways | {"/favicon.ico": assets} == {
        "/": True,
        "/rahmen": True,
        "/stil": assets,
        "/skript": assets,
        "/bild": assets,
        "/favicon.ico": assets,
    }

    def recorded() -> bool:
        return any(each["id"] not in known and each["site"] == "altshop" for each in house.milchglas.recordings())

    wait_for(recorded, 20, "no recording")
