"""The words that tell what a field holds: tables of rules by language, and which of two that match wins.

A pattern is written in its language's own spelling and matched in `words.canonical` text: lower case, single
spaces between words, ` ?` where a name may be glued together. Every rule carries its examples, as in pages:
`match` must be judged as its kind by the whole table, `clean` must not; test_rules.py runs them.
"""

from __future__ import annotations

from typing import Final

import re2

from proxy.privacy.rule import Rule
from proxy.privacy.rules_cs import CZECH_RULES
from proxy.privacy.rules_de import GERMAN_RULES
from proxy.privacy.rules_east import EASTERN_RULES
from proxy.privacy.rules_en import ENGLISH_RULES
from proxy.privacy.rules_en_secret import ENGLISH_SECRET_RULES
from proxy.privacy.rules_es import SPANISH_RULES
from proxy.privacy.rules_fr import FRENCH_RULES
from proxy.privacy.rules_it import ITALIAN_RULES
from proxy.privacy.rules_latin import LATIN_RULES
from proxy.privacy.rules_nl import DUTCH_RULES
from proxy.privacy.rules_nordic import NORDIC_RULES
from proxy.privacy.rules_not import NOT_RULES
from proxy.privacy.rules_pl import POLISH_RULES
from proxy.privacy.rules_platforms import PLATFORM_RULES
from proxy.privacy.rules_pt import PORTUGUESE_RULES
from proxy.privacy.rules_scripts import SCRIPT_RULES
from proxy.privacy.rules_scripts_secret import SCRIPT_SECRET_RULES
from proxy.privacy.words import canonical, pattern

_ORDER: Final = (
    "other secret_answer card_cvc card_expiry card_holder card_number otp iban bank_account vat_id plate "
    "national_id health special pin password api_key email birth_date phone income postal_code "
    "company search coupon username address location name quantity rating filter language consent "
    "option free_text"
)
ORDER: Final = tuple(_ORDER.split())
"""Of the kinds whose words stand in one text the first wins: a proof that one is human (its "security code" is
no card's), then what is secret, then what a more general word of a later kind would swallow (`email` before
`address`)."""

_RANK: Final = {kind: rank for rank, kind in enumerate(ORDER)}

RULES: Final[tuple[Rule, ...]] = (
    *PLATFORM_RULES,
    *ENGLISH_SECRET_RULES,
    *ENGLISH_RULES,
    *GERMAN_RULES,
    *FRENCH_RULES,
    *ITALIAN_RULES,
    *SPANISH_RULES,
    *PORTUGUESE_RULES,
    *DUTCH_RULES,
    *POLISH_RULES,
    *CZECH_RULES,
    *NORDIC_RULES,
    *LATIN_RULES,
    *SCRIPT_SECRET_RULES,
    *SCRIPT_RULES,
    *EASTERN_RULES,
)


def _joined(rules: tuple[Rule, ...]) -> dict[str, str]:
    """kind -> one pattern: the automaton needs to know kinds, not rules."""
    kinds: dict[str, list[str]] = {}
    for rule in rules:
        kinds.setdefault(rule.kind, []).append(f"(?:{pattern(rule.pattern)})")
    return {kind: "|".join(parts) for kind, parts in kinds.items()}


_TOLD: Final = _joined(RULES)
_DENIED: Final = _joined(NOT_RULES)
_PATTERNS: Final = sorted(
    [(False, kind, told) for kind, told in _TOLD.items()] + [(True, kind, no) for kind, no in _DENIED.items()],
    key=lambda each: len(each[2]),
)
_PARTS: Final = 8
"""Automata that share the patterns: each is built while it reads, and has far fewer states than one for all. A
third of the time for texts never seen before."""
_MEMORY: Final = 8 << 20
"""Bytes that one may take; when it is full it forgets its states, and goes on."""


def _compiled(patterns: list[tuple[bool, str, str]]) -> tuple[re2.Set, tuple[tuple[bool, str], ...]]:
    options = re2.Options()
    options.max_mem = _MEMORY
    found = re2.Set.SearchSet(options)
    for _, _, each in patterns:
        found.Add(each)
    found.Compile()
    return found, tuple((denies, kind) for denies, kind, _ in patterns)


_SETS: Final = tuple(_compiled(_PATTERNS[part::_PARTS]) for part in range(_PARTS))


def kinds_in(text: str) -> tuple[str, ...]:
    """Kinds whose words stand in `text` (raw, as it stands in the page), the one that wins first."""
    words = canonical(text)
    if not words:
        return ()
    found = [meant[index] for automaton, meant in _SETS for index in automaton.Match(words) or ()]
    kinds = {kind for denies, kind in found if not denies} - {kind for denies, kind in found if denies}
    return tuple(sorted(kinds, key=_RANK.__getitem__))


def kind_of(text: str) -> str | None:
    """The kind that the words of `text` tell, or None."""
    return next(iter(kinds_in(text)), None)
