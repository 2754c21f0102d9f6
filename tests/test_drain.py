"""When Milchglas ends, each visitor is told before the connection goes, and what is under way is whole."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from h2.frame_buffer import FrameBuffer
from hyperframe.frame import DataFrame, Frame, GoAwayFrame

from tests.certificates import Pair, certificate
from tests.running import Milchglas, wait_for
from tests.upstream import Reply, Seen, Upstream
from tests.wire import Visitor
from tests.wire2 import Visitor2

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: keep-alive\r\n\r\n"
ASK = b"GET /slow HTTP/1.1\r\nHost: shop.example.com\r\n\r\n"
ALL = 2**31 - 1


def slow(before: bytes, go_on: threading.Event, after: bytes) -> Reply:
    """An upstream that sends one part at once, and the other when it may."""

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(before)
        go_on.wait(20)
        connection.sendall(after)

    return reply


def terminate(milchglas: Milchglas) -> None:
    assert milchglas.process
    milchglas.process.send_signal(signal.SIGTERM)


def test_an_answer_that_begins_while_it_ends_says_that_it_is_the_last(
    upstream: Upstream, milchglas: Milchglas
) -> None:
    go_on = threading.Event()
    upstream.replies["/slow"] = slow(b"", go_on, HEAD + b"1234567890")
    milchglas.start(dashboard=False)
    with Visitor(milchglas.port) as visitor, Visitor(milchglas.port) as idle:
        visitor.send(ASK)
        wait_for(lambda: upstream.seen, 5, "no request")
        terminate(milchglas)
        assert idle.more() == b""
        go_on.set()
        answer = visitor.read()
        assert (answer.body, answer.header("Connection")) == (b"1234567890", "close")
        assert visitor.more() == b""
    assert milchglas.process
    assert milchglas.process.wait(10) == 0


class Frames:
    """What comes over HTTP/2 from now on; the h2 library takes nothing more after a GOAWAY."""

    def __init__(self, visitor: Visitor2) -> None:
        self._socket, self._buffer = visitor.socket, FrameBuffer(server=False)
        self._buffer.max_frame_size = 2**20
        self.seen: list[Frame] = []

    def until(self, true: Callable[[], bool]) -> None:
        """Read until `true()` is, or the end."""
        while not true() and (data := self._socket.recv(65536)):
            self._buffer.add_data(data)
            self.seen += self._buffer

    @property
    def goodbyes(self) -> list[tuple[int, int]]:
        """Last stream and error of each GOAWAY."""
        return [(each.last_stream_id, each.error_code) for each in self.seen if isinstance(each, GoAwayFrame)]

    @property
    def body(self) -> bytes:
        """All data of all streams."""
        return b"".join(each.data for each in self.seen if isinstance(each, DataFrame))


@pytest.fixture
def pair(tmp_path: Path, milchglas: Milchglas) -> Pair:
    """A Milchglas that offers HTTP/2, started."""
    made = certificate(tmp_path, "shop.example.com")
    milchglas.config["listen"] |= {"tls": {"cert": str(made.cert), "key": str(made.key)}, "http2": True}
    milchglas.start(dashboard=False)
    return made


def test_over_http2_streams_end_after_a_goaway_that_takes_no_new_ones(
    upstream: Upstream, milchglas: Milchglas, pair: Pair
) -> None:
    go_on = threading.Event()
    upstream.replies["/slow"] = slow(HEAD + b"12345", go_on, b"67890")
    with Visitor2(milchglas.port, pair) as visitor:
        number = visitor.ask("/slow")
        visitor.until(lambda: visitor.streams[number].body == b"12345")
        frames = Frames(visitor)
        terminate(milchglas)
        frames.until(lambda: bool(frames.goodbyes))
        assert frames.goodbyes == [(ALL, 0)]
        go_on.set()
        frames.until(lambda: False)
        assert frames.body == b"67890"
        assert frames.goodbyes[-1] == (number, 0)
    assert milchglas.process
    assert milchglas.process.wait(10) == 0


def test_an_idle_http2_connection_is_told_which_stream_was_the_last(
    upstream: Upstream, milchglas: Milchglas, pair: Pair
) -> None:
    upstream.page("/", b"ok", type="text/plain")
    with Visitor2(milchglas.port, pair) as visitor:
        visitor.get("/")
        frames = Frames(visitor)
        terminate(milchglas)
        frames.until(lambda: False)
        assert frames.goodbyes == [(ALL, 0), (1, 0)]
