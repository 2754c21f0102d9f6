"""Today's rules over what is stored: what they are, is in proxy/privacy/again.py.

One recording after the other, each changed as a whole or not at all; again and again the same result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from proxy import log
from proxy.config import Site
from proxy.privacy.again import Again
from proxy.privacy.urls import mask_url
from proxy.privacy.values import find
from storage import audit, findings, lines, recordings
from storage.batches import count_removals
from storage.recordings import Recording
from storage.rewrite import Archive, Change
from storage.tables import views

LOG = log.get("scrub")
PREFIX = "scrub:"
"""Before the rule, in the receipt: it removed something only after storage."""


@dataclass
class Tally:
    """What became of the recordings so far; `removed`: rule -> how much it removed."""

    looked: int = 0
    changed: int = 0
    failed: list[str] = field(default_factory=list)
    foreign: int = 0
    """Of sites that the configuration does not know."""
    removed: Counter[str] = field(default_factory=Counter)


def scrub(
    archive: Archive, sites: Mapping[str, Site], some: list[Recording], tally: Tally, *, change: bool
) -> Iterator[int]:
    """Run the rules over some recordings; yields how many are done. `change=False` only counts."""
    for number, recording in enumerate(some, 1):
        site = sites.get(recording.site)
        if site is None:
            tally.foreign += 1
        else:
            try:
                counts = _recording(archive, site, recording.id, change=change)
            except Exception as error:  # a fault of ours, or a blob's: the recording stays as it is, and is named
                LOG.error("recording left as it is", recording=recording.id, **log.fault(error))
                tally.failed.append(recording.id)
            else:
                tally.looked += 1
                tally.changed += counts is not None
                tally.removed += counts or Counter()
        yield number


def unusable(sites: Iterable[Site]) -> list[str]:
    """Selectors of the configuration that a browser understands and a stored page cannot be asked for."""
    return [text for site in sites for text in Again(site).selectors.unusable]


def started_since(archive: Archive, site: str | None, since: float) -> list[Recording]:
    """Recordings that began at `since` (seconds since 1970) or later, the newest first."""
    return [each for each in archive.database.read(recordings.newest, site) if each.started >= since]


def _recording(archive: Archive, site: Site, recording: str, *, change: bool) -> Counter[str] | None:
    """What the rules removed from one recording; None when it is as it should be. Raises what goes wrong."""
    rules = Again(site)
    while True:
        changes, counts = [], Counter[str]()
        for batch in archive.batches(recording):
            clean = rules.batch(recording, batch.view, list(lines.split(archive.body(batch))))
            counts += clean.counts
            if clean.events is not None:
                body = lines.pack(map(lines.dump, clean.events))
                changes.append(Change(batch, body, lines.inspect(body)))
        if not rules.once_more():
            break
    addresses = archive.database.read(_addresses, recording, rules.address)
    if not (changes or addresses):
        return None
    counts["url"] += len(addresses)

    def also(connection: Connection) -> None:
        for view, page in addresses.items():
            mine = (views.c.recording == recording) & (views.c.id == view)
            connection.execute(update(views).where(mine).values(page=page))
        count_removals(connection, recording, {PREFIX + rule: count for rule, count in (+counts).items()})
        audit.note_change(connection, "scrub", recording)

    if change:
        archive.replace(recording, changes, also)
    return +counts


def _addresses(connection: Connection, recording: str, address: Callable[[str], str]) -> dict[str, str]:
    rows = connection.execute(select(views.c.id, views.c.page).where(views.c.recording == recording))
    return {row.id: page for row in rows if (page := address(row.page)) != row.page}


def scrub_findings(connection: Connection, site: str | None) -> int:
    """Today's rules over the pages and selectors of the findings; how many changed."""
    changed = 0
    for finding in findings.listed(connection, site):
        page = mask_url(finding.page, page=True) or ""
        selector = "" if find(finding.selector) else finding.selector
        if (page, selector) != (finding.page, finding.selector):
            findings.reword(connection, finding.id, page, selector)
            changed += 1
    return changed
