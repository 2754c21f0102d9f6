"""`milchglas survey`: sensitive fields that nobody marked, as storage has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from proxy.commands.shared import Refusal, as_json, counted, known_site, moment, of_site, stored_here, with_config
from proxy.config import Config

if TYPE_CHECKING:
    from storage.findings import Finding

PIPE_WIDTH = 200
"""Columns where there is no terminal to ask."""
REMEDY = (
    "With the mark a value stays in the browser. "
    "Where nobody can change the page, put the field into `sensitive` of its site."
)


@click.command()
@with_config
@of_site
@as_json
@click.option("--live", is_flag=True, help="Not built yet.")
@click.argument("fixtures", nargs=-1, metavar="[FIXTURE]...")
def survey(config: Config, site: str | None, as_json: bool, live: bool, fixtures: tuple[str, ...]) -> None:
    """List the sensitive fields that nobody marked, and how to mend each.

    They are those of the stored recordings; recorded traffic and live sites are not looked at yet.
    """
    from storage import commands

    if live or fixtures:
        raise Refusal(
            "a survey of recorded traffic or of a live site is not built yet: leave FIXTURE and --live out"
        )
    known_site(config, site)
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
        table.add_row(*(Text(_printable(cell)) for cell in cells))
    console.print(table)
    click.echo(f"\n{counted(len(found), 'finding')}. {REMEDY}")


def _printable(text: str) -> str:
    """A stranger's page wrote it: it must not speak to the terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
