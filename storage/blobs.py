"""Where the events are: one blob a batch, as it came (zstd of one event a line).

obstore's LocalStore writes a file beside the target and renames it, but syncs neither the file nor its folder
(seen with strace on obstore 0.12; object_store leaves it off by default: arrow-rs-object-store #643, and
obstore has no switch for it). "201" means stored *and synced*, so that is done here.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore

from storage.fault import StorageFault

FAULTS = (BaseError, OSError)


class Blobs:
    """The blobs in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store = LocalStore(root)
        except FAULTS as error:
            raise StorageFault(f"cannot use the folder {root}: {type(error).__name__}. Is it writable?") from None
        self._root = root.resolve()

    async def put(self, name: str, body: bytes) -> None:
        """`write`, off the event loop."""
        await asyncio.to_thread(self.write, name, body)

    def write(self, name: str, body: bytes) -> None:
        """Store `body`; on disk, with its folder entries, when this returns. Raises one of FAULTS."""
        obstore.put(self._store, name, body)
        self._sync(name)

    def get(self, name: str) -> bytes:
        """The body stored under `name`. Raises one of FAULTS."""
        return bytes(obstore.get(self._store, name).bytes())

    def delete(self, name: str) -> None:
        """Forget `name`, there or not; gone from its folder on disk when this returns. Raises one of FAULTS."""
        with suppress(NotFoundError, FileNotFoundError):  # LocalStore raises the second
            obstore.delete(self._store, name)
            _sync((self._root / name).parent)

    def _sync(self, name: str) -> None:
        path = self._root / name
        _sync(path)
        for folder in path.parents:
            _sync(folder)
            if folder == self._root:
                break


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
