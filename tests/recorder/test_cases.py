"""Every case of cases.py in a real Chromium, through a whole Milchglas: what may not stay is gone, harmless stays.

Each is made three times: harmless values recorded, personal ones too, and harmless ones with a recorder that masks
nothing, so that the proxy has to hold alone. With a case's mutant in the proxy, and that recorder, it leaks; so it
does with one in the recorder, where only the recorder can know.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from tests import mutants
from tests.browser import chromium, require_chromium
from tests.canaries import traces_in_events
from tests.mutants import Mutant
from tests.running import ROOT, Milchglas
from tests.trees import copied
from tests.upstream import Upstream, serving

from .cases import CASES, HEAD, RECORDER_MUTANTS, SEARCH, Case
from .conftest import hook

require_chromium()
pytestmark = pytest.mark.browser

type Events = list[dict[str, Any]]


def path_of(case: Case) -> str:
    return "/" + "".join(letter if letter.isalnum() else "-" for letter in case.name)


@dataclass
class Visits:
    """A running Milchglas and what its visitors left behind, by case."""

    browser: Browser
    milchglas: Milchglas
    bare: str | None
    found: dict[str, Events]

    def events(self, case: Case) -> Events:
        """What is recorded of a case; it is visited when it is first asked for."""
        if case.name not in self.found:
            known = {each["id"] for each in self.milchglas.recordings()}
            self.visit(case)
            self.milchglas.wait_spool_empty()
            (made,) = (each["id"] for each in self.milchglas.recordings() if each["id"] not in known)
            self.found[case.name] = self.milchglas.export(made)
        return self.found[case.name]

    def visit(self, case: Case) -> None:
        context = self.browser.new_context(locale="de-DE")
        page = context.new_page()

        def recorder(route: Route) -> None:
            if case.late:
                page.wait_for_function("window.recorderMayCome")
            if self.bare is None:
                route.continue_()
            else:
                route.fulfill(body=self.bare, content_type="text/javascript")

        page.route("**/_milchglas/recorder.*.js", recorder)
        page.goto(self.milchglas.url + path_of(case), wait_until="domcontentloaded" if case.late else "load")
        if not case.late:
            page.wait_for_function("window.milchglas")
            page.wait_for_timeout(500)  # the first answer of the proxy, as for any visitor who first looks
        case.act(page)
        page.fill("#q", "")
        page.locator("#q").press_sequentially(SEARCH, delay=4)
        page.locator("#q").blur()
        page.wait_for_timeout(200)
        page.goto("about:blank")
        page.wait_for_timeout(500)
        context.close()


@contextmanager
def visits(
    browser: Browser, upstream: Upstream, folder: Path, forms: str, bare: str | None = None, tree: Path = ROOT
) -> Iterator[Visits]:
    site = {"record": {"forms": forms}, "consent": {"notice_url": "https://shop.example/privacy"}}
    milchglas = Milchglas(folder, upstream.url, {"site": site}, tree=tree)
    try:
        milchglas.start()
        yield Visits(browser, milchglas, bare, {})
    finally:
        milchglas.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    """All the pages."""
    with serving() as made:
        for case in CASES:
            made.page(path_of(case), (HEAD + case.body).encode())
            for path, text in case.more.items():
                made.page(path, text.encode())
        yield made


@pytest.fixture(scope="module")
def bare_js() -> str:
    return Path(hook().build_bare()).read_text("ascii")


@pytest.fixture(scope="module", params=["harmless", "personal", "harmless, bare"])
def visited(
    request: pytest.FixtureRequest,
    browser: Browser,
    upstream: Upstream,
    bare_js: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Visits]]:
    forms, _, bare = request.param.partition(", ")
    with visits(browser, upstream, tmp_path_factory.mktemp("cases"), forms, bare_js if bare else None) as made:
        yield forms, made


def other_spellings(value: str) -> Iterator[str]:
    """Besides those of canaries.py: entities, UTF-16, a card number's groups backwards, dashes for spaces."""
    yield "".join(f"&#{ord(letter)};" for letter in value)
    yield base64.b64encode(value.encode("utf-16-le")).decode().rstrip("=")[:-1]
    for gap in " -":
        yield gap.join(reversed(value.split(" "))) if " " in value else value
        yield value.replace(" ", gap)


def traces(events: Events, values: Iterable[str]) -> list[str]:
    """Where one of the values shows: as it is, in any encoding, or in part."""
    found = []
    for value in values:
        found += traces_in_events(events, value)
        for spelling in other_spellings(value):
            found += traces_in_events(events, spelling)
    return found


def forbidden(case: Case, forms: str) -> tuple[str, ...]:
    return case.secret + case.unknown + (case.personal if forms == "harmless" else ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_gets_through(visited: tuple[str, Visits], case: Case) -> None:
    forms, made = visited
    if made.bare and not case.alone:
        pytest.skip("the proxy is never told the value that is echoed")
    events = made.events(case)
    typed = [event["data"]["text"] for event in events if event["type"] == 3 and event["data"].get("source") == 5]
    assert SEARCH in typed, "the harmless value is not in the recording"
    assert traces(events, forbidden(case, forms)) == []


def recorder_with(mutant: Mutant, folder: Path) -> str:
    """The recorder built with a fault in it."""
    recorder = folder / "recorder"
    shutil.copytree(ROOT / "recorder", recorder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (recorder / "node_modules").symlink_to(ROOT / "recorder" / "node_modules")
    source = folder / mutant.file
    text = source.read_text()
    assert text.count(mutant.old) == 1
    source.write_text(text.replace(mutant.old, mutant.new))
    made = folder / "built" / "recorder.js"
    subprocess.run(["node", "build.mjs", "recorder", str(made)], cwd=recorder, check=True)
    return made.read_text("ascii")


@pytest.fixture(scope="module")
def mutated(
    browser: Browser, upstream: Upstream, bare_js: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Visits]]:
    """A Milchglas with a fault in it, started when it is first asked for."""
    with ExitStack() as stack:
        running: dict[str, Visits] = {}

        def start(mutant: str) -> Visits:
            if mutant not in running:
                folder = tmp_path_factory.mktemp(mutant)
                tree, js = ROOT, bare_js
                if mutant in RECORDER_MUTANTS:
                    js = recorder_with(RECORDER_MUTANTS[mutant], folder)
                else:
                    tree = copied(folder / "tree")
                    mutants.apply(mutant, tree)
                running[mutant] = stack.enter_context(visits(browser, upstream, folder, "harmless", js, tree))
            return running[mutant]

        yield start


@pytest.mark.parametrize("case", sorted(CASES, key=lambda case: case.mutant), ids=lambda case: case.name)
def test_its_mutant_lets_something_through(mutated: Callable[[str], Visits], case: Case) -> None:
    events = mutated(case.mutant).events(case)
    assert traces(events, forbidden(case, "harmless")) != []
