"""Canaries fit their field, and nothing of one is told by the page or by another."""

from __future__ import annotations

import datetime
import itertools
import re

import pytest
from stdnum import iban, luhn

from proxy.privacy.kinds import CLASS_OF
from proxy.selftest.canaries import Maker, Reach, Shape, bare, heads


def made(shape: Shape, page: str = "") -> str:
    return Maker("seed", page).make(shape).value


def test_check_digits_are_right() -> None:
    assert luhn.is_valid(made(Shape("card_number")))
    assert iban.is_valid(made(Shape("iban")), check_country=False)


@pytest.mark.parametrize(
    ("shape", "pattern"),
    [
        (Shape("card_number", length=4), r"\d{4}"),
        (Shape("otp", length=1), r"\d"),
        (Shape("unknown", "email"), r"[a-z.]+@[a-z]+\.example"),
        (Shape("unknown", "url"), r"https://\S+"),
        (Shape("phone", "tel", length=8), r"0\d{7}"),
        (Shape("unknown", "week"), r"\d{4}-W\d\d"),
        (Shape("unknown", pattern="[0-9]{5}"), r"\d{5}"),
        (Shape("unknown", pattern="[A-Z]{3,}"), r"[A-Z]+"),
        (Shape("unknown", pattern="(?=browsers only)x"), r"\w+"),
        (Shape("unknown", length=3), r"\w{3}"),
    ],
)
def test_a_value_has_the_form_that_its_field_asks_for(shape: Shape, pattern: str) -> None:
    assert re.fullmatch(pattern, made(shape))


@pytest.mark.parametrize(
    ("least", "most"), [("18", "99"), ("", "10"), ("-5", "-1"), ("1000000", ""), ("0.5", "3.5")]
)
def test_a_number_is_within_its_bounds(least: str, most: str) -> None:
    value = int(made(Shape("unknown", "number", least=least, most=most)))
    assert (not least or value >= float(least) - 1) and (not most or value <= float(most))


@pytest.mark.parametrize(
    ("least", "most"), [("", ""), ("2030-05-01", "2030-05-09"), ("", "1920-01-01"), ("2030-05-01", "")]
)
def test_a_day_is_within_its_bounds(least: str, most: str) -> None:
    day = datetime.date.fromisoformat(made(Shape("unknown", "date", least=least, most=most)))
    assert not least or day >= datetime.date.fromisoformat(least)
    assert not most or day <= datetime.date.fromisoformat(most)


def test_no_beginning_of_a_canary_stands_in_another() -> None:
    maker = Maker("seed", "")
    values = [maker.make(Shape(kind)) for kind in CLASS_OF for _ in range(3)]
    long = [each.value for each in values if each.reach is Reach.HEAD]
    assert len(long) > 80
    for one, other in itertools.permutations(long, 2):
        assert bare(one)[:4] not in bare(other)


def test_nothing_of_a_canary_stands_on_the_page() -> None:
    page = " ".join(f"{number:04}" for number in range(10_000) if number % 10)
    canary = Maker("seed", page).make(Shape("otp"))
    assert canary.reach is Reach.HEAD
    assert not any(head in page for head in heads(canary.value))


def test_one_that_cannot_be_new_is_followed_less_far() -> None:
    page = " ".join(map(str, range(100_000)))
    assert Maker("seed", page).make(Shape("otp", length=4)).reach is Reach.OWN
    assert Maker("seed", "").make(Shape("card_cvc", length=3)).reach is Reach.ALONE
    assert Maker("seed", "").make(Shape("quantity")).reach is Reach.OWN


def test_each_run_makes_the_same() -> None:
    assert made(Shape("password")) == made(Shape("password"))
