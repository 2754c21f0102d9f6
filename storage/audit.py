"""Who logged in, was refused, logged out, and saw which recording. Written to the database and to the log."""

from __future__ import annotations

import getpass
import os
import time
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from proxy import log
from storage.tables import audit

LOG = log.get("audit")


@dataclass(frozen=True)
class Watched:
    """That somebody saw a recording; `last` in seconds since 1970."""

    account: str
    last: float


@dataclass(frozen=True)
class Change:
    """That a command took something out of a recording; `at` in seconds since 1970."""

    action: str
    detail: str
    at: float


def note(
    connection: Connection,
    action: str,
    *,
    account: str = "",
    recording: str = "",
    address: str = "",
    detail: str = "",
) -> None:
    """Write one line. `account` is a known account's e-mail only: a stranger's text may be a password."""
    facts = {"account": account, "recording": recording, "address": address, "detail": detail}
    connection.execute(insert(audit).values(at=time.time(), action=action, **facts))
    LOG.info(action, **{name: value for name, value in facts.items() if value})


def note_change(connection: Connection, action: str, recording: str, detail: str = "") -> None:
    """Write down that a command changed a recording, and whose. Not in the log: there may be thousands."""
    who = f"{command_line()}: {detail}" if detail else command_line()
    facts = {"account": "", "recording": recording, "address": "", "detail": who[:120]}
    connection.execute(insert(audit).values(at=time.time(), action=action, **facts))


def command_line() -> str:
    """Who acts when no account does: this machine's user."""
    try:
        user = getpass.getuser()[:40]
    except (KeyError, OSError):  # no name in the environment, none in the system's list
        user = str(os.getuid())
    return f"command line, user {user}"


def watched(connection: Connection, recording: str) -> list[Watched]:
    """Who played or exported a recording, the latest first."""
    last = func.max(audit.c.at)
    rows = connection.execute(
        select(audit.c.account, last)
        .where(audit.c.recording == recording, audit.c.action.in_(("view", "export")))
        .group_by(audit.c.account)
        .order_by(last.desc())
    )
    return [Watched(*row) for row in rows]


def changes(connection: Connection, recording: str) -> list[Change]:
    """What commands took out of a recording after it was stored, the latest first."""
    rows = connection.execute(
        select(audit.c.action, audit.c.detail, audit.c.at)
        .where(audit.c.recording == recording, audit.c.action.in_(("incident", "scrub")))
        .order_by(audit.c.at.desc())
    )
    return [Change(*row) for row in rows]


def known_address(connection: Connection, account: str, address: str, since: float) -> bool:
    """Whether this address has logged in to the account since then (seconds since 1970)."""
    return bool(
        connection.scalar(
            select(audit.c.id)
            .where(
                audit.c.account == account,
                audit.c.action == "login",
                audit.c.address == address,
                audit.c.at >= since,
            )
            .limit(1)
        )
    )


def note_look(
    connection: Connection,
    action: str,
    account: str,
    recording: str,
    address: str,
    *,
    unless_within: float = 0.0,
) -> None:
    """Write down that an account saw a recording, unless it says so already within the last seconds."""
    last = connection.scalar(
        select(func.max(audit.c.at)).where(
            audit.c.account == account, audit.c.recording == recording, audit.c.action == action
        )
    )
    if last is None or time.time() - last >= unless_within:
        note(connection, action, account=account, recording=recording, address=address)
