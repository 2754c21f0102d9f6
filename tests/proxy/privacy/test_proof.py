"""Values speak about their fields, alone and with their neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy import proof
from proxy.privacy.memory import Memory
from proxy.privacy.sanitize import SanitizedBatch
from tests.proxy.privacy.pages import Ids, batch, clean, event, told


def typed(
    values: dict[int, str], cards: dict[int, Any], memory: Memory | None = None, seq: int = 0, then: str = "Hallo"
) -> SanitizedBatch:
    """A page with a field for each card; what is typed into them; then a text of the page changes."""
    ids = Ids()
    page = "".join(f'<input n="{node}" name="{card.get("name", "")}">' for node, card in cards.items())
    lines: list[dict[str, Any]] = [{"page": page + '<p n="9">x</p>'}] if seq == 0 else []
    lines += [{"input": node, "text": text} for node, text in values.items()] + [{"text": 900, "value": then}]
    return clean(batch([event(line, ids) for line in lines], cards, seq), memory, forms="harmless")


def search(form: str = "f", position: int = 0) -> dict[str, Any]:
    return {"tag": "input", "name": "q", "type": "search", "form": form, "position": position}


def test_a_card_number_in_a_search_field_makes_it_a_secret() -> None:
    result = typed({20: "4012888888881881"}, {20: search()})
    assert "4012" not in told(result)
    assert [(f.kind, f.rule) for f in result.findings] == [("card_number", "value:card_number")]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("4012", "8888", "8888", "1881"), "card_number"),
        (("3782", "822463", "10005"), "card_number"),
        (("536", "90", "4399"), "national_id"),
        (("DE89", "3704", "0044", "0532", "0130", "00"), "iban"),
        (("DE89", "37040044", "0532013000"), "iban"),
    ],
)
def test_a_number_in_several_inputs_is_found_in_the_order_of_the_form(values: tuple[str, ...], kind: str) -> None:
    nodes = range(20 + len(values), 20, -1)  # made by the page in the opposite order
    cards = {node: search(position=at) for at, node in enumerate(nodes)}
    result = typed(dict(zip(nodes, values, strict=True)), cards, then=f"Ihre Nummer {''.join(values)} ist falsch")
    assert all(value not in told(result) for value in values if len(value) > 2)
    assert {f.kind for f in result.findings} == {kind} and len(result.findings) == len(values)


def test_the_parts_may_come_in_several_batches() -> None:
    memory, cards = Memory(), {20 + n: search(position=n) for n in range(4)}
    typed({20: "4012", 21: "8888"}, cards, memory)
    result = typed({22: "8888", 23: "1881"}, cards, memory, 1, then="Karte 4012 8888 8888 1881")
    assert "1881" not in told(result) and "4012" not in told(result)


def test_harmless_numbers_beside_each_other_stay() -> None:
    cards = {20 + n: {"type": "number", "name": "menge", "form": "f", "position": n} for n in range(4)}
    result = typed({20: "1000", 21: "2000", 22: "1200", 23: "12"}, cards)
    assert all(f'"text": "{value}"' in told(result) for value in ("1000", "2000", "1200", "12"))


def test_a_code_in_boxes_is_one_whatever_it_checks() -> None:
    boxes = {20 + n: {"name": f"f{n}", "form": "f", "position": n} for n in range(6)}
    text = told(typed(dict(zip(boxes, "739164", strict=True)), boxes, then="Code 739164 falsch"))
    assert "7391" not in text and "Code ••••••" in text


def test_of_many_short_values_the_last_ones_are_known() -> None:
    cards = {100 + n: {"type": "number", "name": "menge", "form": "f", "position": n} for n in range(90)}
    numbers = dict.fromkeys(cards, "7") | dict(zip(range(186, 190), ("4012", "8888", "8888", "1881"), strict=True))
    assert "1881" not in told(typed(numbers, cards))


def test_a_hidden_random_value_is_stripped_without_a_finding() -> None:
    markup = '<input n="20" type="hidden" name="f1" value="wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY">'
    result = clean(batch([event({"page": markup}, Ids())], {20: {"type": "hidden", "name": "f1"}}))
    assert "wJalr" not in told(result) and not result.findings


def test_what_is_too_much_to_read_is_stripped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MAX_CHARS", 10)
    text = told(typed({20: "Schuhe", 21: "Stiefel"}, {20: search(), 21: search()}))
    assert "Schuhe" in text and "Stiefel" not in text
