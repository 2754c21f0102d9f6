"""`milchglas off` and `on`: the kill switch of a site, without a restart."""

from __future__ import annotations

import click

from proxy.commands.shared import Refusal, known_site, with_config
from proxy.config import Config


def _switch(config: Config, site: str, *, on: bool) -> None:
    from proxy.switch import Switch

    known_site(config, site)
    found = config.site(site)
    if on and found and not found.enabled:
        raise Refusal(f"{site} has `enabled: false` in the configuration: change it there")
    switch = Switch(config)
    try:
        switch.turn_on(site) if on else switch.turn_off(site)
    except OSError as error:
        reason = f"{type(error).__name__}: this user needs write access to {config.data}"
        raise Refusal(f"{site} cannot be switched ({reason})") from None
    click.echo(f"{site}: {'recorded' if on else 'everything passes through, nothing is recorded'}")


@click.command()
@with_config
@click.argument("site")
def off(config: Config, site: str) -> None:
    """Record nothing of a site and leave its pages alone, from now on and without a restart."""
    _switch(config, site, on=False)


@click.command()
@with_config
@click.argument("site")
def on(config: Config, site: str) -> None:
    """Take back `off`."""
    _switch(config, site, on=True)
