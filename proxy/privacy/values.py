"""What gives a value away whatever its field: the detectors, in the order in which they win.

A hint (linear time) finds what may hold something, the detector says where. Their patterns and checks stand in
cards.py, ibans.py, identifiers.py, keys.py and contacts.py, each with examples.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

import re2

from proxy.privacy import cards, contacts, ibans, identifiers, keys
from proxy.privacy.detector import Detector, Span
from proxy.privacy.glyphs import plain
from proxy.privacy.kinds import SECRET

DETECTORS: Final[tuple[Detector, ...]] = (
    keys.TOKENS,
    ibans.IBANS,
    cards.CARDS,
    cards.CARDS_IN_CODE,
    identifiers.ID_CODES,
    identifiers.ID_NUMBERS,
    contacts.EMAILS,
    keys.RANDOM,
    contacts.IPS,
    contacts.NUMBERS,
    identifiers.ID_WEAK,
)
BY_NAME: Final = {detector.name: detector for detector in DETECTORS}

SECRET_NAMES: Final = frozenset(("token", "iban", "card_number", "id_code"))
"""Looked for always, and everywhere."""
IN_TEXT: Final = SECRET_NAMES | {"id_number", "random"}
"""Always, in what people read; e-mail, IP addresses and numbers there as `record.text` says."""
IN_CODE: Final = (SECRET_NAMES - {"card_number"}) | {"card_in_code"}
"""Always, in classes, addresses of files and styles, which are full of digits and hashes."""
_ANY: Final = frozenset(BY_NAME) - {"card_in_code", "id_weak"}
EVIDENCE: Final = IN_TEXT | {"email", "ip"}
"""What a field's value says of the field."""


@cache
def hint(names: frozenset[str]) -> re2._Regexp:
    """Over UTF-8: a text without it holds nothing of what these detectors find."""
    return re2.compile("|".join(f"(?:{d.hint})" for d in DETECTORS if d.name in names).encode())


@cache
def _hints(names: frozenset[str]) -> tuple[re2.Set, tuple[Detector, ...]]:
    """The same as one automaton that tells which; its answers are indexes of the detectors beside it."""
    detectors = tuple(detector for detector in DETECTORS if detector.name in names)
    found = re2.Set.SearchSet(re2.Options())
    for detector in detectors:
        found.Add(detector.hint)
    found.Compile()
    return found, detectors


def find(text: str, names: frozenset[str] = _ANY) -> list[Span]:
    """Spans of `text` that the named detectors flag, in order, not overlapping; what two flag is the earlier's."""
    hints, detectors = _hints(names)
    hinted = hints.Match(text)
    if not hinted:
        return []
    spans: list[Span] = []
    plainly = plain(text)
    for index in sorted(hinted):
        name = detectors[index].name
        for start, end in detectors[index].spans(plainly):
            for part in list(_uncovered(spans, start, end)):
                if any(map(str.isalnum, text[slice(*part)])):
                    insort(spans, Span(*part, name))
    return spans


def _uncovered(spans: list[Span], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of `start` to `end` that none of `spans` has, which are sorted and do not overlap."""
    at = bisect_left(spans, (start,))
    if at and spans[at - 1].end > start:
        start = spans[at - 1].end
    while start < end:
        following = spans[at] if at < len(spans) else None
        until = min(end, following.start) if following else end
        if start < until:
            yield start, until
        start, at = following.end if following else end, at + 1


def replace(text: str, names: frozenset[str], mask: str, count: Callable[[str], Any]) -> str:
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


def evidence(value: str, names: frozenset[str] = EVIDENCE, *, unknown: bool = True) -> str | None:
    """The kind that a field's value proves of the field, a secret one first; None when it proves nothing.

    `unknown`: nothing else tells what the field holds, so a weak check digit counts, too.
    """
    told = [BY_NAME[span.name] for span in find(value, names | {"id_weak"} if unknown else names)]
    secret = next((detector.kind for detector in told if detector.cls == SECRET), None)
    if secret or names is not EVIDENCE:
        return secret
    if keys.is_seed(value):
        return "api_key"
    if contacts.is_phone(value):
        return "phone"
    return next((detector.kind for detector in told), None)


_GROWING: Final = re2.compile(
    r"(?i)@|^\s*[a-z]{2}[0-9]{2} ?[a-z0-9]{4}|^\s*[a-z]{6}[0-9]{2}[a-z]"
    r"|^\s*(?:eyJ[a-z0-9]{5}|gh[pousr]_|sk_|akia|xox|-----b)"
)


def growing(value: str) -> bool:
    """Whether a harmless field's value may become a card number, an IBAN, a key or an e-mail address."""
    return sum(c.isdigit() for c in value) >= 8 or bool(_GROWING.search(value))
