"""The stripped values of one recording, in the forms in which they are looked for, and how much of them is held.

| strength | for | found |
|---|---|---|
| anywhere | secrets of 4 characters and more | everywhere, also inside a word, also any beginning of 4 and more |
| group | a secret's groups of digits, its dates | between word boundaries |
| name, word | personal, other values of 4 and more | between word boundaries, also a beginning that ends at one |
| full | other spellings of secrets: backwards, hexadecimal | everywhere, but nothing shorter than all of it |
| whole | secrets under 4, personal values of 2 and 3 | where a whole text, attribute or quoted string equals it |

A secret is never forgotten for want of room: others make way for it. What is not held makes stricter: `full` masks
page text, `lost` (a secret did not fit, not even alone) every string of the page.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from proxy.privacy.kinds import PERSONAL, SECRET
from proxy.privacy.spellings import base64_heads, date_forms, fold, number_forms, other_letters, secret_forms, seen

HEAD: Final = 4
"""Characters by which a value is looked up; shorter ones are `whole`."""
MAX_CHARS: Final = 256 * 1024
MAX_VALUES: Final = 4000
MAX_LENGTH: Final = 8192
MAX_SHORT: Final = 1000
"""Bounds of one recording: characters, forms, characters of one value, short values; `size` tells the bytes."""
BUDGET: Final = 2_000_000
"""Comparisons of one batch, some seconds; past it a suspected string is masked whole. No honest page needs it."""
LONG: Final = 64
"""Characters of a secret up to which its odder spellings are known, too: each state of typing has them anew."""

_BLANK: Final = frozenset("•*●⚫·∙○▪x \t\n-_.")
"""A value of nothing else is a mask or says nothing."""
_TRIVIAL: Final = frozenset(
    (
        *("true", "false", "null", "none", "undefined", "yes", "nein", "ja", "no", "on", "off", "ok", "0", "1"),
        *("frau", "herr", "herrn", "firma", "mrs", "miss"),
    )
)
"""Say nothing of anybody, for they are said of everybody."""


class Strength(IntEnum):
    """How eagerly a value is found."""

    FULL = 0
    WORD = 1
    NAME = 2
    GROUP = 3
    ANYWHERE = 4


class Exhausted(Exception):
    """The batch asks for more comparisons than its budget."""


class Known:
    """What is remembered."""

    def __init__(self) -> None:
        self.full = False
        self.lost = False
        self.chars = 0
        self._values: dict[str, Strength] = {}
        self._heads: dict[str, list[str]] = {}
        self._whole: dict[str, bool] = {}
        self._digits: dict[str, Strength] = {}
        self._base64: set[str] = set()
        self._stale = False
        self._left = BUDGET

    def begin(self) -> None:
        """A new batch: its budget is whole."""
        self._left = BUDGET

    def spend(self, comparisons: int) -> None:
        """Take comparisons off the batch's budget. Raises `Exhausted`."""
        self._left -= comparisons
        if self._left < 0:
            raise Exhausted

    def __bool__(self) -> bool:
        return bool(self._values or self._whole)

    def secrets(self) -> list[str]:
        """The secrets of 4 characters and more, folded."""
        return [text for text, strength in self._values.items() if strength is Strength.ANYWHERE]

    @property
    def size(self) -> int:
        """Bytes at most, the compiled patterns among them."""
        forms = 300 * len(self._values) + 4 * self.chars + 250 * len(self._digits)
        return 4000 + forms + 1200 * len(self._heads) + 400 * len(self._base64) + 200 * len(self._whole)

    def add(self, value: str, cls: str) -> None:
        """Remember a stripped value of a field of this class."""
        value = seen(value)
        text = fold(value).strip()
        secret = cls == SECRET
        if not text or set(text) <= _BLANK or (not secret and text in _TRIVIAL):
            return
        if len(text) < HEAD:
            if secret or (cls == PERSONAL and len(text) >= 2):
                self._add_short(text, secret)
            return
        self._stale = True
        strength = {SECRET: Strength.ANYWHERE, PERSONAL: Strength.NAME}.get(cls, Strength.WORD)
        part = Strength.GROUP if secret else Strength.WORD
        if len(text) > MAX_LENGTH:
            self.full = True
        original = " ".join(value[: 2 * MAX_LENGTH].split())[:MAX_LENGTH]
        text = text[:MAX_LENGTH]
        lines = {line.strip() for line in text.splitlines()}
        for line in {text, fold(original), *other_letters(text), *other_letters(original), *lines}:
            if len(line) >= HEAD:
                self._remember(line, strength)
        for form in number_forms(text):
            if form.isdigit() and len(form) <= LONG and self._room(0, len(self._digits), secret):
                self._digits[form] = max(strength, self._digits.get(form, strength))
            self._remember(form, strength if len(form) > HEAD else part)
        for form in date_forms(text):
            self._remember(form, part)
        if secret and len(original) <= LONG:
            for form in secret_forms(original):
                self._remember(form, Strength.FULL, secret=True)
        for head in base64_heads(original, eager=secret):
            if self._room(0, len(self._base64) // 4, secret):
                self._base64.add(head)

    def _add_short(self, text: str, secret: bool) -> None:
        if text not in self._whole and len(self._whole) >= MAX_SHORT:
            self.full = True
            if not secret:
                return
            self._whole = {known: True for known, is_secret in self._whole.items() if is_secret}
            if len(self._whole) >= MAX_SHORT:
                self.lost = True
                return
        self._whole[text] = self._whole.get(text, False) or secret

    def _room(self, chars: int, count: int, secret: bool) -> bool:
        """Whether one more fits; for a secret others are forgotten."""
        if self.chars + chars <= MAX_CHARS and count < MAX_VALUES:
            return True
        self.full = True
        if not secret or self.lost:
            return False
        before = len(self._values) + len(self._digits)
        self._forget_others()
        if before == len(self._values) + len(self._digits):
            self.lost = True
            return False
        return True

    def _forget_others(self) -> None:
        weak = (Strength.WORD, Strength.NAME)
        self._values = {text: strength for text, strength in self._values.items() if strength not in weak}
        self._digits = {text: strength for text, strength in self._digits.items() if strength not in weak}
        self.chars = sum(map(len, self._values))
        self._heads = {}
        for text in sorted(self._values, key=len, reverse=True):
            self._heads.setdefault(text[:HEAD], []).append(text)

    def _remember(self, text: str, strength: Strength, *, secret: bool = False) -> None:
        if self._values.get(text, -1) >= strength:
            return
        secret = secret or strength >= Strength.GROUP
        if not self._room(len(text), len(self._values), secret):
            return
        siblings = self._heads.setdefault(text[:HEAD], [])
        try:
            self.spend(len(siblings))
        except Exhausted:
            self.full = True
            self.lost = self.lost or secret
            return
        for other in siblings[:] if strength else ():
            if not self._values[other]:
                continue
            if other.startswith(text) and self._values[other] >= strength:
                return  # a beginning of what we know is found with it
            if text.startswith(other) and self._values[other] <= strength:
                siblings.remove(other)
                self.chars -= len(other)
                del self._values[other]
        if text in self._values:
            siblings.remove(text)
            self.chars -= len(text)
        self._values[text] = strength
        siblings.append(text)
        siblings.sort(key=len, reverse=True)
        self.chars += len(text)
