"""Where a stripped value shows up again: in a text, an attribute, a style, an address, however spelt.

How eagerly each is looked for says known.py. In a class, an id, a style ordinary words stand by chance: there an
echo must be more than one of them (where.py).

The scan has two stages: one pass of a linear-time pattern over all strings of a batch joined together finds the
strings that may hold an echo; only those are looked at one by one, also with their escapes undone.
Spellings known: plain in any case, with invisible characters between, composed or not, without accents;
percent (UTF-8, Latin-1, `%u`), entities, JSON, JavaScript and CSS escapes, nested up to three deep; NULs
between characters (UTF-16); base64 at each alignment, hex, reversed, regrouped digits, groups of four of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import re2

from proxy.privacy.known import HEAD, Exhausted, Known, Strength
from proxy.privacy.scan import common, hits, indexes, masked
from proxy.privacy.spellings import ODD, evened, fold, unwrapped
from proxy.privacy.urls import MASK
from proxy.privacy.where import Where, by_chance

__all__ = ["Echoes", "Exhausted", "Strength"]

SENTENCE: Final = 5
"""Values of more words than this are prose: their first word alone is no echo of them."""

_ESCAPED: Final = re2.compile(
    rb"%[0-9A-Fa-f]{2}|%u[0-9A-Fa-f]{4}|&#x?[0-9A-Fa-f]{1,12}|&[0-9A-Za-z]{2,8};|\\[ux\"'/\\]|\\[0-9a-fA-F]|\x00"
)
_BASE64_RUN: Final = re.compile(r"[A-Za-z0-9+/_\-]{4,}={0,2}")
_DIGIT_RUN: Final = re.compile(r"\d(?:[ ./\-()]{0,3}\d){3,}")
"""No known number has fewer digits than HEAD."""
_WORD_ON: Final = re.compile(r"""[^\s"'<>(){}\[\],;:/?=&|]*""")
"""What goes on where a secret breaks off: a beginning of it is masked to the end of the word."""


class Echoes(Known):
    """The stripped values of one recording and how to find them."""

    def __init__(self) -> None:
        super().__init__()
        self._pattern: re2._Regexp | None = None
        self._base64_pattern: re2._Regexp | None = None
        self._digits_pattern: re2._Regexp | None = None

    def _compile(self) -> None:
        options = re2.Options()
        options.max_mem = 16 << 20
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
        numbers = [_GAPS.join(known[: _least(known, strength)]) for known, strength in self._digits.items()]
        self._digits_pattern = re2.compile("|".join(numbers).encode(), options) if numbers else None
        self._stale = False

    def suspects(self, joined: str) -> set[int]:
        """Indexes of the strings that may hold an echo; `joined` is all of them with a NUL between."""
        if not self:
            return set()
        if self._stale:
            self._compile()
        folded = fold(joined).encode()
        found = set[int]()
        odd = None if joined.isascii() else ODD
        for pattern, text in (
            (self._pattern, folded),
            (self._base64_pattern, joined.encode() if self._base64_pattern else b""),
            (_ESCAPED_IN_JOINED, folded),
            (odd, folded),
            (self._digits_pattern, folded),
            (_QUOTED_IN_JOINED if self._whole else None, folded),
        ):
            if pattern is not None:
                found |= set(indexes(pattern, text))
        if self._whole:
            found |= {n for n, text in enumerate(fold(joined).split("\x00")) if text.strip() in self._whole}
        return found

    def clean(self, text: str, where: int = Where.TEXT) -> str:
        """`text` with every echo replaced by the mask. Raises `Exhausted`."""
        if self._stale:
            self._compile()
        even = evened(text)
        whole = (even[0] if even else fold(text)).strip()
        if whole in self._whole and (where == Where.TEXT or self._whole[whole]):
            return MASK
        if "\x00" in text:
            text = text.replace("\x00", "")
            even = evened(text)
        if even:
            spans = [(even[1][start], even[1][end]) for start, end in self._spans(even[0], where)]
        else:
            spans = list(self._spans(fold(text), where))
        if _ESCAPED.search(text.encode()):
            plainly = sum(end - start for start, end in spans)
            for plain in unwrapped(text, css=where == Where.STYLE):
                even = evened(plain)
                inside = self._spans(even[0] if even else fold(plain), where)
                if sum(end - start for start, end in inside) > plainly:
                    return MASK  # more of it than stands there unescaped: where, cannot be told
        return masked(text, [*spans, *self._base64_spans(text)])

    def _spans(self, folded: str, where: int) -> Iterator[tuple[int, int]]:
        end = 0
        heads = self._heads
        for start in hits(self._pattern, folded):
            if start < end:
                continue
            values = heads[folded[start : start + HEAD]]
            self.spend(len(values))
            length = max((self._length(folded, start, value, where) for value in values), default=0)
            if length:
                end = start + length
                yield start, end
        for quoted in _QUOTED.finditer(folded) if self._whole else ():
            if (group := quoted.lastindex) and quoted[group] in self._whole:
                yield quoted.span(group)
        done = 0
        for at in hits(self._digits_pattern, folded):
            if at >= done:
                begin, done = _around(folded, at)
                for run in _DIGIT_RUN.finditer(folded, begin, done):
                    if self._is_number(re.sub(r"\D", "", run.group())):
                        yield run.span()

    def _length(self, folded: str, start: int, value: str, where: int) -> int:
        """How many characters from `start` on echo `value`; 0 for none."""
        strength = self._values[value]
        if strength is Strength.ANYWHERE or strength is Strength.FULL:
            length = common(folded, start, value)
            if length == len(value):
                return length
            rest = _WORD_ON.match(folded, start + length)
            return (rest.end() if rest else start + length) - start if strength and length >= HEAD else 0
        if start and folded[start - 1].isalnum() and value[0].isalnum():
            return 0
        if where and by_chance(folded, start, value, where, named=strength >= Strength.NAME):
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
        if self._digits_pattern is None or not self._digits_pattern.search(digits.encode()):
            return False
        self.spend(len(self._digits) * (1 + len(digits) // 256))
        for known, strength in self._digits.items():
            at = digits.find(known[: _least(known, strength)])
            if at >= 0 and (strength is not Strength.ANYWHERE or common(digits, at, known) >= 6):
                return True
        return False

    def _base64_spans(self, text: str) -> Iterator[tuple[int, int]]:
        pattern = self._base64_pattern
        if pattern is None or not pattern.search(text.encode()):
            return
        for run in _BASE64_RUN.finditer(text):
            if pattern.search(run.group().encode()):
                yield run.span()


def _around(text: str, at: int) -> tuple[int, int]:
    """Where the digits around `at` begin and end, with what may stand between them."""
    begin = end = at
    while begin and text[begin - 1] in _RUN:
        begin -= 1
    while end < len(text) and text[end] in _RUN:
        end += 1
    return begin, end


def _least(known: str, strength: Strength) -> int:
    """How many digits of a known number must be there at least."""
    return HEAD if strength is Strength.ANYWHERE else len(known)


_ESCAPED_IN_JOINED: Final = re2.compile(
    rb"%[0-9a-f]{2}|%u[0-9a-f]{4}|&#x?[0-9a-f]{1,12}|&[0-9a-z]{2,8};|\\[ux\"'/\\]|\\[0-9a-f]"
)
_GAPS: Final = r"[ ./()\-]{0,3}"
"""What may stand between two digits of a number."""
_RUN: Final = frozenset("0123456789 ./()-")


_QUOTED: Final = re.compile(r"""["']([^"']{1,3})(?=["'])|[:\[,]\s{0,9}([0-9]{1,3})(?=\s{0,9}[,}\]])""")
_QUOTED_IN_JOINED: Final = re2.compile(rb"""["'][^"'\x00]{1,12}["']|[:\[,]\s{0,9}[0-9]{1,3}\s{0,9}[,}\]]""")
"""A string or a number of JSON."""
