"""Where a stripped value shows up again: in a text, an attribute, a style, an address, however spelt.

| strength | for | found |
|---|---|---|
| anywhere | secrets of 4 characters and more | everywhere, also inside a word, also any beginning of 4 and more |
| word | other values of 4 and more | between word boundaries, also a beginning that ends at one |
| full | other spellings of secrets: backwards, hexadecimal | everywhere, but nothing shorter than all of it |
| whole | secrets under 4, personal values of 2 and 3 | where a whole text, attribute or quoted string equals it |

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

HEAD: Final = 4
"""Characters by which a value is looked up; shorter ones are `whole`."""
MAX_CHARS: Final = 256 * 1024
MAX_VALUES: Final = 4000
MAX_LENGTH: Final = 8192
MAX_SHORT: Final = 1000
"""Bounds of one recording's echoes; what does not fit sets `full`, and page text is masked from then on."""
LONG: Final = 64
"""Characters of a secret up to which its odder spellings are known, too: each state of typing has them anew."""
SENTENCE: Final = 5
"""Values of more words than this are prose: their first word alone is no echo of them."""


class Strength(IntEnum):
    """How eagerly a value is found."""

    FULL = 0
    WORD = 1
    ANYWHERE = 2


_ESCAPED: Final = re2.compile(rb"%[0-9A-Fa-f]{2}|&#?[0-9A-Za-z]{2,8};|\\[ux\"'/\\]|\x00")
_BASE64_RUN: Final = re.compile(r"[A-Za-z0-9+/_\-]{6,}={0,2}")
_DIGIT_RUN: Final = re.compile(r"\d(?:[ ./\-()]{0,3}\d)+")
_BLANK: Final = frozenset("•*●⚫·∙○▪x \t\n-_.")
"""A value of nothing else is a mask or says nothing."""
_TRIVIAL: Final = frozenset(
    ["true", "false", "null", "none", "undefined", "yes", "nein", "ja", "no", "on", "off", "ok", "0", "1"]
)


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

    def __bool__(self) -> bool:
        return bool(self._values or self._whole)

    def add(self, value: str, cls: str) -> None:
        """Remember a stripped value of a field of this class."""
        text = fold(value).strip()
        if not text or set(text) <= _BLANK or (cls != SECRET and text in _TRIVIAL):
            return
        if len(text) < HEAD:
            if cls == SECRET or (cls == PERSONAL and len(text) >= 2):
                self._whole[text] = self._whole.get(text, False) or cls == SECRET
                self.full = self.full or len(self._whole) > MAX_SHORT
                self._stale = True
            return
        strength = Strength.ANYWHERE if cls == SECRET else Strength.WORD
        if len(text) > MAX_LENGTH:
            self.full = True
        for line in {text[:MAX_LENGTH], *(part.strip() for part in text[:MAX_LENGTH].splitlines())}:
            if len(line) >= HEAD:
                self._remember(line, strength)
        original = " ".join(value.split())
        for form in number_forms(text):
            if form.isdigit():
                self._digits[form] = max(strength, self._digits.get(form, strength))
            self._remember(form, strength if len(form) > HEAD else Strength.WORD)
        for form in date_forms(text):
            self._remember(form, Strength.WORD)
        if cls == SECRET and len(original) <= LONG:
            for form in secret_forms(original):
                self._remember(form, Strength.FULL)
        for form, least in base64_forms(original[:MAX_LENGTH], eager=cls == SECRET):
            self._base64.setdefault(form[:least], (form, least))
        self._stale = True

    def _remember(self, text: str, strength: Strength) -> None:
        if self._values.get(text, -1) >= strength:
            return
        siblings = self._heads.setdefault(text[:HEAD], [])
        for other in siblings[:] if strength else ():
            if not self._values[other]:
                continue
            if other.startswith(text) and self._values[other] >= strength:
                return  # a beginning of what we know is found with it
            if text.startswith(other) and self._values[other] <= strength:
                siblings.remove(other)
                self.chars -= len(other)
                del self._values[other]
        if self.chars + len(text) > MAX_CHARS or len(self._values) >= MAX_VALUES:
            self.full = True
            return
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
        heads += [quote + short + quote for short in self._whole for quote in "\"'"]
        plain = "|".join(re2.escape(head) for head in dict.fromkeys(heads)).encode()
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
        ):
            if pattern is not None:
                found |= set(indexes(pattern, text))
        if self._whole:
            found |= {n for n, text in enumerate(fold(joined).split("\x00")) if text.strip() in self._whole}
        return found

    def clean(self, text: str, *, code: bool = False) -> str:
        """`text` with every echo replaced by the mask.

        `code`: a class, an id, a style: ordinary words stand there by chance, so of values that are not secret
        only distinctive ones are found.
        """
        folded = fold(text)
        if folded.strip() in self._whole and not (code and not self._whole[folded.strip()]):
            return MASK
        if "\x00" in text:
            text = text.replace("\x00", "")
            folded = fold(text)
        spans = list(self._spans(folded, code))
        spans += self._base64_spans(text)
        if _ESCAPED.search(text.encode()):
            plainly = sum(end - start for start, end in spans)
            for plain in unwrapped(text):
                if sum(end - start for start, end in self._spans(fold(plain), code)) > plainly:
                    return MASK  # more of it than stands there unescaped: where, cannot be told
        return masked(text, spans)

    def _spans(self, folded: str, code: bool) -> Iterator[tuple[int, int]]:
        end = 0
        for start in self._candidates(folded):
            if start < end:
                continue
            length = max(
                (self._length(folded, start, v, code) for v in self._heads[folded[start : start + HEAD]]),
                default=0,
            )
            if length:
                end = start + length
                yield start, end
        for short in self._whole:
            for quote in "\"'":
                at = folded.find(quote + short + quote)
                while at >= 0:
                    yield at + 1, at + 1 + len(short)
                    at = folded.find(quote + short + quote, at + 1)
        if self._digits:
            for run in _DIGIT_RUN.finditer(folded):
                if self._is_number(re.sub(r"\D", "", run.group())):
                    yield run.span()

    def _candidates(self, folded: str) -> Iterator[int]:
        if len(folded) < 4096:
            heads = self._heads
            for start in range(len(folded) - HEAD + 1):
                if folded[start : start + HEAD] in heads:
                    yield start
            return
        starts = set[int]()
        for head in self._heads:
            at = folded.find(head)
            while at >= 0:
                starts.add(at)
                at = folded.find(head, at + 1)
        yield from sorted(starts)

    def _length(self, folded: str, start: int, value: str, code: bool) -> int:
        """How many characters from `start` on echo `value`; 0 for none."""
        length = common(folded, start, value)
        if self._values[value] is Strength.ANYWHERE:
            return length
        if self._values[value] is Strength.FULL:
            return length if length == len(value) else 0
        if code and not _distinctive(value):
            return 0
        if start and folded[start - 1].isalnum() and value[0].isalnum():
            return 0
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
        for known, strength in self._digits.items():
            at = digits.find(known[: HEAD if strength is Strength.ANYWHERE else len(known)])
            if at >= 0 and (strength is Strength.WORD or common(digits, at, known) >= 6):
                return True
        return False

    def _base64_spans(self, text: str) -> Iterator[tuple[int, int]]:
        if not any(head in text for head in self._base64):
            return
        for run in _BASE64_RUN.finditer(text):
            for head, (form, least) in self._base64.items():
                at = run.group().find(head)
                if at >= 0 and common(run.group(), at, form) >= least:
                    yield run.span()
                    break


_ESCAPED_IN_JOINED: Final = re2.compile(rb"%[0-9a-f]{2}|&#?[0-9a-z]{2,8};|\\[ux\"'/\\]")
_DIGITS_IN_JOINED: Final = re2.compile(rb"[0-9](?:[ ./()\-]{1,3}[0-9]+)+")


def _distinctive(value: str) -> bool:
    return len(value) >= 12 or any(c.isdigit() or c in " @" for c in value)
