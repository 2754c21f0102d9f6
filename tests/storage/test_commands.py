"""The command line asks the database itself, whether the service runs or not."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage import accounts, commands, database, passwords
from storage.tables import accounts as table
from storage.tables import audit


def row(config, email: str):
    with database.connect(config) as connection:
        return connection.execute(select(table).where(table.c.email == email)).one()


def test_a_first_password_is_made_and_not_kept(config):
    made = commands.add_user(config, " Bob@Example.org")
    assert len(made) >= 20
    kept = row(config, "bob@example.org")
    assert kept.first_password
    assert made not in str(kept)


def test_a_given_password_must_be_a_good_one(config):
    assert commands.add_user(config, "bob@example.org", "drei Worte da") is None
    assert not row(config, "bob@example.org").first_password
    with pytest.raises(passwords.Weak):
        commands.add_user(config, "eve@example.org", "password")
    with pytest.raises(passwords.Weak):
        commands.reset_user(config, "bob@example.org", "1234567")


@pytest.mark.parametrize("email", ["", "bob", "bob@", "@x", "a b@x", "<b>@x", "x" * 300 + "@x"])
def test_what_is_no_address_is_no_account(config, email):
    with pytest.raises(ValueError, match="not an e-mail address"):
        commands.add_user(config, email)


def test_an_account_is_there_once_and_only_then_to_be_changed(config):
    commands.add_user(config, "bob@example.org")
    with pytest.raises(accounts.Taken):
        commands.add_user(config, "BOB@example.org")
    for change in (commands.reset_user, commands.disable_user):
        with pytest.raises(accounts.UnknownAccount):
            change(config, "eve@example.org")


def test_a_disabled_account_comes_back_by_reset(config):
    commands.add_user(config, "bob@example.org")
    commands.disable_user(config, "bob@example.org")
    assert row(config, "bob@example.org").disabled
    assert commands.reset_user(config, "bob@example.org")
    assert not row(config, "bob@example.org").disabled


def test_an_unknown_recording_is_a_key_error_at_once(config):
    with pytest.raises(KeyError):
        commands.export(config, "recording-0000000001")


async def test_an_export_is_noted(service):
    await service.put()
    list(commands.export(service.config, "recording-0000000001"))
    with database.connect(service.config) as connection:
        last = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
    assert (last.action, last.recording, last.detail) == ("export", "recording-0000000001", "command line")
