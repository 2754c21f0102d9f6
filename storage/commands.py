"""What the command line asks of storage. Opens the database itself; the service may run meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from proxy.config import Config
from storage import accounts, audit, blobs, database, passwords
from storage import findings as found
from storage import recordings as stored
from storage.blobs import Blobs
from storage.fault import StorageFault
from storage.findings import Finding


def recordings(config: Config, site: str | None = None) -> Iterator[dict[str, Any]]:
    """Recordings, the newest first: id, site, started (s since 1970), seconds, views, pages, events, findings,
    removed (values), bytes (as stored), inflated (bytes of the events). Raises StorageFault."""
    with database.connect(config) as connection:
        found = stored.newest(connection, site)
    for recording in found:
        yield asdict(recording)


def findings(config: Config, site: str | None = None) -> list[Finding]:
    """Sensitive fields that nobody marked, the worst first. Raises StorageFault."""
    with database.connect(config) as connection:
        return found.listed(connection, site)


def export(config: Config, recording: str) -> Iterator[bytes]:
    """The events of a recording as one JSON array, in pieces. Raises KeyError if it is unknown, StorageFault."""
    with database.connect(config, write=True) as connection:
        if stored.find(connection, recording) is None:
            raise KeyError(recording)
        names = stored.blobs_in_order(connection, recording)
        audit.note(connection, "export", recording=recording, detail="command line")
    return _pieces(Blobs(database.folder(config) / "blobs"), names)


def _pieces(kept: Blobs, names: list[str]) -> Iterator[bytes]:
    try:
        yield from stored.array(kept, names)
    except blobs.FAULTS:
        raise StorageFault("a part of the recording cannot be read: it may be being changed; try again") from None


def add_user(config: Config, email: str, password: str | None = None) -> str | None:
    """Make an account. Returns the first password that was made, good for one login; None if one was given.

    Raises accounts.Taken, passwords.Weak, ValueError for a bad address, StorageFault.
    """
    return _give(config, email, password, accounts.add, "account added")


def reset_user(config: Config, email: str, password: str | None = None) -> str | None:
    """A new password; the second factor is forgotten, all sessions end, a disabled account is enabled.

    Returns and raises as `add_user`, with accounts.UnknownAccount in place of Taken.
    """
    return _give(config, email, password, accounts.reset, "account reset")


def disable_user(config: Config, email: str) -> None:
    """No login any more; all sessions end. Raises accounts.UnknownAccount, StorageFault."""
    plain = accounts.normalize(email)
    with database.connect(config, write=True) as connection:
        accounts.disable(connection, plain)
        audit.note(connection, "account disabled", account=plain, detail="command line")


def _give(config: Config, email: str, password: str | None, change: Any, action: str) -> str | None:
    plain = accounts.normalize(email)
    made = passwords.generate() if password is None else None
    if password is not None:
        passwords.check(password, plain)
    hashed = passwords.digest(made or password or "")
    with database.connect(config, write=True) as connection:
        change(connection, plain, hashed, first=made is not None)
        audit.note(connection, action, account=plain, detail="command line")
    return made
