"""`milchglas off` and `on`: the kill switch of a site, without a restart."""

from __future__ import annotations

import click
import orjson

from proxy.commands.shared import Refusal, as_json, known_site, with_config
from proxy.config import Config, Site

OFF = "everything passes through, nothing is recorded"


def _switch(config: Config, name: str, *, on: bool) -> None:
    from proxy.switch import Switch

    known_site(config, name)
    switch = Switch(config)
    try:
        switch.turn_on(name) if on else switch.turn_off(name)
    except OSError as error:
        reason = f"{type(error).__name__}: this user needs write access to {config.data}"
        raise Refusal(f"{name} cannot be switched ({reason})") from None


def _states(config: Config) -> dict[str, str]:
    """Site -> "recorded", or what holds it back."""
    from proxy.switch import Switch

    switch = Switch(config)

    def state(site: Site) -> str:
        if not site.enabled:
            return "enabled: false"
        if switch.off(site.name):
            return "off"
        return "recorded" if site.records else "shadow"

    return {site.name: state(site) for site in config.sites}


WORDS = {
    "recorded": "recorded",
    "off": f"off: {OFF}",
    "enabled: false": f"`enabled: false` in the file: {OFF}",
    "shadow": "`record.mode: shadow` in the file: pages are counted, nothing is recorded",
}


@click.command()
@with_config
@click.argument("site", required=False)
@as_json
def off(config: Config, site: str | None, as_json: bool) -> None:
    """Record nothing of a site and leave its pages alone, from now on and without a restart.

    Without SITE: how it stands with each.
    """
    if site:
        _switch(config, site, on=False)
    states = {name: state for name, state in _states(config).items() if site in (None, name)}
    if as_json:
        click.echo(orjson.dumps(states))
        return
    for name, state in states.items():
        click.echo(f"{name}: {WORDS[state]}")


@click.command()
@with_config
@click.argument("site")
def on(config: Config, site: str) -> None:
    """Take back `off`."""
    found = config.site(site)
    if found and not found.enabled:
        raise Refusal(f"{site} has `enabled: false` in the configuration: change it there")
    _switch(config, site, on=True)
    click.echo(f"{site}: {WORDS[_states(config)[site]]}")
