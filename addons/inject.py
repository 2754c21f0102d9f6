"""Puts the snippet into the site's pages: the pure code decides, this only carries it to mitmproxy's flow.

Decide first, mutate last: an exception anywhere in here leaves the page as upstream sent it.
"""

from __future__ import annotations

from collections.abc import Iterable

from mitmproxy import http

from proxy.metrics import INJECTED, SKIPPED
from proxy.page.eligible import accept_encoding
from proxy.page.facts import Headers, Request, Response
from proxy.page.plan import Plan, SitePages
from proxy.page.rewrite import Outcome
from proxy.runtime import Runtime
from proxy.stream import route_of

PAGES = frozenset({"text/html", "application/xhtml+xml"})


class Inject:
    """From the heads of request and response to a `Page` that takes over the body."""

    def __init__(self, runtime: Runtime) -> None:
        config = runtime.config
        src = f"{config.path}/{runtime.recorder.name}"
        self._pages = {site.name: SitePages(site, config.path, src, config.csp) for site in config.sites}

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Ask upstream for a page in a coding that can be spliced; for anything else, as the visitor does."""
        route = route_of(flow)
        if not route.upstream or not route.site or self._pages[route.site.name].refusal(_request(flow)):
            return
        before = flow.request.headers.get("Accept-Encoding")
        after = accept_encoding(before)
        if after is not None and after != before:
            flow.request.headers["Accept-Encoding"] = after

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Hold a page that may get the snippet; count why another does not."""
        route = route_of(flow)
        if not route.upstream or not route.site or not flow.response:
            return
        response = Response(flow.response.status_code, Headers(flow.response.headers.fields))
        plan = self._pages[route.site.name].plan(_request(flow), response)
        if flow.response.headers.get("Content-Length") == "0":
            plan = "empty"  # its body never comes, so nobody would ask what became of it
        if isinstance(plan, Plan):
            flow.response.stream = Page(flow, plan, route.site.name)
        elif response.media_type in PAGES:
            SKIPPED.labels(route.site.name, plan).inc()


class Page:
    """A page under way: its headers wait until the first bytes have decided (`proxy.stream.Held`)."""

    def __init__(self, flow: http.HTTPFlow, plan: Plan, site: str) -> None:
        self._flow, self._plan, self._site = flow, plan, site

    def feed(self, chunk: bytes) -> Iterable[bytes] | None:
        """Take bytes of upstream while undecided."""
        outcome = self._plan.rewrite.feed(chunk)
        return None if outcome is None else self._decide(outcome)

    def end(self) -> Iterable[bytes]:
        """The body ended undecided."""
        return self._decide(self._plan.rewrite.end())

    def __call__(self, chunk: bytes) -> bytes:
        """The rest of an injected page."""
        return self._plan.rewrite.rest(chunk) if chunk else self._plan.rewrite.finish()

    def _decide(self, outcome: Outcome) -> Iterable[bytes]:
        response = self._flow.response
        assert response
        if outcome.fault:
            SKIPPED.labels(self._site, outcome.reason).inc()
            raise outcome.fault
        if outcome.injected:
            fields = _framed(self._plan.headers(response.headers.fields, outcome), self._flow)
            response.headers = http.Headers(fields)
            INJECTED.labels(self._site).inc()
        else:
            response.stream = True
            SKIPPED.labels(self._site, outcome.reason).inc()
        return outcome.chunks


def _framed(fields: tuple[tuple[bytes, bytes], ...], flow: http.HTTPFlow) -> tuple[tuple[bytes, bytes], ...]:
    """Say how the body ends when its length is not known any more. HTTP/1.0 ends it with the connection."""
    names = {name.lower() for name, _ in fields}
    assert flow.response
    if names & {b"content-length", b"transfer-encoding"}:
        return fields
    if not flow.request.http_version == flow.response.http_version == "HTTP/1.1":
        return fields
    return (*fields, (b"Transfer-Encoding", b"chunked"))


def _request(flow: http.HTTPFlow) -> Request:
    headers = Headers(flow.request.headers.fields)
    # addons/route has set both from what it believes.
    origin = f"{headers.one('x-forwarded-proto')}://{headers.one('x-forwarded-host')}"
    return Request(flow.request.method, flow.request.path, headers, origin)
