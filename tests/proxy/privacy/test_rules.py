"""Every rule proves itself on its examples, by the whole table."""

from __future__ import annotations

import pytest

from proxy.privacy.rule import Rule
from proxy.privacy.rules import RULES, kind_of


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.match])
def test_must_match(rule: Rule, text: str) -> None:
    assert kind_of(text) == rule.kind


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.clean])
def test_must_not_match(rule: Rule, text: str) -> None:
    assert kind_of(text) != rule.kind


def test_every_rule_has_examples_of_both_sorts() -> None:
    assert all(rule.match and rule.clean for rule in RULES)
