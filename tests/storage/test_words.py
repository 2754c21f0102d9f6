"""What rules are called: every rule that there is has words."""

from __future__ import annotations

import re

import pytest

from proxy.privacy.kinds import CLASS_OF
from proxy.privacy.values import DETECTORS
from storage import words
from tests.running import ROOT

PRIVACY = "\n".join(path.read_text() for path in (ROOT / "proxy" / "privacy").glob("*.py"))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("label:bank_account", "bank account, told by the label"),
        ("type:password", "password, told by the field's type"),
        ("text:card_number", "card number in a page's text"),
        ("echo", "shown again elsewhere on a page"),
        ("scrub:name:iban", "IBAN, told by the field's name; scrubbed later"),
        ("dropped:source_9", "parts of events that are not kept (source 9)"),
        ("new:thing_here", "new:thing here"),
        ("{0}", "{0}"),
        ("name:{0}", "{0}, told by the field's name"),
    ],
)
def test_a_rule_reads_as_words(rule: str, told: str) -> None:
    assert words.rule(rule) == told


def test_the_source_alone_where_the_kind_is_said() -> None:
    told = {"label:iban": "told by the label", "mark:mask": "masked by a mark in the page", "new:x": "new:x"}
    assert {rule: words.source(rule) for rule in told} == told


def test_every_rule_that_the_sanitizer_counts_is_known() -> None:
    named = set(re.findall(r"""counts\[f?"([a-z_]+(?::[a-z_]+)?)""", PRIVACY))
    assert len(named) > 8
    for rule in named:
        assert rule in words.FIXED or rule.partition(":")[0] in words.SOURCES, rule


def test_every_source_of_a_verdict_is_known() -> None:
    sources = set(re.findall(r"""(?:verdict\(.*|yield |source = )"([a-z_]+)"[,)]""", PRIVACY))
    assert "type" in sources
    for source in sources - {*CLASS_OF, "type"}:
        assert source in words.SOURCES, source


@pytest.mark.parametrize("name", [*CLASS_OF, *(detector.name for detector in DETECTORS)])
def test_every_kind_reads_without_underscores(name: str) -> None:
    assert "_" not in words.kind(name)


def test_what_is_dropped_is_no_value() -> None:
    assert [words.is_value(rule) for rule in ("echo", "dropped:x", "scrub:dropped:x", "scrub:echo")] == [
        True,
        False,
        False,
        True,
    ]
