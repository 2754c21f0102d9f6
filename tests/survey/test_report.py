"""The HTML report in a real Chromium: it does nothing, asks for nothing, and shows what pages say as text only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser import chromium, require_chromium
from tests.proxy.demo.conftest import running_shop
from tests.running import ROOT
from tests.survey.pages import CANARIES, HOSTILE, har, recorded

require_chromium()
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    entries = [
        recorded("/<script>alert(4)</script>/hostile", HOSTILE),
        recorded("/csp", "<!doctype html><p>x", ("Content-Security-Policy", "default-src 'none'")),
        recorded("/nt", "<!doctype html><p>x", ("Cache-Control", "no-transform")),
        *(recorded(f"/s/{'x' * n}", "<!doctype html><input type=password name=pw>") for n in range(1, 12)),
    ]
    return made(folder, har(folder / "site.har", entries))


def made(folder: Path, fixture: Path, upstream: str = "http://127.0.0.1:8000") -> Path:
    """The report of a survey of a fixture."""
    (folder / "c.yaml").write_text(
        f"version: 1\nsites:\n  - {{name: altshop, hosts: [shop.example.com], upstream: '{upstream}'}}\n"
    )
    words: list[str | Path] = ["survey", "-c", folder / "c.yaml", fixture, "--html", folder / "report.html"]
    done = subprocess.run(
        [sys.executable, "-m", "proxy", *words], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return folder / "report.html"


def opened(browser: Browser, report: Path, scheme: str) -> tuple[Page, list[str]]:
    """The report, and all that it did which it should not."""
    page = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900}).new_page()  # type: ignore[arg-type]
    amiss = list[str]()

    def dismiss(dialog: Dialog) -> None:
        amiss.append("a dialog")
        dialog.dismiss()

    page.on("console", lambda message: amiss.append(message.text))
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on("request", lambda request: amiss.append(request.url))
    page.on("dialog", dismiss)
    page.goto(report.as_uri(), wait_until="networkidle")
    amiss.remove(report.as_uri())
    return page, amiss


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_hostile_page_is_text_only_and_nothing_is_asked_for(browser: Browser, report: Path, scheme: str) -> None:
    page, amiss = opened(browser, report, scheme)
    text = page.inner_text("body")
    examples = unescape(text)
    assert "<img src=x onerror=alert(document.domain)>" in examples and "</style></code>" in examples
    assert "/<script>alert(4)</script>/hostile" in text
    assert (
        page.evaluate("document.querySelectorAll('script, img, iframe, form, input, link, a, [onerror]').length")
        == 0
    )
    assert amiss == []
    assert not [each for each in CANARIES if each in text]


def test_it_follows_the_readers_colours(browser: Browser, report: Path) -> None:
    grounds = [
        opened(browser, report, scheme)[0].evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert grounds == ["rgb(255, 255, 255)", "rgb(19, 23, 31)"]


def test_it_shows_the_mark_where_to_write_it_and_on_which_pages(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, "light")
    row = page.locator("tr", has_text='input[name="pw"]').first
    assert row.locator("mark").inner_text() == 'data-milchglas="mask"'
    assert row.locator("summary").inner_text() == "and 5 more"
    row.locator("summary").click()
    assert row.locator("details li").count() == 5
    text = page.inner_text("body")
    assert (
        "script-src https://shop.example.com/_milchglas/" in text
        and "no-transform" in text
        and "Meta pixel" in text
    )


def test_it_fits_a_small_screen_and_paper(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, "dark")
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")


def test_a_har_of_the_demo_shop_by_chromium_tells_its_fields(browser: Browser, tmp_path: Path) -> None:
    with running_shop() as port:
        base = f"http://127.0.0.1:{port}"
        file = tmp_path / "shop.har"
        context = browser.new_context(record_har_path=file, record_har_mode="full", record_har_content="embed")
        page = context.new_page()
        for path in ("/", "/login.php", "/kasse1.php", "/kasse2.php"):
            page.goto(base + path, wait_until="networkidle")
        context.close()
    text = made(tmp_path, file, base).read_text()
    for selector in (
        "#pw",
        "input[name=&#34;gebdat&#34;]",
        "input[name=&#34;knr&#34;]",
        "input[name=&#34;ktonr&#34;]",
    ):
        assert selector in text, selector
    assert "/kasse2.php" in text and "No third party was seen." in text
