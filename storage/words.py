"""What rules and kinds are called where people read them; what is not in the tables reads as it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "otp": "one-time code",
    "pin": "PIN",
    "secret_answer": "secret answer",
    "api_key": "key or token",
    "card_number": "card number",
    "card_expiry": "card expiry",
    "card_cvc": "card security code",
    "card_holder": "card holder",
    "iban": "IBAN",
    "bank_account": "bank account",
    "national_id": "national identifier",
    "special": "especially sensitive data",
    "email": "e-mail address",
    "phone": "phone number",
    "postal_code": "postal code",
    "birth_date": "birth date",
    "vat_id": "VAT number",
    "free_text": "free text",
    "upload": "file",
    "ip": "IP address",
    "number": "long number",
    "token": "token",
    "other": "unknown contents",
    "unknown": "unknown contents",
}
"""kind of a field, or name of a detector -> words; what is not here is called by its name"""

FIXED: Final[Mapping[str, str]] = {
    "echo": "shown again elsewhere on a page",
    "url": "parameter or token in an address",
    "part": "part of a field that is not kept",
    "unknown": "field that may hold anything",
    "no_card": "field that the recorder did not describe",
    "mark:mask": "masked by a mark in the page",
    "mark:exclude": "excluded by a mark in the page",
    "mark:ignore": "ignored by a mark in the page",
    "site:sensitive": "`sensitive` in the configuration",
    "site:exclude": "`exclude` in the configuration",
    "site:safe": "`safe` in the configuration",
    "text:mask": "page text that nobody may read",
    "value:growing": "value that begins like a number or an e-mail address",
    "incident": "taken out after an incident",
    "dropped:lost": "parts of pages of which too little was known",
    "dropped:address": "addresses that are more than an address",
    "dropped:attribute": "attributes that are never kept",
    "dropped:error": "events that could not be read",
}
"""rule -> words"""

SOURCES: Final[Mapping[str, str]] = {
    "autocomplete": "{}, told by autocomplete",
    "type": "{}, told by the field's type",
    "name": "{}, told by the field's name",
    "id": "{}, told by the field's id",
    "label": "{}, told by the label",
    "aria_label": "{}, told by the label for screen readers",
    "placeholder": "{}, told by the placeholder",
    "title": "{}, told by the title",
    "text_before": "{}, told by the text before the field",
    "legend": "{}, told by the legend",
    "dots": "{}, told by the dots that the field shows",
    "shape": "{}, told by the field's shape",
    "tag": "{} field",
    "value": "{}, told by the value itself",
    "text": "{} in a page's text",
    "dropped": "parts of events that are not kept ({})",
    "scrub": "{}; scrubbed later",
}
"""what stands before the colon of a rule -> words, around those of what stands behind it"""


def kind(name: str) -> str:
    """`bank account` for `bank_account`."""
    return KINDS.get(name, name.replace("_", " "))


def rule(name: str) -> str:
    """`IBAN, told by the label` for `label:iban`."""
    if name in FIXED:
        return FIXED[name]
    source, colon, rest = name.partition(":")
    around = SOURCES.get(source) if colon else None
    if around is None:
        return name.replace("_", " ")
    return around.format(rule(rest) if source == "scrub" else kind(rest))


def source(name: str) -> str:
    """`told by the label` for `label:iban`, where the kind is said already."""
    around = SOURCES.get(name.partition(":")[0], "") if name not in FIXED else ""
    return around.removeprefix("{}, ") if around.startswith("{}, ") else rule(name)


def is_value(name: str) -> bool:
    """Whether the rule removes what a visitor gave away, rather than a part of an event that is never kept."""
    return not name.removeprefix("scrub:").startswith("dropped:")
