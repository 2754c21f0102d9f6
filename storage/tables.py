"""What the database holds. Recorded values are in the blobs only; here are ids, times, counts and findings.

Times are milliseconds since 1970 as the visitor's browser told them, except in the tables of people
(accounts, sessions, audit), where they are seconds by our own clock.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

recordings = Table(
    "recordings",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("site", String(64), nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False, comment="as stored, compressed"),
    Column("inflated", BigInteger, nullable=False, comment="bytes of the events as text"),
    Index(None, "site", "started"),
    Index(None, "started"),
)

views = Table(
    "views",
    metadata,
    Column("recording", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger, nullable=False),
    Column("page", String(2048), nullable=False, comment="its address, masked; empty if unknown"),
)

batches = Table(
    "batches",
    metadata,
    Column("recording", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("view", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the body as received"),
    Column("bytes", BigInteger, nullable=False),
    Column("inflated", BigInteger, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger, nullable=False),
    Column("blob", String(255), nullable=False),
)

leftovers = Table(
    "leftovers",
    metadata,
    Column("blob", String(255), primary_key=True, comment="that no batch names: to be deleted (rewrite.py)"),
)

removals = Table(
    "removals",
    metadata,
    Column("recording", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", String(120), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site", String(64), nullable=False),
    Column("page", String(512), nullable=False, comment="path only"),
    Column("selector", String(512), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("rule", String(120), nullable=False),
    Column("mark", String(120), nullable=False, comment="what the site's developers should add"),
    Column("count", BigInteger, nullable=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    UniqueConstraint("site", "page", "selector", "kind", "rule"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("recording", ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True),
    Column("finding", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("password", String(255), nullable=False, comment="argon2id"),
    Column("first_password", Boolean, nullable=False, comment="given by an administrator: must be changed"),
    Column("first_login", Float, comment="when the first password was used up"),
    Column("disabled", Boolean, nullable=False),
    Column("created", Float, nullable=False),
    Column("totp_secret", String(64)),
    Column("totp_since", Float, comment="when the second factor was proved"),
    Column("totp_counter", BigInteger, nullable=False, comment="time step of the last code used"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of the cookie's token"),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("second_factor", Boolean, nullable=False, comment="a code was given in this session"),
    Column("created", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("address", String(64), nullable=False),
    Column("agent", String(200), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("action", String(32), nullable=False),
    Column("account", String(254), nullable=False, comment="e-mail of a known account, else empty"),
    Column("recording", String(64), nullable=False, index=True),
    Column("address", String(64), nullable=False),
    Column("detail", String(120), nullable=False),
)
