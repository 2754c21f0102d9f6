"""`milchglas incident`: something got through all the same; find it in what is stored, and take it out.

The value comes by standard input only, and goes nowhere: not into a log, a message, a row, an exception.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.table import Table

from proxy.commands.progress import progress
from proxy.commands.shared import (
    BUG,
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

if TYPE_CHECKING:
    from proxy.privacy.traces import Traces
    from storage.incident import Hit
    from storage.rewrite import Archive


@click.command()
@with_config
@of_site
@click.option("--dry-run", is_flag=True, help="List the recordings that hold the value, change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before it is taken out.")
@as_json
@click.pass_context
def incident(
    context: click.Context, config: Config, site: str | None, dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Find a value that got through in all stored recordings, and take it out.

    The value is asked for without being shown, or read as one line from a pipe.
    """
    from storage import rewrite
    from storage.audit import note_change

    known_site(config, site)
    traces = _asked(may_ask=dry_run or yes)
    with stored_here(config), rewrite.archive(config) as archive:
        hits, findings, unread = _search(archive, traces, site)
        archive.database.write(note_change, "incident", "", f"found in {counted(len(hits), 'recording')}")
        _print(hits, findings, as_json)
        _warn_of_spool(config)
        found = bool(hits or findings)
        sure = found and not dry_run and (yes or click.confirm("Take it out?", err=True))
        if sure:
            _scrub(archive, traces, hits, site)
        elif found and not dry_run:
            raise Refusal("nothing was changed")
    context.exit(BUG if unread else 0)


def _asked(*, may_ask: bool) -> Traces:
    """The value, in the one form in which it is used. Refuses one that says nothing."""
    from proxy.privacy.traces import Traces

    if sys.stdin.isatty():
        value = click.prompt("The value (it is not shown)", hide_input=True, err=True)
    elif may_ask:
        value = _line()
    else:
        raise Refusal("the value comes from a pipe, so nobody can be asked: give --dry-run or --yes")
    try:
        return Traces(value.rstrip("\r\n"))
    except ValueError as error:
        raise Refusal(str(error)) from None


def _line() -> str:
    try:
        return sys.stdin.buffer.readline().decode()
    except UnicodeDecodeError:  # its text quotes what could not be read
        raise Refusal("the value is not UTF-8 text") from None


def _search(archive: Archive, traces: Traces, site: str | None) -> tuple[list[Hit], int, list[str]]:
    from storage.incident import count_findings, search

    unread = list[str]()
    with progress("Searching") as tick:
        hits = list(search(archive, traces, site, tick, unread))
    if unread:
        click.echo(f"{counted(len(unread), 'recording')} cannot be read: {', '.join(unread[:5])}", err=True)
    return hits, archive.database.read(count_findings, traces, site), unread


def _scrub(archive: Archive, traces: Traces, hits: list[Hit], site: str | None) -> None:
    from storage.incident import clean_findings, scrub
    from storage.rewrite import Gone

    places = archive.database.write(clean_findings, traces, site)
    with progress("Taking it out") as tick:
        for number, hit in enumerate(hits, 1):
            try:
                places += scrub(archive, traces, hit.recording.id)
            except Gone:
                click.echo(f"{hit.recording.id} was changed meanwhile: run this command again", err=True)
            tick(number, len(hits))
    click.echo(f"taken out at {counted(places, 'place')}", err=True)


def _print(hits: list[Hit], findings: int, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "id": hit.recording.id,
                "site": hit.recording.site,
                "started": hit.recording.started,
                "views": hit.recording.views,
                "places": hit.places,
            }
            for hit in hits
        ]
        click.echo(orjson.dumps({"recordings": rows, "findings": findings}, option=orjson.OPT_INDENT_2))
        return
    if hits:
        table = Table("recording", "site", "started", "views", "places", box=None, pad_edge=False)
        for hit in hits:
            found = hit.recording
            table.add_row(found.id, found.site, moment(found.started), str(found.views), str(hit.places))
        Console().print(table)
    else:
        click.echo("no stored recording holds it")
    if findings:
        click.echo(f"{counted(findings, 'finding')} hold it in a page's path or a selector")


def _warn_of_spool(config: Config) -> None:
    """Sealed batches on the proxy's disk are not searched: they cannot be opened but to be forwarded."""
    path = config.data / "spool" / "spool.db"
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as spool:
            (waiting,) = spool.execute("SELECT count(*) FROM batch").fetchone()
            (dead,) = spool.execute("SELECT count(*) FROM dead").fetchone()
    except sqlite3.Error as error:
        click.echo(f"the spool cannot be read ({type(error).__name__}): it was not searched", err=True)
        return
    if waiting:
        click.echo(
            f"{waiting} batches wait in the spool and were not searched: run this again when they have arrived",
            err=True,
        )
    if dead:
        click.echo(f"{dead} batches that storage refused lie in {path} and were not searched", err=True)
