"""`milchglas config` and `schema`: what holds, and what may stand in the file."""

from __future__ import annotations

import click
import orjson

from proxy.commands.shared import as_json, with_loaded
from proxy.load import Loaded


@click.command()
@with_loaded
@click.option("--effective", is_flag=True, help="All keys, defaults too; without it, those that the file sets.")
@as_json
def config(loaded: Loaded, effective: bool, as_json: bool) -> None:
    """Print the configuration as it holds, secrets hidden, with the place that each value comes from."""
    from proxy.load.effective import entries, text, tree

    found = [entry for entry in entries(loaded) if effective or entry.line is not None]
    if not as_json:
        click.echo(text(found), nl=False)
        return
    origins = {
        ".".join(map(str, entry.at)): {"line": entry.line, "variables": list(entry.variables)} for entry in found
    }
    click.echo(orjson.dumps({"config": tree(found), "origins": origins}, option=orjson.OPT_INDENT_2))


@click.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of the configuration, for editors."""
    from proxy.config.editor import schema as whole

    click.echo(orjson.dumps(whole(), option=orjson.OPT_INDENT_2))
