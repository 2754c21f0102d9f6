"""`milchglas scrub`: today's rules over the stored recordings."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from proxy.commands.progress import progress
from proxy.commands.shared import (
    BUG,
    USER_MISTAKE,
    as_json,
    counted,
    known_site,
    of_site,
    stored_here,
    with_config,
)
from proxy.config import Config

if TYPE_CHECKING:
    from storage.scrub import Tally


@click.command()
@with_config
@of_site
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="Only recordings from then on.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, change nothing.")
@as_json
@click.pass_context
def scrub(
    context: click.Context, config: Config, site: str | None, since: datetime | None, dry_run: bool, as_json: bool
) -> None:
    """Run today's rules over stored recordings.

    It may be stopped at any time: each recording is as it was or as it shall be. Run it again to go on.
    """
    from storage import rewrite
    from storage.scrub import Tally, scrub, scrub_findings, started_since, unusable

    known_site(config, site)
    tally, sites = Tally(), {each.name: each for each in config.sites if site in (None, each.name)}
    for selector in unusable(sites.values()):
        click.echo(f"passed over, for a stored page cannot be asked for it: {selector}", err=True)
    began, stopped = time.monotonic(), False
    with stored_here(config), rewrite.archive(config) as archive:
        some = started_since(archive, site, since.timestamp() if since else 0.0)
        try:
            with progress("Scrubbing") as tick:
                for done in scrub(archive, sites, some, tally, change=not dry_run):
                    tick(done, len(some))
        except KeyboardInterrupt:
            stopped = True
        if not (dry_run or stopped):
            archive.database.write(scrub_findings, site)
    _print(tally, time.monotonic() - began, dry_run, as_json)
    if stopped:
        click.echo(f"stopped; {len(some)} recordings were to be looked through: run it again to go on", err=True)
    context.exit(BUG if tally.failed else USER_MISTAKE if stopped else 0)


def _print(tally: Tally, seconds: float, dry_run: bool, as_json: bool) -> None:
    from storage import words

    if as_json:
        click.echo(orjson.dumps(tally, option=orjson.OPT_INDENT_2))
        return
    if tally.removed:
        table = Table("removed", "by", "rule", box=None, pad_edge=False)
        for rule, count in tally.removed.most_common():
            table.add_row(Text(f"{count:,}"), Text(words.rule(rule)), Text(rule, style="dim"))
        Console().print(table)
    would = "would change" if dry_run else "changed"
    click.echo(f"{counted(tally.looked, 'recording')} looked through in {seconds:.1f} s, {tally.changed} {would}")
    if tally.foreign:
        click.echo(f"passed over, of sites not configured: {counted(tally.foreign, 'recording')}", err=True)
    if tally.failed:
        click.echo(f"left as they are, for a fault: {', '.join(tally.failed[:20])}", err=True)
