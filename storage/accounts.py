"""Who may look at recordings. Query functions, for one transaction; passwords come hashed."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from storage.tables import accounts, sessions


class UnknownAccount(KeyError):
    """No account has this e-mail address."""


class Taken(ValueError):
    """An account has this e-mail address already."""


@dataclass(frozen=True)
class Account:
    """One person. Hidden parts stay out of its repr."""

    id: int
    email: str
    first_password: bool
    disabled: bool
    second_factor: bool


def normalize(email: str) -> str:
    """One way to write an address. Raises ValueError when it is none."""
    plain = unicodedata.normalize("NFKC", email).strip().lower()
    if not re.fullmatch(r"[^@\s\x00-\x1f<>]{1,64}@[^@\s\x00-\x1f<>]{1,189}", plain):
        raise ValueError("this is not an e-mail address")
    return plain


def add(connection: Connection, email: str, password: str, *, first: bool) -> None:
    """Make an account. `first`: its password is good for one login, to change it. Raises Taken."""
    if connection.scalar(select(accounts.c.id).where(accounts.c.email == email)):
        raise Taken(f"{email} has an account already: `milchglas user reset` gives it a new password")
    connection.execute(
        insert(accounts).values(
            email=email,
            password=password,
            first_password=first,
            disabled=False,
            created=time.time(),
            totp_counter=0,
        )
    )


def reset(connection: Connection, email: str, password: str, *, first: bool) -> None:
    """A new password, no second factor any more, all sessions ended, enabled. Raises UnknownAccount."""
    number = _number(connection, email)
    connection.execute(
        update(accounts)
        .where(accounts.c.id == number)
        .values(
            password=password,
            first_password=first,
            first_login=None,
            disabled=False,
            totp_secret=None,
            totp_since=None,
            totp_counter=0,
        )
    )
    connection.execute(delete(sessions).where(sessions.c.account == number))


def disable(connection: Connection, email: str) -> None:
    """No login any more, all sessions ended. Raises UnknownAccount."""
    number = _number(connection, email)
    connection.execute(update(accounts).where(accounts.c.id == number).values(disabled=True))
    connection.execute(delete(sessions).where(sessions.c.account == number))


def change_password(connection: Connection, number: int, password: str, keep_session: str) -> None:
    """The person chose a new one; every other session of theirs ends."""
    connection.execute(
        update(accounts)
        .where(accounts.c.id == number)
        .values(password=password, first_password=False, first_login=None)
    )
    connection.execute(delete(sessions).where(sessions.c.account == number, sessions.c.digest != keep_session))


def kept_password(connection: Connection, email: str) -> tuple[Account, str] | None:
    """An account that may log in, and its hash. A first password that was used up counts as none."""
    row = connection.execute(
        select(accounts).where(
            accounts.c.email == email,
            accounts.c.disabled.is_(False),
            or_(accounts.c.first_password.is_(False), accounts.c.first_login.is_(None)),
        )
    ).first()
    return (account(row), row.password) if row else None


def use_first_password(connection: Connection, number: int) -> bool:
    """Use it up; False when somebody else just did."""
    return (
        connection.execute(
            update(accounts)
            .where(accounts.c.id == number, accounts.c.first_login.is_(None))
            .values(first_login=time.time())
        ).rowcount
        == 1
    )


def account(row: Row[tuple[object, ...]]) -> Account:
    """An account from a row that has the table's columns."""
    return Account(
        id=row.id,
        email=row.email,
        first_password=row.first_password,
        disabled=row.disabled,
        second_factor=row.totp_since is not None,
    )


def _number(connection: Connection, email: str) -> int:
    number: int | None = connection.scalar(select(accounts.c.id).where(accounts.c.email == email))
    if number is None:
        raise UnknownAccount(email)
    return number
