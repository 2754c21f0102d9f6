"""In which order processes are told of a new configuration."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ruamel.yaml import YAML

from proxy.config import Config
from proxy.load import load
from proxy.orders import CannotFollow, Order, Prepare
from proxy.reload import Reloader


class Told:
    """A process that notes what it is told, lets others run meanwhile, and refuses if it is to."""

    def __init__(self, name: str, notes: list[str], *, refuses: bool = False) -> None:
        self.name, self._notes, self._refuses = name, notes, refuses

    async def order(self, order: Order) -> None:
        await asyncio.sleep(0)
        prepares = isinstance(order, Prepare)
        self._notes.append(f"{self.name} {'prepares' if prepares else 'drops'}")
        if prepares and self._refuses:
            raise CannotFollow(f"{self.name}: cannot")

    async def take(self, _: Config) -> None:
        for _number in range(5):
            await asyncio.sleep(0)
        self._notes.append(f"{self.name} takes")


async def told(tmp_path: Path, *, refuses: str = "") -> tuple[list[str], bool]:
    """What the processes were told of a reload, and whether it is done."""
    file, notes = tmp_path / "milchglas.yaml", list[str]()
    site = {"name": "altshop", "hosts": ["*"], "upstream": "http://127.0.0.1:1"}
    with file.open("w") as text:
        YAML().dump({"version": 1, "sites": [site]}, text)
    judges, servers = (
        [Told(f"{kind}-{index}", notes, refuses=refuses == f"{kind}-{index}") for index in range(2)]
        for kind in ("sanitizer", "worker")
    )

    async def forward(_: object) -> None:
        raise AssertionError("storage is embedded")

    config = load(file)
    config.data.mkdir()
    # What it needs of a process is these two methods.
    of_two = judges, servers, forward, lambda _: None, lambda: None
    reloader = Reloader(file, config, *of_two)  # type: ignore[arg-type]
    return notes, (await reloader()).done


async def test_all_prepare_then_all_sanitizers_take_and_only_then_the_workers(tmp_path: Path) -> None:
    notes, done = await told(tmp_path)
    assert done
    assert {note.split()[1] for note in notes[:4]} == {"prepares"}
    assert sorted(notes[4:6]) == ["sanitizer-0 takes", "sanitizer-1 takes"]
    assert sorted(notes[6:]) == ["worker-0 takes", "worker-1 takes"]


async def test_where_one_refuses_none_takes_and_all_drop_it(tmp_path: Path) -> None:
    notes, done = await told(tmp_path, refuses="worker-1")
    assert not done
    assert not any("takes" in note for note in notes)
    assert sum("drops" in note for note in notes) == 4
