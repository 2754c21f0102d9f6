"""Takes recordings back: `start` hands out tokens, `events` hands raw batches to the sanitizers.

The refusal stands before the first byte is read (proxy/stream.py); only success replaces it here.
"""

from __future__ import annotations

import time
from typing import Any

import orjson
from mitmproxy import http

from proxy import answers
from proxy.config import Site
from proxy.metrics import BATCHES, STOPPED
from proxy.page.eligible import refused_by_visitor
from proxy.page.facts import Headers
from proxy.page.visitors import Visitors
from proxy.pool import Unavailable
from proxy.runtime import Runtime
from proxy.stream import VISITOR, route_of
from proxy.tokens import CONTINUES, EXPIRES, new_id

AGAIN = (b"Retry-After", b"5")


class Collect:
    """POST `start` and POST `events`."""

    def __init__(self, runtime: Runtime) -> None:
        self._tokens, self._pool, self._switch = runtime.tokens, runtime.pool, runtime.switch
        self._visitors = {site.name: Visitors(site, runtime.sampling) for site in runtime.config.sites}

    async def request(self, flow: http.HTTPFlow) -> None:
        """Answer a start or a batch."""
        route = route_of(flow)
        if route.site is None or flow.request.method != "POST":
            return
        if route.own == "start":
            flow.response = self._start(route.site, flow)
        elif route.own == "events":
            flow.response = await self._events(route.site, flow)

    def _start(self, site: Site, flow: http.HTTPFlow) -> http.Response:
        try:
            asked = orjson.loads(flow.request.raw_content or b"{}")
        except orjson.JSONDecodeError:
            return answers.json(400, {"error": "malformed"})
        headers = Headers(flow.request.headers.fields)
        if self._refused(site, flow, headers):
            return answers.json(410, {"error": "not recorded"})
        recording = self._continued(site, asked)
        if recording is None:
            if not self._visitors[site.name].sampled(flow.metadata[VISITOR], headers, time.time()):
                return answers.json(410, {"error": "not recorded"})
            recording = new_id()
        token = self._tokens.issue(site.name, recording)
        return answers.json(200, {"recording": recording, "token": token, "expires": EXPIRES})

    def _refused(self, site: Site, flow: http.HTTPFlow, headers: Headers) -> bool:
        # What keeps the snippet out of a visitor's pages counts here, too: the page may come from a cache, or be
        # older than the refusal.
        off = not site.records or self._switch.off(site.name)
        staff = self._visitors[site.name].staff(flow.metadata[VISITOR], headers)
        return off or staff or refused_by_visitor(headers, site)

    def _continued(self, site: Site, asked: Any) -> str | None:
        """The recording of an earlier view of the visit, where its token proves that it is the visitor's own."""
        if not isinstance(asked, dict):
            return None
        recording, token = asked.get("recording"), asked.get("token")
        if not isinstance(recording, str) or not isinstance(token, str):
            return None
        return recording if self._tokens.allows(token, site.name, recording, CONTINUES) else None

    async def _events(self, site: Site, flow: http.HTTPFlow) -> http.Response:
        request = flow.request
        if request.query.get("stopped") == "budget":
            STOPPED.labels("budget").inc()
        if self._refused(site, flow, Headers(request.headers.fields)):
            BATCHES.labels("stopped").inc()
            return answers.json(410, {"error": "not recorded"})
        body = request.raw_content or b""
        # As much as names a coding; it may be any bytes, of any length.
        encoding = request.headers.get("Content-Encoding", "")[:40].encode(errors="replace").decode()
        # Nothing of the raw batch stays with the flow, whatever happens to it from here.
        request.data.content = None
        try:
            status, answer = await self._pool.ask(site.name, encoding, request.query.get("recording", ""), body)
        except Unavailable:
            BATCHES.labels("unavailable").inc()
            return answers.json(503, {"error": "try again"}, AGAIN)
        return answers.json(status, answer, *([AGAIN] if status in (429, 503) else []))
