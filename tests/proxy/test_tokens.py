"""A token allows one recording of one site, for a while, on every process that has the key."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from proxy.tokens import EXPIRES, Tokens, key_of, new_id


def test_a_token_is_good_for_its_recording_and_site_only() -> None:
    tokens = Tokens(b"k" * 32)
    token = tokens.issue("shop", "r" * 22)
    assert tokens.allows(token, "shop", "r" * 22)
    assert not tokens.allows(token, "other", "r" * 22)
    assert not tokens.allows(token, "shop", "x" * 22)
    assert not tokens.allows(token[:-1], "shop", "r" * 22)
    assert not tokens.allows("", "shop", "r" * 22)
    assert not Tokens(b"l" * 32).allows(token, "shop", "r" * 22)


def test_a_token_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(b"k" * 32)
    token = tokens.issue("shop", "r" * 22)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + EXPIRES + 2)
    assert not tokens.allows(token, "shop", "r" * 22)


def test_the_key_outlives_a_restart_and_is_for_this_user_only(tmp_path: Path) -> None:
    first = key_of(tmp_path / "data")
    assert key_of(tmp_path / "data") == first
    assert len(first) == 32
    assert (tmp_path / "data" / "key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["key"]


def test_ids_are_of_the_contracts_form() -> None:
    assert len({new_id() for _ in range(100)}) == 100
    assert all(len(new_id()) == 22 for _ in range(10))


def test_an_id_can_be_given_to_a_command() -> None:
    assert not any(new_id().startswith("-") for _ in range(2000))
