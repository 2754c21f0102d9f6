"""The commands. Exit 0: fine; 1: the user's mistake, said in one line; 3: a bug of ours."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from proxy import log
from proxy.commands.capture import capture
from proxy.commands.check import check
from proxy.commands.config import config, schema
from proxy.commands.doctor import doctor
from proxy.commands.explain import explain
from proxy.commands.incident import incident
from proxy.commands.notice import notice
from proxy.commands.recordings import export, recordings
from proxy.commands.reload import reload
from proxy.commands.replay import replay
from proxy.commands.scrub import scrub
from proxy.commands.selftest import selftest
from proxy.commands.shared import BUG, USER_MISTAKE, Refusal, with_config
from proxy.commands.sites import off, on
from proxy.commands.survey import survey
from proxy.commands.users import user
from proxy.config import Config
from proxy.load import ConfigError, load


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milchglas")
def cli() -> None:
    """Milchglas: record visits to a legacy site, and let no secret into the recording."""


def _sharing_counters(work: Callable[[], None]) -> None:
    """Run `work` with counters shared between processes; must precede the import of the metrics."""
    from proxy.slots import shared

    with shared():
        work()


@cli.command()
@click.option("-c", "file", required=True, type=click.Path(path_type=Path), help="The YAML file.")
def run(file: Path) -> None:
    """Run the proxy, and the storage service beside it unless `storage.url` says otherwise."""
    config = load(file)
    _sharing_counters(lambda: _run(config, lambda: _addresses(config), file.absolute()))


def _run(config: Config, announce: Callable[[], None], file: Path | None = None) -> None:
    from proxy import workers
    from proxy.ground import CannotStart
    from proxy.runtime import NotBuilt
    from proxy.tls import CertificateFault
    from storage.fault import StorageFault

    try:
        workers.run(config, announce, file)
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
@click.option("--data", type=click.Path(path_type=Path), default=Path("demo-data"), show_default=True)
@click.option("--tls", is_flag=True, help="Visitors come by TLS, with a certificate made for this machine.")
@click.option("--cert", type=click.Path(path_type=Path), help="Or with yours: a PEM file of its chain ...")
@click.option("--key", type=click.Path(path_type=Path), help="... and one of its key.")
def demo(data: Path, tls: bool, cert: Path | None, key: Path | None) -> None:
    """A bundled legacy shop, the proxy before it, storage behind it."""

    def work() -> None:
        from proxy.demo import start
        from proxy.ground import CannotStart

        try:
            ends = start.ends(data, tls, cert, key)
        except CannotStart as error:
            raise Refusal(str(error)) from None
        start.run(data, ends, _run)

    _sharing_counters(work)


for command in (
    *(check, recordings, export, user, off, on, reload),
    *(survey, incident, scrub, selftest, replay, capture),
    *(config, doctor, explain, notice, schema),
):
    cli.add_command(command)


def main() -> None:
    """Entry of `milchglas`."""
    log.configure()
    try:
        # click gives back what a command said to `context.exit`.
        sys.exit(cli.main(standalone_mode=False) or 0)
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
