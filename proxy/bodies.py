"""The body of a response on its way out: held until it has decided, then sent as fast as its visitor reads.

What mitmproxy 12.2 does otherwise (mitmproxy/proxy/layers/http/__init__.py):

- Response headers leave before a stream callable sees the first byte. A `Held` response keeps them until it
  has decided, so that a refusal leaves headers and body exactly as upstream sent them (proxy/held.py).
- A stream callable that takes long stops the whole worker. Here it is asked piece by piece, and pauses.
- An empty piece of a chunked body ends it. Here it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from mitmproxy.proxy import layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers.http import SendHttp
from mitmproxy.proxy.layers.http._events import (
    RequestProtocolError,
    ResponseData,
    ResponseEndOfMessage,
    ResponseHeaders,
)

from proxy import log
from proxy.errors import PlainErrors
from proxy.held import Held
from proxy.metrics import FAULTS
from proxy.signals import Begun, Pace, Pause, Sites

type Generator = layer.CommandGenerator[Any]


class Bodies(PlainErrors):
    """A stream whose responses may be held, and pause."""

    def __init__(self, context: Context, stream_id: int, sites: Sites) -> None:
        super().__init__(context, stream_id)
        self.sites = sites
        self._held: list[bytes] = []
        self._pace = Pace()

    def _stream_on(self) -> None:
        if self.flow.response and not self.flow.response.stream:
            self.flow.response.stream = True

    def start_response_stream(self) -> Generator:
        """Send the headers on, or hold them."""
        assert self.flow.response
        if isinstance(self.flow.response.stream, Held):
            self.server_state = self.state_hold_response_body
        else:
            yield from super().start_response_stream()

    def state_hold_response_body(self, event: ResponseData | ResponseEndOfMessage) -> Generator:
        """Headers wait here until the body's first bytes have decided."""
        if isinstance(event, ResponseData):
            yield from self._decide(event.data)
        else:
            yield from self._decide(None)
            yield from self.state_stream_response_body(event)

    def _decide(self, chunk: bytes | None) -> Generator:
        """Ask the held response about a chunk, or None for the end; send on what it says."""
        assert self.flow.response
        held = self.flow.response.stream
        assert isinstance(held, Held)
        fields = self.flow.response.headers.fields
        try:
            if chunk is None:
                chunks = held.end()
            else:
                self._held.append(chunk)
                if (fed := held.feed(chunk)) is None:
                    return
                chunks = fed
            rest = iter(chunks)
            first = next(rest, b"")  # made now
        except Exception as error:
            FAULTS.labels(type(held).__name__).inc()
            log.get("stream").error("page left as it came", request=self.request_id, **log.fault(error))
            self.flow.response.stream = True
            self.flow.response.headers.fields = fields
            first, rest = b"".join(self._held), iter(())
        self._held.clear()
        headers = Begun if first else ResponseHeaders
        yield SendHttp(headers(self.stream_id, self.flow.response, end_stream=False), self.context.client)
        self.server_state = self.state_stream_response_body
        yield from self._send(chain((first,), rest))

    def state_stream_response_body(self, event: ResponseData | ResponseEndOfMessage) -> Generator:
        """As mitmproxy's, with pauses."""
        assert self.flow.response
        data = event.data if isinstance(event, ResponseData) else b""
        stream = self.flow.response.stream
        chunks = stream(data) if callable(stream) else data
        yield from self._send((chunks,) if isinstance(chunks, bytes) else chunks)
        if isinstance(event, ResponseEndOfMessage):
            yield from self.send_response(already_streamed=True)

    def _send(self, chunks: Iterable[bytes]) -> Generator:
        """Send pieces of the body on while they are made, for as long as the visitor is there."""
        for chunk in chunks:
            if chunk:
                yield SendHttp(ResponseData(self.stream_id, chunk), self.context.client)
            if self._pace.due or self.sites.congested(self.stream_id):
                yield Pause(self.context.client, self.stream_id)
                self._pace.begin()
                if any(isinstance(event, RequestProtocolError) for event in self._paused_event_queue):
                    return
