"""One data folder, one run; its files outlive a crash of the one that wrote them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from proxy.files import write_once
from proxy.ground import CannotStart, claimed, prepare


def test_a_data_folder_is_one_runs_own(tmp_path: Path) -> None:
    other = pytest.raises(CannotStart, match="another `milchglas run` uses")
    with claimed(tmp_path), other, claimed(tmp_path):
        pass
    with claimed(tmp_path):
        pass


def test_the_key_is_made_once_and_for_this_user(tmp_path: Path) -> None:
    key = prepare(tmp_path)
    assert prepare(tmp_path) == key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_damaged_key_is_said_and_never_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(CannotStart, match="key is damaged"):
        prepare(tmp_path)


def test_what_a_crash_left_of_a_draft_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".key.{os.getpid()}").write_bytes(b"half")
    assert write_once(tmp_path / "key", b"whole") == b"whole"
    assert [each.name for each in tmp_path.iterdir()] == ["key"]
