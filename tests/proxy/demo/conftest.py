"""The shop in memory, and a client that takes bytes as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, CookieJar, DummyCookieJar
from aiohttp.test_utils import TestServer

from proxy.demo.shop import make_app


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
        page = await self.text(path)
        sid = page.partition('name="sid" value="')[2].partition('"')[0]
        data = {"sid": sid} | fields
        body = urlencode(data, encoding="windows-1252", errors="xmlcharrefreplace")
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "identity"}
        async with self._session.post(self._server.make_url(path), data=body, headers=kind) as answer:
            return (await answer.read()).decode("windows-1252")


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
