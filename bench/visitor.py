"""A visitor on a raw socket, for whom every byte has its time."""

from __future__ import annotations

import socket
from collections.abc import Iterator

PIECE = 65_536


class Visitor:
    """One connection, one request at a time."""

    def __init__(self, port: int, host: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = host
        self._left = b""

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, path: str, *headers: str, method: str = "GET") -> None:
        """Send a request's head."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", *headers]
        self.write("\r\n".join([*lines, "", ""]).encode())

    def write(self, data: bytes) -> None:
        """Send more, as it is."""
        self._socket.sendall(data)

    def head(self) -> dict[str, str]:
        """The answer's header, names in lower case; the status is under "". Raises ConnectionError."""
        while b"\r\n\r\n" not in self._left:
            self._left += self._more()
        head, _, self._left = self._left.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = (line.partition(":") for line in lines)
        return {"": first.split(" ")[1], **{name.lower(): value.strip() for name, _, value in fields}}

    def body(self, head: dict[str, str]) -> Iterator[bytes]:
        """The answer's body as it arrives, its framing taken off. Raises ConnectionError when it is cut short."""
        if "chunked" not in head.get("transfer-encoding", ""):
            yield from self._take(int(head["content-length"]))
            return
        while size := int(self._line(), 16):
            yield from self._take(size)
            self._line()
        self._line()

    def get(self, path: str, *headers: str) -> tuple[dict[str, str], bytes]:
        """Ask, and take the whole answer."""
        self.send(path, *headers)
        head = self.head()
        return head, b"".join(self.body(head))

    def _take(self, size: int) -> Iterator[bytes]:
        while size:
            self._left = self._left or self._more()
            piece, self._left = self._left[:size], self._left[size:]
            size -= len(piece)
            yield piece

    def _line(self) -> bytes:
        while b"\r\n" not in self._left:
            self._left += self._more()
        line, _, self._left = self._left.partition(b"\r\n")
        return line

    def _more(self) -> bytes:
        data = self._socket.recv(PIECE)
        if not data:
            raise ConnectionError("the answer was cut short")
        return data
