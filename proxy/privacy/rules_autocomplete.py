"""What the tokens of the `autocomplete` attribute tell (HTML standard, 4.10.18.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PREFIXES: Final = frozenset(
    ("shipping", "billing", "home", "work", "mobile", "fax", "pager", "on", "off", "webauthn")
)

AUTOCOMPLETE: Final[Mapping[str, str]] = {
    token: kind
    for kind, tokens in {
        "password": "new-password current-password",
        "otp": "one-time-code",
        "card_number": "cc-number",
        "card_holder": "cc-name cc-given-name cc-additional-name cc-family-name",
        "card_expiry": "cc-exp cc-exp-month cc-exp-year",
        "card_cvc": "cc-csc",
        "username": "username nickname impp",
        "name": "honorific-prefix given-name additional-name family-name honorific-suffix name sex",
        "email": "email",
        "phone": "tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix "
        "tel-extension",
        "address": "street-address address-line1 address-line2 address-line3 address-level1 address-level2 "
        "address-level3 address-level4 country country-name",
        "postal_code": "postal-code",
        "birth_date": "bday bday-day bday-month bday-year",
        "company": "organization organization-title",
        "language": "language",
        "option": "cc-type",
        "other": "transaction-amount transaction-currency url photo",
    }.items()
    for token in tokens.split()
}
"""autocomplete token of the HTML standard -> kind"""


def autocomplete(text: str) -> str | None:
    """The kind that the first token with a meaning tells; tokens are parted by spaces, prefixes are none."""
    tokens = [t for t in text.lower().split() if t not in _PREFIXES and not t.startswith("section-")]
    return next((AUTOCOMPLETE[t] for t in tokens if t in AUTOCOMPLETE), None)
