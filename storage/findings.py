"""Sensitive fields that nobody marked, for the people who can add the mark. Query functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from storage.tables import findings, sightings


@dataclass(frozen=True)
class Finding:
    """One field on one page; times in seconds since 1970."""

    id: int
    site: str
    page: str
    selector: str
    kind: str
    rule: str
    mark: str
    count: int
    first_seen: float
    last_seen: float


def latest(connection: Connection, site: str | None = None, limit: int = 1000) -> list[Finding]:
    """Findings, the last seen first."""
    query = select(findings).order_by(findings.c.last_seen.desc(), findings.c.id).limit(limit)
    if site is not None:
        query = query.where(findings.c.site == site)
    return [_finding(row) for row in connection.execute(query).mappings()]


def of_recording(connection: Connection, recording: str) -> list[Finding]:
    """Findings of one recording, counted in that recording only; the most frequent first."""
    query = (
        select(findings, sightings.c.count.label("here"))
        .join(sightings, sightings.c.finding == findings.c.id)
        .where(sightings.c.recording == recording)
        .order_by(sightings.c.count.desc(), findings.c.id)
    )
    rows = connection.execute(query).mappings()
    return [_finding({**row, "count": row["here"]}) for row in rows]


def _finding(row: Mapping[Any, Any]) -> Finding:
    return Finding(
        id=row["id"],
        site=row["site"],
        page=row["page"],
        selector=row["selector"],
        kind=row["kind"],
        rule=row["rule"],
        mark=row["mark"],
        count=row["count"],
        first_seen=row["first_seen"] / 1000,
        last_seen=row["last_seen"] / 1000,
    )
