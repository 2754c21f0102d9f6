"""Proxy and storage know the same token, whoever of them starts first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import access
from storage.fault import StorageFault


def test_embedded_storage_makes_its_token_once_and_for_its_user_only(config):
    token = access.token(config)
    assert len(token) >= 40
    assert access.token(config) == token
    assert (config.data / "storage" / "token").stat().st_mode & 0o777 == 0o600


def test_many_that_start_at_once_agree(config):
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(access.token, [config] * 64))) == 1
    assert [path.name for path in (config.data / "storage").iterdir()] == ["token"]


def test_a_given_token_wins_over_a_made_one(make_config, tmp_path):
    assert access.token(make_config(token="given")) == "given"
    (tmp_path / "file").write_text(" from-file \n")
    assert access.token(make_config(token_file=tmp_path / "file")) == "from-file"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff", None])
def test_a_token_file_that_is_no_use_is_a_fault(make_config, tmp_path, content):
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    with pytest.raises(StorageFault, match="file"):
        access.token(make_config(token_file=tmp_path / "file"))
