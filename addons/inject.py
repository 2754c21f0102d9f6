"""Puts the snippet into the site's pages: the pure code decides, this only carries it to mitmproxy's flow.

Decide first, mutate last: an exception anywhere in here leaves the page as upstream sent it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple

from mitmproxy import http
from prometheus_client import Counter

from proxy.exchange import PAGE
from proxy.held import Held
from proxy.metrics import INJECTED, SKIPPED
from proxy.page.eligible import DOCUMENTS, PAGES
from proxy.page.facts import Headers, Pairs, Request, Response
from proxy.page.plan import Asked, Plan, SitePages
from proxy.page.rewrite import Outcome
from proxy.page.visitors import Visitors
from proxy.runtime import Runtime
from proxy.stream import VISITOR, route_of

ASKED = "milchglas asked"
DEBUG = "X-Milchglas-Page"
SHADOW = "shadow"
FRAMES = (b"content-length", b"transfer-encoding")


class Inject:
    """From the heads of request and response to a `Page` that takes over the body."""

    def __init__(self, runtime: Runtime) -> None:
        config = runtime.config
        src = f"{config.path}/{runtime.recorder.name}"
        self._sites = {
            site.name: OfSite(
                site.name,
                SitePages(site, config.path, src, config.csp),
                Visitors(site, runtime.sampling),
                site.record.mode == SHADOW,
                INJECTED.labels(site.name),
            )
            for site in config.sites
        }
        self._switch, self._debug = runtime.switch, config.debug

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Ask upstream for a page that can be spliced, and for a new one where the visitor keeps an old one."""
        route = route_of(flow)
        if not route.upstream or not route.site:
            return
        name, request = route.site.name, _request(flow)
        try:
            asked = self._sites[name].asked(request, flow.metadata[VISITOR], off=self._switch.off(name))
        except Exception:
            flow.metadata[ASKED] = Asked(request, "error", request.headers.pairs)
            raise
        flow.metadata[ASKED] = asked
        if asked.pairs is not asked.request.headers.pairs:
            flow.request.headers.fields = asked.pairs

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Hold a page that may get the snippet; say why another does not."""
        asked: Asked | None = flow.metadata.get(ASKED)
        route = route_of(flow)
        if not asked or not route.site or not flow.response:
            return
        site = self._sites[route.site.name]
        response = Response(flow.response.status_code, Headers(flow.response.headers.fields))
        fate = Fate(flow, site, asked, response, self._debug)
        try:
            plan = site.pages.plan(asked, response)
            if isinstance(plan, Plan):
                flow.response.stream = Shadow(plan, fate) if site.shadow else Page(plan, fate)
            elif head := site.pages.unchanged(asked, response):
                flow.response.headers.fields = head
            else:
                fate.passes(plan)
        except Exception:
            fate.skipped("error")
            raise


class OfSite(NamedTuple):
    """One site's pages and visitors, and the counter of pages that got the snippet."""

    name: str
    pages: SitePages
    visitors: Visitors
    shadow: bool
    injected: Counter

    def asked(self, request: Request, visitor: str, *, off: bool) -> Asked:
        """Look at a request and at who asks; where nothing is to be put in, upstream is asked as we are."""
        asked = self.pages.asked(request, off=off)
        if asked.refusal:
            return asked
        refusal = self.visitors.refusal(visitor, request.headers, time.time())
        return Asked(request, refusal, request.headers.pairs) if refusal or self.shadow else asked


class Fate(NamedTuple):
    """What becomes of one response, said to the counters, to the flow, and in a header when debugging is on."""

    flow: http.HTTPFlow
    site: OfSite
    asked: Asked
    response: Response
    debug: bool

    def passes(self, reason: str) -> None:
        """It goes out as it came."""
        self.site.pages.passed(self.asked, self.response)
        self.skipped(reason)

    def skipped(self, reason: str) -> None:
        """Count it, if it is what a visitor calls a page."""
        wanted = self.asked.request.headers.one("sec-fetch-dest").lower() in DOCUMENTS
        if self.response.status != 304 and (wanted or self.response.media_type in PAGES):
            SKIPPED.labels(self.site.name, reason).inc()
            self.flow.metadata[PAGE] = reason
            self._say(f"skipped; reason={reason}")

    def injected(self, fields: Pairs) -> None:
        """It gets the snippet, and these headers."""
        assert self.flow.response
        self.flow.response.headers.fields = _framed(fields, self.flow)
        self.site.injected.inc()
        self.flow.metadata[PAGE] = "injected"
        self._say("injected")

    def _say(self, text: str) -> None:
        if self.debug and self.flow.response:
            self.flow.response.headers[DEBUG] = text


class Page(Held):
    """A page under way: its headers wait until the first bytes have decided."""

    def __init__(self, plan: Plan, fate: Fate) -> None:
        self._plan, self._fate = plan, fate

    def feed(self, chunk: bytes) -> Iterable[bytes] | None:
        """Take bytes of upstream while undecided."""
        outcome = self._plan.rewrite.feed(chunk)
        return None if outcome is None else self._decide(outcome)

    def end(self) -> Iterable[bytes]:
        """The body ended undecided."""
        return self._decide(self._plan.rewrite.end())

    def __call__(self, chunk: bytes) -> Iterable[bytes]:
        """The rest of an injected page, made while it is sent."""
        rewrite = self._plan.rewrite
        return filter(None, rewrite.rest(chunk) if chunk else (rewrite.finish(),))  # an empty chunk would end it

    def _decide(self, outcome: Outcome) -> Iterable[bytes]:
        response = self._fate.flow.response
        assert response
        if outcome.injected:
            try:
                self._fate.injected(self._plan.headers(response.headers.fields, outcome))
            except Exception:
                self._fate.skipped("error")
                raise
            return outcome.chunks
        self._fate.passes(outcome.reason)
        if outcome.fault:
            raise outcome.fault
        response.stream = True
        return outcome.chunks


class Shadow(Page):
    """A page that would get the snippet, were it not for `record.mode: shadow`: it goes out as it came."""

    def __init__(self, plan: Plan, fate: Fate) -> None:
        super().__init__(plan, fate)
        self._raw: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterable[bytes] | None:
        """Take bytes of upstream while undecided."""
        self._raw.append(chunk)
        return super().feed(chunk)

    def _decide(self, outcome: Outcome) -> Iterable[bytes]:
        if not outcome.injected:
            return super()._decide(outcome)
        assert self._fate.flow.response
        self._fate.passes(SHADOW)
        self._fate.flow.response.stream = True
        return self._raw


def _framed(fields: Pairs, flow: http.HTTPFlow) -> Pairs:
    """Say how the body ends when its length is not known any more. HTTP/1.0 ends it with the connection."""
    if any(name.lower() in FRAMES for name, _ in fields):
        return fields
    assert flow.response
    if not flow.request.http_version == flow.response.http_version == "HTTP/1.1":
        return tuple(field for field in fields if field[0].lower() != b"connection")  # it may say keep-alive
    return (*fields, (b"Transfer-Encoding", b"chunked"))


def _request(flow: http.HTTPFlow) -> Request:
    headers = Headers(flow.request.headers.fields)
    # addons/route has set both from what it believes.
    origin = f"{headers.one('x-forwarded-proto')}://{headers.one('x-forwarded-host')}"
    return Request(flow.request.method, flow.request.path, headers, origin)
