"""`milchglas demo` as a person types it: real processes, and the addresses that it prints."""

from __future__ import annotations

import re
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from proxy.demo import localhost
from tests.running import ROOT, wait_for


@contextmanager
def demo(folder: Path, *words: str) -> Iterator[str]:
    """A running demo: what it printed when it was up."""
    printed = folder / "printed.txt"
    line = [sys.executable, "-m", "proxy", "demo", "--data", str(folder / "data"), *words]
    with printed.open("wb") as out:
        process = subprocess.Popen(line, stdout=out, stderr=out, cwd=ROOT, start_new_session=True)

    def is_up() -> bool:
        assert process.poll() is None, printed.read_text()
        return "^C ends the demo" in printed.read_text()

    try:
        wait_for(is_up, 40, "the demo does not start")
        yield printed.read_text()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0


def refused(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "proxy", "demo", *words], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def shop_of(printed: str) -> str:
    found = re.search(r"The shop, through Milchglas +(\S+)", printed)
    assert found
    return found[1]


def start_page(url: str, trusted: Path) -> bytes:
    """The page, from a server that proves its name by this certificate."""
    context = ssl.create_default_context(cafile=trusted)
    with urllib.request.urlopen(url, timeout=20, context=context) as answer:
        return answer.read()


def test_the_shop_comes_over_tls_that_a_visitor_can_verify(tmp_path: Path) -> None:
    with demo(tmp_path, "--tls") as printed:
        url = shop_of(printed)
        assert url.startswith("https://127.0.0.1:")
        cert = tmp_path / "data" / "localhost.crt"
        assert str(cert) in printed
        for each in (url, url.replace("127.0.0.1", "localhost")):
            page = start_page(each, cert)
            assert b"Altwarenhandel Kessler" in page and b"data-milchglas-config=" in page
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(url, timeout=20)


def test_the_operators_own_certificate_is_used(tmp_path: Path) -> None:
    own = localhost.certificate(tmp_path / "own")
    assert own.cert and own.key
    with demo(tmp_path, "--cert", str(own.cert), "--key", str(own.key)) as printed:
        assert str(own.cert) in printed
        assert b"Altwarenhandel Kessler" in start_page(shop_of(printed), own.cert)
    assert not (tmp_path / "data" / "localhost.crt").exists()


def test_without_tls_it_is_plain_http(tmp_path: Path) -> None:
    with demo(tmp_path) as printed:
        assert shop_of(printed).startswith("http://127.0.0.1:")
        assert "certificate" not in printed


def test_a_certificate_without_its_key_is_refused(tmp_path: Path) -> None:
    assert "give --cert and --key" in refused("--data", str(tmp_path), "--cert", "x.pem")


@pytest.mark.parametrize("wrong", ["missing", "of another"])
def test_files_that_do_not_fit_are_named(tmp_path: Path, wrong: str) -> None:
    own, other = localhost.certificate(tmp_path / "own"), localhost.certificate(tmp_path / "other")
    key = other.key if wrong == "of another" else tmp_path / "nowhere.key"
    said = refused("--data", str(tmp_path / "data"), "--cert", str(own.cert), "--key", str(key))
    assert str(own.cert) in said and str(key) in said and "the key the certificate's own" in said


def test_a_data_folder_that_cannot_be_made_is_named() -> None:
    assert "the data folder /proc/milchglas cannot be used" in refused("--data", "/proc/milchglas", "--tls")
