"""Card numbers of every issuer, with every length that it gives."""

from __future__ import annotations

import pytest
from stdnum import luhn

from proxy.privacy.cards import LENGTHS, cards, cards_in_code


def numbered(prefix: str, length: int) -> str:
    body = (prefix + "730619582407361952")[: length - 1]
    return body + luhn.calc_check_digit(body)


@pytest.mark.parametrize(
    ("prefix", "length"),
    [
        *(("4", length) for length in (13, 16, 19)),
        *((prefix, 16) for prefix in ("51", "55", "2221", "2720")),
        *((prefix, 15) for prefix in ("34", "37", "2131", "1800", "1354")),
        *((prefix, length) for prefix in ("300", "3095", "36", "38") for length in (14, 16, 19)),
        *((prefix, length) for prefix in ("6011", "644", "65", "3528", "3589", "62", "81") for length in (16, 19)),
        *(("5018", length) for length in range(12, 20)),
        *((prefix, 16) for prefix in ("2200", "2204", "508", "5061", "5067", "5019", "9792", "8600", "9860")),
    ],
)
def test_every_issuer_and_length(prefix: str, length: int) -> None:
    number = numbered(prefix, length)
    grouped = " ".join(number[at : at + 4] for at in range(0, length, 4))
    assert list(cards(f"Nr. {number}.")) == [(4, 4 + length)]
    assert list(cards(grouped)) == [(0, len(grouped))]
    assert list(cards(number[:-1] + str((int(number[-1]) + 1) % 10))) == []


def test_nothing_that_no_issuer_gives() -> None:
    assert [first for first in range(0, 10_000, 500) if not LENGTHS[first]] == [
        *(0, 500, 2000, 3500, 7000, 7500, 8000, 8500, 9000, 9500)
    ]


def test_two_cards_in_one_run_are_two() -> None:
    assert len(list(cards("4111 1111 1111 1111 5555 5555 5555 4444"))) == 2


def test_the_path_of_a_drawing_stays() -> None:
    assert list(cards_in_code("M4.1111111111111111 41.11 11.11 1111 1111")) == []
    assert list(cards_in_code("x-4111111111111111")) == [(2, 18)]
