"""The certificate that the demo makes for this machine."""

from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest
from cryptography import x509

from proxy.config import Tls
from proxy.demo import localhost
from proxy.tls import server_context


def read(tls: Tls) -> tuple[bytes, bytes]:
    assert tls.cert and tls.key
    return tls.cert.read_bytes(), tls.key.read_bytes()


def test_it_is_made_once_and_only_this_user_can_read_it(tmp_path: Path) -> None:
    first = read(localhost.certificate(tmp_path))
    assert read(localhost.certificate(tmp_path)) == first
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 2


def test_it_is_for_this_machine_and_a_short_while_and_no_authority(tmp_path: Path) -> None:
    cert = x509.load_pem_x509_certificate(read(localhost.certificate(tmp_path))[0])
    names = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == ["localhost", "127.0.0.1"]
    assert cert.not_valid_after_utc - datetime.datetime.now(datetime.UTC) < datetime.timedelta(days=31)
    assert not cert.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_it_is_made_anew_when_it_is_about_to_expire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(localhost, "DAYS", 0.9)
        first = read(localhost.certificate(tmp_path))
    second = read(localhost.certificate(tmp_path))
    assert first[0] != second[0] and first[1] != second[1]
    assert read(localhost.certificate(tmp_path)) == second


@pytest.mark.parametrize("damage", ["no certificate", "no key", "cut off", "of another"])
def test_files_that_cannot_be_used_are_replaced(tmp_path: Path, damage: str) -> None:
    tls = localhost.certificate(tmp_path / "a")
    assert tls.cert and tls.key
    match damage:
        case "no certificate":
            tls.cert.unlink()
        case "no key":
            tls.key.unlink()
        case "cut off":
            tls.cert.write_bytes(tls.cert.read_bytes()[:99])
        case "of another":
            tls.key.write_bytes(read(localhost.certificate(tmp_path / "b"))[1])
    server_context(localhost.certificate(tmp_path / "a"))
