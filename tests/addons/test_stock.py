"""The addons in a stock mitmdump and mitmweb, before the bundled shop."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from addons import stock
from proxy import stream
from tests.conftest import Worker, working
from tests.proxy.demo.conftest import running_shop
from tests.running import ROOT, answers, free_ports, wait_for
from tests.wire import Visitor

PAGE = ("Sec-Fetch-Dest: document", "Accept-Encoding: gzip")
PATHS = ["/", "/login.php", "/suche.php?q=Koffer", "/hilfe.php", "/bilder/uhr.png", "/nirgends.php"]
CONFIG = """version: 1
listen: {{port: {port}}}
data: {data}
sites:
  - {{name: altwaren, hosts: ["*"], upstream: "http://127.0.0.1:{shop}", pages: {{exclude: [/hilfe.php]}}}}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[int]:
    with running_shop() as port:
        yield port


def written(folder: Path, shop: int, port: int) -> Path:
    file = folder / "milchglas.yaml"
    file.write_text(CONFIG.format(port=port, shop=shop, data=folder / "data"))
    return file


@contextmanager
def stock_program(program: str, file: Path, port: int, *more: str) -> Iterator[Path]:
    """A mitmdump or mitmweb that has loaded the addons; its log."""
    log = file.with_name("log.txt")
    line = [Path(sys.executable).with_name(program), "-s", ROOT / "addons/__init__.py"]
    options = ["--set", f"milchglas={file}", "--set", f"confdir={file.parent / 'mitm'}", "-p", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen([*line, *options, *more], stdout=out, stderr=out, cwd=file.parent)
    try:
        wait_for(lambda: "reverse proxy to" in log.read_text() or process.poll() is not None, 30, "does not start")
        assert process.poll() is None, log.read_text()
        wait_for(lambda: answers(port), 10, "does not listen")
        yield log
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def live(tmp_path: Path, shop: int) -> Iterator[Worker]:
    from proxy.load import load

    with working(load(written(tmp_path, shop, 0))) as worker:
        yield worker


@pytest.mark.parametrize("program", ["mitmdump", "mitmweb"])
def test_pages_are_those_of_the_live_proxy(program: str, tmp_path: Path, shop: int, live: Worker) -> None:
    port, web = free_ports(2)
    more = ("--no-web-open-browser", "--web-port", str(web)) if program == "mitmweb" else ()
    with stock_program(program, written(tmp_path, shop, port), port, *more), Visitor(shop) as direct:
        cookie = (direct.get("/").header("Set-Cookie") or "").partition(";")[0]
        for path in PATHS:
            with Visitor(port) as visitor, Visitor(live.port) as other:
                answer, wanted = (each.get(path, f"Cookie: {cookie}", *PAGE) for each in (visitor, other))
            assert answer.complete and answer.status == wanted.status
            undated = [[line for line in each.lines if not line.startswith("Date:")] for each in (answer, wanted)]
            assert undated[0] == undated[1], path
            if path != "/":  # in pieces: how they are coded is chance
                assert answer.body == wanted.body, path
            else:
                assert gzip.decompress(answer.body) == gzip.decompress(wanted.body)


def test_what_is_ours_is_answered_and_never_reaches_the_site(tmp_path: Path, shop: int) -> None:
    (port,) = free_ports(1)
    with stock_program("mitmdump", written(tmp_path, shop, port), port, "--flow-detail", "4") as log:
        with Visitor(port) as visitor:
            assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200
            raw = visitor.get("/_milchglas/events", method="POST", body=b'{"v": 1, "text": "Zaunkoenig99"}')
            assert raw.status == 400
            assert visitor.get("/_milchglas/nothing", method="POST", body=b"Zaunkoenig99").status == 404
        assert "Zaunkoenig99" not in log.read_text()
    assert not (tmp_path / "data/spool").exists()


def test_a_bad_configuration_is_said_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "milchglas.yaml"
    file.write_text("version: 1\nsite: []\n")
    line = [Path(sys.executable).with_name("mitmdump"), "-s", ROOT / "addons/__init__.py", "-p", "0"]
    process = subprocess.Popen(
        [*line, "--set", f"milchglas={file}", "--set", f"confdir={tmp_path / 'mitm'}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        said = ""
        while "milchglas.yaml:2" not in said:
            more = process.stdout.readline()
            assert more, said
            said += more
    finally:
        process.terminate()
        process.wait(20)


def test_both_name_the_route_alike() -> None:
    assert stock.METADATA == stream.METADATA
