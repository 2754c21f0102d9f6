"""The commands. Exit 0: fine; 1: the user's mistake, said in one line; 3: a bug of ours."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from proxy import log
from proxy.config import Config
from proxy.load import ConfigError, load

USER_MISTAKE, BUG = 1, 3


class Refusal(click.ClickException):
    """A mistake that the user can mend: printed as it stands."""

    exit_code = USER_MISTAKE


def _config(_: click.Context, __: click.Parameter, value: Path) -> Config:
    return load(value)


def with_config[F: Callable[..., Any]](command: F) -> F:
    """`-c FILE`, given to the command as a checked Config."""
    return click.option(
        "-c", "config", required=True, type=click.Path(path_type=Path), callback=_config, help="The YAML file."
    )(command)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milchglas")
def cli() -> None:
    """Milchglas: record visits to a legacy site, and let no secret into the recording."""


def _sharing_counters(work: Callable[[], None]) -> None:
    """Run `work` with counters shared between processes; must precede the import of the metrics."""
    with tempfile.TemporaryDirectory(prefix="milchglas-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        work()


@cli.command()
@with_config
def run(config: Config) -> None:
    """Run the proxy, and the storage service beside it unless `storage.url` says otherwise."""
    _sharing_counters(lambda: _run(config, lambda: _addresses(config)))


def _run(config: Config, announce: Callable[[], None]) -> None:
    from proxy import workers
    from proxy.ground import CannotStart
    from proxy.runtime import NotBuilt
    from proxy.tls import CertificateFault
    from storage.fault import StorageFault

    try:
        workers.run(config, announce)
    except (CannotStart, CertificateFault, NotBuilt, StorageFault) as error:
        raise Refusal(str(error)) from None


def _addresses(config: Config) -> None:
    scheme = "https" if config.listen.tls else "http"
    click.echo(f"visitors   {scheme}://{config.listen.host}:{config.listen.port}")
    if config.storage.embedded:
        at = config.storage.listen
        click.echo(f"dashboard  {'https' if at.tls else 'http'}://{at.host}:{at.port}")
    click.echo(f"admin      http://{config.admin.host}:{config.admin.port}/readyz")


@cli.command()
@with_config
def storage(config: Config) -> None:
    """Run the storage service alone: ingest, dashboard, player."""
    from storage import app
    from storage.fault import StorageFault

    try:
        app.run(config)
    except StorageFault as error:
        raise Refusal(str(error)) from None


@cli.command()
@with_config
@as_json
def check(config: Config, as_json: bool) -> None:
    """Validate the file and say what would happen."""
    from proxy.check import facts
    from proxy.tls import CertificateFault, TlsEnds

    try:
        TlsEnds(config)
    except CertificateFault as error:
        raise Refusal(str(error)) from None
    found = facts(config)
    if as_json:
        click.echo(
            orjson.dumps([{"about": about, "fact": fact} for about, fact in found], option=orjson.OPT_INDENT_2)
        )
        return
    table = Table.grid(padding=(0, 2))
    for about, fact in found:
        table.add_row(about, fact)
    Console().print(table)


@cli.command()
def classify() -> None:
    """Field cards on stdin (JSON lines), verdicts on stdout."""
    from proxy.privacy.fields import classify_json

    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            sys.stdout.buffer.write(classify_json(line) + b"\n")
        except ValueError:
            raise Refusal(f"line {number} of the input is not a JSON object") from None


@cli.command()
@with_config
@click.option("--site", help="Only of this site.")
def recordings(config: Config, site: str | None) -> None:
    """List recordings as JSON lines."""
    from storage import commands
    from storage.fault import StorageFault

    try:
        for recording in commands.recordings(config, site):
            click.echo(orjson.dumps(recording))
    except StorageFault as error:
        raise Refusal(str(error)) from None


@cli.command()
@with_config
@click.argument("recording")
def export(config: Config, recording: str) -> None:
    """Print the rrweb events of a recording as one JSON array."""
    from storage import commands
    from storage.fault import StorageFault

    try:
        for part in commands.export(config, recording):
            sys.stdout.buffer.write(part)
    except StorageFault as error:
        raise Refusal(str(error)) from None
    except KeyError:
        raise Refusal(f"there is no recording {recording}: `milchglas recordings` lists them") from None
    sys.stdout.buffer.write(b"\n")


@cli.group()
@with_config
@click.pass_context
def user(context: click.Context, config: Config) -> None:
    """Who may log in to the dashboard: `milchglas user -c FILE add EMAIL`."""
    context.obj = config


from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


def _password(password_stdin: bool) -> str | None:
    return sys.stdin.readline().rstrip("\n") if password_stdin else None


def _account(work: Callable[[], str | None], email: str) -> None:
    from storage.accounts import UnknownAccount
    from storage.fault import StorageFault

    try:
        first = work()
    except UnknownAccount:
        raise Refusal(f"there is no account {email}: `milchglas user add` makes one") from None
    except (ValueError, StorageFault) as error:  # a taken or malformed address, a weak password
        raise Refusal(str(error)) from None
    click.echo(f"{email}: first password, good for one login: {first}" if first else f"{email}: done")


@user.command("add")
@click.pass_obj
@click.argument("email")
@from_stdin
def user_add(config: Config, email: str, password_stdin: bool) -> None:
    """Add an account; prints a first password, good for one login."""
    from storage import commands

    _account(lambda: commands.add_user(config, email, _password(password_stdin)), email)


@user.command("reset")
@click.pass_obj
@click.argument("email")
@from_stdin
def user_reset(config: Config, email: str, password_stdin: bool) -> None:
    """Give an account a new first password, and end its sessions."""
    from storage import commands

    _account(lambda: commands.reset_user(config, email, _password(password_stdin)), email)


@user.command("disable")
@click.pass_obj
@click.argument("email")
def user_disable(config: Config, email: str) -> None:
    """Shut an account out, and end its sessions."""
    from storage import commands

    _account(lambda: commands.disable_user(config, email), email)


def _switch(config: Config, site: str, *, on: bool) -> None:
    from proxy.switch import Switch

    found = config.site(site)
    if not found:
        raise Refusal(f"there is no site {site!r}: {', '.join(each.name for each in config.sites)}")
    if on and not found.enabled:
        raise Refusal(f"{site} has `enabled: false` in the configuration: change it there")
    switch = Switch(config)
    try:
        switch.turn_on(site) if on else switch.turn_off(site)
    except OSError as error:
        reason = f"{type(error).__name__}: this user needs write access to {config.data}"
        raise Refusal(f"{site} cannot be switched ({reason})") from None
    click.echo(f"{site}: {'recorded' if on else 'everything passes through, nothing is recorded'}")


@cli.command()
@with_config
@click.argument("site")
def off(config: Config, site: str) -> None:
    """Record nothing of a site and leave its pages alone, from now on and without a restart."""
    _switch(config, site, on=False)


@cli.command()
@with_config
@click.argument("site")
def on(config: Config, site: str) -> None:
    """Take back `off`."""
    _switch(config, site, on=True)


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("demo-data"), show_default=True)
@click.option("--tls", is_flag=True, help="Visitors come by TLS, with a certificate made for this machine.")
@click.option("--cert", type=click.Path(path_type=Path), help="Or with yours: a PEM file of its chain ...")
@click.option("--key", type=click.Path(path_type=Path), help="... and one of its key.")
def demo(data: Path, tls: bool, cert: Path | None, key: Path | None) -> None:
    """A bundled legacy shop, the proxy before it, storage behind it."""
    from proxy.demo import start
    from proxy.ground import CannotStart

    try:
        ends = start.ends(data, tls, cert, key)
    except CannotStart as error:
        raise Refusal(str(error)) from None
    _sharing_counters(lambda: start.run(data, ends, _run))


def main() -> None:
    """Entry of `milchglas`."""
    log.configure()
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(USER_MISTAKE)
    except click.ClickException as mistake:
        click.echo(f"milchglas: {mistake.format_message()}", err=True)
        sys.exit(USER_MISTAKE)
    except ConfigError as mistake:
        click.echo(str(mistake), err=True)
        sys.exit(USER_MISTAKE)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        # Never the exception's text: it may quote what was being worked on.
        facts = log.fault(error)
        click.echo(f"milchglas: a bug of ours: {facts['error']} at {facts['at']}", err=True)
        sys.exit(BUG)
