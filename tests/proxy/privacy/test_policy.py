"""The table of what is kept of a field's value, every combination of it."""

from __future__ import annotations

from itertools import product

import pytest

from proxy.privacy.fields import FieldCard, Verdict
from proxy.privacy.policy import Policy
from tests.proxy.privacy.pages import site

KEPT = {("harmless", "harmless"), ("harmless", "personal"), ("personal", "personal")}
CLASSES = ("harmless", "personal", "unknown", "secret")


def policy(forms: str, **record: object) -> Policy:
    return Policy.of(
        site(record={"forms": forms, **record}, consent={"notice_url": "https://shop.example/privacy"})
    )


@pytest.mark.parametrize(("cls", "forms"), list(product(CLASSES, ("none", "harmless", "personal"))))
def test_what_is_kept(cls: str, forms: str) -> None:
    verdict = Verdict("other", cls, False, "")
    assert policy(forms).keeps(verdict, FieldCard()) is ((cls, forms) in KEPT)
    assert not policy(forms).keeps(verdict, None), "a field without a card"
    assert not policy(forms).keeps(verdict, FieldCard(marked="mask")), "a marked field"


@pytest.mark.parametrize("cls", CLASSES)
def test_safe_makes_harmless_but_never_a_secret(cls: str) -> None:
    judged = policy("harmless").judged(Verdict("other", cls, False, ""), FieldCard(rules=(("safe", 0),)))
    assert judged.cls == ("secret" if cls == "secret" else "harmless")


def test_text_switches_name_the_detectors_that_hide() -> None:
    assert policy("none").hidden == {"number", "email", "ip"}
    assert policy("none", text={"numbers": True, "ips": True}).hidden == {"email"}
    assert policy("none", text="mask").mask_text
