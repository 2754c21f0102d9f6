"""What every command needs: `-c FILE`, `--json`, a mistake said in one line, and the storage that lies here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from proxy.config import Config
from proxy.load import Loaded, load, read

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


def _loaded(_: click.Context, __: click.Parameter, value: Path) -> Loaded:
    return read(value)


def with_loaded[F: Callable[..., Any]](command: F) -> F:
    """`-c FILE`, given to the command as a checked Config and the places of its values."""
    return click.option(
        "-c", "loaded", required=True, type=click.Path(path_type=Path), callback=_loaded, help="The YAML file."
    )(command)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
of_site = click.option("--site", help="Only of this site.")


@contextmanager
def stored_here(config: Config) -> Iterator[None]:
    """Around what asks the database itself: a fault of storage becomes a refusal, and so does storage elsewhere.

    The service may run meanwhile. A file that names a remote storage is right on the machine of that storage, too:
    what decides is whether the recordings lie here.
    """
    from storage.fault import StorageFault

    if not config.storage.embedded and not (config.data / "storage" / "storage.db").exists():
        raise Refusal(
            f"the recordings are kept by {config.storage.url}, and not in {config.data}: run this command on that "
            "machine, with the file that `milchglas storage` runs with"
        )
    try:
        yield
    except StorageFault as error:
        raise Refusal(str(error)) from None


def moment(seconds: float) -> str:
    """A time for a table: to the minute, in the zone of this machine."""
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def counted(number: int, what: str) -> str:
    """`1 recording`, `2 recordings`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def known_site(config: Config, site: str | None) -> None:
    """Refuse a site that is not configured, for a slip of the pen would find nothing and look like good news."""
    if site is not None and not config.site(site):
        raise Refusal(f"there is no site {site!r}: {', '.join(each.name for each in config.sites)}")
