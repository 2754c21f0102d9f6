"""The steps, in the order that makes them safe: echoes are known before any text is cleaned."""

from __future__ import annotations

from typing import Any

from proxy.privacy.memory import Memory
from proxy.privacy.steps import STEPS, is_mask
from tests.proxy.privacy.pages import Ids, batch, clean, event, told


def page(
    markup: str, cards: dict[int, Any], *lines: dict[str, Any], memory: Memory | None = None, **record: Any
) -> str:
    ids = Ids()
    made = batch([event({"page": markup}, ids), *(event(line, ids) for line in lines)], cards)
    return told(clean(made, memory, **record))


def test_the_order() -> None:
    assert [step.__name__ for step in STEPS] == ["walk", "prove", "strip", "unsplit", "unecho", "detect"]


def test_a_mask_made_at_the_source_is_no_value() -> None:
    assert is_mask("••••") and not is_mask("") and not is_mask("a•")
    text = page(
        '<input n="6" type="password"><p>••••</p>', {6: {"type": "password"}}, {"input": 6, "text": "••••"}
    )
    assert '"textContent": "••••"' in text


def test_what_is_typed_late_in_a_batch_is_an_echo_early_in_it() -> None:
    text = page(
        '<input n="6" name="f1"><p n="9">x</p>',
        {6: {"name": "f1"}},
        {"text": 900, "value": "Hallo Rotkehlchen"},
        {"input": 6, "text": "Rotkehlchen"},
    )
    assert "Rotkehlchen" not in text and "Hallo" in text


def test_a_checked_choice_of_a_personal_field_is_remembered_an_unchecked_is_not() -> None:
    markup = '<input n="6" type="radio" name="anrede" value="Freifrau">'
    markup += '<input n="7" type="radio" name="anrede" value="Gnädigste" checked><p>Freifrau Gnädigste</p>'
    card = {"type": "radio", "name": "anrede"}
    text = page(markup, {6: card, 7: card}, forms="harmless")
    assert '"textContent": "Freifrau ••••••"' in text


def test_six_digits_in_six_inputs_are_one_code() -> None:
    markup = "".join(f'<input n="{n}" name="otp{n}">' for n in range(10, 16)) + '<p n="9">x</p>'
    cards = {n: {"name": f"otp{n}", "label": "Einmalcode", "form": "f", "maxlength": "1"} for n in range(10, 16)}
    typed = [{"input": n, "text": digit} for n, digit in zip(range(10, 16), "739164", strict=True)]
    text = page(markup, cards, *typed, {"text": 900, "value": "Code 739164 falsch"})
    assert "7391" not in text and "Code ••••••" in text


def test_page_text_is_masked_once_echoes_no_longer_fit() -> None:
    memory = Memory()
    memory.echoes.full = True
    assert "Katalog" not in page("<p>Katalog</p>", {}, memory=memory)


def test_text_switches() -> None:
    markup = "<p>Bestellung 20231234567 an erna@fink.example von 10.1.2.3, Karte 4012888888881881</p>"
    shown = page(markup, {}, text={"numbers": True, "emails": True, "ips": True})
    assert (
        all(part in shown for part in ("20231234567", "erna@fink.example", "10.1.2.3")) and "4012888" not in shown
    )
    hidden = page(markup, {})
    assert not any(part in hidden for part in ("20231234567", "erna@fink.example", "10.1.2.3"))
