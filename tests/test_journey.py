"""The whole journey in a real Chromium: a visit, a login, a recording that plays, and no secret anywhere.

The visit is made twice: with our recorder, and with a bare one that masks nothing in the browser, so that the
proxy has to hold alone. The mutants at the end show that it is the proxy that holds.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests import mutants
from tests.browser import chromium, require_chromium
from tests.canaries import files, stored_events, strings, traces_in_bytes, traces_in_events
from tests.relay import Relay, relaying
from tests.running import ROOT, Milchglas, answers, free_ports, wait_for
from tests.trees import copied
from tests.visit import HARMLESS, PERSONAL, SECRET, UNKNOWN, Shop, through_the_shop

require_chromium()
pytestmark = pytest.mark.browser

FORBIDDEN = SECRET | PERSONAL | UNKNOWN
BARE = ROOT / "recorder" / "dist" / "recorder.bare.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def shop_url() -> Iterator[str]:
    (port,) = free_ports(1)
    code = f"import asyncio; from proxy.demo.shop import serve; asyncio.run(serve('127.0.0.1', {port}))"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    wait_for(lambda: answers(port), 20, "the shop does not start")
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def bare_recorder() -> str:
    subprocess.run(["npm", "run", "--silent", "build:bare"], cwd=ROOT / "recorder", check=True)
    return BARE.read_text()


@dataclass
class Journey:
    """What a visit left behind."""

    milchglas: Milchglas
    relay: Relay
    recording: dict[str, Any]
    events: list[dict[str, Any]]
    script_errors: list[str]

    def leaks(self) -> list[str]:
        """Every trace of every value that must not be there, and where."""
        found = []
        for name, value in FORBIDDEN.items():
            for place, events in (("export", self.events), ("wire", stored_events(bytes(self.relay.sent)))):
                found += [f"{name} in {place}: {trace}" for trace in traces_in_events(events, value)]
            for file in (*files(self.milchglas.data), self.milchglas.log):
                found += [f"{name} in {file.name}: {trace}" for trace in traces_in_bytes(file.read_bytes(), value)]
        return found


@contextmanager
def journey(
    browser: Browser, shop_url: str, folder: Path, *, bare: str | None = None, tree: Path = ROOT
) -> Iterator[Journey]:
    """A visit through a Milchglas whose storage is a service of its own, behind a relay that keeps all bytes."""
    milchglas = Milchglas(folder, shop_url, tree=tree)
    storage = Milchglas(folder, shop_url, tree=tree)
    with relaying(milchglas.dashboard) as relay:
        token = {"token": "token-of-the-test", "listen": {"host": "127.0.0.1", "port": milchglas.dashboard}}
        milchglas.config["storage"] |= {"url": f"http://127.0.0.1:{relay.port}", **token}
        storage.config, storage.dashboard = milchglas.config, milchglas.dashboard
        try:
            storage.start("storage")
            milchglas.start()
            context = browser.new_context(locale="de-DE")
            page = context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(error.message))
            if bare is not None:
                page.route(
                    "**/_milchglas/recorder.*.js",
                    lambda route: route.fulfill(body=bare, content_type="text/javascript"),
                )
            through_the_shop(Shop(page, milchglas.url))
            page.wait_for_timeout(500)
            context.close()
            milchglas.wait_spool_empty()
            (recording,) = milchglas.recordings()
            yield Journey(milchglas, relay, recording, milchglas.export(recording["id"]), errors)
        finally:
            milchglas.close()
            storage.close()


def texts(events: list[dict[str, Any]]) -> set[str]:
    return {text for event in events for text in strings(event)}


def typed(events: list[dict[str, Any]]) -> set[str]:
    return {event["data"]["text"] for event in events if event["type"] == 3 and event["data"].get("source") == 5}


@pytest.fixture(scope="module")
def visited(browser: Browser, shop_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(browser, shop_url, tmp_path_factory.mktemp("visit")) as made:
        yield made


@pytest.fixture(scope="module")
def visited_bare(
    browser: Browser, shop_url: str, bare_recorder: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Journey]:
    with journey(browser, shop_url, tmp_path_factory.mktemp("bare"), bare=bare_recorder) as made:
        yield made


def test_the_visit_is_one_recording_of_all_its_pages(visited: Journey) -> None:
    assert visited.script_errors == []
    assert visited.recording["site"] == "altshop"
    assert visited.recording["views"] == 14
    paths = {urlsplit(event["data"]["href"]).path for event in visited.events if event["type"] == 4}
    assert {f"/{name}.php" for name in ("suche", "kasse1", "kasse2", "kasse3", "danke", "impressum")} <= paths
    sources = {event["data"].get("source") for event in visited.events if event["type"] == 3}
    assert {0, 1, 2, 5} <= sources, "mutations, movements, clicks and inputs"


def test_harmless_values_are_in_the_recording(visited: Journey) -> None:
    assert set(HARMLESS.values()) <= typed(visited.events)


def test_no_secret_personal_or_unknown_value_is_anywhere(visited: Journey) -> None:
    assert visited.leaks() == []


def test_what_nobody_marked_is_found(visited: Journey) -> None:
    assert visited.recording["findings"] >= len(SECRET)


def test_with_a_recorder_that_masks_nothing_the_proxy_holds_alone(visited_bare: Journey) -> None:
    assert visited_bare.leaks() == []
    assert set(HARMLESS.values()) <= typed(visited_bare.events)


@pytest.mark.parametrize("mutant", ["sanitizing_off", "echo_off", "sticky_off", "unknown_kept"])
def test_each_of_these_mutants_leaks(
    mutant: str, browser: Browser, shop_url: str, bare_recorder: str, tmp_path: Path
) -> None:
    tree = copied(tmp_path / "tree")
    mutants.apply(mutant, tree)
    with journey(browser, shop_url, tmp_path, bare=bare_recorder, tree=tree) as made:
        assert made.leaks() != []


def test_an_operator_logs_in_and_watches(visited: Journey, browser: Browser) -> None:
    password = "vier alte Fahrräder"
    done = visited.milchglas.command("user", "add", "ada@example.org", "--password-stdin", stdin=password)
    assert done.returncode == 0, done.stderr
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{visited.milchglas.dashboard}/")
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=password]", "ein falsches Wort")
    page.click("main button")
    assert "ein falsches Wort" not in page.content()
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_url("**/recordings")
    page.click(f"a[href*='{visited.recording['id']}']")
    replayed = page.frame_locator("iframe")
    replayed.get_by_text("Altwarenhandel Kessler").first.wait_for(timeout=15000)
    frame = page.locator("iframe").first
    assert frame.get_attribute("sandbox") == "allow-same-origin"
    context.close()
