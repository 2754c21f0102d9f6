"""The fields of the page: one of every kind in five languages, named as legacy sites name them. None has a mark.

The values are made up, with right check digits: each is typed nowhere else, and long enough to be looked for.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stdnum import iban as iban_number
from stdnum import luhn
from stdnum.de import idnr
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.gb import utr
from stdnum.pl import pesel

LANGUAGES: Final = ("de", "en", "fr", "es", "pl")
HARMLESS: Final = ("search", "quantity", "coupon")
"""Kinds that are to stay; all others are to go."""

_TABLE: Final = Path(__file__).with_name("fields.txt")
_CELL: Final = re.compile(r"([^|]+)\|(\S+)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field, and what the visitor types into it."""

    language: str
    kind: str
    label: str
    name: str
    value: str

    @property
    def harmless(self) -> bool:
        return self.kind in HARMLESS


def fields() -> tuple[Field, ...]:
    """All of them, always the same."""
    made = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        kind, _, rest = line.partition(" ")
        for language, (label, name) in zip(LANGUAGES, _CELL.findall(rest), strict=True):
            chance = random.Random(f"{language} {kind}")
            made.append(Field(language, kind, label.strip(), name, _VALUES[kind](chance, language)))
    if len({field.value for field in made}) < len(made):
        raise ValueError("two fields with one value cannot be told apart")
    return tuple(made)


def _word(chance: random.Random, syllables: int = 3) -> str:
    letters = ("bdfgklmnprtvz", "aeiou", "xqz")
    return "".join(chance.choice(each) for _ in range(syllables) for each in letters)


def _digits(chance: random.Random, count: int) -> str:
    return str(chance.randrange(1, 10)) + "".join(chance.choices(string.digits, k=count - 1))


def _valid(make: Callable[[], str], holds: Callable[[str], Any]) -> str:
    """The first that has right check digits."""
    while not holds(value := make()):
        pass
    return value


def _grouped(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _card(chance: random.Random, _: str) -> str:
    return _grouped(_valid(lambda: "4539" + _digits(chance, 12), luhn.is_valid))


_IBANS: Final = {"de": ("DE", 18), "en": ("GB", 14), "fr": ("FR", 23), "es": ("ES", 20), "pl": ("PL", 24)}


def _iban(chance: random.Random, language: str) -> str:
    country, length = _IBANS[language]
    bank = "".join(chance.choices(string.ascii_uppercase, k=4)) if country == "GB" else ""

    def account() -> str:
        body = bank + _digits(chance, length)
        return country + iban_number.calc_check_digits(f"{country}00{body}") + body

    return _grouped(_valid(account, lambda value: iban_number.is_valid(value, check_country=False)))


_NATIONAL: Final[dict[str, tuple[int, Callable[[str], bool]]]] = {
    "de": (11, idnr.is_valid),
    "en": (10, utr.is_valid),
    "fr": (15, nir.is_valid),
    "pl": (11, pesel.is_valid),
}


def _national(chance: random.Random, language: str) -> str:
    if language == "es":
        number = _digits(chance, 8)
        return number + dni.calc_check_digit(number)
    if language == "fr":
        body = f"2{chance.randrange(50, 99)}0{chance.randrange(1, 10)}75{_digits(chance, 6)}"
        return body + nir.calc_check_digits(body)
    if language == "pl":
        return _valid(lambda: f"{chance.randrange(5010, 9909)}1{_digits(chance, 6)}", pesel.is_valid)
    length, holds = _NATIONAL[language]
    return _valid(lambda: _digits(chance, length), holds)


def _date(chance: random.Random, _: str) -> str:
    return f"{chance.randrange(10, 29)}.{chance.randrange(10, 13)}.19{chance.randrange(40, 99)}"


_VALUES: Final[dict[str, Callable[[random.Random, str], str]]] = {
    "password": lambda chance, _: f"{_word(chance).title()}#{_digits(chance, 4)}",
    "otp": lambda chance, _: _digits(chance, 6),
    "pin": lambda chance, _: _digits(chance, 5),
    "secret_answer": lambda chance, _: f"{_word(chance)} {_word(chance)}",
    "api_key": lambda chance, _: "key_" + "".join(chance.choices(string.ascii_letters + string.digits, k=28)),
    "card_number": _card,
    "card_expiry": lambda chance, _: f"0{chance.randrange(1, 10)}/{chance.randrange(31, 99)}",
    "card_cvc": lambda chance, _: "9" + _digits(chance, 3),  # more than the page is high: no coordinate
    "card_holder": lambda chance, _: f"{_word(chance)} {_word(chance)}".upper(),
    "iban": _iban,
    "bank_account": lambda chance, _: _digits(chance, 10),
    "national_id": _national,
    "health": lambda chance, _: f"{_word(chance)}itis",
    "special": lambda chance, _: f"{_word(chance)}ismus",
    "username": lambda chance, _: f"{_word(chance)}{_digits(chance, 2)}",
    "name": lambda chance, _: f"{_word(chance).title()}-{_word(chance).title()}",
    "email": lambda chance, _: f"{_word(chance)}.{_word(chance)}@{_word(chance)}.example",
    "phone": lambda chance, _: f"0{_digits(chance, 4)} {_digits(chance, 6)}",
    "address": lambda chance, _: f"{_word(chance).title()}weg {_digits(chance, 2)}",
    "postal_code": lambda chance, _: _digits(chance, 5),
    "birth_date": _date,
    "company": lambda chance, _: f"{_word(chance).title()} & {_word(chance).title()}",
    "vat_id": lambda chance, language: f"{language.upper()}{_digits(chance, 9)}",
    "income": lambda chance, _: _digits(chance, 6),
    "plate": lambda chance, _: f"{_word(chance, 1).upper()}-{_digits(chance, 4)}",
    "location": lambda chance, _: ", ".join(f"{_digits(chance, 2)}.{_digits(chance, 6)}" for _ in range(2)),
    "search": lambda chance, _: f"{_word(chance)} {_word(chance, 2)}",
    "quantity": lambda chance, _: _digits(chance, 5),
    "coupon": lambda chance, _: f"{_word(chance, 2).upper()}{_digits(chance, 2)}",
}
