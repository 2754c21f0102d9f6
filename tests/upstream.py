"""An upstream in a thread: raw responses, byte for byte, and a record of what reached it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Seen:
    """A request as it reached upstream; listed as soon as its head is there."""

    head: bytes
    body: bytes

    @property
    def target(self) -> str:
        """Method and path."""
        return self.head.split(b" HTTP/")[0].decode()

    def header(self, name: str) -> str | None:
        """A header's value."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip().decode("latin-1")
        return None


Reply = bytes | Callable[[Seen, socket.socket], None]


@dataclass
class Upstream:
    """`replies` by path; what is not in it gets 404. Bytes are sent as they are; a callable has the socket."""

    replies: dict[str, Reply] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    url: str = ""
    accepted: int = 0
    """Connections."""

    def page(self, path: str, body: bytes, *headers: str, type: str = "text/html; charset=utf-8") -> None:
        """A page with exact length."""
        self.replies[path] = response(body, *headers, type=type)


def response(body: bytes, *headers: str, type: str = "text/html", status: str = "200 OK") -> bytes:
    """A whole HTTP/1.1 response."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@contextmanager
def serving() -> Iterator[Upstream]:
    """An upstream on a free loopback port."""
    upstream = Upstream()
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    upstream.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            upstream.accepted += 1
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    def serve(connection: socket.socket) -> None:
        with connection:
            buffer = b""
            while True:
                while b"\r\n\r\n" not in buffer:
                    try:
                        more = connection.recv(65536)
                    except OSError:
                        return
                    if not more:
                        return
                    buffer += more
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                request = Seen(head, b"")
                upstream.seen.append(request)
                length = int(request.header("Content-Length") or 0)
                while len(buffer) < length:
                    buffer += connection.recv(65536)
                request.body, buffer = buffer[:length], buffer[length:]
                if request.header("Transfer-Encoding") == "chunked":
                    request.body, buffer = _dechunked(connection, buffer)
                path = head.split(b" ")[1].decode().partition("?")[0]
                reply = upstream.replies.get(path, response(b"no such page", status="404 Not Found"))
                try:
                    if isinstance(reply, bytes):
                        connection.sendall(reply)
                    else:
                        reply(request, connection)
                except OSError:
                    return

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield upstream
    finally:
        listener.close()


def _dechunked(connection: socket.socket, buffer: bytes) -> tuple[bytes, bytes]:
    """A chunked body without trailers, and what comes after it."""
    body = b""
    while True:
        while b"\r\n" not in buffer:
            buffer += connection.recv(65536)
        size, _, buffer = buffer.partition(b"\r\n")
        while len(buffer) < int(size, 16) + 2:
            buffer += connection.recv(65536)
        body, buffer = body + buffer[: int(size, 16)], buffer[int(size, 16) + 2 :]
        if int(size, 16) == 0:
            return body, buffer


@dataclass
class Scripted:
    """What reached an upstream whose connections follow a script: heads by connection, in order."""

    url: str
    heads: list[tuple[int, bytes]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    closed: list[threading.Event] = field(default_factory=list)
    """By connection: it is closed, by whomever."""

    @property
    def order(self) -> list[tuple[int, str]]:
        """Connection, and method and path, of each request."""
        return [(at, head.split(b" HTTP/")[0].decode()) for at, head in self.heads]


HEAR, CLOSE = "hear", "close"

type Line = bytes | str | threading.Event
"""Of a script: bytes answer the next request, HEAR takes it without an answer, an event is waited for."""


@contextmanager
def scripted(*scripts: Sequence[Line]) -> Iterator[Scripted]:
    """An upstream whose first connection follows the first script, and so on, and then reads on.

    A request's body, where it has a length, is read after its answer.
    """
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    made = Scripted(f"http://127.0.0.1:{listener.getsockname()[1]}")
    made.closed = [threading.Event() for _ in scripts]

    def follow(at: int, connection: socket.socket) -> None:
        with connection:
            buffer = b""
            for line in scripts[at]:
                if isinstance(line, threading.Event):
                    line.wait(10)
                    continue
                if line == CLOSE:
                    break
                while b"\r\n\r\n" not in buffer:
                    if not (more := connection.recv(65536)):
                        made.closed[at].set()
                        return
                    buffer += more
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                made.heads.append((at, head))
                if isinstance(line, str):
                    continue
                connection.sendall(line)
                if length := int(Seen(head, b"").header("Content-Length") or 0):
                    while len(buffer) < length:
                        buffer += connection.recv(65536)
                    made.bodies.append(buffer[:length])
                    buffer = buffer[length:]
            else:
                while connection.recv(65536):
                    pass
        made.closed[at].set()

    def accept() -> None:
        for at in range(len(scripts)):
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=follow, args=(at, connection), daemon=True).start()
        listener.close()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield made
    finally:
        listener.close()
