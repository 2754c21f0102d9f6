"""Every case of cases.py in a real Chromium, through a whole Milchglas: what may not stay is gone, harmless stays.

Each is made three times: harmless values recorded, personal ones too, and harmless ones with a recorder that masks
nothing, so that the proxy has to hold alone. With a case's mutant in the proxy, and that recorder, it leaks; so it
does with one in the recorder, where only the recorder can know.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests import mutants
from tests.browser import require_chromium
from tests.canaries import traces_in_events
from tests.mutants import Mutant
from tests.running import ROOT
from tests.trees import copied
from tests.upstream import serving

from .cases import CASES, HEAD, RECORDER_MUTANTS, SEARCH, Case
from .conftest import hook
from .visits import Events, path_of, typed, visited

require_chromium()
# The first test of a way makes all its visits.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

ALONE = "harmless, bare"
WAYS = [
    pytest.param(way, case, id=f"{way}-{case.name}", marks=pytest.mark.xdist_group(f"cases, {way}"))
    for way in ("harmless", "personal", ALONE)
    for case in CASES
    if case.alone or way != ALONE
]
BROKEN = [
    pytest.param(case, id=case.name, marks=pytest.mark.xdist_group(f"cases, {case.mutant}"))
    for case in sorted(CASES, key=lambda case: case.mutant)
]

type Made = Callable[[str], Mapping[str, Events | BaseException]]


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    """All the pages."""
    with serving() as made:
        for case in CASES:
            made.page(path_of(case), (HEAD + case.body).encode())
            for path, text in case.more.items():
                made.page(path, text.encode())
        yield made.url


@pytest.fixture(scope="module")
def bare_js() -> str:
    return Path(hook().build_bare()).read_text("ascii")


@pytest.fixture(scope="module")
def in_way(upstream: str, bare_js: str, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """All visits of a way, made when it is first asked for."""

    @cache
    def made(way: str) -> Mapping[str, Events | BaseException]:
        forms, _, bare = way.partition(", ")
        cases = [case for case in CASES if case.alone or not bare]
        return visited(cases, upstream, tmp_path_factory.mktemp("cases"), forms, bare_js if bare else None)

    return made


def traces(events: Events, values: Iterable[str]) -> list[str]:
    """Where one of the values shows: as it is, in any encoding, or in part."""
    return [trace for value in values for trace in traces_in_events(events, value)]


def forbidden(case: Case, forms: str) -> tuple[str, ...]:
    return case.secret + case.unknown + (case.personal if forms == "harmless" else ())


def of(case: Case, made: Mapping[str, Events | BaseException]) -> Events:
    """What is recorded of its visit; raises what the visit raised."""
    found = made[case.name]
    if isinstance(found, BaseException):
        raise found
    assert SEARCH in typed(found), "the harmless value is not in the recording"
    return found


@pytest.mark.parametrize(("way", "case"), WAYS)
def test_nothing_gets_through(in_way: Made, way: str, case: Case) -> None:
    forms = way.partition(", ")[0]
    assert traces(of(case, in_way(way)), forbidden(case, forms)) == []


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
def mutated(upstream: str, bare_js: str, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The visits of all cases that name a fault, before a Milchglas or with a recorder that has it."""

    @cache
    def made(mutant: str) -> Mapping[str, Events | BaseException]:
        folder = tmp_path_factory.mktemp(mutant)
        cases = [case for case in CASES if case.mutant == mutant]
        if mutant in RECORDER_MUTANTS:
            return visited(cases, upstream, folder, "harmless", recorder_with(RECORDER_MUTANTS[mutant], folder))
        tree = copied(folder / "tree")
        mutants.apply(mutant, tree)
        return visited(cases, upstream, folder, "harmless", bare_js, tree)

    return made


@pytest.mark.parametrize("case", BROKEN)
def test_its_mutant_lets_something_through(mutated: Made, case: Case) -> None:
    assert traces(of(case, mutated(case.mutant)), forbidden(case, "harmless")) != []
