"""`milchglas doctor`: how is the installation that runs?"""

from __future__ import annotations

import sys

import click
import orjson

from proxy.commands.shared import USER_MISTAKE, as_json, with_loaded
from proxy.load import Loaded


@click.command()
@with_loaded
@as_json
def doctor(loaded: Loaded, as_json: bool) -> None:
    """Look at the running installation: processes, spool, storage, disk, certificates, last errors.

    Then at all that `check` looks at. Exit code 1 when something does not work.
    """
    from proxy.check import problems
    from proxy.doctor import Seen, examined

    found = examined(loaded.config)
    for problem in problems(loaded.config):
        line, column = loaded.source.place(problem.at)
        place = f"{loaded.source.name}:{line}:{column}"
        found.append(Seen(problem.level, "check", f"{place}: {problem.what}", problem.remedy))
    if as_json:
        said = [{"state": e.state, "about": e.about, "fact": e.fact, "remedy": e.remedy} for e in found]
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    else:
        for each in found:
            click.echo(f"{each.state:<8} {each.about:<12} {each.fact}{f': {each.remedy}' if each.remedy else ''}")
    sys.exit(USER_MISTAKE if any(each.state == "error" for each in found) else 0)
