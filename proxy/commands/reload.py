"""`milchglas reload`: a changed configuration for the Milchglas that runs, without a restart."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from proxy.commands.shared import USER_MISTAKE, Refusal, as_json


@click.command()
@click.option("-c", "file", required=True, type=click.Path(path_type=Path), help="The YAML file that runs.")
@as_json
@click.pass_context
def reload(context: click.Context, file: Path, as_json: bool) -> None:
    """Give the running Milchglas its configuration file anew, and wait until it is in place or refused.

    Nothing is cut off, and a file that is wrong changes nothing. SIGHUP does the same, without a word.
    """
    from proxy import control
    from proxy.load import load

    config = load(file)
    try:
        done, message = control.reload(config.data, file.absolute())
    except control.NotRunning:
        raise Refusal(
            f"no Milchglas of this user runs on the data folder {config.data}: `data` cannot change by a reload"
        ) from None
    if as_json:
        click.echo(orjson.dumps({"done": done, "message": message}))
    elif done:
        click.echo(message)
    if not done:
        if not as_json:
            click.echo(message, err=True)
        context.exit(USER_MISTAKE)
