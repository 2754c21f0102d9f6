"""What gives a value away whatever its field: detectors over text, each with examples that a test runs.

A cheap pattern (linear time) finds candidates, a check decides: Luhn and issuer's prefix, ISO 13616, ipaddress.
"""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, NamedTuple

import re2
from stdnum import iban as iban_number

from proxy.privacy.kinds import PERSONAL, SECRET, UNKNOWN


class Span(NamedTuple):
    """`text[start:end]` is what the detector `name` means."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Detector:
    """`pattern` finds candidates, `spans` yields what in a candidate counts, as offsets into it."""

    name: str
    kind: str
    cls: str
    pattern: str
    spans: Callable[[str], Iterator[tuple[int, int]]]
    match: tuple[str, ...]
    clean: tuple[str, ...]


_GAP: Final = r"[ \xa0.\-]?"
_PREFIX: Final = re.compile(r"4|5[0-8]|6[0-9]|3[04-9]|2131|1800|222[1-9]|22[3-9]|2[3-6]|27[01]|2720")
"""ISO/IEC 7812: Visa, Mastercard with its 2-series, Maestro, Discover, UnionPay, Amex, Diners, JCB"""
_LENGTHS: Final = (19, 18, 17, 16, 15, 14, 13, 12)


_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _cards(run: str) -> Iterator[tuple[int, int]]:
    """Card numbers in a run of digits and gaps; they begin and end where a group does."""
    at = [i for i, c in enumerate(run) if c.isdigit()]
    digits = "".join(run[i] for i in at)
    sums = tuple([0, *accumulate(_doubled(digits, parity))] for parity in (0, 1))
    done = 0
    for start in range(len(at)):
        if start < done or (start and at[start - 1] == at[start] - 1) or not _PREFIX.match(digits, start):
            continue
        for length in _LENGTHS:
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


def _ibans(run: str) -> Iterator[tuple[int, int]]:
    """The longest IBAN at the run's beginning that ends where a group does."""
    rest = 0  # of the account's part, modulo 97 (ISO 7064): asked at every end, so that stdnum is asked but once
    head = int("".join(str(int(c, 36)) for c in run[:4]))
    ends = []
    for end, c in enumerate(run[4:], 5):
        if c.isalnum():
            rest = (rest * (10 if c.isdigit() else 100) + int(c, 36)) % 97
            if end > 14 and (rest * 10**6 + head) % 97 == 1 and (end == len(run) or not run[end].isalnum()):
                ends.append(end)
    for end in reversed(ends):
        if iban_number.is_valid(run[:end]):
            yield 0, end
            return


_DATE: Final = re.compile(r"(19|20)\d\d[./-]\d\d?[./-]\d\d?(?!\d)|\d\d?[./-]\d\d?[./-](19|20)\d\d(?!\d)")


def _numbers(run: str) -> Iterator[tuple[int, int]]:
    """Seven digits in a row; nine in groups; seven in groups that begin like a phone number; no dates."""
    start = 0
    while date := _DATE.match(run, start):
        start = date.end()
        while start < len(run) and not run[start].isdigit():
            start += 1
    rest = run[start:]
    if not rest or re.fullmatch(r"\d{1,3}(\.\d{3})+", rest):
        return
    count = sum(c.isdigit() for c in rest)
    solid = max(map(len, re.findall(r"\d+", rest)), default=0) >= 7
    phone = rest[0] in "+0" and count >= 7
    if solid or phone or (count >= 9 and "." not in rest):
        yield start, len(run)


def _ips(run: str) -> Iterator[tuple[int, int]]:
    try:
        ipaddress.ip_address(run)
    except ValueError:
        return
    if run.strip(":."):
        yield 0, len(run)


def _whole(run: str) -> Iterator[tuple[int, int]]:
    yield 0, len(run)


DETECTORS: Final[tuple[Detector, ...]] = (
    Detector(
        "token",
        "api_key",
        SECRET,
        r"\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{4,}(?:\.[A-Za-z0-9_\-]*)?",
        _whole,
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",),
        ("eyJwindow", "hey.you.there"),
    ),
    Detector(
        "iban",
        "iban",
        SECRET,
        r"\b[A-Za-z]{2}[0-9]{2}(?:[ \xa0\-]?[A-Za-z0-9]){11,34}",
        _ibans,
        (
            "DE89 3704 0044 0532 0130 00",
            "de89370400440532013000",
            "GB82-WEST-1234-5698-7654-32",
            "IBAN: AT611904300234573201 und",
        ),
        ("DE89 3704 0044 0532 0130 01", "EN50 some words in a row here"),
    ),
    Detector(
        "card_number",
        "card_number",
        SECRET,
        r"[0-9](?:" + _GAP + r"[0-9]){11,30}",
        _cards,
        (
            "4111 1111 1111 1111",
            "5555-5555-5555-4444",
            "378282246310005",
            "2223003122003222",
            "Art. 12 4111111111111111.",
        ),
        ("4111 1111 1111 1112", "0000 0000 0000 0000", "1700000000000", "9999999999999995"),
    ),
    Detector(
        "email",
        "email",
        PERSONAL,
        r"(?i)[\pL0-9._%+'\-]+(?:@|%40)[\pL0-9\-]+(?:\.[\pL0-9\-]+)+",
        _whole,
        ("erika@example.org", "an jörg.müller@bücher.example gesendet", "a%40b.example"),
        ("@media print", "user@host", "@2x"),
    ),
    Detector(
        "ip",
        "other",
        PERSONAL,
        r"\b(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})\b",
        _ips,
        ("192.168.17.4", "2001:db8::17:4", "von 10.0.0.1 aus"),
        ("12:30:45", "1.2.3", "999.1.1.1"),
    ),
    Detector(
        "number",
        "other",
        UNKNOWN,
        r"\+?[0-9](?:[ \xa0./()\-]{0,2}[0-9]){6,30}",
        _numbers,
        ("Rechnung 20231234567", "24.12.2024 4711-8899-12", "+49 30 1234567", "0171/2345678", "123 456 789"),
        ("24.12.2024", "2024-12-24 18:30", "1.299,00", "Seite 12 von 300"),
    ),
)

BY_NAME: Final = {detector.name: detector for detector in DETECTORS}
SECRET_NAMES: Final = frozenset(d.name for d in DETECTORS if d.cls == SECRET)
"""Detectors that work everywhere and always; the others are switched by `record.text`."""

_PATTERNS: Final = {d.name: (re2 if d.name in ("email", "token") else re).compile(d.pattern) for d in DETECTORS}
"""re2 where a run may be of any length; where it is bounded `re` is linear, too, and quicker"""
_NEEDS: Final[dict[str, Callable[[str], bool]]] = {
    "email": lambda text: "@" in text or "%40" in text,
    "token": lambda text: "eyJ" in text,
    "ip": lambda text: text.count(".") > 2 or text.count(":") > 1,
}
"""What a text must have before a slow pattern is worth its time."""

HINT: Final = re2.compile(
    rb"eyJ|@|%40|[0-9]{7}|[0-9](?:[ \xa0./()\-]{0,2}[0-9]){8}|[+0](?:[ \xa0./()\-]{0,2}[0-9]){6}"
    rb"|(?i:[a-z]{2}[0-9]{2}[ \xa0\-]?[a-z0-9]{4}[ \xa0\-]?[a-z0-9]{4})"
    rb"|[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|:[0-9a-fA-F]{0,4}:"
)
"""Over UTF-8: what at least one detector needs. A text without it holds nothing."""

CODE_HINT: Final = re2.compile(
    rb"eyJ|[A-Za-z0-9](?:@|%40)[A-Za-z0-9]|[0-9](?:[ \xa0.\-]?[0-9]){11}"
    rb"|(?i:[a-z]{2}[0-9]{2}[ \xa0\-]?[a-z0-9]{4}[ \xa0\-]?[a-z0-9]{4})"
)
"""The same for classes, addresses of files, styles: secrets and e-mail."""


def find(text: str, names: Set[str] = frozenset(BY_NAME)) -> list[Span]:
    """Spans of `text` that the named detectors flag, in order, not overlapping; an earlier detector's wins."""
    spans: list[Span] = []
    for detector in DETECTORS:
        if detector.name not in names:
            continue
        needs = _NEEDS.get(detector.name)
        if needs and not needs(text):
            continue
        for hit in _PATTERNS[detector.name].finditer(text):
            base = hit.start()
            if _inside_word(text, base, hit.end(), detector.name):
                continue
            for start, end in detector.spans(hit.group()):
                span = Span(base + start, base + end, detector.name)
                if _free(spans, span):
                    insort(spans, span)
    return spans


def _free(spans: list[Span], span: Span) -> bool:
    """Whether `span` overlaps none of `spans`, which are sorted."""
    at = bisect_left(spans, span)
    return (at == 0 or spans[at - 1].end <= span.start) and (at == len(spans) or span.end <= spans[at].start)


def _inside_word(text: str, start: int, end: int, name: str) -> bool:
    """Digits glued to further digits are another number; the patterns have no lookaround."""
    return name == "card_number" and (text[end : end + 1].isdigit() or text[start - 1 : start].isdigit())


def replace(text: str, names: Set[str], mask: str, count: Callable[[str], Any]) -> str:
    """`text` with every flagged span replaced by `mask`; `count(name)` is called for each."""
    spans = find(text, names)
    if not spans:
        return text
    parts, done = list[str](), 0
    for span in spans:
        parts += (text[done : span.start], mask)
        done = span.end
        count(span.name)
    return "".join([*parts, text[done:]])


_GROWING: Final = re2.compile(r"(?i)@|^\s*[a-z]{2}[0-9]{2} ?[a-z0-9]{4}")


def evidence(value: str) -> Detector | None:
    """What a field's value proves about the field: the first detector of a secret or an e-mail address."""
    for span in find(value, SECRET_NAMES | {"email"}):
        return BY_NAME[span.name]
    return None


def growing(value: str) -> bool:
    """Whether a harmless field's value may become a card number, an IBAN or an e-mail address."""
    return sum(c.isdigit() for c in value) >= 8 or bool(_GROWING.search(value))
