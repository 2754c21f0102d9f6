"""Every file of tests/cases/batch is a story of a page, and what must be left of it.

A file: `defends` the rule it stands for, `mutant` of tests/mutants.py that breaks it, `site` (its keys), `batches`
(each with `events` and `cards`; `view` and `seq` go on by themselves), `expect`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import SanitizedBatch, sanitize
from tests.mutants import MUTANTS, apply
from tests.proxy.privacy.pages import VIEW, Ids, batch, event, leaks, site, told

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "tests/cases/batch").glob("*.yaml"))


def load(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    assert set(case) <= {"defends", "mutant", "site", "batches", "expect"}, "unknown key in the case"
    return case


def play(case: dict[str, Any]) -> list[SanitizedBatch]:
    """The case's batches through one memory, each accepted as by the spool."""
    policy, memory, ids, results = Policy.of(site(**case.get("site", {}))), Memory(), Ids(), []
    for number, each in enumerate(case["batches"]):
        if each.get("memory") == "lost":
            memory = Memory()
        view, seq = each.get("view", VIEW), each.get("seq", number)
        made = batch([event(line, ids) for line in each["events"]], each.get("cards"), seq, view)
        results.append(sanitize(made, policy, memory))
        memory.accept(view, seq)
    return results


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    expect, results = case["expect"], play(case)
    text, last = "\n".join(told(result) for result in results), results[-1]
    for canary in expect.get("canaries", []):
        assert not leaks(text, str(canary)), "a canary got through"
    for gone in expect.get("absent", []):
        assert str(gone) not in text, "what must be absent is there"
    for kept in expect.get("present", []):
        assert str(kept) in text, f"{kept!r} must stay"
    counts: dict[str, int] = {}
    for result in results:
        counts = {rule: counts.get(rule, 0) + result.counts.get(rule, 0) for rule in counts | dict(result.counts)}
    for rule, number in expect.get("counts", {}).items():
        assert counts.get(rule, 0) == number, f"count of {rule}"
    if "findings" in expect:
        assert [[f.page, f.selector, f.kind] for r in results for f in r.findings] == expect["findings"]
    if "mask" in expect:
        assert list(last.mask) == expect["mask"]
    if "snapshot" in expect:
        assert last.snapshot is expect["snapshot"]


def mutants() -> list[str]:
    return sorted({load(path)["mutant"] for path in CASES})


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_mutant_breaks_the_cases_that_name_it(name: str, tmp_path: Path) -> None:
    paths = [path for path in CASES if load(path)["mutant"] == name]
    assert paths, "no case stands for this mutant"
    for folder in ("proxy", "tests/proxy/privacy", "tests/cases/batch"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "built", "*.map")
        )
    for file in ("tests/mutants.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path / file)
    apply(name, tmp_path)
    wanted = [f"tests/proxy/privacy/test_cases.py::test_case[{path.stem}]" for path in paths]
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            "-q",
            "-rf",
            "--rootdir",
            ".",
            *wanted,
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.stdout.count("FAILED ") == len(paths), run.stdout[-2000:] + run.stderr[-2000:]


def test_every_case_names_a_mutant_that_there_is() -> None:
    assert set(mutants()) == set(MUTANTS)
