"""Changing what is stored: a recording's blobs are replaced together, and a kill at any point leaves it whole.

1. The names of the new blobs are written down among the leftovers: blobs that no batch names.
2. The new blobs are stored, synced.
3. One commit: the batches name the new blobs, and the old ones are the leftovers.
4. The old blobs are deleted, then forgotten.

Killed before 3, the recording is as it was; after 3, it is as it shall be. `sweep` deletes what was left over.
A batch's digest changes with its body: the old one, beside the new body, would confirm a guess of what was
removed. Sent again by the proxy, the batch is then another body under the same key: 409, and the new one stays.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from proxy.config import Config
from storage import database
from storage.blobs import Blobs
from storage.database import Plain
from storage.fault import StorageFault
from storage.lines import Body
from storage.tables import batches, leftovers, recordings, views


@dataclass(frozen=True)
class Stored:
    """A batch's row: where its body is."""

    view: str
    seq: int
    blob: str


@dataclass(frozen=True)
class Change:
    """A batch's new body, and what it holds."""

    old: Stored
    body: bytes
    facts: Body


class Gone(Exception):
    """The recording was changed or erased meanwhile; nothing of the change was done."""


class Archive:
    """The recordings, for whoever may change them: one command at a time."""

    def __init__(self, plain: Plain, blobs: Blobs) -> None:
        self.database = plain
        self._blobs = blobs

    def batches(self, recording: str) -> list[Stored]:
        """The batches of a recording: views by start, within one by seq."""
        return self.database.read(_batches, recording)

    def body(self, batch: Stored) -> bytes:
        """What is stored of a batch. Raises one of blobs.FAULTS."""
        return self._blobs.get(batch.blob)

    def replace(
        self, recording: str, changes: Sequence[Change], also: Callable[[Connection], None] = lambda _: None
    ) -> None:
        """Put new bodies in the place of old ones, and do `also` in the same commit.

        Raises Gone, or one of blobs.FAULTS.
        """
        digests = [hashlib.sha256(change.body).hexdigest() for change in changes]
        names = [
            f"{recording}/{change.old.view}-{change.old.seq}-{digest[:16]}.zst"
            for change, digest in zip(changes, digests, strict=True)
        ]
        olds = [change.old.blob for change in changes]
        fresh = [name for name, old in zip(names, olds, strict=True) if name != old]
        self.database.write(_leave, fresh)
        for name, change in zip(names, changes, strict=True):
            self._blobs.write(name, change.body)

        def commit(connection: Connection) -> None:
            for change, name, digest in zip(changes, names, digests, strict=True):
                _rename(connection, recording, change, name, digest)
            _forget(connection, names)
            _leave(connection, [old for old in olds if old not in names])
            also(connection)

        self.database.write(commit)
        self.sweep()

    def sweep(self) -> None:
        """Delete the blobs that no batch names, and forget them. For the holder of the lock only."""
        while names := self.database.read(_left):
            for name in names:
                self._blobs.delete(name)
            self.database.write(_forget, names)


@contextmanager
def archive(config: Config) -> Iterator[Archive]:
    """The archive while the block runs, swept of what a killed command left over.

    Raises StorageFault, also when another command holds it.
    """
    with (database.folder(config) / "rewrite.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageFault("another `milchglas scrub` or `incident` is at work: wait for its end") from None
        with database.opened(config) as plain:
            kept = Archive(plain, Blobs(database.folder(config) / "blobs"))
            kept.sweep()
            yield kept
            kept.sweep()
            plain.flush()


def _batches(connection: Connection, recording: str) -> list[Stored]:
    rows = connection.execute(
        select(batches.c.view, batches.c.seq, batches.c.blob)
        .join(views, (batches.c.recording == views.c.recording) & (batches.c.view == views.c.id))
        .where(batches.c.recording == recording)
        .order_by(views.c.started, views.c.id, batches.c.seq)
    )
    return [Stored(*row) for row in rows]


def _rename(connection: Connection, recording: str, change: Change, name: str, digest: str) -> None:
    """The batch's row and the sums of its recording. Raises Gone when the row names another blob by now."""
    mine = (
        (batches.c.recording == recording)
        & (batches.c.view == change.old.view)
        & (batches.c.seq == change.old.seq)
        & (batches.c.blob == change.old.blob)
    )
    before = connection.execute(select(batches.c.events, batches.c.bytes, batches.c.inflated).where(mine)).first()
    if before is None:
        raise Gone
    now = {"events": change.facts.events, "bytes": len(change.body), "inflated": change.facts.inflated}
    connection.execute(update(batches).where(mine).values(blob=name, digest=digest, **now))
    grown = {key: recordings.c[key] + now[key] - getattr(before, key) for key in now}
    connection.execute(update(recordings).where(recordings.c.id == recording).values(grown))


def _leave(connection: Connection, names: Sequence[str]) -> None:
    known = set(connection.scalars(select(leftovers.c.blob).where(leftovers.c.blob.in_(names))))
    if rows := [{"blob": name} for name in names if name not in known]:
        connection.execute(insert(leftovers), rows)


def _forget(connection: Connection, names: Sequence[str]) -> None:
    connection.execute(delete(leftovers).where(leftovers.c.blob.in_(names)))


def _left(connection: Connection) -> list[str]:
    named = select(batches.c.blob).where(batches.c.blob == leftovers.c.blob).exists()
    return list(connection.scalars(select(leftovers.c.blob).where(~named).limit(500)))
