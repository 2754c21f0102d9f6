"""Every page of the bundled shop, through the proxy, is upstream's bytes and one contiguous insertion."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import Worker, configured, working
from tests.running import ROOT, answers, free_ports, wait_for
from tests.wire import Answer, Visitor

PATHS = [
    "/",
    "/suche.php?q=Koffer",
    "/artikel.php?nr=1003",
    "/korb.php",
    "/login.php",
    "/kasse1.php",
    "/kasse2.php",
    "/kasse3.php",
    "/danke.php",
    "/grusskarte.php",
    "/impressum.php",
    "/datenschutz.php",
]


@pytest.fixture(scope="module")
def shop() -> Iterator[int]:
    (port,) = free_ports(1)
    code = f"import asyncio; from proxy.demo.shop import serve; asyncio.run(serve('127.0.0.1', {port}))"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    wait_for(lambda: answers(port), 20, "the shop does not start")
    yield port
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def proxied(shop: int) -> Iterator[Worker]:
    with working(configured(f"http://127.0.0.1:{shop}")) as worker:
        yield worker


@pytest.fixture(scope="module")
def cookie(shop: int) -> str:
    """One visit of the shop: its pages hold a token of it."""
    with Visitor(shop) as visitor:
        found = re.match(r"[^;]+", visitor.get("/").header("Set-Cookie") or "")
    assert found
    return f"Cookie: {found[0]}"


def body(answer: Answer) -> bytes:
    assert answer.status == 200
    assert answer.complete
    return gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body


@pytest.mark.parametrize("coding", ["gzip", "identity"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_upstreams_bytes_and_one_insertion(
    shop: int, proxied: Worker, cookie: str, path: str, coding: str
) -> None:
    asked = (cookie, f"Accept-Encoding: {coding}")
    with Visitor(shop) as direct, Visitor(proxied.port) as through:
        sent, got = direct.get(path, *asked), through.get(path, *asked)
    assert got.header("Content-Encoding") == sent.header("Content-Encoding")
    original, page = body(sent), body(got)
    start = page.index(b"<script async")
    end = page.index(b"</script>", start) + len(b"</script>")
    assert page[:start] + page[end:] == original
    assert b"data-milchglas-config=" in page[start:end]


@pytest.mark.parametrize("path", ["/skript.js", "/bilder/uhr.png", "/lager.php?nr=1003", "/nirgends.php"])
def test_what_is_no_page_is_upstreams_to_the_byte(shop: int, proxied: Worker, cookie: str, path: str) -> None:
    with Visitor(shop) as direct, Visitor(proxied.port) as through:
        sent, got = direct.get(path, cookie), through.get(path, cookie)
    changing = ("Date:",)
    assert [line for line in got.lines if not line.startswith(changing)] == [
        line for line in sent.lines if not line.startswith(changing)
    ]
    assert (got.status, got.body) == (sent.status, sent.body)
