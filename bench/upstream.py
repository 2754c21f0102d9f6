"""The fast upstream: a process that answers with rendered pages, /2k /34k /500k, in gzip to whoever accepts it.

Each page has several numbers, given in turns: mitmproxy remembers the last body that it decoded, and would measure
its memory otherwise. `python -m bench.upstream PORT`
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from bench.html import SIZES, page

NUMBERS = 4
LEVEL = 6
"""What Apache's mod_deflate takes when it is told nothing."""


@cache
def body(name: str, number: int, *, gzipped: bool) -> bytes:
    """What is sent of a page."""
    text = page(SIZES[name], number)
    return gzip.compress(text, LEVEL, mtime=0) if gzipped else text


def _response(name: str, number: int, *, gzipped: bool) -> bytes:
    sent = body(name, number, gzipped=gzipped)
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Vary: Accept-Encoding", f"Content-Length: {len(sent)}"]
    coding = ["Content-Encoding: gzip"] if gzipped else []
    return "\r\n".join([*head, *coding, "", ""]).encode() + sent


class Connection(asyncio.Protocol):
    """One client, one request after the other."""

    def __init__(self, responses: Mapping[tuple[bytes, bool], Iterator[bytes]]) -> None:
        self._responses = responses
        self._heads = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heads += data
        while b"\r\n\r\n" in self._heads:
            head, _, self._heads = self._heads.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            self._transport.write(next(self._responses[path, b"gzip" in head]))


async def serve(port: int) -> None:
    """Answer until ended."""
    responses = {
        (f"/{name}".encode(), gzipped): itertools.cycle(
            [_response(name, number, gzipped=gzipped) for number in range(NUMBERS)]
        )
        for name in SIZES
        for gzipped in (False, True)
    }
    server = await asyncio.get_running_loop().create_server(lambda: Connection(responses), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
