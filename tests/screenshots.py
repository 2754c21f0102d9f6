"""Makes the screenshots of the README: the shop, the list and the player, of a real visit. `make screenshots`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.running import ROOT, Milchglas, answers, free_ports, wait_for
from tests.visit import Shop, through_the_shop

IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1360, "height": 860}


def main() -> None:
    """Visit the shop, log in, and take the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    (port,) = free_ports(1)
    code = f"import asyncio; from proxy.demo.shop import serve; asyncio.run(serve('127.0.0.1', {port}))"
    shop = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        wait_for(lambda: answers(port), 20, "the shop does not start")
        site = {"site": {"name": "altwaren"}}
        milchglas = Milchglas(Path(folder), f"http://127.0.0.1:{port}", site)
        try:
            milchglas.start()
            visit(browser, milchglas.url)
            milchglas.wait_spool_empty()
            watch(browser, milchglas)
        finally:
            milchglas.close()
            shop.terminate()


def visit(browser: Browser, url: str) -> None:
    """A visit to the end, and one that only looks around; the shop's picture on the way."""
    context = browser.new_context(locale="de-DE", viewport=SIZE)
    page = context.new_page()
    through_the_shop(Shop(page, url))
    context.close()
    context = browser.new_context(locale="de-DE", viewport=SIZE)
    page = context.new_page()
    shop = Shop(page, url)
    shop.open("/")
    shot(page, "shop")
    shop.open("/artikel.php?nr=1003")
    shop.open("/")
    context.close()


def watch(browser: Browser, milchglas: Milchglas) -> None:
    """Log in; the list, and the player at the payment page."""
    password = "vier alte Fahrräder"
    milchglas.command("user", "add", "ada@example.org", "--password-stdin", stdin=password)
    longest = max(milchglas.recordings(), key=lambda recording: recording["events"])
    context = browser.new_context(locale="de-DE", viewport=SIZE)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{milchglas.dashboard}/")
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_url("**/recordings")
    shot(page, "list")
    page.click(f"a[href*='{longest['id']}']")
    page.get_by_text("/kasse2.php").first.click()
    page.frame_locator("iframe").get_by_text("Kartennummer").wait_for(timeout=15000)
    page.wait_for_timeout(1500)
    page.locator(".rr-controller__btns button").first.click()  # pause
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)
    shot(page, "player")
    page.goto(f"http://127.0.0.1:{milchglas.dashboard}/findings")
    shot(page, "findings")
    page.goto(f"http://127.0.0.1:{milchglas.admin}/")
    shot(page, "status")
    context.close()


def shot(page: Page, name: str) -> None:
    """One picture."""
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
