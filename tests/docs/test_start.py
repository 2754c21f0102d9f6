"""docs/start.md, typed from top to bottom in an empty folder, before the bundled shop.

Its ports are replaced by free ones. `make install` is not typed: the tests run in what it made. Chromium visits.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.browser import chromium, require_chromium
from tests.docs.pages import DOCS, blocks
from tests.proxy.demo.conftest import running_shop
from tests.running import free_ports

require_chromium()

pytestmark = pytest.mark.browser

SHOWN = ("8000", "8080", "8090", "9090")
"""The page's ports: upstream, visitors, dashboard, admin."""
PAGE = DOCS / "start.md"


@dataclass
class Terminal:
    """An empty folder in which the page is typed. `ports` maps the page's ports to free ones."""

    folder: Path
    ports: dict[str, str]
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def here(self, text: str) -> str:
        """The page's text with the ports of this run."""
        return re.sub(rf"\b(?:{'|'.join(SHOWN)})\b", lambda found: self.ports[found[0]], text)

    def type(self, command: str) -> str:
        """What it prints, errors and all; for `milchglas run`, until it is up."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        log = (self.folder.parent / f"said-{time.monotonic_ns()}").open("w+")
        process = subprocess.Popen(
            ["/bin/sh", "-c", command if "|" in command else f"exec {command}"],
            cwd=self.folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PATH": path},
        )
        if command.startswith("milchglas run"):
            self.running.append(process)
            wait_until(lambda: "/readyz" in Path(log.name).read_text() or process.poll() is not None)
        else:
            process.wait(60)
        return Path(log.name).read_text()

    def lists_a_recording(self, command: str) -> bool:
        return '"site"' in self.type(command)

    def close(self) -> None:
        """`^C` for what still runs."""
        for process in self.running:
            process.send_signal(signal.SIGINT)
            assert process.wait(40) == 0


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Poll until `true()` is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def sessions() -> Iterator[tuple[str, list[str]]]:
    """Each command of the page's console blocks, and the lines that stand below it."""
    for block in blocks(PAGE):
        if block.language != "console":
            continue
        for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
            command, *said = part.strip().split("\n")
            yield command, said


def stand_in(quoted: list[str], said: str) -> bool:
    """Whether the quoted lines are printed in this order; `…` in a line is any text, alone it is any lines."""
    lines = iter(said.splitlines())
    for quote in (each for each in quoted if each != "…"):
        wanted = re.compile(".*".join(re.escape(part) for part in quote.split("…")))
        if not any(wanted.fullmatch(line) for line in lines):
            return False
    return True


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with running_shop() as shop:
        folder = tmp_path / "empty"
        folder.mkdir()
        made = Terminal(folder, dict(zip(SHOWN, map(str, [shop, *free_ports(3)]), strict=True)))
        yield made
        made.close()


def visit(url: str) -> None:
    """As step 6 says."""
    with chromium() as browser:
        page = browser.new_page()
        page.goto(url)
        with page.expect_response(lambda answer: "/_milchglas/events" in answer.url and answer.status == 202):
            page.mouse.move(50, 60)
        page.close()


def test_all_that_the_first_page_says_to_type_works_and_prints_what_it_quotes(terminal: Terminal) -> None:
    (file,) = [block.text for block in blocks(PAGE) if block.language == "yaml"]
    # The status page and the dashboard stand where they stand by default; here others may, too.
    free = "admin: {port: 9090}\nstorage: {listen: {port: 8090}, require_second_factor: false}"
    written, replaced = re.subn(r"storage: \{require_second_factor: false\}.*", free, file)
    assert replaced == 1
    (terminal.folder / "milchglas.yaml").write_text(terminal.here(written))

    typed = []
    for command, quoted in sessions():
        if command.startswith("milchglas recordings"):
            visit(terminal.here("http://localhost:8080/"))
            wait_until(partial(terminal.lists_a_recording, command))
        said = terminal.type(terminal.here(command))
        assert stand_in([terminal.here(line) for line in quoted], said), f"{command}\n{said}"
        typed.append(command.split()[1] if command.startswith("milchglas") else command.split()[0])
    assert typed == ["check", "explain", "user", "run", "curl", "curl", "recordings", "reload", "off", "on"]


@pytest.mark.parametrize("said", ["b\na", "a", "a\nbc"])
def test_a_quote_that_is_not_printed_would_be_found(said: str) -> None:
    assert stand_in(["a", "…", "b"], "a\nx\nb")
    assert not stand_in(["a", "…", "b"], said)
