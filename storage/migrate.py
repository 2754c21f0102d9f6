"""Brings the database's tables up to date; the steps are in migrations/versions."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as Alembic
from sqlalchemy import Connection

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(connection: Connection) -> None:
    """Apply every step that is missing, inside the transaction of `connection`."""
    alembic = Alembic()
    alembic.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, "head")
