"""What our layers say to each other and to the connection, besides mitmproxy's own commands and events."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from mitmproxy.connection import Connection
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.layers.http import GetHttpConnection
from mitmproxy.proxy.layers.http._base import HttpEvent
from mitmproxy.proxy.layers.http._events import (
    ErrorCode,
    ResponseEndOfMessage,
    ResponseHeaders,
    ResponseProtocolError,
)

from proxy.routes import Routes

TURN = 0.002
"""Seconds that a stream works before others get their turn."""

CUT_OFF = "cut off"
"""`error` of a connection: of upstream's, that it was reset; of the visitor's, that it has to be."""

TIMED_OUT = "timed out"
"""`error` of an upstream connection on which no answer came in time."""


@dataclass(repr=False)
class Pause(commands.StartHook):  # type: ignore[no-untyped-call]  # its __init_subclass__
    """A stream waits until what it has sent to `to` is on its way, and until others had their turn.

    A hook, for these are the commands that may wait (mitmproxy/proxy/server.py, hook_task); no addon sees it.
    What arrives for the stream meanwhile, mitmproxy's Layer queues.
    """

    name = "milchglas_pause"
    to: Connection
    stream_id: int


class Pace:
    """When a stream has worked long enough."""

    def __init__(self) -> None:
        self._since = 0.0

    def begin(self) -> None:
        """The event loop has just called."""
        self._since = time.perf_counter()

    @property
    def due(self) -> bool:
        """Whether it is time for a Pause."""
        return time.perf_counter() - self._since > TURN


@dataclass
class Farewell(events.Event):
    """This process ends: a visitor's connection serves what is under way, and says that it takes no more.

    `final`: it is closed next.
    """

    final: bool = False


@dataclass
class Consumed(HttpEvent):
    """So many bytes of an HTTP/2 request have gone on: its visitor may send as many more."""

    size: int


class Begun(ResponseHeaders):
    """Headers whose first bytes of the body come next, so that both leave in one write."""


class LastWord(ResponseEndOfMessage):
    """The end of an answer of ours to a request of which more may come, and nobody reads it."""


class Unanswered(ResponseProtocolError):
    """A kept connection that upstream has closed without a byte of an answer: it may not have seen the request."""

    def __init__(self, stream_id: int) -> None:
        super().__init__(stream_id, "closed", ErrorCode.GENERIC_SERVER_ERROR)


class Late(ResponseProtocolError):
    """Upstream has not answered in time."""

    def __init__(self, stream_id: int) -> None:
        super().__init__(stream_id, TIMED_OUT, ErrorCode.GENERIC_SERVER_ERROR)


@dataclass
class Wanted(GetHttpConnection):
    """What a request wants: `visitor` is None where all requests of the visitor's connection are one visitor's."""

    visitor: str | None = None
    logs_in: bool = False
    fresh: bool = False
    """A new connection, for a kept one has just failed."""

    __hash__ = GetHttpConnection.__hash__  # a dataclass with equality has none


class Sites(Protocol):
    """What a stream asks of the layer that it is in (proxy/connections.py)."""

    @property
    def routes(self) -> Routes:
        """Today's, for a new request."""

    @property
    def multiplexed(self) -> bool:
        """Whether the visitor speaks HTTP/2."""

    def congested(self, stream_id: int) -> bool:
        """Whether an HTTP/2 visitor has to make room before more of a response is sent."""

    def hold(self, connection: Connection, visitor: str) -> layer.CommandGenerator[None]:
        """Keep an upstream connection for one visitor's handshake."""

    def end(self, connection: Connection) -> layer.CommandGenerator[None]:
        """Use an upstream connection for no other request."""
