"""Heads that are right are left alone; the others: tests/proxy/test_http1.py and test_traps.py, on the wire."""

from __future__ import annotations

import pytest
from mitmproxy.http import Headers

from proxy.heads import mended, reduce_options


def test_a_sound_head_is_left_as_it_is() -> None:
    head = [
        b"HTTP/1.1 200 OK",
        b"X-A:1",
        b" folded",
        b"Set-Cookie: a",
        b"Set-Cookie: a",
        b"Content-Length: 3",
    ]
    assert mended(head) == head
    head[-1] = b"transfer-encoding: gzip, Chunked"
    assert mended(head) == head


@pytest.mark.parametrize("said", ["keep-alive", "Close", "keep-alive, Upgrade", None])
def test_options_of_the_connection_alone_are_left_as_they_are(said: str | None) -> None:
    fields = Headers([(b"Connection", said.encode())] if said else [])
    reduce_options(fields)
    assert fields.get("Connection") == said
