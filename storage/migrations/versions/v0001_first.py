"""The first tables: recordings, findings, accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False, comment="argon2id"),
        sa.Column(
            "first_password",
            sa.Boolean(),
            nullable=False,
            comment="given by an administrator: must be changed",
        ),
        sa.Column("first_login", sa.Float(), nullable=True, comment="when the first password was used up"),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_since", sa.Float(), nullable=True, comment="when the second factor was proved"),
        sa.Column("totp_counter", sa.BigInteger(), nullable=False, comment="time step of the last code used"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column(
            "account", sa.String(length=254), nullable=False, comment="e-mail of a known account, else empty"
        ),
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_recording"), "audit", ["recording"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("page", sa.String(length=512), nullable=False, comment="path only"),
        sa.Column("selector", sa.String(length=512), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=120), nullable=False, comment="what the site's developers should add"),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint(
            "site", "page", "selector", "kind", "rule", name=op.f("uq_findings_site_page_selector_kind_rule")
        ),
    )
    op.create_table(
        "recordings",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False, comment="as stored, compressed"),
        sa.Column("inflated", sa.BigInteger(), nullable=False, comment="bytes of the events as text"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
    )
    op.create_index(op.f("ix_recordings_site_started"), "recordings", ["site", "started"], unique=False)
    op.create_index(op.f("ix_recordings_started"), "recordings", ["started"], unique=False)
    op.create_table(
        "batches",
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("view", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the body as received"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("inflated", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("blob", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_batches_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "view", "seq", name=op.f("pk_batches")),
    )
    op.create_table(
        "removals",
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=120), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_removals_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "rule", name=op.f("pk_removals")),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie's token"),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False, comment="a code was given in this session"),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("seen", sa.Float(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_sessions_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"], ["findings.id"], name=op.f("fk_sightings_finding"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_sightings_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "finding", name=op.f("pk_sightings")),
    )
    op.create_table(
        "views",
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.String(length=2048), nullable=False, comment="its address, masked; empty if unknown"),
        sa.ForeignKeyConstraint(
            ["recording"], ["recordings.id"], name=op.f("fk_views_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recording", "id", name=op.f("pk_views")),
    )
