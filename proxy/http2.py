"""HTTP/2 to visitors, for those who switch it on (`listen.http2`); upstream is always asked in HTTP/1.1.

What mitmproxy 12.2 does otherwise (mitmproxy/proxy/layers/http/_http2.py and _http_h2.py):

- It buffers what a slow visitor does not read yet, without a limit, and reads what a slow upstream does not take
  yet, with a window of 2 GiB. Here a stream waits for its visitor (proxy/signals.py, Pause), and its visitor for
  upstream (Consumed).
- Trailers crash the stream on its way to HTTP/1. Here they are left out (RFC 9110, 6.5.1).
- A line that upstream folded, or a control character in a field, makes the browser drop the whole connection.
- A visitor may reset streams as fast as it opens them (CVE-2023-44487). Here that ends the connection.
"""

from __future__ import annotations

import re

import h2.connection
import h2.errors
import h2.events
import h2.settings
from hyperframe.frame import GoAwayFrame
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers.http import _http2
from mitmproxy.proxy.layers.http._events import ResponseEndOfMessage, ResponseHeaders

from proxy.signals import Consumed, Farewell, LastWord

type Generator = layer.CommandGenerator[None]

WINDOW = 512 * 1024
"""Bytes of a request that may be on their way at once."""

BACKLOG = 256 * 1024
"""Bytes of a response that may wait for the visitor."""

STREAMS = 100
"""Requests of one visitor at once; each has an upstream connection."""

RESETS = 500
"""Requests that a visitor may take back, beyond those it waits for, before it is told to calm down."""

FOLD = re.compile(rb"[\r\n\0]+[ \t]*")


class Http2Server(_http2.Http2Server):
    """The visitor's end."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._resets = 0
        settings = self.h2_conn.local_settings
        settings.initial_window_size = WINDOW
        settings[h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS] = STREAMS
        settings.acknowledge()  # else it sends out the old ones (mitmproxy's note)
        # mitmproxy opens a stream's window before anything has gone on; here Consumed does.
        self.h2_conn.acknowledge_received_data = self._arrived  # type: ignore[method-assign]

    def congested(self, stream_id: int) -> bool:
        """Whether the visitor has to read before more should be sent on this stream."""
        buffered = self.h2_conn.stream_buffers.get(stream_id, ())
        return sum(len(each.data) for each in buffered) > BACKLOG

    def _arrived(self, acknowledged_size: int, stream_id: int) -> None:
        """The connection's window is open always."""
        if acknowledged_size:
            self.h2_conn.increment_flow_control_window(acknowledged_size)

    def _handle_event(self, event: events.Event) -> Generator:
        if isinstance(event, Consumed):
            if event.size and not self.is_closed(event.stream_id):
                self.h2_conn.increment_flow_control_window(event.size, event.stream_id)
                yield from self._flush()
        elif isinstance(event, Farewell):
            # RFC 9113, 6.8: first that no more should come, at the end what was not seen. h2's own way to say it,
            # close_connection, ends the streams that are open.
            last = self.h2_conn.highest_inbound_stream_id if event.final else 2**31 - 1
            self.h2_conn._prepare_for_sending([GoAwayFrame(0, last_stream_id=last)])
            yield from self._flush()
        elif isinstance(event, LastWord):
            yield from super()._handle_event(event)
            if not self.is_closed(event.stream_id):  # RFC 9113, 8.1: what still comes is of no use
                self.h2_conn.reset_stream(event.stream_id, h2.errors.ErrorCodes.NO_ERROR)
                yield from self._flush()
        else:
            if isinstance(event, ResponseEndOfMessage):
                self._resets = max(0, self._resets - 1)
            elif isinstance(event, ResponseHeaders):
                fields = event.response.headers.fields
                event.response.headers.fields = tuple((name, FOLD.sub(b" ", value)) for name, value in fields)
            yield from super()._handle_event(event)

    def handle_h2_event(self, event: h2.events.Event) -> layer.CommandGenerator[bool]:
        """As mitmproxy's; True: nothing more is to be done."""
        if isinstance(event, h2.events.TrailersReceived):
            return False
        if isinstance(event, h2.events.StreamReset):
            self._resets += 1
            if self._resets > RESETS:
                yield from self.protocol_error("too many resets", h2.errors.ErrorCodes.ENHANCE_YOUR_CALM)
                return True
        return (yield from super().handle_h2_event(event))

    def _flush(self) -> Generator:
        if data := self.h2_conn.data_to_send():
            yield commands.SendData(self.conn, data)
