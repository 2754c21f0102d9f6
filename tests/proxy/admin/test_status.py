"""The status page in a real Chromium: it says how things stand, asks nobody else, and fits a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from proxy.page.reasons import REASONS
from tests.browser import chromium, require_chromium
from tests.running import Milchglas, wait_for
from tests.sender import PASSWORD, Sender, element, snapshot, typed
from tests.upstream import serving
from tests.wire import Visitor

require_chromium()

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def milchglas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milchglas]:
    """After some visits to two sites, one of which cannot be injected."""
    with serving() as upstream:
        upstream.page("/", PAGE)
        upstream.page("/odd", b"no markup")
        milchglas = Milchglas(tmp_path_factory.mktemp("status"), upstream.url)
        milchglas.config["sites"].append(
            {"name": "museum", "hosts": ["museum.example.com"], "upstream": upstream.url}
        )
        try:
            milchglas.start()
            for _ in range(3):
                with Visitor(milchglas.port) as visitor:
                    visitor.get("/")
                    visitor.get("/odd")
            field = element(10, "input", type="password", name="pw")
            Sender(milchglas.port).send([*snapshot(field), typed(10, "Kanarienvogel7")], {10: PASSWORD})
            wait_for(
                lambda: milchglas.metric('milchglas_findings_total{class="secret",site="altshop"}') == 1, 10, ""
            )
            yield milchglas
        finally:
            milchglas.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


def text(page: Page, milchglas: Milchglas) -> str:
    page.goto(f"http://127.0.0.1:{milchglas.admin}/")
    return page.inner_text("main")


def test_it_says_what_was_counted_and_what_is_wrong(milchglas: Milchglas, page: Page) -> None:
    said = text(page, milchglas)
    assert "altshop: a secret field that nobody marked was stripped, once in the last hour" in said
    assert "Open Findings in the dashboard" in said
    assert "6 pages, 3 with the snippet" in said
    assert "1 batch, 0 refused" in said
    assert "1 unmarked field, 1 of them secret" in said
    row = page.locator("tr", has=page.locator("th", has_text="altshop")).inner_text()
    assert "50%" in row
    assert "3 of 6 pages" in row
    assert REASONS["not_html"] in row
    assert "no pages" in page.locator("tr", has=page.locator("th", has_text="museum")).inner_text()
    assert "2 of 2 serve" in said
    assert "Kanarienvogel" not in page.content()


def test_its_charts_are_told_to_those_who_see_none(milchglas: Milchglas, page: Page) -> None:
    text(page, milchglas)
    names = [each.get_attribute("aria-label") for each in page.locator("figure svg[role=img]").all()]
    assert [str(name).partition(":")[0] for name in names] == ["Pages", "Batches", "Spool", "Findings"]
    titles = [str(each.text_content()) for each in page.locator("figure").first.locator("title").all()]
    assert any(title.endswith(": 3 with the snippet, 3 left alone") for title in titles)
    page.locator("summary").click()
    assert page.locator("details tbody tr").count() >= 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(e => e.tagName)")
    assert levels == ["H1", "H2", "H2", "H2", "H2"]


def test_the_kill_switch_shows(milchglas: Milchglas, page: Page) -> None:
    assert milchglas.command("off", "museum").returncode == 0
    text(page, milchglas)
    row = page.locator("tr", has=page.locator("th", has_text="museum")).inner_text()
    assert "off" in row
    assert "by the kill switch" in row


def test_it_asks_nobody_else_and_its_policy_blocks_nothing_of_it(milchglas: Milchglas, page: Page) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    answer = page.goto(f"http://127.0.0.1:{milchglas.admin}/")
    assert answer
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert [url for url in asked if not url.startswith("data:")] == [f"http://127.0.0.1:{milchglas.admin}/"]
    assert complaints == []
    assert page.evaluate("getComputedStyle(document.querySelector('.charts')).display") == "grid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_telephone_in_both_colour_schemes(milchglas: Milchglas, browser: Browser, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # literals
    text(page, milchglas)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    paper, ink = page.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
    assert contrast(paper, ink) >= 7
    for selector in (".axis", ".none", "dt", ".well, .problems p"):
        colour = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).color")
        assert contrast(paper, colour) >= 4.5, selector
    page.close()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio of two `rgb(r, g, b)`."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in colour[4:-1].split(",")]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("localhost", 200), ("[::1]", 200), ("rebound.example", 421), ("", 421)],
)
def test_on_loopback_no_name_of_somebody_elses_is_answered(milchglas: Milchglas, host: str, status: int) -> None:
    """DNS rebinding: a page in a browser on this machine, whose name has come to mean 127.0.0.1."""
    with Visitor(milchglas.admin) as visitor:
        visitor.send(f"GET /metrics HTTP/1.1\r\nHost: {host}:{milchglas.admin}\r\n\r\n".encode())
        assert visitor.read().status == status
