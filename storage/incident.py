"""When something got through all the same: where a value stands in what is stored, and how it is taken out.

The value is in the memory of this process only: no message, no log line, no row of the database has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, select, update

from proxy.privacy.traces import Traces
from storage import audit, blobs, lines, recordings
from storage.batches import count_removals
from storage.findings import reword
from storage.recordings import Recording
from storage.rewrite import Archive, Change
from storage.tables import findings, views

RULE = "incident"
"""Under this name the receipt of a recording counts what was taken out."""

UNREADABLE = (*blobs.FAULTS, lines.Malformed)


@dataclass(frozen=True)
class Hit:
    """A recording that holds the value, and at how many places: strings of events, addresses of views."""

    recording: Recording
    places: int


def search(
    archive: Archive, traces: Traces, site: str | None, tick: Callable[[int, int], None], unread: list[str]
) -> Iterator[Hit]:
    """Recordings that hold the value, the newest first.

    `tick` is told how many of how many were looked through; `unread` gets the ids of those that cannot be read.
    """
    listed = archive.database.read(recordings.newest, site)
    for number, recording in enumerate(listed, 1):
        places = archive.database.read(_in_addresses, recording.id, traces)
        try:
            for batch in archive.batches(recording.id):
                places += traces.count(map(orjson.loads, lines.split(archive.body(batch))))
        except UNREADABLE:
            unread.append(recording.id)
        tick(number, len(listed))
        if places:
            yield Hit(recording, places)


def scrub(archive: Archive, traces: Traces, recording: str) -> int:
    """Take the value out of one recording; how many places changed. Raises rewrite.Gone, or a blob's fault.

    What cannot be read is passed over.
    """
    changes, total = [], 0
    for batch in archive.batches(recording):
        try:
            stored = list(lines.split(archive.body(batch)))
        except UNREADABLE:  # `search` has named the recording; the rest of it is cleaned
            continue
        events = [orjson.loads(line) for line in stored]
        if changed := traces.clean(events):
            body = lines.pack(map(_line, stored, events))
            changes.append(Change(batch, body, lines.inspect(body)))
            total += changed

    def also(connection: Connection) -> None:
        nonlocal total
        total += _clean_addresses(connection, recording, traces)
        count_removals(connection, recording, {RULE: total})
        audit.note_change(connection, RULE, recording, f"{total} places")

    archive.replace(recording, changes, also)
    return total


def count_findings(connection: Connection, traces: Traces, site: str | None) -> int:
    """How many findings hold the value in their page's path or their selector."""
    return len(_findings(connection, traces, site))


def clean_findings(connection: Connection, traces: Traces, site: str | None) -> int:
    """Take it out of them; how many changed."""
    found = _findings(connection, traces, site)
    for number, page, selector in found:
        reword(connection, number, traces.cleaned(page), traces.cleaned(selector))
    return len(found)


def _findings(connection: Connection, traces: Traces, site: str | None) -> list[tuple[int, str, str]]:
    query = select(findings.c.id, findings.c.page, findings.c.selector)
    rows = connection.execute(query if site is None else query.where(findings.c.site == site))
    return [(*row,) for row in rows if traces.stand_in(row.page) or traces.stand_in(row.selector)]


def _line(stored: bytes, event: Any) -> bytes:
    """What did not change stays as it came, byte for byte."""
    return stored if orjson.loads(stored) == event else lines.dump(event)


def _in_addresses(connection: Connection, recording: str, traces: Traces) -> int:
    pages = connection.scalars(select(views.c.page).where(views.c.recording == recording))
    return sum(traces.stand_in(page) for page in pages)


def _clean_addresses(connection: Connection, recording: str, traces: Traces) -> int:
    changed = 0
    rows = connection.execute(select(views.c.id, views.c.page).where(views.c.recording == recording)).all()
    for row in rows:
        if (page := traces.cleaned(row.page)) != row.page:
            mine = (views.c.recording == recording) & (views.c.id == row.id)
            connection.execute(update(views).where(mine).values(page=page))
            changed += 1
    return changed
