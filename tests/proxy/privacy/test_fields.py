"""What a field holds is told by its card."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from proxy.privacy.fields import FieldCard, classify, classify_json
from proxy.privacy.kinds import CLASS_OF
from proxy.privacy.rules_autocomplete import AUTOCOMPLETE


def kind(**card: Any) -> str:
    return classify(FieldCard.of(card)).kind


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ({"type": "password"}, "password"),
        ({"type": "password", "name": "q", "autocomplete": "language"}, "password"),
        ({"type": "password", "name": "tan"}, "otp"),
        ({"type": "password", "label": "PIN"}, "pin"),
        ({"type": "password", "name": "cvc"}, "card_cvc"),
        ({"type": "text", "dots": True, "name": "user"}, "password"),
        ({"autocomplete": "section-a billing cc-number", "name": "search"}, "card_number"),
        ({"autocomplete": "shipping street-address"}, "address"),
        ({"autocomplete": "off", "name": "vorname"}, "name"),
        ({"type": "tel", "name": "cvc"}, "card_cvc"),
        ({"type": "tel"}, "phone"),
        ({"type": "email", "label": "Newsletter"}, "email"),
        ({"type": "search", "placeholder": "Name oder IBAN"}, "search"),
        ({"type": "text", "name": "newsletter_email"}, "email"),
        ({"type": "text", "name": "search1", "label": "Straße"}, "address"),
        ({"type": "text", "name": "number", "label": "Kreditkartennummer"}, "card_number"),
        ({"type": "checkbox", "name": "rememberPassword"}, "consent"),
        ({"type": "checkbox", "name": "x"}, "other"),
        ({"type": "radio", "name": "konfession"}, "special"),
        ({"type": "file", "name": "vorname"}, "upload"),
        ({"type": "text", "name": "f1", "text_before": "Bitte angeben Telefonnummer:"}, "phone"),
        ({"type": "text", "name": "f1", "legend": "Geburtsdatum"}, "birth_date"),
        ({"type": "text", "maxlength": "1", "inputmode": "numeric"}, "otp"),
        ({"type": "text", "name": "user[billing][city]"}, "address"),
        ({"type": "text", "name": "ctl00$ForgotPassword$txtEmail"}, "email"),
        ({"type": "text", "name": "card[expiry][month]"}, "card_expiry"),
        ({"tag": "select", "name": "month", "legend": "Kreditkarte gültig bis"}, "card_expiry"),
        ({"tag": "select", "name": "month", "legend": "Geburtsdatum"}, "birth_date"),
        ({"type": "text", "name": "captcha", "label": "Security code"}, "other"),
        ({"type": "text", "label": "Security code"}, "card_cvc"),
        ({"type": "text", "label": "Code", "name": "otp", "text_before": "Retype the letters"}, "other"),
        ({"type": "checkbox", "label": "Same as billing address"}, "consent"),
        ({"type": "radio", "name": "gender", "label": "Other"}, "name"),
        ({"type": "submit", "name": "email"}, "other"),
        ({"tag": "select", "name": "email_format"}, "unknown"),
        ({"tag": "textarea", "name": "mailMessage"}, "free_text"),
        ({"tag": "textarea", "name": "notes", "label": "Current medication"}, "health"),
        ({"type": "tel", "name": "quantity"}, "quantity"),
        ({"type": "text", "placeholder": "1234 5678 9012 3456"}, "card_number"),
        ({"type": "text", "placeholder": "you@example.com"}, "email"),
        ({"type": "password", "name": "secretkey", "label": "Passwort"}, "password"),
        ({"type": "text", "text_before": "Security Key: ( what is this? )"}, "otp"),
        ({"type": "text", "label": "パスワード"}, "password"),
        ({"tag": "textarea"}, "free_text"),
        ({"type": "text", "name": "f1"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_kind(card: dict[str, Any], expected: str) -> None:
    assert kind(**card) == expected


def test_every_autocomplete_token_means_a_kind_of_the_contract() -> None:
    assert set(AUTOCOMPLETE.values()) <= set(CLASS_OF)


def test_a_long_sentence_is_no_label() -> None:
    assert kind(label="Wir fragen Sie niemals nach Ihrem Passwort oder anderen geheimen Daten") == "unknown"


def test_a_card_of_wrong_types_never_throws() -> None:
    raw = {key: [{"a": 1}] for key in FieldCard.__dataclass_fields__}
    card = FieldCard.of(raw)
    assert (card.name, card.position, card.marked, card.rules) == ("", 0, "mask", ())


@pytest.mark.parametrize("rules", [["sensitive", 0], [["sensitive", 0], ["safe", 2]]])
def test_rules_come_as_one_pair_or_as_several(rules: Any) -> None:
    assert FieldCard.of({"rules": rules}).rules[0] == ("sensitive", 0)


def test_classify_answers_with_the_cards_own_keys() -> None:
    told = orjson.loads(classify_json(b'{"name":"pw","type":"password","kind":"mine","x":[1]}'))
    assert told == {
        "name": "pw",
        "type": "password",
        "x": [1],
        "kind": "password",
        "class": "secret",
        "sensitive": True,
        "rule": "type:password",
    }


@pytest.mark.parametrize("line", [b"", b"[]", b"geheim"])
def test_classify_refuses_what_is_no_card_without_quoting_it(line: bytes) -> None:
    with pytest.raises(ValueError, match="not a") as caught:
        classify_json(line)
    assert "geheim" not in str(caught.value)


def test_unknown_is_not_called_sensitive() -> None:
    assert not classify(FieldCard.of({"tag": "textarea"})).sensitive
