"""Every file of tests/cases/batch is a story of a page, and what must be left of it.

A file: `defends` the rule it stands for, `mutant` of tests/mutants.py that breaks it, `site` (its keys), `forms`
(the modes in which it is told, where both matter), `batches` (each with `events` and `cards`; `view` and `seq`
go on by themselves), `expect` (`canaries` in every mode, `personal` ones where personal values are not kept).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import SanitizedBatch, sanitize
from tests.mutants import MUTANTS, ROOT, failing
from tests.proxy.privacy.pages import VIEW, Ids, batch, event, leaks, site, told

FILES = sorted((ROOT / "tests/cases/batch").glob("*.yaml"))
NOTICE = {"notice_url": "https://shop.example/privacy"}


def load(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    known = {"defends", "mutant", "site", "forms", "batches", "expect"}
    assert set(case) <= known, "unknown key in the case"
    return case


CASES = {
    f"{path.stem}-{forms}" if forms else path.stem: (load(path), forms)
    for path in FILES
    for forms in load(path).get("forms", [""])
}
"""name -> the case, and its mode; none where `site` says it"""


def cases_of(mutant: str) -> list[str]:
    """The cases that name a mutant, each in its first mode."""
    first = {path.stem: load(path).get("forms", [""])[0] for path in FILES}
    wanted = {f"{stem}-{forms}" if forms else stem for stem, forms in first.items()}
    return [name for name, (case, _) in CASES.items() if name in wanted and case["mutant"] == mutant]


def policy_of(case: dict[str, Any], forms: str) -> Policy:
    keys = case.get("site", {})
    return Policy.of(site(**keys | {"record": {"forms": forms}, "consent": NOTICE} if forms else keys))


def play(case: dict[str, Any], forms: str) -> list[SanitizedBatch]:
    """The case's batches through one memory, each accepted as by the spool."""
    policy, memory, ids, results = policy_of(case, forms), Memory(), Ids(), list[SanitizedBatch]()
    for number, each in enumerate(case["batches"]):
        if each.get("memory") == "lost":
            memory = Memory()
        view, seq = each.get("view", VIEW), each.get("seq", number)
        made = batch([event(line, ids) for line in each["events"]], each.get("cards"), seq, view)
        results.append(sanitize(made, policy, memory))
        memory.accept(view, seq)
    return results


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case, forms = CASES[name]
    expect, results = case["expect"], play(case, forms)
    text, last = "\n".join(told(result) for result in results), results[-1]
    for canary in expect.get("canaries", []) + ([] if forms == "personal" else expect.get("personal", [])):
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


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_mutant_breaks_the_cases_that_name_it(name: str, tmp_path: Path) -> None:
    assert cases_of(name), "no case stands for this mutant"
    assert failing(name, cases_of(name), tmp_path) == cases_of(name)


def test_every_case_names_a_mutant_that_there_is() -> None:
    assert {case["mutant"] for case, _ in CASES.values()} == set(MUTANTS)
