"""Visitors who do what cases.py says, all at once before one Milchglas, and what is recorded of each."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Route

from tests.browser import chromium_async
from tests.running import ROOT, Milchglas

from .cases import HANDS, SEARCH, Case, answered

type Events = list[dict[str, Any]]

AT_ONCE = 8
"""Visitors of one browser: most of the time they wait for the recorder's next batch."""
PATIENCE = 15.0
"""Seconds until what a visitor did last is in storage."""


def path_of(case: Case) -> str:
    """Where its page is."""
    return "/" + "".join(letter if letter.isalnum() else "-" for letter in case.name)


def typed(events: Events) -> list[str]:
    """What was typed, as far as it is kept."""
    return [event["data"]["text"] for event in events if event["type"] == 3 and event["data"].get("source") == 5]


def visited(
    cases: Collection[Case], upstream: str, folder: Path, forms: str, bare: str | None = None, tree: Path = ROOT
) -> Mapping[str, Events | BaseException]:
    """By case: what is recorded of its visit, or why it could not be made.

    `bare` is the recorder that visitors get instead of the built one, `tree` the source that runs.
    """
    site = {"record": {"forms": forms}, "consent": {"notice_url": "https://shop.example/privacy"}}
    milchglas = Milchglas(folder, upstream, {"site": site}, tree=tree)
    try:
        milchglas.start()
        return asyncio.run(_all(cases, milchglas, bare))
    finally:
        milchglas.close()


async def _all(
    cases: Collection[Case], milchglas: Milchglas, bare: str | None
) -> Mapping[str, Events | BaseException]:
    turns = asyncio.Semaphore(AT_ONCE)
    HANDS.set(asyncio.Lock())
    async with chromium_async() as browser:

        async def visit(case: Case) -> Events:
            async with turns:
                return await _visit(case, browser, milchglas, bare)

        found = await asyncio.gather(*map(visit, cases), return_exceptions=True)
    return dict(zip((case.name for case in cases), found, strict=True))


async def _visit(case: Case, browser: Browser, milchglas: Milchglas, bare: str | None) -> Events:
    context = await browser.new_context(locale="de-DE")
    page = await context.new_page()

    async def recorder(route: Route) -> None:
        if case.late:
            await page.wait_for_function("window.recorderMayCome")
        await (route.continue_() if bare is None else route.fulfill(body=bare, content_type="text/javascript"))

    await page.route("**/_milchglas/recorder.*.js", recorder)
    if case.late:
        await page.goto(milchglas.url + path_of(case), wait_until="domcontentloaded")
    else:
        # The first answer of the proxy is there, as for any visitor who first looks.
        async with answered(page):
            await page.goto(milchglas.url + path_of(case))
    async with HANDS.get():
        await case.act(page)
        await _search(page)
    recording = await page.evaluate("JSON.parse(sessionStorage['milchglas:altshop:visit']).recording")
    await page.goto("about:blank")  # away, so that the last batch leaves with the page
    events = await _stored(milchglas, recording)
    await context.close()
    return events


async def _search(page: Page) -> None:
    await page.fill("#q", "")
    await page.locator("#q").press_sequentially(SEARCH, delay=4)
    await page.locator("#q").blur()


async def _stored(milchglas: Milchglas, recording: str) -> Events:
    """The events, once the last ones are in storage; as many as there are when they do not come."""
    events: Events = []
    for _ in range(int(PATIENCE * 2)):  # to ask costs more than to wait
        if recording in {each["id"] for each in milchglas.recordings()}:
            events = milchglas.export(recording)
            if SEARCH in typed(events):
                break
        await asyncio.sleep(0.5)
    return events
