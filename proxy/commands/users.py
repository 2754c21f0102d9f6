"""`milchglas user`: who may log in to the dashboard."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from proxy.commands.shared import Refusal, stored_here, with_config
from proxy.config import Config


@click.group()
@with_config
@click.pass_context
def user(context: click.Context, config: Config) -> None:
    """Who may log in to the dashboard: `milchglas user -c FILE add EMAIL`."""
    context.obj = config


from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


def _password(password_stdin: bool) -> str | None:
    return sys.stdin.readline().rstrip("\n") if password_stdin else None


def _account(config: Config, work: Callable[[], str | None], email: str) -> None:
    from storage.accounts import UnknownAccount

    try:
        with stored_here(config):
            first = work()
    except UnknownAccount:
        raise Refusal(f"there is no account {email}: `milchglas user add` makes one") from None
    except ValueError as error:  # a taken or malformed address, a weak password
        raise Refusal(str(error)) from None
    click.echo(f"{email}: first password, good for one login: {first}" if first else f"{email}: done")


@user.command("add")
@click.pass_obj
@click.argument("email")
@from_stdin
def user_add(config: Config, email: str, password_stdin: bool) -> None:
    """Add an account; prints a first password, good for one login."""
    from storage import commands

    _account(config, lambda: commands.add_user(config, email, _password(password_stdin)), email)


@user.command("reset")
@click.pass_obj
@click.argument("email")
@from_stdin
def user_reset(config: Config, email: str, password_stdin: bool) -> None:
    """Give an account a new first password, and end its sessions."""
    from storage import commands

    _account(config, lambda: commands.reset_user(config, email, _password(password_stdin)), email)


@user.command("disable")
@click.pass_obj
@click.argument("email")
def user_disable(config: Config, email: str) -> None:
    """Shut an account out, and end its sessions."""
    from storage import commands

    _account(config, lambda: commands.disable_user(config, email), email)
