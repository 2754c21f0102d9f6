"""A relay before storage that keeps every byte that the proxy sends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Relay:
    """Where it listens, and what came."""

    port: int
    sent: bytearray = field(default_factory=bytearray)


@contextmanager
def relaying(to: int) -> Iterator[Relay]:
    """A relay on a free loopback port to port `to`."""
    listener = socket.create_server(("127.0.0.1", 0))
    relay = Relay(listener.getsockname()[1])

    def pump(source: socket.socket, sink: socket.socket, keep: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if keep:
                    relay.sent += data
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", to))
            except OSError:
                client.close()
                continue
            for line in ((client, server, True), (server, client, False)):
                threading.Thread(target=pump, args=line, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield relay
    finally:
        listener.close()
