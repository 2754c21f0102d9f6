"""One visit of one page: type a canary into every field, key by key, and wait until all of it is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from proxy.page.eligible import PAGES as HTML
from proxy.privacy.batch import Refused, decode
from proxy.privacy.fields import FieldCard
from proxy.selftest.browser import Traffic
from proxy.selftest.canaries import Maker
from proxy.selftest.enter import Field, enter

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Frame, JSHandle, Page

LOADING: Final = 30_000
"""Milliseconds for a page to load."""
PATIENCE: Final = 20.0
"""Seconds for a batch to come; the recorder sends every five."""
ROUNDS: Final = 4
"""How often a page is looked through for fields that have come meanwhile."""
REFUSALS: Final = frozenset({400, 410})
"""Answers after which what was typed may be in no batch."""
MOST: Final = 500
"""Fields of one page."""
NO_PAGE, AWAY = "it is no HTML page", "it leads away from the site"
ELSEWHERE: Final = frozenset({NO_PAGE, AWAY})
"""Reasons why what an address names is no page of the site."""

_LINKS: Final = "() => [...document.links].filter((a) => !a.download).map((a) => a.href)"
_FORMS: Final = "() => document.forms.length"
# Made-up values need not be valid: the page's own handlers run, the browser's complaints do not.
_SUBMIT: Final = "at => { document.forms[at].noValidate = true; document.forms[at].requestSubmit(); }"


@dataclass
class Visit:
    """What came of it. `reason`: why the page could not be tested."""

    url: str
    fields: list[Field] = field(default_factory=list)
    cards: dict[tuple[str, int], FieldCard] = field(default_factory=dict)
    """(view, node) -> how the recorder described the field"""
    views: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    forms: int = 0
    blocked: int = 0
    foreign: int = 0
    """Frames of other servers, which no recorder of ours can see."""
    reason: str = ""


class Untestable(Exception):
    """Why a page cannot be tested, in our own words."""


@cache
def _script() -> str:
    return Path(__file__).with_name("page.js").read_text()


class Visitor:
    """Makes visits in one browser, each in a tab of its own."""

    def __init__(self, context: BrowserContext, own: str, known: Callable[[], str], *, submit: bool) -> None:
        """`known`: the text of what would be stored so far: no canary may stand in it."""
        self._context, self._own, self._known, self._submit = context, own, known, submit

    async def visit(self, url: str, form: int | None = None) -> Visit:
        """Fill the page in; with `form`, send that form then. Never raises for what the page does."""
        from playwright.async_api import Error

        made = Visit(url)
        page = await self._context.new_page()
        traffic = Traffic(page, self._own, self._submit)
        try:
            await traffic.open()
            await self._make(made, page, traffic, form)
        except Untestable as reason:
            made.reason = str(reason)
        except Error:  # its text quotes the page
            made.reason = "the browser could not go on with it"
        finally:
            made.blocked = traffic.blocked
            _read(made, traffic)
            await traffic.close()
        return made

    async def _make(self, made: Visit, page: Page, traffic: Traffic, form: int | None) -> None:
        await _load(page, made.url)
        await _until(traffic.accepted, 0.0, "the recorder sent nothing")
        made.links = await page.evaluate(_LINKS)
        made.forms = await page.evaluate(_FORMS)
        traffic.filling = True
        await self._fill(made, page)
        traffic.filling = False
        await _settled(page, traffic)
        if form is not None and form < made.forms:
            await _send(page, traffic, form)
        if refused := [post.status for post in traffic.posts if post.status in REFUSALS]:
            raise Untestable(f"a batch of it was refused ({refused[0]})")

    async def _fill(self, made: Visit, page: Page) -> None:
        maker = Maker(made.url, await _source(page) + self._known())
        seen: dict[Frame, JSHandle] = {}
        for _ in range(ROUNDS):
            fresh = 0
            made.foreign = sum(not _is_same(page, frame) for frame in page.frames)
            for frame in [each for each in page.frames if _is_same(page, each)]:
                if frame not in seen:
                    seen[frame] = await frame.evaluate_handle("() => new WeakSet()")
                found = await frame.evaluate_handle(_script(), seen[frame])
                described = await frame.evaluate("found => found.described", found)
                handles = await (await found.get_property("elements")).get_properties()
                for raw, handle in zip(described, handles.values(), strict=True):
                    element = handle.as_element()
                    if element is None or len(made.fields) >= MOST:
                        continue
                    fresh += 1
                    one = Field(
                        raw["selector"], FieldCard.of(raw), "" if frame is page.main_frame else _path(frame.url)
                    )
                    made.fields.append(one)
                    await enter(page, element, raw, one, maker)
            if not fresh:
                return


async def _load(page: Page, url: str) -> None:
    """Raises Untestable unless the site's page came through the proxy, with the snippet in it."""
    from playwright.async_api import Error

    try:
        response = await page.goto(url, wait_until="domcontentloaded", timeout=LOADING)
    except Error as error:
        saved = "Download is starting" in error.message
        raise Untestable(NO_PAGE if saved else "it does not load") from None
    if response is None or "x-milchglas-page" not in response.headers:
        if response is not None and response.status >= 400:
            raise Untestable(f"status {response.status}")
        raise Untestable(AWAY)
    if response.status >= 400:
        raise Untestable(f"status {response.status}")
    said = response.headers["x-milchglas-page"]
    if response.headers.get("content-type", "").partition(";")[0].strip().lower() not in HTML:
        raise Untestable(NO_PAGE)
    if said != "injected":
        raise Untestable(f"it is not recorded: {said.rpartition('=')[2]}")
    with suppress(Error):
        await page.wait_for_load_state("load", timeout=LOADING // 3)


async def _settled(page: Page, traffic: Traffic) -> None:
    """Wait until what was typed last was accepted: the recorder sends in order, so all before it was, too."""
    since = monotonic()
    await page.mouse.move(5, 5)  # so that there is something to send, whatever the fields were
    await page.mouse.move(50, 60, steps=5)
    await _until(traffic.accepted, since, "the recorder sent nothing more")


async def _send(page: Page, traffic: Traffic, form: int) -> None:
    """Send a form, and let the recorder tell what comes of it."""
    from playwright.async_api import Error

    since = monotonic()
    with suppress(Error):  # the page goes while it is asked
        await page.evaluate(_SUBMIT, form)
    with suppress(Error):
        await page.wait_for_load_state("load", timeout=LOADING // 3)
    with suppress(Untestable):  # what follows may be no page of the site
        await _until(traffic.accepted, since, "")


async def _until(accepted: Callable[[float], bool], since: float, otherwise: str) -> None:
    deadline = monotonic() + PATIENCE
    while not accepted(since):
        if monotonic() > deadline:
            raise Untestable(otherwise)
        await asyncio.sleep(0.05)


async def _source(page: Page) -> str:
    return "\n".join([await frame.content() for frame in page.frames if _is_same(page, frame)])


def _is_same(page: Page, frame: Frame) -> bool:
    """Whether a frame is of the page's origin, or a document that the page itself wrote."""
    mine, theirs = urlsplit(page.url), urlsplit(frame.url)
    return theirs.scheme in ("", "about") or (theirs.scheme, theirs.netloc) == (mine.scheme, mine.netloc)


def _path(url: str) -> str:
    return urlsplit(url).path or url


def _read(made: Visit, traffic: Traffic) -> None:
    """What the recorder said of the fields, from its own batches."""
    for post in traffic.posts:
        with suppress(Refused):
            batch = decode(post.body, post.encoding)
            made.views.add(batch.view)
            made.cards |= {(batch.view, node): card for node, card in batch.fields.items()}
    traffic.posts.clear()


def links_to_follow(visit: Visit, known: Sequence[str]) -> list[str]:
    """The page's links to other pages of the same host, without fragments, that are not known yet."""
    here = urlsplit(visit.url)
    found = list[str]()
    for link in visit.links:
        url = urlsplit(link)._replace(fragment="")
        same = (url.scheme, url.netloc) == (here.scheme, here.netloc)
        if same and url.geturl() not in known and url.geturl() not in found:
            found.append(url.geturl())
    return found
