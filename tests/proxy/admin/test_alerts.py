"""The alert rules that are shipped: of the right shape, about figures that exist, as the status page says it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from proxy.admin.problems import GOOD, KNOWN, NO_LOSS
from tests.proxy.test_metrics import NAMES
from tests.running import ROOT

FILE = ROOT / "deploy" / "alerts.yaml"
(GROUP,) = YAML(typ="safe").load(FILE)["groups"]
RULES: list[dict[str, Any]] = GROUP["rules"]
UP_ALONE = "MilchglasDown"  # nobody is there to say it


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_is_of_the_shape_that_prometheus_takes(rule: dict[str, Any]) -> None:
    """prometheus.io/docs/prometheus/latest/configuration/alerting_rules"""
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"[a-zA-Z_:][a-zA-Z0-9_:]*", rule["alert"])
    assert re.fullmatch(r"([0-9]+[smh])?", rule.get("for", ""))
    assert set(rule["labels"]) == {"severity"}
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) == {"summary", "runbook"}
    expression = rule["expr"]
    assert isinstance(expression, str)
    for opened, closed in ("()", "[]", "{}"):
        assert expression.count(opened) == expression.count(closed)
    assert expression.count('"') % 2 == 0
    assert re.search(r"[<>]|==", expression)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_figure_in_a_rule_exists(rule: dict[str, Any]) -> None:
    named = set(re.findall(r"\bmilchglas_\w+", rule["expr"]))
    assert named <= set(NAMES)
    assert named or rule["alert"] == UP_ALONE


def test_each_alert_is_a_problem_of_the_status_page_with_the_same_remedy() -> None:
    remedies = {rule["alert"]: rule["annotations"]["runbook"] for rule in RULES if rule["alert"] != UP_ALONE}
    assert remedies == {name: remedy for name, _, remedy in KNOWN}


def test_reasons_and_outcomes_that_are_as_they_should_be_are_the_same() -> None:
    text = FILE.read_text()
    for said in re.findall(r'reason!~"([^"]*)"', text):
        assert set(said.split("|")) == NO_LOSS
    (outcomes,) = re.findall(r'outcome!~"([^"]*)"', text)
    assert set(outcomes.split("|")) == GOOD


def test_one_alert_has_one_rule() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
