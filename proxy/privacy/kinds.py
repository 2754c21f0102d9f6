"""What a field can hold, and how careful each kind makes us; the identifiers are a contract (design.md, 5)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SECRET: Final = "secret"  # noqa: S105 the name of a class, no password
PERSONAL: Final = "personal"
HARMLESS: Final = "harmless"
UNKNOWN: Final = "unknown"

_GROUPS: Final = {
    SECRET: "password otp pin secret_answer api_key card_number card_expiry card_cvc card_holder iban "
    "bank_account national_id health special",
    PERSONAL: "username name email phone address postal_code birth_date company vat_id income plate location",
    HARMLESS: "search quantity coupon filter language consent rating option",
    UNKNOWN: "free_text upload other unknown",
}

CLASS_OF: Final[Mapping[str, str]] = MappingProxyType(
    {kind: cls for cls, kinds in _GROUPS.items() for kind in kinds.split()}
)
"""kind -> class"""

STRICTNESS: Final[Mapping[str, int]] = MappingProxyType({HARMLESS: 0, PERSONAL: 1, UNKNOWN: 2, SECRET: 3})
"""class -> rank; the higher of two verdicts about one field holds. No mode keeps unknown: it outranks personal."""

CHOICES: Final = frozenset(
    ("health", "special", "national_id", "consent", "option", "rating", "filter", "language", "search")
)
"""The only kinds that a box to tick can be: "remember my password" holds no password, "same address" none."""

NOT_SELECTED: Final = frozenset(("email", "username", "password", "free_text", "search"))
"""Kinds that are typed, never picked from a list: a list so named is about them ("e-mail format")."""
