"""Sockets and folders are as visitors need them."""

from __future__ import annotations

import socket

from proxy.ground import listener


def test_what_is_accepted_sends_at_once() -> None:
    with listener("127.0.0.1", 0, "listen.port") as made:
        with socket.create_connection(made.getsockname()):
            made.setblocking(True)
            accepted, _ = made.accept()
        with accepted:
            # asyncio would not set it: see listener.
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
