"""Every rule proves itself on its examples, by the whole table."""

from __future__ import annotations

import pytest

from proxy.privacy.rule import Rule
from proxy.privacy.rules import ORDER, RULES, kind_of, kinds_in
from proxy.privacy.rules_not import NOT_RULES


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.match])
def test_must_match(rule: Rule, text: str) -> None:
    assert kind_of(text) == rule.kind


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.clean])
def test_must_not_match(rule: Rule, text: str) -> None:
    assert kind_of(text) != rule.kind


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in NOT_RULES for text in rule.match])
def test_a_word_that_means_something_else_is_taken_back(rule: Rule, text: str) -> None:
    assert rule.kind not in kinds_in(text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in NOT_RULES for text in rule.clean])
def test_what_is_meant_stays(rule: Rule, text: str) -> None:
    assert rule.kind in kinds_in(text)


def test_every_rule_has_examples_of_both_sorts() -> None:
    assert all(rule.match and rule.clean for rule in (*RULES, *NOT_RULES))


def test_every_kind_of_the_tables_has_its_place_in_the_order() -> None:
    assert {rule.kind for rule in (*RULES, *NOT_RULES)} == set(ORDER)
