"""The self-test as a whole: pages one after the other, links as far as asked for, and what is to be reported."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from proxy.config import Config, Site
from proxy.routes import Routes
from proxy.selftest.browser import browsing
from proxy.selftest.judge import Outcome, Stored, judged, worst
from proxy.selftest.report import Page
from proxy.selftest.stage import Stage, stage
from proxy.selftest.visit import ELSEWHERE, Visit, Visitor, links_to_follow


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator asked for: pages at most `depth` links away from `urls`, at most `pages` of them."""

    urls: tuple[str, ...]
    browser: Path | None = None
    submit: bool = False
    depth: int = 0
    pages: int = 50


type Tell = Callable[[int, int], None]
"""Is told how many of how many pages are done."""


def run(config: Config, asked: Asked, tell: Tell) -> list[Page]:
    """Test all pages. Raises NoBrowser, CannotStart, CertificateFault, NotBuilt; KeyboardInterrupt for SIGTERM."""
    try:
        return asyncio.run(_run(config, asked, tell))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _run(config: Config, asked: Asked, tell: Tell) -> list[Page]:
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with (
        stage(config) as private,
        browsing(asked.browser, asked.urls, config.path, private.ports) as context,
    ):
        stored = Archive(private)
        visitor = Visitor(context, config.path, stored.fresh, submit=asked.submit)
        return await Test(private.config, visitor, stored).pages(asked, tell)


class Archive:
    """What would be stored, of all visits."""

    def __init__(self, private: Stage) -> None:
        self._private = private
        self.batches = list[Stored]()

    def fresh(self) -> str:
        """Read what has come since the last time; its text."""
        come = [Stored.of(batch) for batch in self._private.stored()]
        self.batches += come
        return "\n".join(batch.strings.plain for batch in come)


class Test:
    """Goes from page to page. Judges at the end, for a later page may repeat what an earlier one was told."""

    __test__: Final = False  # for pytest

    def __init__(self, config: Config, visitor: Visitor, stored: Archive) -> None:
        self._routes, self._visitor, self._stored = Routes(config), visitor, stored

    async def pages(self, asked: Asked, tell: Tell) -> list[Page]:
        """All pages, in the order in which they were visited."""
        waiting = [(url, 0) for url in dict.fromkeys(asked.urls)]
        tested = list[tuple[Site, list[Visit]] | Page]()
        for at, (url, depth) in enumerate(waiting):  # which grows meanwhile
            tell(at, len(waiting))
            site, reason = self._site(url)
            if not site or reason:
                tested.append(
                    Page(url, site.name if site else "", site.record.forms if site else "", reason=reason)
                )
                continue
            visits = await self._visits(url, asked.submit)
            if depth and visits[0].reason in ELSEWHERE:  # a link to something that is no page of the site
                continue
            tested.append((site, visits))
            if depth < asked.depth:
                links = links_to_follow(visits[0], [known for known, _ in waiting])
                waiting += [(link, depth + 1) for link in links[: max(0, asked.pages - len(waiting))]]
        self._stored.fresh()
        return [each if isinstance(each, Page) else self._page(*each) for each in tested]

    def _site(self, url: str) -> tuple[Site | None, str]:
        """The site of an address, and why its page cannot be tested."""
        parts = urlsplit(url)
        route = self._routes.find(parts.netloc, parts.path.encode() or b"/")
        if route.site is None:
            return None, "no site of the configuration has this host"
        if route.own is not None:
            return route.site, "this path is Milchglas's own"
        return route.site, "" if route.site.enabled else "the site has `enabled: false`"

    async def _visits(self, url: str, submit: bool) -> list[Visit]:
        """One visit; with `submit` one for each form, for the page goes with the first that is sent."""
        visits = [await self._visitor.visit(url, 0 if submit else None)]
        rest = range(1, visits[0].forms if submit else 0)
        return [*visits, *[await self._visitor.visit(url, form) for form in rest]]

    def _page(self, site: Site, visits: list[Visit]) -> Page:
        lines = worst(line for visit in visits for line in judged(site, visit, self._stored.batches))
        reason = next((visit.reason for visit in visits if visit.reason), "")
        if reason:  # what has not come may still hold anything
            lines = [line for line in lines if line.outcome is Outcome.LEAKED]
        return Page(
            visits[0].url,
            site.name,
            site.record.forms,
            tuple(lines),
            reason,
            sum(visit.blocked for visit in visits),
            max(visit.foreign for visit in visits),
        )
