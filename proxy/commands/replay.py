"""`milchglas replay`: recorded traffic through the proxy as it is configured, without a network."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from proxy.commands.progress import progress
from proxy.commands.shared import USER_MISTAKE, Refusal, with_config
from proxy.commands.shared import as_json as json_option
from proxy.config import Config

if TYPE_CHECKING:
    from proxy.fixtures.expect import Difference
    from proxy.fixtures.replay import Result

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@with_config
@click.argument("fixtures", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FIXTURE...")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write what visitors get into files.")
@click.option("--diff", is_flag=True, help="Show how it differs from what upstream sent.")
@click.option("--expect", type=FILE, metavar="FILE", help="Compare with these expectations; 1 when they differ.")
@click.option("--update", is_flag=True, help="Write the file of --expect anew.")
@click.option("--junit", type=FILE, metavar="FILE", help="Write a JUnit XML file.")
@json_option
def replay(
    config: Config,
    fixtures: tuple[Path, ...],
    out: Path | None,
    diff: bool,
    expect: Path | None,
    update: bool,
    junit: Path | None,
    as_json: bool,
) -> None:
    """Run HAR files, mitmproxy flow files, and folders of them through the proxy, offline.

    Says for each page whether it got the snippet or why not, and for each batch what was removed. Exit code 1 when
    a fixture is damaged, or something is not as expected.
    """
    from proxy.fixtures import expect as expectations
    from proxy.fixtures import report

    if update and not expect:
        raise Refusal("--update writes the file of --expect: name it")
    wanted = _read(expect) if expect and not update else None
    results = _replayed(config, fixtures)
    for result in results:
        if as_json:
            sys.stdout.buffer.write(orjson.dumps(report.as_json(result), option=orjson.OPT_APPEND_NEWLINE))
        else:
            for line in report.as_text(result):
                click.echo(line)
        if diff:
            _print_diff(result)
    if out:
        _write(results, out)
    differ: list[Difference] = []
    named = expectations.named(results, expect.parent if expect else Path())
    if wanted is not None:
        differ = list(expectations.differences(wanted, named))
    elif expect:
        expect.write_text(expectations.written(named), encoding="utf-8")
    if junit:
        junit.write_bytes(report.junit(named, differ))
    for each in differ:
        click.echo(report.printable(f"not as expected: {each}"), err=True)
    click.echo(
        report.summary(results) + (f"; {len(differ)} not as expected" if wanted is not None else ""), err=as_json
    )
    if differ or any(result.outcome == "broken" for result in results):
        sys.exit(USER_MISTAKE)


def _replayed(config: Config, paths: tuple[Path, ...]) -> list[Result]:
    from proxy.fixtures import files
    from proxy.fixtures.replay import replayed
    from proxy.runtime import NotBuilt

    try:
        entries = [entry for file in files.found(paths) for entry in files.entries(file)]
        with progress("Replaying") as tick:
            return asyncio.run(replayed(config, entries, tick))
    except (files.NoFixture, NotBuilt) as error:
        raise Refusal(str(error)) from None


def _read(file: Path) -> dict[str, list[dict[str, object]]]:
    """Raises Refusal."""
    from proxy.fixtures import expect

    try:
        return expect.read(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refusal(f"{file}: no such file; write it with --update") from None
    except (expect.Bad, UnicodeDecodeError) as error:
        raise Refusal(f"{file}: {error if isinstance(error, expect.Bad) else 'not UTF-8 text'}") from None


def _print_diff(result: Result) -> None:
    from proxy.fixtures.diff import unified
    from proxy.fixtures.report import printable

    for line in unified(result.before, result.after, f"{result.place} {result.name}"):
        click.echo(printable(line))


def _write(results: list[Result], folder: Path) -> None:
    """Of each entry NUMBER.head and NUMBER.body, in a folder of its file's name. Raises Refusal."""
    try:
        for name, result in _names(results):
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_name(f"{place.name}.head").write_bytes(result.after.head + b"\r\n\r\n")
            place.with_name(f"{place.name}.body").write_bytes(result.after.body)
    except OSError as error:
        raise Refusal(
            f"{folder} cannot be written ({error.strerror}): give --out a folder that you may write"
        ) from None


def _names(results: list[Result]) -> Iterator[tuple[Path, Result]]:
    taken: dict[str, Path] = {}
    for result in results:
        if not result.after.head:
            continue
        file = result.place.file
        if file not in taken:
            name = Path(file).name
            taken[file] = Path(name if Path(name) not in taken.values() else f"{len(taken)}-{name}")
        yield taken[file] / f"{result.place.number:04}", result
