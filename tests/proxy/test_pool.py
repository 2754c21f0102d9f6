"""A worker and its sanitizers: what one of them does to a batch is that batch's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from proxy import frames, pool
from proxy.frames import MISDIRECTED
from proxy.pool import Line, Pool, Unavailable

type Act = Callable[[dict[str, Any], asyncio.StreamWriter], None]


def answer(head: dict[str, Any], writer: asyncio.StreamWriter, status: int = 202, **facts: Any) -> None:
    writer.write(frames.pack({"id": head["id"], "status": status, "answer": facts}))


@asynccontextmanager
async def sanitizing(path: Path, act: Act) -> AsyncIterator[Path]:
    """A process that does with each batch as told."""
    writers = []

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        try:
            while True:
                head, _ = await frames.read(reader)
                act(head, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass

    path.unlink(missing_ok=True)  # noqa: ASYNC240
    server = await asyncio.start_unix_server(receive, path)
    yield path
    server.close()
    for writer in writers:
        writer.close()


async def test_a_process_that_dies_over_a_batch_refuses_at_once_and_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "0"
    line = Line(path)
    async with sanitizing(path, lambda _, writer: writer.close()), asyncio.timeout(5):
        for _ in range(3):
            with pytest.raises(Unavailable):
                await line.ask("altshop", "", b"{}")
    with pytest.raises(Unavailable):
        await line.ask("altshop", "", b"{}")
    async with sanitizing(path, answer):
        assert (await line.ask("altshop", "", b"{}"))["status"] == 202


async def test_the_end_of_an_old_connection_is_not_the_end_of_the_new_one(tmp_path: Path) -> None:
    line = Line(tmp_path / "0")
    async with sanitizing(tmp_path / "0", answer):
        await line.ask("altshop", "", b"{}")
        assert line._writer
        line._writer.close()  # noticed by its reader only after the next question went out
        assert (await line.ask("altshop", "", b"{}"))["status"] == 202


async def test_a_process_that_hangs_costs_patience_and_its_late_answer_goes_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.1)
    asked: asyncio.Queue[tuple[dict[str, Any], asyncio.StreamWriter]] = asyncio.Queue()
    async with sanitizing(tmp_path / "0", lambda *each: asked.put_nowait(each)):
        line = Line(tmp_path / "0")
        with pytest.raises(Unavailable):
            await line.ask("altshop", "", b"1")
        monkeypatch.setattr(pool, "PATIENCE", 5)
        second = asyncio.create_task(line.ask("altshop", "", b"2"))
        answer(*await asked.get(), status=400)
        answer(*await asked.get(), status=202)
        assert (await second)["status"] == 202


async def test_what_waits_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "MAX_WAITING", 10)
    async with sanitizing(tmp_path / "0", answer):
        asking = Pool([tmp_path / "0"])
        with pytest.raises(Unavailable):
            await asking.ask("altshop", "", "r", b"x" * 11)
        for _ in range(3):  # what was answered waits no more
            assert (await asking.ask("altshop", "", "r", b"x" * 10))[0] == 202


async def test_a_batch_with_a_wrong_hint_goes_where_its_process_says(tmp_path: Path) -> None:
    async with (
        sanitizing(tmp_path / "0", lambda head, writer: answer(head, writer, MISDIRECTED, process=1)),
        sanitizing(tmp_path / "1", lambda head, writer: answer(head, writer, 202, by=1)),
    ):
        asking = Pool([tmp_path / "0", tmp_path / "1"])
        for hint in "abcdef":
            assert await asking.ask("altshop", "", hint, b"{}") == (202, {"by": 1})
