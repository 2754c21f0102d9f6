"""What is stored, as the dashboard and the command line ask for it. Query functions; times in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, Table, case, distinct, func, select

from storage import words
from storage.blobs import Blobs
from storage.lines import in_order
from storage.tables import batches, findings, recordings, removals, sightings, views

PER_PAGE = 50


@dataclass(frozen=True)
class Recording:
    """One visit. `pages` counts the different addresses, `views` every load; `findings` the different ones."""

    id: str
    site: str
    started: float
    seconds: float
    views: int
    pages: int
    events: int
    findings: int
    removed: int
    bytes: int
    inflated: int


@dataclass(frozen=True)
class View:
    """One load of one page. `missing` batches never arrived though later ones did."""

    id: str
    page: str
    started: float
    seconds: float
    events: int
    missing: int


@dataclass(frozen=True)
class Removal:
    """How many values a rule removed."""

    rule: str
    count: int

    @property
    def is_value(self) -> bool:
        """Whether it counts in the recording's total."""
        return words.is_value(self.rule)


# What is dropped is no value of a visitor's (words.is_value): scripts' nonces, say.
_VALUES = case((removals.c.rule.like("%dropped:%"), 0), else_=removals.c.count)


def _recordings() -> Select[Any]:
    """All recordings with what belongs to them counted, as rows."""

    def belonging(table: Table, what: ColumnElement[Any]) -> ScalarSelect[Any]:
        return (
            select(func.coalesce(what, 0))
            .select_from(table)
            .where(table.c.recording == recordings.c.id)
            .scalar_subquery()
        )

    return select(
        recordings,
        belonging(views, func.count(views.c.id)).label("views"),
        belonging(views, func.count(distinct(views.c.page))).label("pages"),
        belonging(sightings, func.count(sightings.c.finding)).label("findings"),
        belonging(removals, func.sum(_VALUES)).label("removed"),
    )


def _recording(row: Row[Any]) -> Recording:
    return Recording(
        id=row.id,
        site=row.site,
        started=row.started / 1000,
        seconds=(row.ended - row.started) / 1000,
        views=row.views,
        pages=row.pages,
        events=row.events,
        findings=row.findings,
        removed=row.removed,
        bytes=row.bytes,
        inflated=row.inflated,
    )


def newest(
    connection: Connection, site: str | None = None, *, limit: int | None = None, offset: int = 0
) -> list[Recording]:
    """Recordings, the newest first."""
    query = _recordings().order_by(recordings.c.started.desc(), recordings.c.id)
    if site is not None:
        query = query.where(recordings.c.site == site)
    return [_recording(row) for row in connection.execute(query.limit(limit).offset(offset))]


def count(connection: Connection, site: str | None = None) -> int:
    """How many recordings there are."""
    query = select(func.count()).select_from(recordings)
    if site is not None:
        query = query.where(recordings.c.site == site)
    return connection.scalar(query) or 0


def sites(connection: Connection) -> list[str]:
    """Sites that have recordings or findings, by name."""
    names = select(recordings.c.site).union(select(findings.c.site))
    return sorted(connection.scalars(names))


def find(connection: Connection, recording: str) -> Recording | None:
    """One recording."""
    row = connection.execute(_recordings().where(recordings.c.id == recording)).first()
    return _recording(row) if row else None


def timeline(connection: Connection, recording: str) -> list[View]:
    """The views of a recording by their start."""
    rows = connection.execute(
        select(
            views,
            func.sum(batches.c.events).label("events"),
            (func.max(batches.c.seq) + 1 - func.count(batches.c.seq)).label("missing"),
        )
        .join(batches, (batches.c.recording == views.c.recording) & (batches.c.view == views.c.id))
        .where(views.c.recording == recording)
        .group_by(*views.c)
        .order_by(views.c.started, views.c.id)
    )
    return [
        View(row.id, row.page, row.started / 1000, (row.ended - row.started) / 1000, row.events, row.missing)
        for row in rows
    ]


def removed(connection: Connection, recording: str) -> list[Removal]:
    """What was removed from a recording, by rule, the most first."""
    rows = connection.execute(
        select(removals.c.rule, removals.c.count)
        .where(removals.c.recording == recording, removals.c.count > 0)
        .order_by(removals.c.count.desc(), removals.c.rule)
    )
    return [Removal(*row) for row in rows]


def blobs_in_order(connection: Connection, recording: str, view: str | None = None) -> list[str]:
    """The blobs of a recording, or of one view of it: views by start, within one by seq."""
    query = (
        select(batches.c.blob)
        .join(views, (batches.c.recording == views.c.recording) & (batches.c.view == views.c.id))
        .where(batches.c.recording == recording)
        .order_by(views.c.started, views.c.id, batches.c.seq)
    )
    if view is not None:
        query = query.where(batches.c.view == view)
    return list(connection.scalars(query))


def array(blobs: Blobs, names: list[str]) -> Iterator[bytes]:
    """The events of blobs as one JSON array, a piece for each blob; within a blob by timestamp."""
    opening = b"["
    for name in names:
        if lines := in_order(blobs.get(name)):
            yield opening + b",\n".join(lines)
            opening = b",\n"
    yield b"[]" if opening == b"[" else b"]"
