"""Writing a batch and what follows from it into the database. Query functions, for one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, case, insert, select

from storage.database import larger, smaller, upsert
from storage.lines import Body
from storage.received import Finding, Received
from storage.tables import batches, findings, recordings, removals, sightings, views


class Foreign(Exception):
    """The recording belongs to another site."""


def known(connection: Connection, key: Received) -> str | None:
    """The digest of the batch that is stored under this key, None without one."""
    return connection.scalar(
        select(batches.c.digest).where(
            batches.c.recording == key.recording, batches.c.view == key.view, batches.c.seq == key.seq
        )
    )


def add(connection: Connection, batch: Received, body: Body, digest: str, size: int, blob: str) -> None:
    """Store a new batch's row and add it to its recording, view, counts and findings.

    `size` is the body's bytes as received. Raises Foreign, or IntegrityError if the key is taken.
    """
    started, ended = (body.started, body.ended) if body.events else (batch.started, batch.ended)
    totals = {"events": body.events, "bytes": size, "inflated": body.inflated}
    span = {"started": started, "ended": ended}
    upsert(
        connection,
        recordings,
        {"id": batch.recording, "site": batch.site, **span, **totals},
        lambda new: {
            **{name: recordings.c[name] + new[name] for name in totals},
            "started": smaller(recordings.c.started, new.started),
            "ended": larger(recordings.c.ended, new.ended),
        },
    )
    site = connection.scalar(select(recordings.c.site).where(recordings.c.id == batch.recording))
    if site != batch.site:
        raise Foreign
    connection.execute(
        insert(batches).values(
            recording=batch.recording,
            view=batch.view,
            seq=batch.seq,
            digest=digest,
            blob=blob,
            **span,
            **totals,
        )
    )
    upsert(
        connection,
        views,
        {"recording": batch.recording, "id": batch.view, "page": batch.page, **span},
        lambda new: {
            "started": smaller(views.c.started, new.started),
            "ended": larger(views.c.ended, new.ended),
            "page": case((views.c.page == "", new.page), else_=views.c.page),
        },
    )
    count_removals(connection, batch.recording, batch.counts)
    for finding in batch.findings:
        _add_finding(connection, batch, finding, started, ended)


def count_removals(connection: Connection, recording: str, counts: Mapping[str, int]) -> None:
    """Add to the receipt of a recording: rule -> how many values it removed."""
    for rule, count in counts.items():
        upsert(
            connection,
            removals,
            {"recording": recording, "rule": rule, "count": count},
            lambda new: {"count": removals.c.count + new.count},
        )


def _add_finding(connection: Connection, batch: Received, finding: Finding, started: int, ended: int) -> None:
    key = {
        "site": batch.site,
        "page": finding.page[:512],
        "selector": finding.selector[:512],
        "kind": finding.kind,
        "rule": finding.rule,
    }
    upsert(
        connection,
        findings,
        {**key, "mark": finding.mark, "count": finding.count, "first_seen": started, "last_seen": ended},
        lambda new: {
            "mark": new.mark,
            "count": findings.c.count + new.count,
            "first_seen": smaller(findings.c.first_seen, new.first_seen),
            "last_seen": larger(findings.c.last_seen, new.last_seen),
        },
        key=tuple(key),
    )
    number = connection.scalar(select(findings.c.id).filter_by(**key))
    upsert(
        connection,
        sightings,
        {"recording": batch.recording, "finding": number, "count": finding.count},
        lambda new: {"count": sightings.c.count + new.count},
    )
