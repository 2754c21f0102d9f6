"""A real storage service: SQLite in a folder, aiohttp on a free port, a browser-like client."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
import zstandard

from proxy.config import Config
from storage import access, app, commands

PASSWORD = "vier alte Fahrräder"
EMAIL = "ada@example.org"
T0 = 1_760_000_000_000


def body_of(events: list[dict[str, Any]]) -> bytes:
    """Events as the proxy sends them."""
    return zstandard.compress(b"\n".join(orjson.dumps(event) for event in events) + b"\n", 3)


def some_events(start: int = T0, count: int = 3) -> list[dict[str, Any]]:
    return [
        {"type": 3, "data": {"source": 1, "positions": []}, "timestamp": start + 100 * n} for n in range(count)
    ]


@dataclass
class Service:
    """The service and one visitor of it."""

    config: Config
    url: str
    http: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {
            "Authorization": f"Bearer {access.token(self.config)}",
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "zstd",
            "Milchglas-Site": "altshop",
        }

    async def put(
        self,
        recording: str = "recording-0000000001",
        view: str = "view-000000000001",
        seq: int | str = 0,
        events: list[dict[str, Any]] | None = None,
        body: bytes | None = None,
        **headers: str | None,
    ) -> int:
        """Send a batch; the status. `Milchglas_Page="..."` sets a header, None takes one away."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in {**self.headers, **named}.items() if value is not None}
        data = body if body is not None else body_of(some_events() if events is None else events)
        url = f"{self.url}/api/v1/recordings/{recording}/{view}/{seq}"
        async with self.http.put(url, data=data, headers=sent) as answer:
            assert answer.content_type == "application/json"
            return answer.status

    async def get(self, path: str, **kwargs: Any) -> tuple[aiohttp.ClientResponse, str]:
        async with self.http.get(self.url + path, **kwargs) as answer:
            return answer, await answer.text()

    async def csrf(self, path: str = "/login") -> str:
        _, text = await self.get(path)
        found = re.search(r'name="csrf" value="([^"]+)"', text)
        assert found, text
        return found[1]

    async def post(self, path: str, page: str | None = None, **fields: str) -> tuple[aiohttp.ClientResponse, str]:
        """Send a form as its page would; redirects are not followed."""
        data = {"csrf": await self.csrf(page or path), **fields}
        async with self.http.post(self.url + path, data=data, allow_redirects=False) as answer:
            return answer, await answer.text()

    async def login(self, email: str = EMAIL, password: str = PASSWORD) -> tuple[aiohttp.ClientResponse, str]:
        return await self.post("/login", email=email, password=password)


@pytest.fixture
def make_config(tmp_path: Path) -> Callable[..., Config]:
    def make(**storage: Any) -> Config:
        return Config.model_validate(
            {
                "version": 1,
                "data": tmp_path / "data",
                "sites": [{"name": "altshop", "hosts": ["*"], "upstream": "http://127.0.0.1:1"}],
                "storage": {
                    "listen": {"port": 0},
                    "require_second_factor": False,
                    "region": "eu-test-1",
                    **storage,
                },
            }
        )

    return make


@pytest.fixture
def config(make_config: Callable[..., Config]) -> Config:
    return make_config()


@pytest.fixture
async def service(config: Config) -> AsyncIterator[Service]:
    """Running, nobody logged in, one account."""
    commands.add_user(config, EMAIL, PASSWORD)
    async with (
        app.serving(config) as port,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        yield Service(config, f"http://127.0.0.1:{port}", http)


@pytest.fixture
async def inside(service: Service) -> Service:
    """Running, and logged in."""
    answer, _ = await service.login()
    assert answer.status == 303
    return service
