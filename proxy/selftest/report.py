"""What the self-test says, to people and to programs. The canaries themselves are in neither. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import click

from proxy.selftest.judge import Line, Outcome

_COLOURS: Final = {Outcome.LEAKED: "red", Outcome.LOST: "yellow", Outcome.UNTESTED: "yellow"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the report; `reason`: why it could not be tested."""

    url: str
    site: str
    forms: str
    fields: tuple[Line, ...] = ()
    reason: str = ""
    blocked: int = 0
    foreign: int = 0

    @property
    def leaks(self) -> int:
        """Values that got through."""
        return sum(line.outcome is Outcome.LEAKED for line in self.fields)


def is_right(pages: Sequence[Page]) -> bool:
    """Whether every page was tested and nothing got through."""
    return bool(pages) and not any(page.leaks or page.reason for page in pages)


def as_json(pages: Sequence[Page]) -> dict[str, Any]:
    """For programs."""
    return {"ok": is_right(pages), "pages": [_page(page) for page in pages]}


def _page(page: Page) -> dict[str, Any]:
    fields = [
        {
            "frame": line.frame,
            "selector": line.selector,
            "kind": line.kind,
            "class": line.cls,
            "must": "may stay" if line.stays else "go",
            "verdict": line.outcome.value.lower(),
            "where": line.where,
            "note": line.note,
        }
        for line in page.fields
    ]
    return asdict(page) | {"tested": not page.reason, "fields": fields}


def as_text(pages: Sequence[Page]) -> Iterator[str]:
    """For people: a line for each field, what else is to be known of each page, and the sum."""
    rows = [(page, line, _cells(page, line)) for page in pages for line in page.fields]
    widths = [max((len(cells[at]) for _, _, cells in rows), default=0) for at in range(4)]
    for page in pages:
        for _, line, cells in (row for row in rows if row[0] is page):
            start = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            verdict = click.style(
                line.outcome.value, fg=_COLOURS.get(line.outcome), bold=line.outcome is Outcome.LEAKED
            )
            more = "; ".join(each for each in (line.where, line.note) if each)
            yield f"{start}  {verdict}{f' ({more})' if more else ''}"
        yield from _remarks(page)
    yield _sum(pages)


def _cells(page: Page, line: Line) -> tuple[str, str, str, str]:
    where = f"{line.frame} > {line.selector}" if line.frame else line.selector
    return (
        _short(page.url),
        where,
        f"{line.kind} ({line.cls})",
        f"forms: {page.forms}, {'may stay' if line.stays else 'must go'}",
    )


def _remarks(page: Page) -> Iterator[str]:
    if page.reason:
        yield f"{_short(page.url)}  {click.style('NOT TESTED', fg='red', bold=True)}: {page.reason}"
    elif not page.fields:
        yield f"{_short(page.url)}  no fields"
    if page.blocked:
        yield f"{_short(page.url)}  {page.blocked} requests blocked that would have changed something or led away"
    if page.foreign:
        yield f"{_short(page.url)}  {page.foreign} frames of other servers: not recorded, not looked into"


def _short(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _sum(pages: Sequence[Page]) -> str:
    counts = Counter(line.outcome for page in pages for line in page.fields)
    told = ", ".join(f"{counts[each]} {each.value}" for each in Outcome if counts[each]) or "no fields"
    untested = sum(bool(page.reason) for page in pages)
    return f"{len(pages)} pages{f', {untested} of them not tested' if untested else ''}; fields: {told}"
