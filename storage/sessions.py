"""Sessions, kept on the server: a random token in the cookie, its SHA-256 in the database. Query functions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from storage.accounts import Account, account
from storage.tables import accounts, sessions

IDLE_SECONDS = 60 * 60.0
ABSOLUTE_SECONDS = 12 * 60 * 60.0
# A session's last use is written down this often at most.
SEEN_SECONDS = 60.0


@dataclass(frozen=True)
class Session:
    """Somebody who gave a good password; `second_factor` says whether a good code, too."""

    digest: str
    account: Account
    second_factor: bool


@dataclass(frozen=True)
class Listed:
    """A session as its owner sees it; times in seconds since 1970."""

    digest: str
    created: float
    seen: float
    address: str
    agent: str


def new_token() -> str:
    """256 bits for a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def csrf(token: str) -> str:
    """The token for the forms of this session; it follows from the cookie and does not give it away."""
    key = hashlib.blake2b(token.encode("utf-8", "surrogateescape"), digest_size=24, person=b"milchglas csrf")
    return base64.urlsafe_b64encode(key.digest()).decode()


def csrf_fits(token: str, given: str) -> bool:
    """Whether a form was made for this session."""
    return hmac.compare_digest(csrf(token).encode(), given.encode("utf-8", "surrogateescape"))


def start(connection: Connection, number: int, *, second_factor: bool, address: str, agent: str) -> str:
    """A new session of an account; its token. Sessions that ran out are swept away on the way."""
    now, token = time.time(), new_token()
    connection.execute(
        delete(sessions).where(
            (sessions.c.seen < now - IDLE_SECONDS) | (sessions.c.created < now - ABSOLUTE_SECONDS)
        )
    )
    connection.execute(
        insert(sessions).values(
            digest=digest(token),
            account=number,
            second_factor=second_factor,
            created=now,
            seen=now,
            address=address[:64],
            agent=agent[:200].replace("\0", ""),
        )
    )
    return token


def find(connection: Connection, token: str) -> tuple[Session, float] | None:
    """The session of a token, and when it was last written down as used; None if it ran out or never was."""
    now = time.time()
    row = connection.execute(
        select(accounts, sessions.c.digest, sessions.c.second_factor, sessions.c.seen)
        .join(accounts, accounts.c.id == sessions.c.account)
        .where(
            sessions.c.digest == digest(token),
            sessions.c.seen >= now - IDLE_SECONDS,
            sessions.c.created >= now - ABSOLUTE_SECONDS,
            accounts.c.disabled.is_(False),
        )
    ).first()
    return (Session(row.digest, account(row), row.second_factor), row.seen) if row else None


def touch(connection: Connection, key: str) -> None:
    """Write down that the session is used now."""
    connection.execute(update(sessions).where(sessions.c.digest == key).values(seen=time.time()))


def end(connection: Connection, key: str, number: int) -> bool:
    """End one session of an account; False if it was none of theirs."""
    return (
        connection.execute(delete(sessions).where(sessions.c.digest == key, sessions.c.account == number)).rowcount
        == 1
    )


def of_account(connection: Connection, number: int) -> list[Listed]:
    """Sessions that are open, the last used first."""
    now = time.time()
    rows = connection.execute(
        select(sessions)
        .where(
            sessions.c.account == number,
            sessions.c.seen >= now - IDLE_SECONDS,
            sessions.c.created >= now - ABSOLUTE_SECONDS,
        )
        .order_by(sessions.c.seen.desc())
    )
    return [Listed(row.digest, row.created, row.seen, row.address, row.agent) for row in rows]
