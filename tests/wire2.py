"""A visitor that speaks HTTP/2 by the h2 library, which refuses whatever RFC 9113 does not allow."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.settings

from tests.certificates import Pair, over_tls

ROOM = 16 * 1024 * 1024
"""Bytes that may come on the whole connection unread; each stream has 64 KiB of its own."""


@dataclass
class Stream:
    """An answer as far as it has come."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    interim: list[int] = field(default_factory=list)
    body: bytes = b""
    ended: bool = False
    reset: int | None = None

    @property
    def done(self) -> bool:
        """Whether nothing more comes."""
        return self.ended or self.reset is not None


class Visitor2:
    """One connection. What comes for a stream is read, and its window opened, unless it is in `slow`."""

    def __init__(self, port: int, pair: Pair) -> None:
        self.socket = over_tls(port, pair, alpn=("h2",)).socket
        assert isinstance(self.socket, ssl.SSLSocket)
        assert self.socket.selected_alpn_protocol() == "h2"
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        self.h2.initiate_connection()
        self.h2.increment_flow_control_window(ROOM)
        self.streams: dict[int, Stream] = {}
        self.slow: set[int] = set()
        self.goodbye: int | None = None
        self.flush()

    def __enter__(self) -> Visitor2:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def flush(self) -> None:
        """Send what the library has to say."""
        self.socket.sendall(self.h2.data_to_send())

    def ask(
        self,
        path: str,
        *fields: tuple[str, str],
        method: str = "GET",
        host: str = "shop.example.com",
        end: bool = True,
        slow: bool = False,
    ) -> int:
        """Begin a request; the number of its stream."""
        number = self.h2.get_next_available_stream_id()
        pseudo = [(":method", method), (":scheme", "https"), (":authority", host), (":path", path)]
        self.streams[number] = Stream()
        if slow:
            self.slow.add(number)
        self.h2.send_headers(number, [*pseudo, *fields], end_stream=end)
        self.flush()
        return number

    def send(self, number: int, data: bytes, *, end: bool = False) -> None:
        """Send some of a request's body, in frames, and wait where a window is full."""
        while data:
            if room := min(self.h2.local_flow_control_window(number), 16384):
                self.h2.send_data(number, data[:room])
                self.flush()
                data = data[room:]
            else:
                self.read()
        if end:
            self.h2.end_stream(number)
            self.flush()

    def get(self, path: str, *fields: tuple[str, str], method: str = "GET", body: bytes = b"") -> Stream:
        """Ask, and wait for the answer."""
        number = self.ask(path, *fields, method=method, end=not body)
        if body:
            self.send(number, body, end=True)
        return self.answer(number)

    def answer(self, number: int) -> Stream:
        """The whole answer of a stream, or what came before it was reset."""
        stream = self.streams[number]
        self.until(lambda: stream.done)
        return stream

    def until(self, true: Callable[[], bool]) -> None:
        """Read until `true()` is. Raises ConnectionError at the end, TimeoutError after 10 s of silence."""
        while not true():
            self.read()

    def read(self) -> None:
        """Read once."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("closed")
        for event in self.h2.receive_data(data):
            self._take(event)
        self.flush()

    def _take(self, event: h2.events.Event) -> None:
        stream = self.streams.get(getattr(event, "stream_id", None) or 0, Stream())
        match event:
            case h2.events.InformationalResponseReceived():
                stream.interim.append(int(dict(event.headers)[":status"]))
            case h2.events.ResponseReceived():
                stream.headers = dict(event.headers)
                stream.status = int(stream.headers.pop(":status"))
            case h2.events.DataReceived():
                stream.body += event.data
                if event.stream_id not in self.slow and event.flow_controlled_length:
                    self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            case h2.events.StreamEnded():
                stream.ended = True
            case h2.events.StreamReset():
                stream.reset = event.error_code
            case h2.events.TrailersReceived():
                raise AssertionError("trailers")
            case h2.events.ConnectionTerminated():
                self.goodbye = event.error_code
