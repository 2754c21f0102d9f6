"""A visitor that speaks raw HTTP/1.1, so that a test sees the very bytes."""

from __future__ import annotations

import socket
from dataclasses import dataclass


@dataclass
class Answer:
    """A response as it came: the head's bytes, and the body with its framing taken off."""

    head: bytes
    body: bytes
    complete: bool

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.head.split(b" ", 2)[1])

    @property
    def lines(self) -> list[str]:
        """The header lines in order."""
        return self.head.decode("latin-1").split("\r\n")[1:]

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        for line in self.lines:
            key, _, value = line.partition(":")
            if key.strip().lower() == name.lower():
                return value.strip()
        return None


class Visitor:
    """One connection."""

    def __init__(self, port: int, seconds: float = 10) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), seconds)
        self._buffer = b""

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def get(self, path: str, *headers: str, method: str = "GET", body: bytes = b"") -> Answer:
        """Send a request for host shop.example.com, and read its answer."""
        fields = ["Host: shop.example.com", *headers]
        if body:
            fields.append(f"Content-Length: {len(body)}")
        self.send(f"{method} {path} HTTP/1.1\r\n{'\r\n'.join(fields)}\r\n\r\n".encode() + body)
        return self.read(bodiless=method == "HEAD")

    def more(self) -> bytes:
        """Whatever arrives next, b"" at the end."""
        if self._buffer:
            data, self._buffer = self._buffer, b""
            return data
        try:
            return self.socket.recv(65536)
        except ConnectionResetError:
            return b""

    def head(self) -> bytes:
        """The next response's head, interim ones (1xx) passed over."""
        while True:
            while b"\r\n\r\n" not in self._buffer:
                data = self.socket.recv(65536)
                if not data:
                    raise ConnectionError("closed before a head came")
                self._buffer += data
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            if not head.startswith((b"HTTP/1.1 100", b"HTTP/1.1 103")):
                return head

    def read(self, *, bodiless: bool = False, head: bytes | None = None) -> Answer:
        """The next response, whole; `head` where it has been taken already."""
        answer = Answer(self.head() if head is None else head, b"", True)
        if bodiless or answer.status in (204, 304) or answer.status < 200:
            return answer
        if "chunked" in (answer.header("Transfer-Encoding") or ""):
            return self._chunked(answer)
        length = answer.header("Content-Length")
        wanted = int(length) if length is not None else None
        while wanted is None or len(self._buffer) < wanted:
            try:
                data = self.socket.recv(65536)
            except ConnectionResetError:
                data = b""
            if not data:
                answer.complete = wanted is None
                break
            self._buffer += data
        cut = len(self._buffer) if wanted is None else wanted
        answer.body, self._buffer = self._buffer[:cut], self._buffer[cut:]
        return answer

    def _chunked(self, answer: Answer) -> Answer:
        while True:
            while b"\r\n" not in self._buffer:
                if not self._fill():
                    answer.complete = False
                    return answer
            line, _, self._buffer = self._buffer.partition(b"\r\n")
            size = int(line, 16)
            while len(self._buffer) < size + 2:
                if not self._fill():
                    answer.complete = False
                    return answer
            answer.body += self._buffer[:size]
            self._buffer = self._buffer[size + 2 :]
            if size == 0:
                return answer

    def _fill(self) -> bool:
        data = self.socket.recv(65536)
        self._buffer += data
        return bool(data)
