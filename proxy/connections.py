"""Which upstream connection a request goes over: mitmproxy's HTTP layer with our rules in it.

What mitmproxy 12.2 does otherwise (mitmproxy/proxy/layers/http/__init__.py, HttpLayer):

- It takes the first connection to the same address, one that was logged in for another visitor behind the same
  proxy, too (proxy/logins.py).
- One failed connection fails every later request of the same visitor (`connection.error`).
- Closed connections stay in its table for as long as the visitor stays.
- Requests of an HTTP/2 visitor wait for each other's connections.
"""

from __future__ import annotations

from collections.abc import Callable

from mitmproxy.connection import Connection, ConnectionState, Server
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers.http import GetHttpConnection, GetHttpConnectionCompleted, HttpLayer, HTTPMode

from proxy.http2 import Http2Server
from proxy.routes import Routes
from proxy.signals import Farewell, Wanted
from proxy.stream import HttpStream

type Generator = layer.CommandGenerator[None]

HANDSHAKES = 8
"""Handshakes that may go on at once on a connection that visitors share."""

QUEUE = 4
"""Pieces of 64 KiB that may wait for a stream; then nothing more is read for it."""


class SiteLayer(HttpLayer):
    """mitmproxy's HTTP layer with our streams and our choice of connections. `stale` looks at the socket."""

    streams: dict[int, HttpStream]  # type: ignore[assignment]  # ours alone

    def __init__(
        self, context: Context, routes: Callable[[], Routes], stale: Callable[[Connection], bool]
    ) -> None:
        super().__init__(context, HTTPMode.transparent)
        self._routes = routes
        self.handshakes: dict[Connection, str] = {}
        self._stale = stale

    @property
    def routes(self) -> Routes:
        """Today's, for a new request."""
        return self._routes()

    def make_stream(self, stream_id: int) -> Generator:
        """Called by HttpLayer for each request."""
        self.streams[stream_id] = stream = HttpStream(self.context.fork(), stream_id, self)
        yield from self.event_to_child(stream, events.Start())

    def _handle_event(self, event: events.Event) -> Generator:
        if isinstance(event, Farewell):
            server = self.connections.get(self.context.client)
            if isinstance(server, Http2Server):
                yield from self.event_to_child(server, event)
            elif server:
                server.leaving = True  # type: ignore[attr-defined]  # ours, by http1.install
            return
        if isinstance(event, events.ConnectionEvent) and event.connection not in self.connections:
            return  # closed, and forgotten
        yield from super()._handle_event(event)

    # ---- the choice

    def get_connection(self, event: GetHttpConnection, *, reuse: bool = True) -> Generator:
        """Called by HttpLayer for a stream: a connection kept from before, or a new one."""
        assert isinstance(event, Wanted)
        self._forget()
        kept = None if event.fresh or self.multiplexed else self._kept(event)
        if kept:
            stream = self.command_sources.pop(event)
            yield from self.event_to_child(stream, GetHttpConnectionCompleted(event, (kept, None)))
        else:
            yield from super().get_connection(event, reuse=False)

    def _kept(self, event: Wanted) -> Connection | None:
        mine = [at for at, visitor in self.handshakes.items() if event.logs_in and visitor == event.visitor]
        for connection in [*mine, *(each for each in self.connections if each not in self.handshakes)]:
            if (
                event.connection_spec_matches(connection)
                and connection.connected
                and connection not in self.waiting_for_establishment
                and not self._stale(connection)
            ):
                return connection
        return None

    def _forget(self) -> None:
        """Drop what is closed and nobody asks for any more."""
        needed = {stream.context.server for stream in self.streams.values()}
        for connection in [each for each in self.connections if isinstance(each, Server)]:
            if (
                connection.state is ConnectionState.CLOSED
                and connection not in self.waiting_for_establishment
                and connection not in needed
            ):
                del self.connections[connection]
                self.handshakes.pop(connection, None)

    def hold(self, connection: Connection, visitor: str) -> Generator:
        """A handshake goes on: nobody else's request may use its connection until it is over."""
        self.handshakes.pop(connection, None)
        self.handshakes[connection] = visitor
        if len(self.handshakes) > HANDSHAKES:
            yield from self.end(next(iter(self.handshakes)))

    def end(self, connection: Connection) -> Generator:
        """No request uses this connection again."""
        self.handshakes.pop(connection, None)
        yield commands.CloseConnection(connection)

    def abandon(self) -> None:
        """The visitor has gone: tell of the streams that are left, a pipe, say, or one that waited."""
        for stream in tuple(self.streams.values()):
            assert isinstance(stream, HttpStream)
            stream.exchange.abandoned()
            stream.tell()

    # ---- what the connection asks before it reads on

    @property
    def multiplexed(self) -> bool:
        """Whether the visitor speaks HTTP/2."""
        return self.context.client.alpn == b"h2"

    def crowded(self, source: Connection) -> bool:
        """Whether so much of what `source` has sent waits that nothing more should be read of it."""
        if source is self.context.client:
            if self.multiplexed:  # each request has a window of its own
                return False
            reader = self.connections.get(source)
            waiting = len(getattr(reader, "buf", b""))
            return waiting > QUEUE * 2**16 or any(map(_queues, self.streams.values()))
        return any(stream.context.server is source and _queues(stream) for stream in self.streams.values())

    def congested(self, stream_id: int) -> bool:
        """Whether an HTTP/2 visitor has to make room before more of a response is sent."""
        server = self.connections.get(self.context.client)
        return isinstance(server, Http2Server) and server.congested(stream_id)

    @property
    def late(self) -> set[Connection]:
        """The upstream connections that owe an answer to a request that is whole."""
        return {
            stream.context.server
            for stream in self.streams.values()
            if stream.client_state == stream.state_done
            and stream.server_state == stream.state_wait_for_response_headers
        }

    @property
    def waits(self) -> tuple[str, int]:
        """For what the visitor is waited for (proxy/guard.py)."""
        reader = self.connections.get(self.context.client)
        half = reader is None or bool(getattr(reader, "buf", b""))
        return "busy" if self.streams else "head" if half else "idle", getattr(reader, "stream_id", 0)


def _queues(stream: layer.Layer) -> bool:
    return len(stream._paused_event_queue) >= QUEUE
