"""The spool: sanitized batches on disk, synced, waiting for storage.

One SQLite file in WAL mode with synchronous=FULL, so that a commit has reached the disk when it returns
(NORMAL loses commits at power loss: sqlite.org/pragma.html#pragma_synchronous). The sanitizer processes add,
the forwarder in the supervisor takes; each opens the file for itself. A row is a sealed `SanitizedBatch`:
what nobody sanitized, or the disk has damaged, does not unseal, is set aside in `dead` and counted.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from proxy import log
from proxy.privacy.sanitize import BadSeal, SanitizedBatch, seal, unseal

SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    added REAL NOT NULL,
    sealed BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS dead (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    added REAL NOT NULL,
    reason TEXT NOT NULL,
    sealed BLOB NOT NULL
);
"""


class SpoolFull(Exception):
    """The cap is reached: nothing was added, try again later."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch that waits, and its row."""

    id: int
    batch: SanitizedBatch


@dataclass(frozen=True, slots=True)
class Level:
    """How full the spool is: batches that wait, bytes in use, age of the oldest in seconds, dead batches."""

    batches: int
    bytes: int
    seconds: float
    dead: int


class Spool:
    """One process's connection to the spool. Raises OSError or sqlite3.Error when the disk does.

    `cap` is bytes that the file may hold before new batches are refused with 429.
    """

    def __init__(self, folder: Path, key: bytes, cap: int = 2**30) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._key, self._cap = key, cap
        self._db = _open(folder / "spool.db")

    def close(self) -> None:
        """Close the file; the spool can't be used after it."""
        self._db.close()

    def add(self, batches: Iterable[SanitizedBatch]) -> None:
        """Add batches in one commit: when this returns, they are on disk. One that waits already is left.

        Raises SpoolFull.
        """
        if self.bytes() >= self._cap:
            raise SpoolFull
        now = time.time()
        rows = [(key_of(batch), now, seal(batch, self._key)) for batch in batches]
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO batch (key, added, sealed) VALUES (?, ?, ?)", rows)

    def take(self, number: int, after: int = 0) -> list[Waiting]:
        """The oldest batches that wait behind row `after`, at most `number`; they stay until `drop`."""
        # A damaged type byte can make text of a blob, and sqlite3 raises for text that is not UTF-8.
        every = "SELECT id, CAST(sealed AS BLOB) FROM batch WHERE id > ? ORDER BY id LIMIT ?"
        rows = self._db.execute(every, (after, number)).fetchall()
        waiting = []
        for row, sealed in rows:
            try:
                waiting.append(Waiting(row, unseal(sealed, self._key)))
            except BadSeal:
                self.bury(row, "seal")
        return waiting

    def drop(self, rows: Sequence[int]) -> None:
        """Forget batches that storage has."""
        with self._db:
            self._db.executemany("DELETE FROM batch WHERE id = ?", [(row,) for row in rows])

    def bury(self, row: int, reason: str) -> None:
        """Set a batch aside that storage will never take."""
        with self._db:
            self._db.execute(
                "INSERT INTO dead (id, key, added, reason, sealed)"
                " SELECT id, key, added, ?, sealed FROM batch WHERE id = ?",
                (reason, row),
            )
            self._db.execute("DELETE FROM batch WHERE id = ?", (row,))
        log.get("spool").error("batch set aside", reason=reason, row=row)

    def bytes(self) -> int:
        """Bytes of the file that are in use."""
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (free,) = self._db.execute("PRAGMA freelist_count").fetchone()
        (size,) = self._db.execute("PRAGMA page_size").fetchone()
        return int((pages - free) * size)

    def level(self) -> Level:
        """How full it is."""
        count, oldest = self._db.execute("SELECT count(*), min(added) FROM batch").fetchone()
        (dead,) = self._db.execute("SELECT count(*) FROM dead").fetchone()
        return Level(count, self.bytes(), max(0.0, time.time() - oldest) if oldest else 0.0, dead)


def key_of(batch: SanitizedBatch) -> str:
    """What makes a batch the same batch."""
    return f"{batch.recording}/{batch.view}/{batch.seq}"


def _open(path: Path) -> sqlite3.Connection:
    """Open the file; one that is damaged is renamed, never deleted, and a new one begun."""
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked, unwritable, full: not damage
            raise
        aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
        for suffix in ("", "-wal", "-shm"):
            part = Path(f"{path}{suffix}")
            if part.exists():
                part.rename(f"{aside}{suffix}")
        log.get("spool").error("damaged spool set aside", file=aside.name)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    # The forwarder works in threads, one call at a time.
    db = sqlite3.connect(path, timeout=10, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        with closing(db.execute("PRAGMA quick_check(1)")) as check:
            if check.fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
        db.executescript(SCHEMA)
    except BaseException:
        db.close()
        raise
    return db
