"""The configured proxy once more, for the self-test alone: on loopback, with its own folder, before no storage.

What the sanitizers hand over stays in the spool of that folder, where the self-test reads it. The operator's data
folder and storage are never touched, and nothing is left when it ends.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from proxy import sanitizers, worker
from proxy.config import Config, Site, Staff, VisitorsListen
from proxy.delivery.spool import Spool
from proxy.demo import localhost
from proxy.ground import CannotStart, listener, prepare
from proxy.orders import Follower
from proxy.privacy.sanitize import SanitizedBatch
from proxy.process import context
from proxy.runtime import Recorder
from proxy.tls import TlsEnds
from proxy.tokens import derived

PATIENCE: Final = 30.0
"""Seconds that its processes may take to begin."""


@dataclass
class Stage:
    """What runs: a loopback port by scheme of the visitor's address, and the spool behind."""

    config: Config
    ports: dict[str, int]
    _spool: Spool = field(repr=False)
    _row: int = 0

    def stored(self) -> list[SanitizedBatch]:
        """What would have been sent to storage since this was last asked."""
        found: list[SanitizedBatch] = []
        while waiting := self._spool.take(100, self._row):
            self._row = waiting[-1].id
            found += [each.batch for each in waiting]
        return found


def private(config: Config, data: Path, listen: VisitorsListen) -> Config:
    """The configuration as it is, but for the place: every page is recorded, as of a visitor who agreed."""
    own = {"listen": listen, "data": data, "workers": 1, "sanitizers": 1, "debug": True}
    return config.model_copy(update=own | {"sites": tuple(_recorded(site) for site in config.sites)})


def _recorded(site: Site) -> Site:
    # A headless browser may be on the list of robots.
    return site.model_copy(
        update={
            "record": site.record.model_copy(update={"sample": 1.0, "mode": "live"}),
            "staff": Staff(),
            "pages": site.pages.model_copy(update={"bots": ()}),
            "consent": site.consent.model_copy(update={"mode": "none"}),
        }
    )


@asynccontextmanager
async def stage(config: Config) -> AsyncIterator[Stage]:
    """Run it until the end of the block. Raises CannotStart, CertificateFault, NotBuilt."""
    Recorder.load()
    made = context()
    with tempfile.TemporaryDirectory(prefix="milchglas-selftest-") as folder:
        data = Path(folder) / "data"
        key = prepare(data)
        listens = {
            "http": VisitorsListen(port=0),
            "https": VisitorsListen(port=0, tls=localhost.certificate(data)),
        }
        configs = {scheme: private(config, data, listen) for scheme, listen in listens.items()}
        TlsEnds(configs["https"])
        sockets = {scheme: listener("127.0.0.1", 0, "listen.port") for scheme in configs}
        judge = data / "sanitizer"
        up = {scheme: data / scheme for scheme in configs}
        children = [Follower(made, "sanitizer", sanitizers.main, configs["http"], 0, key, judge)]
        children += [
            Follower(
                made, f"worker-{scheme}", worker.main, configs[scheme], key, sockets[scheme], [judge], up[scheme]
            )
            for scheme in configs
        ]
        spool = Spool(data / "spool", derived(key, "spool"))
        try:
            for child in children:
                child.start()
            await asyncio.gather(*(_begun(path) for path in (judge, *up.values())))
            ports = {scheme: sock.getsockname()[1] for scheme, sock in sockets.items()}
            yield Stage(configs["http"], ports, spool)
        finally:
            await asyncio.gather(*(child.stop() for child in children))
            spool.close()
            for sock in sockets.values():
                sock.close()


async def _begun(path: Path) -> None:
    """Wait until somebody listens on a Unix socket. Raises CannotStart."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        with suppress(OSError):
            _, writer = await asyncio.open_unix_connection(path)
            writer.close()
            return
        await asyncio.sleep(0.05)
    raise CannotStart("the self-test's own proxy does not begin: its log says why")
