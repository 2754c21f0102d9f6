"""What a verdict stands for, where no browser is needed to see it."""

from __future__ import annotations

from proxy.privacy.policy import KEPT
from proxy.selftest.judge import MAY_STAY, Line, Outcome, worst


def test_the_table_that_is_tested_against_is_the_one_that_is_promised() -> None:
    assert dict(MAY_STAY) == dict(KEPT)


def line(selector: str, outcome: Outcome) -> Line:
    return Line("https://shop.example.com/", "", selector, "unknown", "unknown", False, outcome)


def test_of_several_visits_the_worst_counts() -> None:
    visits = [line("#a", Outcome.REMOVED), line("#b", Outcome.LEAKED), line("#a", Outcome.LEAKED)]
    visits += [line("#b", Outcome.REMOVED), line("#c", Outcome.UNTESTED), line("#c", Outcome.ABSENT)]
    found = [(each.selector, each.outcome) for each in worst(visits)]
    assert found == [("#a", Outcome.LEAKED), ("#b", Outcome.LEAKED), ("#c", Outcome.ABSENT)]
