"""The developers' marks of every vendor, and the operator's selectors."""

from __future__ import annotations

import pytest

from proxy.privacy.fields import FieldCard
from proxy.privacy.marks import ATTRIBUTES, CLASSES, Mark, is_safe, of_attribute, of_card, of_classes


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_an_unknown_value_of_a_mark_masks(name: str) -> None:
    assert of_attribute(name, "quite-new") == Mark.MASK


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_marks_among_others(name: str) -> None:
    assert of_classes(f"box {name} wide") == CLASSES[name] > Mark.NONE


@pytest.mark.parametrize("name", ["sentry-unmask", "ph-no-mask", "fs-unmask", "dd-privacy-allow", "rr-maskx"])
def test_reveal_marks_and_strangers_mark_nothing(name: str) -> None:
    assert of_classes(name) == Mark.NONE
    assert of_attribute("data-sentry-unmask", "") == Mark.NONE


def test_the_strictest_mark_holds() -> None:
    assert of_classes("rr-ignore rr-mask rr-block") == Mark.EXCLUDE


@pytest.mark.parametrize(
    ("card", "mark", "rule"),
    [
        ({"marked": "mask"}, Mark.MASK, "mark:mask"),
        ({"marked": "exclude", "rules": [["safe", 0]]}, Mark.EXCLUDE, "mark:exclude"),
        ({"marked": "something"}, Mark.MASK, "mark:mask"),
        ({"rules": [["safe", 1], ["sensitive", 0]]}, Mark.MASK, "site:sensitive"),
        ({"rules": ["exclude", 0]}, Mark.EXCLUDE, "site:exclude"),
        ({"rules": [["safe", 0]]}, Mark.NONE, ""),
    ],
)
def test_a_card_tells_its_mark(card: dict[str, object], mark: Mark, rule: str) -> None:
    assert of_card(FieldCard.of(card)) == (mark, rule)


def test_only_the_operator_calls_a_field_safe() -> None:
    assert is_safe(FieldCard.of({"rules": [["safe", 0]]}))
    assert not is_safe(FieldCard.of({"marked": "safe"}))
