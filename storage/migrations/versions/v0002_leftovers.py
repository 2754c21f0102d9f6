"""Blobs that no batch names, written down so that a killed scrub leaves none behind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "leftovers",
        sa.Column(
            "blob",
            sa.String(length=255),
            nullable=False,
            comment="that no batch names: to be deleted (rewrite.py)",
        ),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_leftovers")),
    )
