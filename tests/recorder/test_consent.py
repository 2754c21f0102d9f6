"""Nobody is recorded who has not been told (notice) or asked (opt-in), and whoever refuses is left in peace."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page

from .conftest import Lab, config

pytestmark = pytest.mark.browser

HTML = """<!doctype html><html lang=de><title>Kasse</title><!--snippet--><h1>Kasse</h1>
<a href=/next>weiter</a><input name=suche id=suche></html>"""
NEXT = HTML.replace("Kasse", "Danke")
FRAMES = "<head><!--snippet--></head><frameset cols='30%,70%'><frame src=/menu><frame src=/></frameset>"
BAR = "milchglas-consent"


def asks(mode: str, **changes: Any) -> dict[str, Any]:
    consent = {"mode": mode, "respect_gpc": True, "notice_url": "/datenschutz"}
    return config(consent=consent, **changes)


async def opened(lab: Lab, page: Page, mode: str, **changes: Any) -> None:
    lab.config = asks(mode, **changes)
    lab.pages = {"/": HTML, "/next": NEXT, "/menu": HTML.replace("Kasse", "Menü"), "/frames": FRAMES}
    await page.goto(lab.origin + "/")


async def refused(context: BrowserContext) -> bool:
    return any((each["name"], each["value"]) == ("milchglas", "off") for each in await context.cookies())


async def test_opt_in_sends_nothing_before_a_grant_and_records_after_it(lab: Lab, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(lab.origin)))
    await opened(lab, page, "opt-in")
    await page.locator(f"{BAR} button").first.wait_for()
    await page.fill("#suche", "Schellack")
    await page.click("a")
    await page.locator(f"{BAR} button").first.wait_for()
    ours = {each.partition(".")[0] for each in asked if each.startswith("/_milchglas/")}
    assert ours == {"/_milchglas/recorder", "/_milchglas/consent"}
    assert not lab.starts and not lab.batches
    assert await page.evaluate("sessionStorage.length") == 0 and not await page.context.cookies()
    await page.get_by_role("button", name="Erlauben").click()
    await lab.settle(0)
    assert "Danke" in lab.said and "Kasse" not in lab.said
    assert await page.locator(BAR).count() == 0
    assert lab.errors == []


async def test_a_grant_holds_for_the_visit_and_with_visit_page_for_the_page(lab: Lab, page: Page) -> None:
    await opened(lab, page, "opt-in")
    await page.get_by_role("button", name="Erlauben").click()
    await lab.settle(0)
    await page.goto(lab.origin + "/next")
    await lab.until(lambda: "Danke" in lab.said)
    assert await page.locator(BAR).count() == 0
    await page.evaluate("sessionStorage.clear()")
    await opened(lab, page, "opt-in", visit="page")
    await page.get_by_role("button", name="Erlauben").click()
    assert await page.evaluate("sessionStorage.length") == 0
    await page.goto(lab.origin + "/next")
    await page.locator(f"{BAR} button").first.wait_for()


async def test_the_sites_own_consent_tool_answers_instead_of_the_bar(lab: Lab, page: Page) -> None:
    await opened(lab, page, "opt-in")
    await page.locator(f"{BAR} button").first.wait_for()
    await page.evaluate("milchglas.consent('ja'); milchglas.consent()")
    assert await page.locator(BAR).count() == 1 and not lab.starts
    await page.evaluate("milchglas.consent(true)")
    await lab.settle(0)
    assert await page.locator(BAR).count() == 0
    await page.evaluate("milchglas.consent(false)")
    assert await refused(page.context)
    assert await page.evaluate("milchglas.stopped") == "refused"
    number = len(lab.batches)
    await page.evaluate("document.querySelector('h1').textContent = 'danach'")
    await page.goto(lab.origin + "/next")
    await page.wait_for_function("window.milchglas")
    assert len(lab.batches) == number and "danach" not in lab.said


async def test_a_refusal_is_a_cookie_and_nothing_was_sent(lab: Lab, page: Page) -> None:
    await opened(lab, page, "opt-in")
    await page.get_by_role("button", name="Ablehnen").click()
    assert await page.locator(BAR).count() == 0
    assert await refused(page.context)
    (cookie,) = await page.context.cookies()
    assert (cookie["path"], cookie["sameSite"], cookie["httpOnly"]) == ("/", "Lax", False)
    # (the lab still sends the snippet; the proxy would not)
    await page.goto(lab.origin + "/next")
    await page.wait_for_function("window.milchglas")
    assert not lab.starts and await page.locator(BAR).count() == 0
    await page.evaluate("milchglas.consent(true)")
    await lab.until(lambda: "Danke" in lab.said)
    assert not await refused(page.context)


async def test_notice_records_once_the_bar_is_there_and_the_bar_is_not_in_the_recording(
    lab: Lab, page: Page
) -> None:
    await opened(lab, page, "notice")
    await page.locator(f"{BAR} button").first.wait_for()
    await lab.settle(0)
    await page.evaluate("milchglas.exclude('.nichts')")  # another full snapshot
    await lab.until(lambda: sum(event["type"] == 2 for event in lab.events) >= 2)
    assert "Kasse" in lab.said
    for word in (BAR, "aufzeichn", "Aufzeichn", "In Ordnung", "datenschutz"):
        assert word not in lab.said, word
    await page.get_by_role("button", name="In Ordnung").click()
    assert await page.locator(BAR).count() == 0
    await page.goto(lab.origin + "/next")
    await lab.until(lambda: "Danke" in lab.said)
    assert await page.locator(BAR).count() == 0
    assert lab.errors == []


async def test_without_the_bars_file_nobody_is_recorded(lab: Lab, page: Page) -> None:
    await page.route("**/consent.*.js", lambda route: route.abort())
    await opened(lab, page, "notice")
    await page.wait_for_function(f"window.milchglas && !document.querySelector('{BAR}')")
    assert not lab.starts and lab.errors == []


async def test_the_bar_is_reached_and_answered_by_keyboard_alone(lab: Lab, page: Page) -> None:
    await opened(lab, page, "opt-in")
    await page.locator(f"{BAR} button").first.wait_for()
    assert await page.evaluate("document.activeElement.localName") == "body", "it takes no focus by itself"
    reached = []
    for _ in range(3):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent"))
    assert reached == ["Mehr dazu", "Erlauben", "Ablehnen"]
    await page.keyboard.press("Enter")
    assert await refused(page.context)
    assert await page.locator(BAR).count() == 0


@pytest.mark.parametrize(("lang", "yes"), [("de-CH", "Erlauben"), ("en", "Allow"), ("fr", "Allow")])
async def test_the_bar_speaks_the_pages_language_and_says_what_it_is(
    lab: Lab, page: Page, lang: str, yes: str
) -> None:
    lab.config = asks("opt-in")
    lab.pages = {"/": HTML.replace("lang=de", f"lang={lang}")}
    await page.goto(lab.origin + "/")
    bar = page.get_by_role("dialog")
    await bar.get_by_role("button", name=yes).wait_for()
    assert await bar.get_attribute("lang") == lang[:2].replace("fr", "en")
    assert await bar.get_by_role("link").get_attribute("href") == lab.origin + "/datenschutz"


async def test_a_strict_policy_is_not_violated_by_the_bar(lab: Lab, page: Page) -> None:
    lab.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'nonce-n0nce'; connect-src 'self'; style-src 'none'"
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await opened(lab, page, "opt-in")
    button = page.get_by_role("button", name="Erlauben")
    await button.wait_for()
    assert await button.evaluate("(button) => getComputedStyle(button).borderTopLeftRadius") != "0px"
    await button.click()
    await lab.settle(0)
    assert [each for each in said if "Content Security Policy" in each] == []


async def test_global_privacy_control_is_a_refusal_in_every_mode(lab: Lab, page: Page) -> None:
    await page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    for mode in ("notice", "opt-in"):
        await opened(lab, page, mode)
        await page.wait_for_timeout(300)
        assert await page.evaluate("window.milchglas === undefined")
        assert await page.locator(BAR).count() == 0 and not lab.starts


async def test_in_a_frameset_the_largest_frame_asks_for_all(lab: Lab, page: Page) -> None:
    await opened(lab, page, "opt-in")
    await page.goto(lab.origin + "/frames")
    large, small = page.frame(url="**/"), page.frame(url="**/menu")
    assert large and small
    await large.locator(f"{BAR} button").first.wait_for()
    assert await small.locator(BAR).count() == 0
    await large.get_by_role("button", name="Erlauben").click()
    await lab.until(lambda: "Kasse" in lab.said and "Menü" in lab.said)
    await small.evaluate("milchglas.consent(false)")
    assert await large.evaluate("milchglas.stopped") == await page.evaluate("milchglas.stopped") == "refused"


async def test_a_frame_under_another_site_asks_nobody_and_records_nothing(lab: Lab, page: Page) -> None:
    lab.config = asks("opt-in")
    lab.pages = {"/": f"<!doctype html><iframe src={lab.other_origin}/inner></iframe>", "/inner": HTML}
    await page.goto(lab.origin + "/")
    inner = page.frames[1]
    await inner.wait_for_function("window.milchglas")
    assert await inner.locator(BAR).count() == 0 and not lab.starts
    await inner.evaluate("milchglas.consent(true)")
    await lab.until(lambda: "Kasse" in lab.said)
