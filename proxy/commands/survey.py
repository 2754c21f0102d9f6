"""`milchglas survey`: what a site's developers should mend, told by traffic, the site, or storage."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from proxy.commands.progress import progress
from proxy.commands.shared import (
    USER_MISTAKE,
    Refusal,
    as_json,
    counted,
    known_site,
    moment,
    of_site,
    stored_here,
    with_config,
)
from proxy.config import Config
from proxy.fixtures.report import printable

if TYPE_CHECKING:
    from proxy.fixtures.entry import Entry, Left
    from proxy.survey.gather import Broken, SiteSurvey
    from proxy.survey.look import Looked
    from storage.findings import Finding

PIPE_WIDTH = 200
"""Columns where there is no terminal to ask."""
REMEDY = (
    "With the mark a value stays in the browser. "
    "Where nobody can change the page, put the field into `sensitive` of its site."
)
MOST = 200
"""Pages of a live survey."""
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@with_config
@of_site
@as_json
@click.option("--live", is_flag=True, help="Ask the sites' own servers for the pages at these addresses.")
@click.option("--depth", type=click.IntRange(0, 10), default=0, help="With --live: follow links, so many steps.")
@click.option(
    "--pages",
    "most",
    type=click.IntRange(1, 10_000),
    default=MOST,
    show_default=True,
    help="At most, with --live.",
)
@click.option("--html", type=FILE, metavar="FILE", help="Write a report for the site's developers.")
@click.option("--fail-on", type=click.Choice(["unmarked"]), help="Exit code 1 when there is one, for CI.")
@click.argument("what", nargs=-1, metavar="[FIXTURE|URL]...")
def survey(
    config: Config,
    site: str | None,
    as_json: bool,
    live: bool,
    depth: int,
    most: int,
    html: Path | None,
    fail_on: str | None,
    what: tuple[str, ...],
) -> None:
    """List sensitive fields that nobody marked, collectors of third parties, and pages that cannot be recorded.

    Looks at HAR and flow files and folders of them; with --live at pages of the sites' own servers; with neither
    at the findings of stored recordings. Exit code 1 when something could not be read.
    """
    known_site(config, site)
    if depth and not live:
        raise Refusal("--depth follows links of a live site: say --live, too")
    if live or what:
        surveys, failed = _look(config, site, what, most if live else 0, depth, html, as_json)
    else:
        surveys, failed = _stored(config, site, html, as_json), []
    if failed or (fail_on and any(each.fields for each in surveys)):
        sys.exit(USER_MISTAKE)


def _stored(config: Config, site: str | None, html: Path | None, as_json: bool) -> list[SiteSurvey]:
    from proxy.survey import gather
    from storage import commands

    with stored_here(config):
        found = commands.findings(config, site)
    if as_json:
        click.echo(orjson.dumps([finding.facts for finding in found], option=orjson.OPT_INDENT_2))
    elif found:
        _print(found)
    else:
        click.echo(
            "no findings: every sensitive field of the stored recordings carries a mark, or none was visited"
        )
    surveys = gather.stored(found)
    if html:
        _write(html, surveys, [], "")
    return surveys


def _look(
    config: Config,
    site: str | None,
    what: tuple[str, ...],
    live: int,
    depth: int,
    html: Path | None,
    as_json: bool,
) -> tuple[list[SiteSurvey], list[Broken]]:
    """Survey traffic, and say what was found. `live`: how many pages to fetch; 0 to read fixtures."""
    from proxy.survey import gather, table

    pages, broken, others = _surveyed(config, site, what, live, depth)
    if not pages and not broken:
        why = f": {others:,} of the entries are of hosts that no site has in `hosts`" if others else ""
        raise Refusal(f"no page of a site of this configuration is there{why}")
    surveys = gather.gathered(config, pages)
    if as_json:
        click.echo(orjson.dumps(gather.facts(surveys, broken), option=orjson.OPT_INDENT_2))
    else:
        console = Console()
        console = console if console.is_terminal else Console(width=PIPE_WIDTH)
        for each in table.tables(surveys, broken):
            console.print(each)
    if html:
        _write(html, surveys, broken, "pages of the site itself" if live else "recorded traffic")
    if not as_json and any(each.fields for each in surveys):
        click.echo(f"{counted(sum(len(each.fields) for each in surveys), 'field')} to mark. {REMEDY}")
    return surveys, broken


def _surveyed(config: Config, site: str | None, what: tuple[str, ...], live: int, depth: int) -> Looked:
    from proxy.fixtures import files
    from proxy.runtime import NotBuilt
    from proxy.survey import live as pages_of
    from proxy.survey import look

    try:
        with progress("Surveying") as tick:
            if live:
                first = pages_of.wanted(config, what, depth, site)
                entries = pages_of.entries(config, first, live, tick)
            else:
                found = [
                    entry for file in files.found([Path(each) for each in what]) for entry in files.entries(file)
                ]
                entries = _each(found, tick)
            return asyncio.run(look.surveyed(config, site, entries))
    except (files.NoFixture, NotBuilt, pages_of.Unclaimed) as error:
        raise Refusal(str(error)) from None


async def _each(entries: list[Entry | Left], tick: Callable[[int, int], object]) -> AsyncIterator[Entry | Left]:
    for number, entry in enumerate(entries, 1):
        yield entry
        tick(number, len(entries))


def _write(file: Path, surveys: list[SiteSurvey], broken: list[Broken], looked_at: str) -> None:
    """The report. Of the stored recordings (no `looked_at`) fields are all that is known. Raises Refusal."""
    from proxy.survey.report import html

    text = html(surveys, broken, looked_at or "stored recordings", whole=bool(looked_at))
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{file} cannot be written ({error.strerror}): name a file that you may write") from None
    click.echo(f"report written to {file}", err=True)


def _print(found: list[Finding]) -> None:
    from storage import words

    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    titles = ("site", "page", "field", "kind", "with the mark", "count", "first seen", "last seen")
    table = Table(*titles, box=None, pad_edge=False)
    for finding in found:
        cells = (
            *(finding.site, finding.page, finding.selector, words.kind(finding.kind), finding.html),
            *(str(finding.count), moment(finding.first_seen), moment(finding.last_seen)),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)
    click.echo(f"\n{counted(len(found), 'finding')}. {REMEDY}")
