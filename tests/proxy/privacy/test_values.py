"""Every detector proves itself on its examples, and no text stalls one."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import re2

from bench.hostile import HOSTILE
from proxy.privacy.detector import Detector
from proxy.privacy.glyphs import plain
from proxy.privacy.values import (
    BY_NAME,
    DETECTORS,
    IN_CODE,
    IN_TEXT,
    SECRET_NAMES,
    evidence,
    find,
    growing,
    replace,
)

ALL = frozenset(BY_NAME)


@pytest.mark.parametrize(("detector", "text"), [(d, text) for d in DETECTORS for text in d.match])
def test_must_match(detector: Detector, text: str) -> None:
    assert detector.name in {span.name for span in find(text, frozenset({detector.name}))}
    assert re2.search(detector.hint.encode(), text.encode()), "the quick look must not miss what a detector finds"


@pytest.mark.parametrize(("detector", "text"), [(d, text) for d in DETECTORS for text in d.clean])
def test_must_not_match(detector: Detector, text: str) -> None:
    assert not list(detector.spans(plain(text)))


def test_the_sets_name_detectors_that_there_are() -> None:
    assert SECRET_NAMES | IN_TEXT | IN_CODE <= ALL


def test_only_what_is_meant_is_replaced_and_counted() -> None:
    counted: list[str] = []
    names = frozenset({"card_number", "number"})
    text = replace("Karte 4111 1111 1111 1111, am 24.12.2024", names, "•", counted.append)
    assert (text, counted) == ("Karte •, am 24.12.2024", ["card_number"])


def test_what_a_long_number_has_besides_a_card_goes_too() -> None:
    text = replace("Konto 123 456 789 4111 1111 1111 1111", frozenset({"card_number", "number"}), "•", len)
    assert not any(c.isdigit() for c in text)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("DE89370400440532013000", "iban"),
        ("4012888888881881", "card_number"),
        ("a@b.example", "email"),
        ("a@b.example, 4012888888881881", "card_number"),
        ("RSSMRA85T10A562S", "national_id"),
        ("+49 30 901820", "phone"),
        ("0171 2345678", "phone"),
        ("2001:db8::17:4", "other"),
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "api_key"),
        ("army van defense carry jealous true garbage claim echo media make crunch", "api_key"),
        ("Schuhe 42", None),
        ("10115", None),
        ("24.12.2024", None),
        ("2024-12-24", None),
        ("1.299,00", None),
        ("20231234567", None),
        ("zwei rote Schuhe mit Absatz und eine Tasche dazu, bitte sehr schnell", None),
        ("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", None),
    ],
)
def test_a_value_proves_the_kind_of_its_field_or_nothing(value: str, kind: str | None) -> None:
    assert evidence(value, unknown=False) == kind


def test_a_weak_check_digit_counts_only_where_nothing_else_is_known() -> None:
    assert (evidence("111222333", unknown=True), evidence("111222333", unknown=False)) == ("national_id", None)


def test_what_may_become_a_secret_is_noticed_while_it_is_typed() -> None:
    typed = ("4012 8888", "DE89 3704", "erna@", "RSSMRA85T", "eyJhbGciOi", "ghp_16C7", "Schuhe 42")
    assert [growing(v) for v in typed] == [True] * 6 + [False]


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_no_text_stalls_a_detector(made: Callable[[int], str]) -> None:
    """Twice the text takes twice the time, where a quadratic pattern takes four times."""

    def seconds(size: int) -> float:
        text = made(size)
        began = time.process_time()
        evidence(text)
        find(text, ALL)
        return time.process_time() - began

    seconds(1000)  # compiles
    once = min(seconds(125_000) for _ in range(2))
    twice = min(seconds(250_000) for _ in range(2))
    assert twice < max(0.02, 3 * once)
    assert twice < 2
