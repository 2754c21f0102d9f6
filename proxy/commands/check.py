"""`milchglas check`: is the file right, would it work here, and what would happen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import orjson

from proxy.commands.shared import USER_MISTAKE, as_json, counted
from proxy.load import ConfigError, Loaded, Source, read

if TYPE_CHECKING:  # it imports the metrics, which must not be there before `run` shares them
    from proxy.check.problem import Problem


@click.command()
@click.option("-c", "file", required=True, type=click.Path(path_type=Path), help="The YAML file.")
@click.option("--offline", is_flag=True, help="Ask neither upstreams nor storage.")
@as_json
def check(file: Path, offline: bool, as_json: bool) -> None:
    """Validate the file, look whether it would work here, and say what would happen.

    Certificates, data folder, disk and ports are looked at; each upstream is asked for its first page, a storage
    service elsewhere for its region. Nothing is changed. Exit code 1 when something would not work.
    """
    try:
        loaded = read(file)
    except ConfigError as error:
        _refuse((error, *error.others), as_json)
    else:
        _look(loaded, offline, as_json)


def _refuse(faults: Sequence[ConfigError], as_json: bool) -> NoReturn:
    """The file itself is wrong."""
    if as_json:
        said = [_fact("error", "", fault.line, fault.column, fault.message) for fault in faults]
        click.echo(orjson.dumps({"facts": [], "problems": said}, option=orjson.OPT_INDENT_2))
    else:
        for fault in faults:
            click.echo(str(fault), err=True)
    sys.exit(USER_MISTAKE)


def _look(loaded: Loaded, offline: bool, as_json: bool) -> NoReturn:
    """It is right: would it work?"""
    from proxy.check import certificates, ground, problems
    from proxy.check.facts import facts

    found = problems(loaded.config, offline=offline)
    about = [each for part in (facts, certificates.facts, ground.facts) for each in part(loaded.config)]
    if as_json:
        said = {
            "facts": [{"about": what, "fact": fact} for what, fact in about],
            "problems": [_facts(loaded.source, each) for each in found],
        }
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    else:
        width = max(len(what) for what, _ in about)
        for what, fact in about:
            click.echo(f"{what:<{width}}  {fact}")
        for problem in found:
            click.echo(line(loaded.source, problem), err=True)
    errors = sum(problem.level == "error" for problem in found)
    if found and not as_json:
        click.echo(f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}", err=True)
    sys.exit(USER_MISTAKE if errors else 0)


def line(source: Source, problem: Problem) -> str:
    """One problem, as compilers say theirs."""
    row, column = source.place(problem.at)
    return f"{source.name}:{row}:{column}: {problem.level}: {problem.what}: {problem.remedy}"


def _facts(source: Source, problem: Problem) -> dict[str, Any]:
    key = ".".join(map(str, problem.at))
    return _fact(problem.level, key, *source.place(problem.at), problem.what, problem.remedy)


def _fact(level: str, key: str, line: int, column: int, problem: str, remedy: str = "") -> dict[str, Any]:
    return {
        "level": level,
        "key": key,
        "line": line,
        "column": column,
        "problem": problem,
        "remedy": remedy,
    }
