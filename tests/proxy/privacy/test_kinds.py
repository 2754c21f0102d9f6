"""The kinds are the contract's, each in one class."""

from __future__ import annotations

from collections import Counter

from proxy.privacy.kinds import CLASS_OF, STRICTNESS
from proxy.privacy.rules import RULES

CONTRACT = [
    "password",
    "otp",
    "pin",
    "secret_answer",
    "api_key",
    "card_number",
    "card_expiry",
    "card_cvc",
    "card_holder",
    "iban",
    "bank_account",
    "national_id",
    "health",
    "special",
    "username",
    "name",
    "email",
    "phone",
    "address",
    "postal_code",
    "birth_date",
    "company",
    "vat_id",
    "income",
    "plate",
    "location",
    "search",
    "quantity",
    "coupon",
    "filter",
    "language",
    "consent",
    "rating",
    "option",
    "free_text",
    "upload",
    "other",
    "unknown",
]


def test_the_identifiers_are_those_of_the_contract() -> None:
    assert list(CLASS_OF) == CONTRACT
    assert Counter(CLASS_OF.values()) == {"secret": 14, "personal": 12, "harmless": 8, "unknown": 4}


def test_every_class_has_a_strictness_and_every_rule_a_kind() -> None:
    assert set(CLASS_OF.values()) == set(STRICTNESS)
    assert {rule.kind for rule in RULES} <= set(CLASS_OF)
