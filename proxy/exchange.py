"""One request and its answer, as the counters and the access log tell of it, however it ends.

What a stream says to the visitor passes here last, so what is counted is what went out: also refusals, errors of
ours, and answers that were cut off.
"""

from __future__ import annotations

import time
from typing import Any

from mitmproxy.connection import Client
from mitmproxy.proxy import layer
from mitmproxy.proxy.layers.http import DropStream, GetHttpConnection, SendHttp
from mitmproxy.proxy.layers.http._events import (
    ErrorCode,
    RequestProtocolError,
    ResponseData,
    ResponseHeaders,
    ResponseProtocolError,
)

from proxy.metrics import UPSTREAM_ERRORS
from proxy.signals import Late

type Generator = layer.CommandGenerator[Any]

PAGE = "milchglas page"
"""In a flow's metadata: what became of a page, `injected` or the reason why not; set by addons/inject.py."""
TRACE = "milchglas trace"
"""In a flow's metadata: its `Trace`; set by addons/route.py."""

NOBODY = "(none)"
"""The site of a request whose Host no site claims; no site can have this name."""


class Exchange:
    """Times are seconds of `time.perf_counter`, 0 where it has not come to it."""

    __slots__ = ("answered", "asked", "bytes", "cut_off", "ended", "started", "status")

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.status = self.bytes = 0
        self.asked = self.answered = 0.0
        """When a connection to upstream was wanted, and when upstream's head was there."""
        self.cut_off = ""
        """Who ended it before its end: visitor, upstream, or us."""
        self.ended = False

    def watch(self, inner: Generator, visitor: Client) -> Generator:
        """Run a part of a stream's work and look at what it says."""
        reply: Any = None
        while True:
            try:
                command = inner.send(reply)
            except StopIteration as stop:
                return stop.value
            if type(command) is SendHttp:
                if command.connection is visitor:
                    self._said(command.event)
            elif isinstance(command, GetHttpConnection):
                self.asked = self.asked or time.perf_counter()
            elif isinstance(command, DropStream):
                self.ended = True
            reply = yield command

    def _said(self, event: Any) -> None:
        if isinstance(event, ResponseData):
            self.bytes += len(event.data)
        elif isinstance(event, ResponseHeaders):
            self.status = event.response.status_code
        elif isinstance(event, ResponseProtocolError) and not self.cut_off:
            self.cut_off = CUT_OFF.get(event.code, "upstream")

    def heard(self, event: Any) -> None:
        """Something comes for the stream."""
        if isinstance(event, ResponseHeaders):
            self.answered = self.answered or time.perf_counter()
        elif isinstance(event, RequestProtocolError) and not self.ended:
            self.cut_off = self.cut_off or "visitor"

    def abandoned(self) -> None:
        """The visitor's connection is no more. A pipe has no other end."""
        if self.status != SWITCHED:
            self.cut_off = self.cut_off or "visitor"

    def failed(self, event: ResponseProtocolError, site: str) -> None:
        """Upstream failed it, and it will not be said again."""
        if (error := ERRORS.get(event.code)) and self.cut_off != "visitor":
            UPSTREAM_ERRORS.labels(site, "timeout" if isinstance(event, Late) else error).inc()


SWITCHED = 101

CUT_OFF = {
    ErrorCode.KILL: "visitor",  # who has gone while a hook ran
    ErrorCode.HTTP_1_1_REQUIRED: "us",
    ErrorCode.PASSTHROUGH_CLOSE: "",  # the end of a pipe
}

ERRORS = {
    ErrorCode.CONNECT_FAILED: "connect",
    ErrorCode.GENERIC_SERVER_ERROR: "broken",
    ErrorCode.RESPONSE_VALIDATION_FAILED: "invalid",
    ErrorCode.RESPONSE_TOO_LARGE: "invalid",
}
