"""The odd upstream: it lives in this process, so that one clock serves both ends, and does as a function says."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for /name/argument, its head read; `came` is what has come of its body."""

    connection: socket.socket
    argument: str
    length: int
    came: bytes

    def answer(self, kind: str, length: int, coding: str = "identity") -> None:
        """Send an answer's head."""
        fields = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {length}", "Connection: close"]
        if coding != "identity":
            fields.append(f"Content-Encoding: {coding}")
        self.send("\r\n".join([*fields, "", ""]).encode())

    def send(self, data: bytes) -> None:
        """Send of the body."""
        self.connection.sendall(data)


type Act = Callable[[Asked], None]
"""Answers one request; the connection is closed after it."""


@contextmanager
def scripted(acts: Mapping[str, Act]) -> Iterator[int]:
    """Serve by the name in the path, one thread for each connection; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server, acts), daemon=True).start()
        yield server.getsockname()[1]


def _accept(server: socket.socket, acts: Mapping[str, Act]) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:  # the block is over
            return
        threading.Thread(target=_serve, args=(connection, acts), daemon=True).start()


def _serve(connection: socket.socket, acts: Mapping[str, Act]) -> None:
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        came = b""
        while b"\r\n\r\n" not in came:
            data = connection.recv(PIECE)
            if not data:
                return
            came += data
        head, _, came = came.partition(b"\r\n\r\n")
        _, name, argument = head.split(b" ", 2)[1].decode().split("/")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        acts[name](Asked(connection, argument, int(length[1]) if length else 0, came))
