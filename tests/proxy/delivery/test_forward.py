"""The forwarder puts each batch until storage has it, and nothing is dropped because storage refuses."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

import pytest
from aiohttp import web

from proxy.delivery import forward
from proxy.delivery.forward import Destination, Fate, Forwarder, fate, request, wait_of
from proxy.delivery.spool import Spool
from tests.proxy.delivery.test_spool import KEY, clean


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (201, Fate.ARRIVED),
        (200, Fate.ARRIVED),
        (409, Fate.ARRIVED),
        (401, Fate.PAUSE),
        (403, Fate.PAUSE),
        (408, Fate.RETRY),
        (429, Fate.RETRY),
        (500, Fate.RETRY),
        (503, Fate.RETRY),
        (501, Fate.DEAD),
        (400, Fate.DEAD),
        (413, Fate.DEAD),
        (404, Fate.PAUSE),
        (302, Fate.PAUSE),
    ],
)
def test_what_an_answer_means(status: int, what: Fate) -> None:
    assert fate(status) == what


@dataclass
class Storage:
    """A storage that answers as told, in turn; the last answer goes on."""

    url: str = ""
    region: str = "local"
    statuses: list[int] = field(default_factory=lambda: [201])
    poison: tuple[str, ...] = ()  # ends of paths that get 500, whatever comes
    seen: list[tuple[str, bytes]] = field(default_factory=list)


@asynccontextmanager
async def storing(storage: Storage) -> AsyncIterator[Storage]:
    async def about(_: web.Request) -> web.Response:
        return web.json_response({"version": "1", "region": storage.region})

    async def put(asked: web.Request) -> web.Response:
        assert asked.headers["Authorization"] == "Bearer token"
        if asked.path.endswith(storage.poison):
            return web.Response(status=500)
        storage.seen.append((asked.path, await asked.read()))
        return web.Response(status=storage.statuses.pop(0) if len(storage.statuses) > 1 else storage.statuses[0])

    app = web.Application()
    app.add_routes([web.get("/api/v1/about", about), web.put("/api/v1/recordings/{a}/{b}/{c}", put)])
    runner = web.AppRunner(app, auto_decompress=False)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server
    storage.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    yield storage
    await runner.cleanup()


@asynccontextmanager
async def forwarding(spool: Spool, storage: Storage) -> AsyncIterator[list[Fate]]:
    fates: list[Fate] = []
    to = Destination(storage.url, "token", "local")
    task = asyncio.create_task(Forwarder(spool, to, fates.append).run())
    yield fates
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(true: object) -> None:
    for _ in range(200):
        if true():  # type: ignore[operator]
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "LONGEST_PAUSE", 0.05)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path, KEY)
    made.add([clean(seq) for seq in range(3)])
    return made


async def test_each_batch_arrives_once_with_its_body(spool: Spool) -> None:
    bodies = [item.batch.body for item in spool.take(10)]
    async with storing(Storage()) as storage, forwarding(spool, storage):
        await until(lambda: spool.level().batches == 0)
    assert [path.rpartition("/")[2] for path, _ in storage.seen] == ["0", "1", "2"]
    assert [body for _, body in storage.seen] == bodies


async def test_a_storage_that_refuses_for_a_while_loses_nothing(spool: Spool) -> None:
    async with (
        storing(Storage(statuses=[500, 401, 429, 201])) as storage,
        forwarding(spool, storage) as fates,
    ):
        await until(lambda: spool.level().batches == 0)
    assert fates.count(Fate.ARRIVED) == 3
    assert spool.level().dead == 0


async def test_a_batch_that_storage_never_takes_is_set_aside_and_the_next_goes_on(spool: Spool) -> None:
    async with storing(Storage(statuses=[400, 201])) as storage, forwarding(spool, storage):
        await until(lambda: spool.level().batches == 0)
    assert spool.level().dead == 1
    assert len(storage.seen) == 3


async def test_a_storage_elsewhere_gets_nothing(spool: Spool) -> None:
    async with storing(Storage(region="somewhere")) as storage, forwarding(spool, storage) as fates:
        await until(lambda: fates.count(Fate.PAUSE) >= 3)
    assert storage.seen == []
    assert spool.level().batches == 3


async def test_a_storage_that_is_away_is_waited_for(spool: Spool) -> None:
    async with storing(Storage()) as away:
        pass
    async with forwarding(spool, away):
        await asyncio.sleep(0.3)
    assert spool.level().batches == 3


def test_every_header_is_ascii_and_no_header_can_be_smuggled() -> None:
    _, headers = request(Destination("http://x", "token", "local"), clean(0))
    assert all(value.isascii() and "\n" not in value for value in headers.values())


async def test_batches_that_storage_cannot_take_now_hold_up_no_other(tmp_path: Path) -> None:
    spool = Spool(tmp_path, KEY)
    stuck = forward.ROUND + 2
    spool.add([clean(seq) for seq in range(stuck + 3)])
    storage = Storage(poison=tuple(f"/{seq}" for seq in range(stuck)))
    async with storing(storage), forwarding(spool, storage):
        await until(lambda: spool.level().batches == stuck)
        assert len(storage.seen) == 3
        storage.poison = ("/never",)
        await until(lambda: spool.level().batches == 0)
    assert spool.level().dead == 0


@pytest.mark.parametrize("fault", [sqlite3.OperationalError("database is locked"), RuntimeError("a bug")])
async def test_no_fault_ends_the_forwarder(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    take, faults = spool.take, [fault, fault]

    def failing(*args: int) -> object:
        if faults:
            raise faults.pop()
        return take(*args)

    monkeypatch.setattr(spool, "take", failing)
    async with storing(Storage()) as storage, forwarding(spool, storage):
        await until(lambda: spool.level().batches == 0)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert wait_of("17") == 17
    assert 50 < wait_of(formatdate(time.time() + 60, usegmt=True)) <= 60
    for odd in ("", "soon", "\u00b2", "-1", "Mon, 99 Foo 2026 00:00:00 GMT"):
        assert wait_of(odd) <= 0
