"""Card numbers: ISO/IEC 7812, by the issuers' prefixes and lengths and by the check digit (Luhn)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from proxy.privacy.detector import Detector
from proxy.privacy.glyphs import DIGIT, GAP
from proxy.privacy.kinds import SECRET

_RANGES: Final = (
    (1000, 1999, (15,)),  # UATP; JCB's 1800
    (2131, 2131, (15,)),  # JCB
    (2200, 2205, (16, 17, 18, 19)),  # Mir, Borica
    (2221, 2720, (16,)),  # Mastercard
    (3000, 3059, (14, 15, 16, 17, 18, 19)),  # Diners
    (3095, 3095, (14, 15, 16, 17, 18, 19)),
    (3100, 3199, (19,)),  # T-Union
    (3400, 3499, (15,)),  # American Express
    (3528, 3589, (16, 17, 18, 19)),  # JCB, RuPay, LankaPay
    (3600, 3699, (14, 15, 16, 17, 18, 19)),  # Diners
    (3700, 3799, (15,)),  # American Express
    (3800, 3999, (14, 15, 16, 17, 18, 19)),  # Diners, Hipercard
    (4000, 4999, (13, 16, 18, 19)),  # Visa, Dankort, Elo
    (5000, 5099, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro, Dankort, Elo, Verve, RuPay
    (5100, 5599, (16,)),  # Mastercard
    (5600, 6999, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro, Discover, UnionPay, RuPay, Verve, Elo, Troy
    (8100, 8299, (16, 17, 18, 19)),  # UnionPay, RuPay
    (8600, 8600, (16,)),  # Uzcard
    (9704, 9704, (16, 19)),  # Napas
    (9792, 9792, (16,)),  # Troy
    (9860, 9860, (16,)),  # Humo
)
"""first four digits from, to -> lengths"""


def _lengths() -> tuple[tuple[int, ...], ...]:
    table: list[tuple[int, ...]] = [()] * 10_000
    for first, last, lengths in _RANGES:
        table[first : last + 1] = [lengths[::-1]] * (last + 1 - first)
    return tuple(table)


LENGTHS: Final = _lengths()
"""First four digits -> lengths that issuers give to numbers beginning so, the longest first."""
_RUN: Final = re.compile(r"\d(?:[\s._/\u200b\-]{0,3}\d){11,}", re.ASCII)
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Card numbers in runs of digits and gaps; they begin and end where a group does."""
    for run in _RUN.finditer(text):
        for start, end in _in_run(run.group()):
            yield run.start() + start, run.start() + end


def _in_run(run: str) -> Iterator[tuple[int, int]]:
    at = [i for i, c in enumerate(run) if c.isdigit()]
    digits = "".join([run[i] for i in at])
    sums = tuple([0, *accumulate(_doubled(digits, parity))] for parity in (0, 1))
    done = 0
    for start in range(len(at) - 11):
        if start < done or (start and at[start - 1] == at[start] - 1):
            continue
        for length in LENGTHS[int(digits[start : start + 4])]:
            end = start + length
            if end > len(at) or (end < len(at) and at[end] == at[end - 1] + 1):
                continue
            luhn = sums[end % 2]  # the last digit counts once, every second before it twice
            if (luhn[end] - luhn[start]) % 10 == 0 and len(set(digits[start:end])) > 1:
                yield at[start], at[end - 1] + 1
                done = end
                break


def _doubled(digits: str, parity: int) -> Iterator[int]:
    return (_DOUBLED[int(d)] if n % 2 == parity else int(d) for n, d in enumerate(digits))


_WRITTEN: Final = re.compile(
    r"(?<![\d.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)", re.ASCII
)


def cards_in_code(text: str) -> Iterator[tuple[int, int]]:
    """Only those written as card numbers are: the path of a drawing is full of digits, and of decimals."""
    for written in _WRITTEN.finditer(text):
        for start, end in _in_run(written.group()):
            if (start, end) == (0, len(written.group())):
                yield written.span()


_HINT: Final = f"{DIGIT}(?:[{GAP}]{{0,3}}{DIGIT}){{11}}"

CARDS: Final = Detector(
    "card_number",
    "card_number",
    SECRET,
    _HINT,
    cards,
    (
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "5555–5555–5555–4444",
        "3782.822463.10005",
        "2223003122003222",
        "Art. 12 4111111111111111.",
        "12 34 56 78 90 12 34 56 78 90 4111 1111 1111 1111",
        "4012\u00a08888\u00a08888\u00a01881",
        "4012\u20098888\u20098888\u20091881",
        "４０１２８８８８８８８８１８８１",
        "٤٠١٢ ٨٨٨٨ ٨٨٨٨ ١٨٨١",
        "30569309025904",  # Diners
        "6011111111111117",  # Discover
        "3530111333300000",  # JCB
        "6200000000000005",  # UnionPay
        "6799990100000000019",  # Maestro
        "501800000009",  # Maestro, 12
        "2200000000000004",  # Mir
        "6521111111111110",  # RuPay
        "5060990580000217499",  # Verve
        "6362970000457013",  # Elo
        "5019717010103742",  # Dankort
        "135412345678911",  # UATP
    ),
    ("4111 1111 1111 1112", "0000 0000 0000 0000", "1700000000000", "9999999999999995", "4111111111111111234"),
)

CARDS_IN_CODE: Final = Detector(
    "card_in_code",
    "card_number",
    SECRET,
    _HINT,
    cards_in_code,
    ("karte-4111111111111111", "k_4111-1111-1111-1111", "3782 822463 10005"),
    ("M0.4111111111111111 3", "M41.11 11.11 11.11 11.11-11.11", "4111 1111 1111 1112"),
)
