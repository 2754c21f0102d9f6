"""Sensitive fields that nobody marked, for the people who can add the mark. Query functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from proxy.privacy.kinds import CLASS_OF, SECRET
from storage import mend
from storage.tables import findings, sightings

SECRET_KINDS: Final = sorted(kind for kind, cls in CLASS_OF.items() if cls == SECRET)

ORDERS: Final[Mapping[str, tuple[ColumnElement[Any], ...]]] = {
    "worst": (case((findings.c.kind.in_(SECRET_KINDS), 0), else_=1), findings.c.last_seen.desc()),
    "count": (findings.c.count.desc(),),
    "last": (findings.c.last_seen.desc(),),
    "first": (findings.c.first_seen.desc(),),
    "page": (findings.c.site, findings.c.page, findings.c.selector),
}
"""How findings can be sorted; the first is the default: what should be mended first."""


FACTS: Final = (
    "site", "page", "selector", "kind", "rule", "count", "first_seen", "last_seen", "mark", "html", "yaml"
)  # fmt: skip
"""What exports and scripts read of a finding, in this order."""


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

    @property
    def html(self) -> str:
        """The field with the mark in it, as far as its selector tells what it looks like."""
        return mend.html(self.selector, self.mark)

    @property
    def yaml(self) -> str:
        """The line of the configuration that does the same for a site that nobody can change."""
        return mend.yaml(self.selector)

    @property
    def facts(self) -> dict[str, Any]:
        """All of it, as exports and scripts read it."""
        times = {"first_seen": _iso(self.first_seen), "last_seen": _iso(self.last_seen)}
        return {name: getattr(self, name) for name in FACTS} | times


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def listed(
    connection: Connection, site: str | None = None, order: str = "worst", limit: int | None = None
) -> list[Finding]:
    """Findings in one of ORDERS."""
    query = select(findings).order_by(*ORDERS[order], findings.c.id).limit(limit)
    if site is not None:
        query = query.where(findings.c.site == site)
    return [_finding(row) for row in connection.execute(query).mappings()]


def count(connection: Connection, site: str | None = None) -> int:
    """How many there are."""
    query = select(func.count()).select_from(findings)
    return connection.scalar(query if site is None else query.where(findings.c.site == site)) or 0


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


def reword(connection: Connection, finding: int, page: str, selector: str) -> None:
    """Say less of a finding; one that is then the same as another goes."""
    mine = findings.c.id == finding
    try:
        with connection.begin_nested():
            connection.execute(update(findings).where(mine).values(page=page, selector=selector))
    except IntegrityError:
        connection.execute(delete(findings).where(mine))


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
