"""Every detector proves itself on its examples."""

from __future__ import annotations

import time

import pytest

from proxy.privacy.values import DETECTORS, HINT, Detector, evidence, find, growing, replace


@pytest.mark.parametrize(("detector", "text"), [(d, text) for d in DETECTORS for text in d.match])
def test_must_match(detector: Detector, text: str) -> None:
    assert detector.name in {span.name for span in find(text)}
    assert HINT.search(text.encode()), "the quick look must not miss what a detector finds"


@pytest.mark.parametrize(("detector", "text"), [(d, text) for d in DETECTORS for text in d.clean])
def test_must_not_match(detector: Detector, text: str) -> None:
    assert detector.name not in {span.name for span in find(text)}


def test_only_what_is_meant_is_replaced_and_counted() -> None:
    counted: list[str] = []
    text = replace("Karte 4111 1111 1111 1111, am 24.12.2024", {"card_number", "number"}, "•", counted.append)
    assert (text, counted) == ("Karte •, am 24.12.2024", ["card_number"])


def test_a_field_value_proves_its_kind() -> None:
    found = [evidence(v) for v in ("DE89370400440532013000", "4012888888881881", "a@b.example", "Schuhe 42")]
    assert [d.kind if d else None for d in found] == ["iban", "card_number", "email", None]


def test_what_may_become_a_secret_is_noticed_while_it_is_typed() -> None:
    assert [growing(v) for v in ("4012 8888", "DE89 3704", "erna@", "Schuhe 42")] == [True, True, True, False]


@pytest.mark.parametrize(
    "hostile",
    ["1 " * 200_000, "a." * 200_000 + "@", "a@" * 100_000, ":" * 200_000, "DE89" * 100_000, "eyJ" * 100_000],
)
def test_no_text_stalls_a_detector(hostile: str) -> None:
    began = time.process_time()
    find(hostile)
    assert time.process_time() - began < 5
