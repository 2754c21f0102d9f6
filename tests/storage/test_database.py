"""The database is what the migrations make, keeps what it acknowledges, and says what is wrong with it."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import database, migrate
from storage.database import Database
from storage.fault import StorageFault
from storage.tables import metadata


def test_the_migrations_make_exactly_the_tables(config):
    with database.connect(config) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        migrate.upgrade(connection)


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
async def test_a_commit_is_on_disk(config, pragma, value):
    opened = await Database.open(config)
    ask = opened.read(lambda connection: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar())
    assert await ask == value
    await opened.close()


async def test_a_write_that_raises_leaves_nothing(config):
    opened = await Database.open(config)

    def half(connection):
        connection.exec_driver_sql("INSERT INTO audit (at, action, account, recording, address, detail) "
                                   "VALUES (1, 'x', '', '', '', '')")  # fmt: skip
        raise ValueError

    with pytest.raises(ValueError):
        await opened.write(half)
    assert (
        await opened.read(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM audit").scalar())
        == 0
    )
    await opened.close()


async def test_a_damaged_file_is_a_fault_with_a_remedy(config):
    (database.folder(config) / "storage.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(StorageFault, match="moved aside"):
        await Database.open(config)


def test_a_folder_that_cannot_be_made_is_a_fault(config):
    config.data.write_text("a file in the way")
    with pytest.raises(StorageFault, match="data"):
        database.folder(config)
