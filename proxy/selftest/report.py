"""What the self-test says, to people and to programs. The canaries themselves are in neither. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import click

from proxy.privacy.sanitize import MARK
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
    hosts = {urlsplit(page.url).netloc for page in pages}
    rows = [_cells(page, line, _name(page.url, hosts)) for page in pages for line in page.fields]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for page in pages:
        name = _name(page.url, hosts)
        for line in page.fields:
            cells = zip(_cells(page, line, name), widths, strict=True)
            yield "  ".join([*(cell.ljust(width) for cell, width in cells), _verdict(line)])
        for remark in _remarks(page):
            yield f"{name}  {remark}"
    yield _sum(pages)
    if any(page.leaks for page in pages):
        yield f"What got through: give its field {MARK}, or its selector to `sensitive`, and report the fault"


def _name(url: str, hosts: set[str]) -> str:
    """The address without what all have in common."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return path if len(hosts) == 1 else f"{parts.netloc}{path}"


def _cells(page: Page, line: Line, name: str) -> tuple[str, ...]:
    field = f"{line.frame} > {line.selector}" if line.frame else line.selector
    must = f"forms: {page.forms}, {'may stay' if line.stays else 'must go'}"
    return name, field, f"{line.kind} ({line.cls})", must


def _verdict(line: Line) -> str:
    styled = click.style(line.outcome.value, fg=_COLOURS.get(line.outcome), bold=line.outcome is Outcome.LEAKED)
    more = "; ".join(each for each in (line.where, line.note) if each)
    return f"{styled} ({more})" if more else styled


def _remarks(page: Page) -> Iterator[str]:
    if page.reason:
        yield f"{click.style('NOT TESTED', fg='red', bold=True)}: {page.reason}"
    elif not page.fields:
        yield "no fields"
    if page.blocked:
        yield f"requests blocked, for they would have changed something or led away: {page.blocked}"
    if page.foreign:
        yield f"frames of other servers, not looked into: {page.foreign}"


def _sum(pages: Sequence[Page]) -> str:
    counts = Counter(line.outcome for page in pages for line in page.fields)
    told = ", ".join(f"{counts[each]} {each.value}" for each in Outcome if counts[each]) or "none"
    untested = sum(bool(page.reason) for page in pages)
    return f"pages: {len(pages)}{f', not tested: {untested}' if untested else ''}; fields: {told}"
