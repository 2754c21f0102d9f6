"""What an operator can get wrong at the start is said in one line, with the remedy, and exit code 1."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.running import Milchglas


def refused(milchglas: Milchglas) -> str:
    done = milchglas.command("run")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("key", ["listen", "admin", "storage.listen"])
def test_a_port_in_use_is_named(milchglas: Milchglas, key: str) -> None:
    port = {"listen": milchglas.port, "admin": milchglas.admin, "storage.listen": milchglas.dashboard}[key]
    with socket.create_server(("127.0.0.1", port)):
        said = refused(milchglas)
    assert said.startswith(f"milchglas: cannot listen on 127.0.0.1:{port} (Address already in use)")
    assert f"`{key}.port`" in said


def test_two_runs_on_one_data_folder_are_one_too_many(milchglas: Milchglas, tmp_path: Path) -> None:
    milchglas.start(ready=False, dashboard=False)
    (tmp_path / "second").mkdir()
    second = Milchglas(tmp_path / "second", "http://127.0.0.1:9", {"data": str(milchglas.data)})
    said = refused(second)
    assert said.startswith(f"milchglas: another `milchglas run` uses the data folder {milchglas.data}")
    assert milchglas.stop() == 0


def test_a_data_folder_that_cannot_be_used_is_named(milchglas: Milchglas) -> None:
    milchglas.data.write_text("a file, not a folder")
    said = refused(milchglas)
    assert str(milchglas.data) in said
    assert "change `data`" in said


def test_a_data_folder_that_cannot_be_made_is_named(milchglas: Milchglas) -> None:
    milchglas.config["data"] = "/proc/milchglas"  # where not even root makes folders
    milchglas.write()
    said = refused(milchglas)
    assert "the data folder /proc/milchglas cannot be used" in said
    assert "change `data`" in said


def test_a_missing_file_is_named(milchglas: Milchglas) -> None:
    milchglas.file.unlink()
    done = milchglas.command("check")
    assert done.returncode == 1
    assert "no such file" in done.stderr


def test_a_certificate_that_cannot_be_used_is_named(milchglas: Milchglas) -> None:
    key = milchglas.folder / "key.pem"
    key.write_text("no key")
    milchglas.config["listen"]["tls"] = {"cert": str(key), "key": str(key)}
    milchglas.write()
    assert "listen.tls: cannot use" in refused(milchglas)


def test_check_says_what_would_happen(milchglas: Milchglas) -> None:
    done = milchglas.command("check")
    assert done.returncode == 0
    assert "values of harmless fields only" in done.stdout
    assert "visitors must be told" in done.stdout
