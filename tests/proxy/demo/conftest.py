"""The shop in memory and as a process, and a client that takes bytes as they come."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, CookieJar, DummyCookieJar
from aiohttp.test_utils import TestServer

from proxy.demo.shop import make_app
from tests.running import ROOT, answers, free_ports, wait_for


class Visitor:
    """A browser without script: keeps cookies, does not decode."""

    def __init__(self, server: TestServer, session: ClientSession) -> None:
        self._server, self._session = server, session

    async def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, lower-case headers and raw body."""
        headers = {"Accept-Encoding": "identity"} | {name.replace("_", "-"): v for name, v in headers.items()}
        async with self._session.get(self._server.make_url(path), headers=headers) as answer:
            return answer.status, {name.lower(): v for name, v in answer.headers.items()}, await answer.read()

    async def text(self, path: str) -> str:
        """A page as a browser reads it."""
        return (await self.get(path))[2].decode("windows-1252")

    async def send(self, path: str, **fields: str) -> str:
        """Fill in the form of a page and send it; the page that follows."""
        data = {"sid": await self.sid(path)} | fields
        body = urlencode(data, encoding="windows-1252", errors="xmlcharrefreplace")
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "identity"}
        async with self._session.post(self._server.make_url(path), data=body, headers=kind) as answer:
            return (await answer.read()).decode("windows-1252")

    async def sid(self, path: str) -> str:
        """The token in a page's form."""
        return (await self.text(path)).partition('name="sid" value="')[2].partition('"')[0]

    async def post(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        """Status and text of what follows a body as it stands."""
        headers = {"Content-Type": kind, "Accept-Encoding": "identity"}
        async with self._session.post(self._server.make_url(path), data=body, headers=headers) as answer:
            return answer.status, (await answer.read()).decode("windows-1252")


BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(fields: dict[str, str], file: tuple[str, bytes] | None = None) -> bytes:
    """A form with a photo, as a browser sends it from a page in the shop's charset."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode("windows-1252")
        for name, value in fields.items()
    ]
    if file:
        disposition = f'form-data; name="foto"; filename="{file[0]}"'.encode("windows-1252")
        head = b"Content-Disposition: %b\r\nContent-Type: image/png\r\n\r\n" % disposition
        parts.append(f"--{BOUNDARY}\r\n".encode() + head + file[1] + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


@contextmanager
def running_shop() -> Iterator[int]:
    """The shop in a process of its own; its port."""
    (port,) = free_ports(1)
    code = f"import asyncio; from proxy.demo.shop import serve; asyncio.run(serve('127.0.0.1', {port}))"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        wait_for(lambda: answers(port), 20, "the shop does not start")
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    server = TestServer(make_app())
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def visitor(server: TestServer) -> AsyncIterator[Visitor]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True), auto_decompress=False) as session:
        yield Visitor(server, session)


@pytest.fixture
async def stranger(server: TestServer) -> AsyncIterator[Visitor]:
    async with ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False) as session:
        yield Visitor(server, session)
