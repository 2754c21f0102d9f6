"""National identifiers: what tells them, and what only looks like them."""

from __future__ import annotations

import random

import pytest

from proxy.privacy.identifiers import id_codes, id_numbers, id_weak


@pytest.mark.parametrize(
    "text",
    [
        "Steuer-ID: 36 574 261 809",
        "AHV 756.9217.0769.85",
        "SSN 536-90-4399 on file",
        "PESEL 44051401359",
        "CPF 390.533.447-05.",
        "Rijksregister 85.07.30-033.28",
        "NIR 2 95 10 99 126 111 93",
        "rodné číslo 710319/2745",
        "personnummer 880320-0016",
    ],
)
def test_numbers_are_found_in_a_sentence_by_how_they_are_written(text: str) -> None:
    assert len(list(id_numbers(text))) == 1


def test_of_order_numbers_few_pass_for_one() -> None:
    chance = random.Random(4)
    for digits, share in ((9, 0), (10, 0), (11, 0.07), (12, 0.01), (13, 0.02)):
        made = [str(chance.randrange(10 ** (digits - 1), 10**digits)) for _ in range(3000)]
        found = sum(bool(list(id_numbers(number))) for number in made)
        assert found <= share * len(made), digits


def test_dates_times_amounts_and_phone_numbers_are_none() -> None:
    for text in (
        "24.12.2024",
        "2024-12-24 18:30",
        "1.299.000,00",
        "030 901820-0",
        "+49 171 2345678",
        "10115 Berlin",
    ):
        assert not list(id_numbers(text)) and not list(id_codes(text)), text


def test_letters_and_digits_of_articles_are_none() -> None:
    for text in ("Art. 12345678B", "GB123456A", "ISBN 3-16-148410-0", "M8x100 DIN 933", "A4 Papier 80g"):
        assert not list(id_codes(text)), text


def test_a_code_inside_a_word_is_none() -> None:
    assert not list(id_codes("xRSSMRA85T10A562S")) and list(id_codes("id_RSSMRA85T10A562S"))


def test_weak_ones_have_their_check_digit() -> None:
    assert list(id_weak("111222333")) == [(0, 9)] and not list(id_weak("111222334"))
