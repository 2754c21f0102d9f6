"""Where a stripped value shows up again: in a text, an attribute, a style, an address, however spelt.

| strength | for | found |
|---|---|---|
| anywhere | secrets of 4 characters and more | everywhere, also inside a word, also any beginning of 4 and more |
| name, word | personal, other values of 4 and more | between word boundaries, also a beginning that ends at one |
| full | other spellings of secrets: backwards, hexadecimal | everywhere, but nothing shorter than all of it |
| whole | secrets under 4, personal values of 2 and 3 | where a whole text, attribute or quoted string equals it |

In a class, an id, a style ordinary words stand by chance: there an echo must be more than one of them (where.py).

The scan has two stages: one pass of a linear-time pattern over all strings of a batch joined together finds the
strings that may hold an echo; only those are looked at one by one, also with their escapes undone.
Spellings known: plain in any case, percent, entities, JSON and JavaScript escapes (nested up to three deep), NULs
between characters (UTF-16), base64 at each alignment, hex, reversed, regrouped digits, groups of four of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

import re2

from proxy.privacy.kinds import PERSONAL, SECRET
from proxy.privacy.scan import common, indexes, masked
from proxy.privacy.spellings import base64_forms, date_forms, fold, number_forms, secret_forms, unwrapped
from proxy.privacy.urls import MASK
from proxy.privacy.where import Where, by_chance

HEAD: Final = 4
"""Characters by which a value is looked up; shorter ones are `whole`."""
MAX_CHARS: Final = 256 * 1024
MAX_VALUES: Final = 4000
MAX_LENGTH: Final = 8192
MAX_SHORT: Final = 1000
"""Bounds of one recording's echoes; what does not fit sets `full`, and page text is masked from then on."""
BUDGET: Final = 2_000_000
"""Comparisons of one batch, some seconds; past it a suspected string is masked whole. No honest page needs it."""
LONG: Final = 64
"""Characters of a secret up to which its odder spellings are known, too: each state of typing has them anew."""
SENTENCE: Final = 5
"""Values of more words than this are prose: their first word alone is no echo of them."""


class Strength(IntEnum):
    """How eagerly a value is found."""

    FULL = 0
    WORD = 1
    NAME = 2
    ANYWHERE = 3


class Exhausted(Exception):
    """The batch asks for more comparisons than its budget."""


_ESCAPED: Final = re2.compile(rb"%[0-9A-Fa-f]{2}|&#?[0-9A-Za-z]{2,8};|\\[ux\"'/\\]|\x00")
_BASE64_RUN: Final = re.compile(r"[A-Za-z0-9+/_\-]{6,}={0,2}")
_DIGIT_RUN: Final = re.compile(r"\d(?:[ ./\-()]{0,3}\d)+")
_BLANK: Final = frozenset("•*●⚫·∙○▪x \t\n-_.")
"""A value of nothing else is a mask or says nothing."""
_TRIVIAL: Final = frozenset(
    (
        *("true", "false", "null", "none", "undefined", "yes", "nein", "ja", "no", "on", "off", "ok", "0", "1"),
        *("frau", "herr", "herrn", "firma", "mrs", "miss"),
    )
)
"""Say nothing of anybody, for they are said of everybody."""


class Echoes:
    """The stripped values of one recording and how to find them."""

    def __init__(self) -> None:
        self.full = False
        self.chars = 0
        self._values: dict[str, Strength] = {}
        self._heads: dict[str, list[str]] = {}
        self._whole: dict[str, bool] = {}
        self._digits: dict[str, Strength] = {}
        self._base64: dict[str, tuple[str, int]] = {}
        self._pattern: re2._Regexp | None = None
        self._base64_pattern: re2._Regexp | None = None
        self._stale = False
        self._left = BUDGET

    def begin(self) -> None:
        """A new batch: its budget is whole."""
        self._left = BUDGET

    def _spend(self, comparisons: int) -> None:
        self._left -= comparisons
        if self._left < 0:
            raise Exhausted

    def __bool__(self) -> bool:
        return bool(self._values or self._whole)

    def add(self, value: str, cls: str) -> None:
        """Remember a stripped value of a field of this class."""
        text = fold(value).strip()
        if not text or set(text) <= _BLANK or (cls != SECRET and text in _TRIVIAL):
            return
        if len(text) < HEAD:
            if cls == SECRET or (cls == PERSONAL and len(text) >= 2):
                if len(self._whole) < MAX_SHORT:
                    self._whole[text] = self._whole.get(text, False) or cls == SECRET
                else:
                    self.full = self.full or text not in self._whole
            return
        self._stale = True
        strength = {SECRET: Strength.ANYWHERE, PERSONAL: Strength.NAME}.get(cls, Strength.WORD)
        if len(text) > MAX_LENGTH:
            self.full = True
        original = " ".join(value.split())
        lines = {part.strip() for part in text[:MAX_LENGTH].splitlines()}
        for line in {text[:MAX_LENGTH], fold(original[:MAX_LENGTH]), *lines}:
            if len(line) >= HEAD:
                self._remember(line, strength)
        for form in number_forms(text):
            if form.isdigit() and len(self._digits) < MAX_VALUES:
                self._digits[form] = max(strength, self._digits.get(form, strength))
            self._remember(form, strength if len(form) > HEAD else Strength.WORD)
        for form in date_forms(text):
            self._remember(form, Strength.WORD)
        if cls == SECRET and len(original) <= LONG:
            for form in secret_forms(original):
                self._remember(form, Strength.FULL)
        for form, least in base64_forms(original[:MAX_LENGTH], eager=cls == SECRET):
            if len(self._base64) < 4 * MAX_VALUES:
                self._base64.setdefault(form[:least], (form, least))
            else:
                self.full = True

    def _remember(self, text: str, strength: Strength) -> None:
        if self._values.get(text, -1) >= strength:
            return
        if self.chars + len(text) > MAX_CHARS or len(self._values) >= MAX_VALUES:
            self.full = True
            return
        siblings = self._heads.setdefault(text[:HEAD], [])
        try:
            self._spend(len(siblings))
        except Exhausted:
            self.full = True
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
        self._values[text] = strength
        siblings.append(text)
        siblings.sort(key=len, reverse=True)
        self.chars += len(text)

    def _compile(self) -> None:
        options = re2.Options()
        options.max_mem = 64 << 20
        options.log_errors = False
        heads = [
            head if any(self._values[value] for value in values) else value[:16]
            for head, values in self._heads.items()
            for value in values
        ]
        plain = "|".join(map(re2.escape, dict.fromkeys(heads))).encode()
        self._pattern = re2.compile(plain, options) if heads else None
        coded = "|".join(re2.escape(head) for head in self._base64).encode()
        self._base64_pattern = re2.compile(coded, options) if self._base64 else None
        self._stale = False

    def suspects(self, joined: str) -> set[int]:
        """Indexes of the strings that may hold an echo; `joined` is all of them with a NUL between."""
        if not self:
            return set()
        if self._stale:
            self._compile()
        folded = fold(joined).encode()
        found = set[int]()
        for pattern, text in (
            (self._pattern, folded),
            (self._base64_pattern, joined.encode() if self._base64_pattern else b""),
            (_ESCAPED_IN_JOINED, folded),
            (_DIGITS_IN_JOINED if self._digits else None, folded),
            (_QUOTED_IN_JOINED if self._whole else None, folded),
        ):
            if pattern is not None:
                found |= set(indexes(pattern, text))
        if self._whole:
            found |= {n for n, text in enumerate(fold(joined).split("\x00")) if text.strip() in self._whole}
        return found

    def clean(self, text: str, where: int = Where.TEXT) -> str:
        """`text` with every echo replaced by the mask. Raises `Exhausted`."""
        folded = fold(text)
        if folded.strip() in self._whole and (where == Where.TEXT or self._whole[folded.strip()]):
            return MASK
        if "\x00" in text:
            text = text.replace("\x00", "")
            folded = fold(text)
        spans = list(self._spans(folded, where))
        spans += self._base64_spans(text)
        if _ESCAPED.search(text.encode()):
            plainly = sum(end - start for start, end in spans)
            for plain in unwrapped(text):
                if sum(end - start for start, end in self._spans(fold(plain), where)) > plainly:
                    return MASK  # more of it than stands there unescaped: where, cannot be told
        return masked(text, spans)

    def _spans(self, folded: str, where: int) -> Iterator[tuple[int, int]]:
        end = 0
        heads = self._heads
        for start in self._candidates(folded):
            if start < end:
                continue
            values = heads[folded[start : start + HEAD]]
            self._spend(len(values))
            length = max((self._length(folded, start, value, where) for value in values), default=0)
            if length:
                end = start + length
                yield start, end
        for quoted in _QUOTED.finditer(folded) if self._whole else ():
            if quoted[1] in self._whole:
                yield quoted.span(1)
        if self._digits:
            for run in _DIGIT_RUN.finditer(folded):
                if self._is_number(re.sub(r"\D", "", run.group())):
                    yield run.span()

    def _candidates(self, folded: str) -> Iterator[int]:
        heads = self._heads
        if len(folded) < 4096 or len(heads) > 32:
            for start in range(len(folded) - HEAD + 1):
                if folded[start : start + HEAD] in heads:
                    yield start
            return
        starts = set[int]()
        for head in heads:
            at = folded.find(head)
            while at >= 0:
                starts.add(at)
                at = folded.find(head, at + 1)
        yield from sorted(starts)

    def _length(self, folded: str, start: int, value: str, where: int) -> int:
        """How many characters from `start` on echo `value`; 0 for none."""
        strength = self._values[value]
        if strength is Strength.ANYWHERE or strength is Strength.FULL:
            length = common(folded, start, value)
            return length if strength or length == len(value) else 0
        if start and folded[start - 1].isalnum() and value[0].isalnum():
            return 0
        if where and by_chance(folded, start, value, where, named=strength is Strength.NAME):
            return 0
        length = common(folded, start, value)
        whole = length == len(value)
        while length >= HEAD:
            end = start + length
            if end == len(folded) or not folded[end].isalnum() or not folded[end - 1].isalnum():
                break
            length -= 1
            whole = False
        if length < HEAD or whole or len(folded.strip()) <= length:
            return length if length >= HEAD else 0
        if value.count(" ") >= SENTENCE and folded[start : start + length].strip().count(" ") < 1:
            return 0
        return length

    def _is_number(self, digits: str) -> bool:
        self._spend(len(self._digits) * (1 + len(digits) // 256))
        for known, strength in self._digits.items():
            at = digits.find(known[: HEAD if strength is Strength.ANYWHERE else len(known)])
            if at >= 0 and (strength is not Strength.ANYWHERE or common(digits, at, known) >= 6):
                return True
        return False

    def _base64_spans(self, text: str) -> Iterator[tuple[int, int]]:
        pattern = self._base64_pattern
        if pattern is None or not pattern.search(text.encode()):
            return
        for run in _BASE64_RUN.finditer(text):
            if not pattern.search(run.group().encode()):
                continue
            self._spend(len(self._base64))
            for head, (form, least) in self._base64.items():
                at = run.group().find(head)
                if at >= 0 and common(run.group(), at, form) >= least:
                    yield run.span()
                    break


_ESCAPED_IN_JOINED: Final = re2.compile(rb"%[0-9a-f]{2}|&#?[0-9a-z]{2,8};|\\[ux\"'/\\]")
_DIGITS_IN_JOINED: Final = re2.compile(rb"[0-9](?:[ ./()\-]{1,3}[0-9]+)+")


_QUOTED: Final = re.compile(r"""["']([^"']{1,3})(?=["'])""")
_QUOTED_IN_JOINED: Final = re2.compile(rb"""["'][^"'\x00]{1,12}["']""")
