"""Verdicts gather in the work: cards, an element's own attributes, values, and what was known before."""

from __future__ import annotations

from typing import Any

from proxy.privacy.fields import FieldCard, verdict
from proxy.privacy.memory import Memory, Node
from proxy.privacy.policy import Policy
from proxy.privacy.work import Work
from tests.proxy.privacy.pages import batch, site


def work(cards: dict[int, Any]) -> Work:
    made = Work.on(
        batch([{"type": 1, "data": {}}], cards), Policy.of(site(record={"forms": "harmless"})), Memory()
    )
    made.view.known = True
    made.view.nodes |= {1: Node(0, "", 0), 6: Node(1, "input", 0)}
    return made


def test_a_harmless_field_of_a_known_page_is_kept() -> None:
    assert work({6: {"name": "q"}}).keeps(6)


def test_no_card_no_snapshot_no_node_or_a_mark_and_it_is_not() -> None:
    assert not work({}).keeps(6)
    assert not work({7: {"name": "q"}}).keeps(7)
    unknown = work({6: {"name": "q"}})
    unknown.view.known = False
    assert not unknown.keeps(6)
    marked = work({6: {"name": "q"}})
    marked.marked.add(6)
    assert not marked.keeps(6)


def test_an_elements_own_type_makes_stricter_and_never_laxer() -> None:
    strict = work({6: {"name": "q"}})
    strict.hint(6, FieldCard(type="password"))
    assert strict.verdict(6).cls == "secret"
    lax = work({})
    lax.hint(6, FieldCard(name="q"))
    assert not lax.keeps(6)


def test_a_value_proves() -> None:
    proven = work({6: {"name": "q"}})
    proven.proofs[6] = verdict("iban", "value")
    assert proven.verdict(6).rule == "value:iban"
