"""A survey in a terminal: a table for each question, and a line where there is nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from proxy.fixtures.report import printable
from proxy.survey.gather import Broken, Pages, SiteSurvey

NAMED = 2
"""Pages of a line that are named; of the others the number is told."""


def tables(surveys: Sequence[SiteSurvey], broken: Sequence[Broken]) -> Iterator[RenderableType]:
    """What to print, one after the other."""
    for each in surveys:
        yield Text(f"{each.site}: {_number(len(each.pages), 'page')}", style="bold")
        yield from _of(each)
        yield Text("")
    for one in broken:
        yield Text(printable(f"! {one.place}: {one.why}"), style="red")


def _of(site: SiteSurvey) -> Iterator[RenderableType]:
    if site.fields:
        rows = [
            (each.what.selector, each.kind, each.what.cls, each.why, each.what.example, where(each.pages))
            for each in site.fields
        ]
        yield _table(
            "sensitive fields without a mark", ("field", "kind", "class", "why", "with the mark", "pages"), rows
        )
    else:
        yield Text("  no sensitive field is without a mark")
    if site.marked:
        told = ", ".join(f"{number} by {by}" for by, number in site.marked.items())
        yield Text(printable(f"  marked already: {told}"))
    if site.collectors:
        found = [
            (
                each.name,
                each.host or "the site's own",
                ", ".join(each.how),
                each.collects or "?",
                where(each.pages),
            )
            for each in site.collectors
        ]
        yield _table("third parties that collect data", ("name", "host", "how", "what", "pages"), found)
    else:
        yield Text("  no third party was seen")
    for title, troubles in (
        ("policies that would block", site.policies),
        ("pages that get no snippet", [each for each in site.left_alone if each not in site.policies]),
    ):
        if troubles:
            lines = [
                (each.reason, each.meaning, "\n".join([each.remedy, *each.added]), where(each.pages))
                for each in troubles
            ]
            yield _table(title, ("reason", "meaning", "remedy", "pages"), lines)
    for note in site.notes:
        yield Text(printable(f"  note: {note}"))


def where(pages: Pages) -> str:
    """`/kasse1.php, /kasse2.php and 38 more`."""
    names = list(pages)
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Group:
    columns = (Column(name, overflow="fold") for name in head)
    table = Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for row in rows:
        # A stranger's page wrote it: as text it has no markup, and it must not speak to the terminal.
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in row))
    return Group(Text(f"\n{title} ({len(rows):,})"), table)


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
