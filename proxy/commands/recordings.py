"""`milchglas recordings` and `export`: what is stored, as JSON."""

from __future__ import annotations

import sys

import click
import orjson

from proxy.commands.shared import Refusal, of_site, stored_here, with_config
from proxy.config import Config


@click.command()
@with_config
@of_site
def recordings(config: Config, site: str | None) -> None:
    """List recordings as JSON lines."""
    from storage import commands

    with stored_here(config):
        for recording in commands.recordings(config, site):
            click.echo(orjson.dumps(recording))


@click.command()
@with_config
@click.argument("recording")
def export(config: Config, recording: str) -> None:
    """Print the rrweb events of a recording as one JSON array."""
    from storage import commands

    try:
        with stored_here(config):
            for part in commands.export(config, recording):
                sys.stdout.buffer.write(part)
    except KeyError:
        raise Refusal(f"there is no recording {recording}: `milchglas recordings` lists them") from None
    sys.stdout.buffer.write(b"\n")
