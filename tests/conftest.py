"""Fixtures that start the real thing."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from proxy.config import Config
from proxy.worker import serve
from tests.running import Milchglas
from tests.upstream import Upstream, serving


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in a hook of the same name
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Over several processes: the slow first, so that none works on alone at the end; shared fixtures start once.

    Slow is what says by its mark that it is to stay together, and then the tests of the whole, which stand above
    those of its parts.
    """
    if not hasattr(config, "workerinput"):
        return
    items.sort(key=lambda item: (item.get_closest_marker("xdist_group") is None, len(item.path.parts)))
    for at, item in enumerate(items):
        file = item.nodeid.partition("::")[0]
        if item.get_closest_marker("xdist_group") is not None:
            continue
        if _shares(item):
            item.add_marker(pytest.mark.xdist_group(file))
        elif file.count("/") > 2:  # thousands that take a moment each go out by the handful
            item.add_marker(pytest.mark.xdist_group(f"{file} {at // 8}"))


def _shares(item: pytest.Item) -> bool:
    """Whether it uses a fixture that its module makes once."""
    assert isinstance(item, pytest.Function)
    return any(made[-1].scope == "module" for made in item._fixtureinfo.name2fixturedefs.values())


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """An upstream that answers as the test says."""
    with serving() as made:
        yield made


@pytest.fixture
def milchglas(upstream: Upstream, tmp_path: Path) -> Iterator[Milchglas]:
    """A whole Milchglas before the upstream; the test starts it."""
    made = Milchglas(tmp_path, upstream.url)
    yield made
    made.close()


@dataclass
class Worker:
    """One proxy worker in a thread of the test, with no sanitizer behind it."""

    port: int
    config: Config


@contextmanager
def working(config: Config) -> Iterator[Worker]:
    """A worker that serves until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as proxy/ground.py
    listener.setblocking(False)
    runner = asyncio.Runner()  # as in the process, it ends what is still under way
    loop = runner.get_loop()
    folder = tempfile.TemporaryDirectory(prefix="milchglas-")
    up = Path(folder.name) / "up"
    serving = loop.create_task(serve(config, b"k" * 32, listener, [Path("no-such-socket")], up))

    def run() -> None:
        with runner, suppress(asyncio.CancelledError):
            loop.run_until_complete(serving)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield Worker(listener.getsockname()[1], config)
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join(20)
        listener.close()
        folder.cleanup()


def configured(upstream: str, **more: object) -> Config:
    """A configuration with one site `altshop` before `upstream`; `site` has more of its keys."""
    site = {"name": "altshop", "hosts": ["shop.example.com"], "upstream": upstream}
    own = more.pop("site", {})
    assert isinstance(own, dict)
    return Config.model_validate({"version": 1, "sites": [site | own], **more})


@pytest.fixture
def worker(upstream: Upstream) -> Iterator[Worker]:
    """A worker before the upstream."""
    with working(configured(upstream.url)) as made:
        yield made
