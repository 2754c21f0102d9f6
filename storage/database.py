"""The database: opened, brought up to date, and asked through synchronous query functions.

A query is a function `(connection, ...) -> result`. The service runs it on the event loop by `read` and
`write`; the command line runs the same function on a plain connection by `connect`.
An acknowledged batch rests on a commit here, so SQLite runs with WAL and synchronous=FULL (delivery.md R16).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Concatenate

from sqlalchemy import ColumnElement, Connection, Engine, Table, case, create_engine, event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from proxy.config import Config
from storage import migrate
from storage.fault import StorageFault

BUSY_MS = 10_000


def folder(config: Config) -> Path:
    """Where the storage service keeps everything: `<data>/storage`, made if missing, for its user only."""
    path = config.data / "storage"
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageFault(
            f"cannot make the data folder {path}: {error.strerror}. "
            "Set `data` to a folder that this user may write"
        ) from None
    return path


class Database:
    """The async side, for the service."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = engine
        self._writing = engine.execution_options(milchglas_write=True)

    @classmethod
    async def open(cls, config: Config) -> Database:
        """Connect and bring the tables up to date. Raises StorageFault."""
        path = folder(config) / "storage.db"
        engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
        _prepare(engine.sync_engine)
        database = cls(engine)
        try:
            await database.write(migrate.upgrade)
        except exc.DatabaseError as error:
            await engine.dispose()
            raise _unusable(path, error) from None
        return database

    async def read[**P, R](
        self, query: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The answer of a query that changes nothing."""
        async with self._reading.connect() as connection:
            return await connection.run_sync(query, *args, **kwargs)

    async def write[**P, R](
        self, query: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a query in one transaction; on disk when this returns, undone when it raises."""
        async with self._writing.begin() as connection:
            return await connection.run_sync(query, *args, **kwargs)

    async def close(self) -> None:
        await self._reading.dispose()


class Plain:
    """The same in turn, for the command line; the service may run meanwhile."""

    def __init__(self, engine: Engine) -> None:
        self._reading = engine
        self._writing = engine.execution_options(milchglas_write=True)

    def read[**P, R](self, query: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `Database.read`."""
        with self._reading.begin() as connection:
            return query(connection, *args, **kwargs)

    def write[**P, R](
        self, query: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """As `Database.write`."""
        with self._writing.begin() as connection:
            return query(connection, *args, **kwargs)

    def flush(self) -> None:
        """Empty SQLite's log, which still has what was overwritten; whoever reads just now may keep it a while."""
        if self._reading.dialect.name == "sqlite":
            with closing(self._reading.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def connect(self, *, write: bool = False) -> AbstractContextManager[Connection]:
        """A connection in one transaction."""
        return (self._writing if write else self._reading).begin()


@contextmanager
def opened(config: Config) -> Iterator[Plain]:
    """The database while the block runs, brought up to date. Raises StorageFault."""
    path = folder(config) / "storage.db"
    engine = create_engine(f"sqlite:///{path}")
    _prepare(engine)
    plain = Plain(engine)
    try:
        try:
            plain.write(migrate.upgrade)
        except exc.DatabaseError as error:
            raise _unusable(path, error) from None
        yield plain
    finally:
        engine.dispose()


@contextmanager
def connect(config: Config, *, write: bool = False) -> Iterator[Connection]:
    """A plain connection in one transaction. Raises StorageFault."""
    with opened(config) as plain, plain.connect(write=write) as connection:
        yield connection


def upsert(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    merge: Callable[[Any], Mapping[str, ColumnElement[Any]]],
    key: Sequence[str] | None = None,
) -> None:
    """Insert a row; where its key (by default the primary key) is there already, set `merge(new row)`."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
    statement = insert(table).values(**row)
    names = list(key or [column.name for column in table.primary_key])
    connection.execute(statement.on_conflict_do_update(index_elements=names, set_=dict(merge(statement.excluded))))


def smaller(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    """The smaller of two; SQLite would say min, PostgreSQL least."""
    return case((one < other, one), else_=other)


def larger(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    """The larger of two."""
    return case((one > other, one), else_=other)


def _prepare(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        # The driver would begin by itself, and only before a change: two reads would not be one picture.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what was deleted or changed is overwritten in the file
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its turn at once; one that began as a reader could be refused half way (SQLITE_BUSY).
        immediate = connection.get_execution_options().get("milchglas_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _unusable(path: Path, error: exc.DatabaseError) -> StorageFault:
    return StorageFault(
        f"cannot open the database {path}: {error.orig}. The folder must be writable for this user and on a "
        "local disk; a damaged file can be moved aside or replaced from a backup"
    )
