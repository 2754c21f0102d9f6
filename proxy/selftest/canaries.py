"""Canaries: made-up values that fit their field and stand nowhere else on its page. Pure."""

from __future__ import annotations

import datetime
import random
import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Final

import re2
from stdnum import iban, luhn

TRIES: Final = 200
"""Values that are made for one field before one is taken that stands on the page already."""
SHORT: Final = 4
"""Characters below which a value cannot be told from the page's own."""


class Reach(IntEnum):
    """How far a canary can be followed: a short one, or one whose letters stand on the page already, less far."""

    OWN = 0
    """In what its own field is said to hold."""
    ALONE = 1
    """Where it is all of a text."""
    WHOLE = 2
    """Anywhere, as a whole."""
    HEAD = 3
    """Anywhere, and its first four characters, too."""


@dataclass(frozen=True, slots=True)
class Canary:
    """What is entered into one field."""

    value: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field's own attributes ask of its value; `length` is 0 where nothing limits it."""

    kind: str
    type: str = ""
    length: int = 0
    least: str = ""
    most: str = ""
    pattern: str = ""

    @classmethod
    def of(cls, kind: str, raw: Mapping[str, Any]) -> Shape:
        """From a field as selftest/page.js describes it."""
        length = str(raw.get("maxlength", ""))
        return cls(
            kind,
            str(raw.get("type", "")),
            int(length) if length.isascii() and length.isdigit() else 0,
            str(raw.get("min", "")),
            str(raw.get("max", "")),
            str(raw.get("pattern", "")),
        )


class Maker:
    """Makes the canaries of one page, the same in every run; no beginning of one stands in another."""

    def __init__(self, seed: str, page: str) -> None:
        """`page`: the text of the page's source; nothing of a canary may stand in it."""
        self._chance = random.Random(seed)  # noqa: S311  made up, not secret
        self._page = page.lower()
        self._grams = set[str]()
        self._heads = set[str]()

    def make(self, shape: Shape) -> Canary:
        """For one field: it fits, as far as that can be told, and is new, as far as its length lets it be."""
        value = ""
        for _ in range(TRIES):
            for value in self._fitting(shape):
                if len(bare(value)) < SHORT or self._is_new(value):
                    return self._taken(value)
        return Canary(value, Reach.OWN if value.lower() in self._page else Reach.WHOLE)

    def _fitting(self, shape: Shape) -> Iterator[str]:
        first = cut(_TYPES.get(shape.type, _KINDS.get(shape.kind, _word))(self._chance, shape), shape)
        if matches(shape.pattern, first):
            yield first
            return
        count = shape.length or 8
        digits, word = _digits(self._chance, count), _letters(self._chance, count)
        others = (digits, word, word.upper(), word.title(), digits[:5], digits[:4], word[:2].upper() + digits[2:])
        yield from (each for each in others if matches(shape.pattern, each))
        yield first

    def _is_new(self, value: str) -> bool:
        plain = bare(value)
        on_page = any(head in self._page for head in heads(value))
        return not (on_page or plain[:SHORT] in self._grams or _grams(plain) & self._heads)

    def _taken(self, value: str) -> Canary:
        plain = bare(value)
        if len(plain) < SHORT:
            alone = len(plain) == SHORT - 1 and value.lower() not in self._page
            return Canary(value, Reach.ALONE if alone else Reach.OWN)
        self._heads.add(plain[:SHORT])
        self._grams |= _grams(plain)
        return Canary(value, Reach.HEAD)


def bare(text: str) -> str:
    """In lower case, without what people put between the groups of a number, and without a scheme."""
    return re.sub(r"https?://|[\s\-./()]", "", text.lower())


def heads(value: str) -> set[str]:
    """The first four characters, as typed and without what is between groups, in lower case."""
    return {value.lower().removeprefix("https://")[:SHORT], bare(value)[:SHORT]}


def _grams(text: str) -> set[str]:
    return {text[at : at + SHORT] for at in range(len(text) - SHORT + 1)}


def cut(value: str, shape: Shape) -> str:
    """As much of it as the field takes."""
    return value[: shape.length] if shape.length else value


def matches(pattern: str, value: str) -> bool:
    """Whether a value is all that a `pattern` asks for; True for a pattern that only browsers understand."""
    try:
        return not pattern or bool(re2.fullmatch(pattern, value))
    except re2.error:
        return True


def _letters(chance: random.Random, count: int) -> str:
    """Can be said, but stands in no language: it looks like no key and like no number."""
    return "".join(chance.choice("bdfgklmnprtvwz" if at % 2 == 0 else "aeiou") for at in range(count - 1)) + "q"


def _digits(chance: random.Random, count: int) -> str:
    return str(chance.randrange(1, 10)) + "".join(chance.choices(string.digits, k=max(0, count - 1)))


def _word(chance: random.Random, shape: Shape) -> str:
    # q and x in it: its first letters begin no word of the page.
    return chance.choice("qx") + _letters(chance, 10)


def _name(chance: random.Random, shape: Shape) -> str:
    return _word(chance, shape).title()


def _password(chance: random.Random, shape: Shape) -> str:
    return f"{_name(chance, shape)[:6]}#{_digits(chance, 4)}{_letters(chance, 4)}"


def _email(chance: random.Random, shape: Shape) -> str:
    return f"{_word(chance, shape)[:7]}.{_letters(chance, 5)}@{_word(chance, shape)[:8]}.example"


def _card(chance: random.Random, shape: Shape) -> str:
    if shape.length and shape.length < 16:  # a part of a number in several inputs
        return _digits(chance, shape.length)
    body = "4" + _digits(chance, 14)
    return body + luhn.calc_check_digit(body)


def _iban(chance: random.Random, shape: Shape) -> str:
    body = _digits(chance, 18)
    return "DE" + iban.calc_check_digits(f"DE00{body}") + body


def _number(chance: random.Random, shape: Shape) -> str:
    """A whole number within `min` and `max`, and as long as it may be."""
    least, most = _bound(shape.least, 1), _bound(shape.most, 0)
    if not shape.most or most < least:
        most = max(least, 0) + 10 ** (min(shape.length or 6, 9)) - 1
        least = max(least, 10 ** (min(shape.length or 6, 9) - 1))
    return str(chance.randint((least + most) // 2, most))


def _bound(text: str, otherwise: int) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return otherwise


def _day(chance: random.Random, shape: Shape) -> datetime.date:
    """Any, but between `min` and `max` where the page names them."""
    least, most = datetime.date(1931, 1, 1), datetime.date(1999, 12, 28)
    for text, end in ((shape.least, "least"), (shape.most, "most")):
        try:
            day = datetime.date.fromisoformat(text[:10])
        except ValueError:
            continue
        if end == "least" and day > most:
            least, most = day, day + datetime.timedelta(days=300)
        elif end == "least":
            least = max(day, least)
        elif day < least:
            least, most = day - datetime.timedelta(days=300), day
        else:
            most = min(day, most)
    return least + datetime.timedelta(days=chance.randint(0, max(0, (most - least).days)))


def _written(form: str) -> Callable[[random.Random, Shape], str]:
    return lambda chance, shape: _day(chance, shape).strftime(form)


def _of_digits(count: int, before: str = "") -> Callable[[random.Random, Shape], str]:
    return lambda chance, shape: before + _digits(chance, min(count, shape.length or count))


_Make = Callable[[random.Random, Shape], str]

_TYPES: Final[Mapping[str, _Make]] = {
    "email": _email,
    "url": lambda chance, shape: f"https://{_word(chance, shape)}.example/{_letters(chance, 6)}",
    "number": _number,
    "range": lambda chance, shape: _number(chance, replace(shape, most=shape.most or "100")),
    "date": _written("%Y-%m-%d"),
    "month": _written("%Y-%m"),
    "week": lambda chance, shape: f"{_day(chance, shape).year}-W{chance.randint(1, 52):02}",
    "time": lambda chance, shape: f"{chance.randint(10, 22)}:{chance.randint(10, 59)}",
    "datetime-local": lambda chance, shape: (
        f"{_day(chance, shape)}T{chance.randint(10, 22)}:{chance.randint(10, 59)}"
    ),
    "color": lambda chance, shape: f"#{chance.randrange(1 << 24):06x}",
}
"""input type that takes only one form -> its values"""

_KINDS: Final[Mapping[str, _Make]] = {
    "password": _password,
    "secret_answer": _password,
    "api_key": lambda chance, shape: _word(chance, shape) + "".join(chance.choices(string.hexdigits, k=24)),
    "otp": _of_digits(6),
    "pin": _of_digits(5),
    "card_number": _card,
    "card_expiry": lambda chance, shape: f"0{chance.randint(1, 9)}/{chance.randint(31, 59)}",
    "card_cvc": _of_digits(4),
    "iban": _iban,
    "bank_account": _of_digits(10),
    "national_id": _of_digits(11),
    "name": _name,
    "email": _email,
    "phone": lambda chance, shape: cut("0" + _digits(chance, 10), shape),
    "postal_code": _of_digits(5),
    "birth_date": _written("%d.%m.%Y"),
    "vat_id": _of_digits(9, "DE"),
    "income": _of_digits(6),
    "location": lambda chance, shape: f"{_digits(chance, 2)}.{_digits(chance, 6)}",
    "quantity": _of_digits(2),
    "coupon": lambda chance, shape: _word(chance, shape).upper(),
}
"""kind of field -> its values; a word for all others"""
