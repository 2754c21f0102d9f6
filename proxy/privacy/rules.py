"""The words that tell what a field holds: tables of rules, and which of two that match wins.

A pattern is matched in `words.canonical` text, so it is lower-case ASCII with single spaces between words, and
` ?` stands where a name may be glued together. Every rule carries its examples, raw as they stand in pages:
`match` must be judged as its kind by the whole table, `clean` must not; test_rules.py runs them.

Languages: German and English. TODO(issue 5): fr it es pt nl pl cs sv da, and password and e-mail in ru ja zh.
"""

from __future__ import annotations

from typing import Final

import re2

from proxy.privacy.rule import Rule
from proxy.privacy.rules_harmless import HARMLESS_RULES
from proxy.privacy.rules_personal import PERSONAL_RULES
from proxy.privacy.rules_secret import SECRET_RULES
from proxy.privacy.words import canonical

_ORDER: Final = (
    "secret_answer otp card_cvc card_expiry card_holder card_number iban bank_account vat_id plate "
    "national_id health special pin password api_key email birth_date phone income postal_code "
    "company search username address location name quantity coupon rating filter language consent "
    "option free_text"
)
ORDER: Final = tuple(_ORDER.split())
"""Of the kinds whose words stand in one text the first wins: what is secret, then what a more general word of a
later kind would swallow (`email` before `address`)."""

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((*SECRET_RULES, *PERSONAL_RULES, *HARMLESS_RULES), key=lambda rule: ORDER.index(rule.kind))
)

_NOT_NAMES: Final = re2.compile(
    r"\b(product|produkt|artikel|item|file|datei|domain|host|event|project|projekt|page|brand|model"
    r"|group|team|list|class|field|tag|dog|pet|book) ?(s )?name"
)


def _compiled() -> re2.Set:
    options = re2.Options()
    options.max_mem = 64 << 20  # the whole table in one automaton
    found = re2.Set.SearchSet(options)
    for rule in RULES:
        found.Add(rule.pattern)
    found.Compile()
    return found


_SET: Final = _compiled()


def kinds_in(text: str) -> tuple[str, ...]:
    """Kinds whose words stand in `text` (raw, as it stands in the page), in the table's order."""
    words = canonical(text)
    if not words:
        return ()
    kinds = [RULES[index].kind for index in sorted(_SET.Match(words) or ())]
    if "name" in kinds and _NOT_NAMES.search(words):
        kinds.remove("name")
    return tuple(kinds)


def kind_of(text: str) -> str | None:
    """The kind that the words of `text` tell, or None."""
    return next(iter(kinds_in(text)), None)
