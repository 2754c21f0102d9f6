"""Today's rules over stored events: what is new goes, what was rightly kept stays, nothing changes twice."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
import zstandard

from proxy.privacy.again import Again
from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import sanitize
from tests.proxy.privacy.pages import RECORDING, VIEW, Ids, batch, event, site
from tests.proxy.privacy.test_cases import CASES, NOTICE, play

MASK = "••••••"
CARD, IBAN = "4111111111111111", "DE89370400440532013000"


def lines(*short: dict[str, Any]) -> list[bytes]:
    ids = Ids()
    return [orjson.dumps({"timestamp": 1000 + n, **event(line, ids)}) for n, line in enumerate(short)]


def scrubbed(batches: list[list[bytes]], view: str = VIEW, **keys: Any) -> list[tuple[str, dict[str, int]]]:
    """Each batch after the rules as text, and what they removed."""
    rules = Again(site(**keys))
    while True:
        found = [(rules.batch(RECORDING, view, each), each) for each in batches]
        if not rules.once_more():
            break
    texts = [each if clean.events is None else list(map(orjson.dumps, clean.events)) for clean, each in found]
    return [(b"\n".join(text).decode(), dict(clean.counts)) for text, (clean, _) in zip(texts, found, strict=True)]


HARMLESS = {"record": {"forms": "harmless"}}
PERSONAL = {"record": {"forms": "personal"}, "consent": {"notice_url": "https://shop.example/d"}}


def test_a_value_that_a_detector_of_today_knows_goes_wherever_it_stands() -> None:
    stored = lines(
        {"href": "https://shop.example/a"},
        {"page": f"<p>Karte {CARD}</p><input n=7 name=suche value='{IBAN}'><b title='{CARD}'>gut</b>"},
        {"input": 7, "text": CARD},
    )
    ((text, counts),) = scrubbed([stored], **HARMLESS)
    assert CARD not in text
    assert IBAN not in text
    assert "Karte " in text
    assert "gut" in text
    assert sum(counts.values()) == 4


def test_a_field_whose_own_words_tell_a_secret_loses_its_values_and_what_repeats_them_before_and_after() -> None:
    first = lines({"page": "<p n=5>Hallo Wolkenbruch</p><input n=7 name=f1><i>gut</i>"})
    second = lines(
        {"add": "<input n=8 name=pin><p>Wolkenbruch!</p>", "into": 4}, {"input": 8, "text": "Wolkenbruch"}
    )
    (before, one), (after, two) = scrubbed([first, second], **HARMLESS)
    assert "Wolkenbruch" not in before + after
    assert "Hallo " in before
    assert "gut" in before
    assert (one, two) == ({"echo": 1}, {"name:pin": 1, "echo": 1})


def test_masks_that_are_there_already_are_not_counted_again() -> None:
    page = f"<p>{CARD}</p><input n=7 type=password value={MASK}><input n=8 type=hidden name=sid value={MASK}>"
    stored = lines({"page": page}, {"input": 7, "text": MASK}, {"input": 7, "text": "Wolkenbruch"})
    ((_, counts),) = scrubbed([stored], **HARMLESS)
    assert counts == {"text:card_number": 1, "type:password": 1}


def test_a_label_in_the_page_tells_too() -> None:
    page = (
        "<label n=9 for=f>Kennwort</label><input n=7 id=f><label>PIN <input n=8 name=x></label><input n=6 name=y>"
    )
    typed = {6: "Fahrrad", 7: "Wolkenbruch", 8: "Morgentau"}
    stored = lines({"page": page}, *({"input": node, "text": value} for node, value in typed.items()))
    ((text, counts),) = scrubbed([stored], **HARMLESS)
    assert "Fahrrad" in text
    assert "Wolkenbruch" not in text
    assert "Morgentau" not in text
    assert counts == {"label:password": 1, "label:pin": 1}


KEPT = [
    ("<input n=7 name=suche>", "Fahrrad"),
    ("<input n=7 type=number name=menge>", "12"),
    ("<input n=7 name=f17>", "rot und blau"),  # its card knew a label that the page does not have any more
    ("<textarea n=7 name=f18></textarea>", "rot und blau"),
    ("<select n=7 name=f19><option value=L>groß</option></select>", "L"),
]


@pytest.mark.parametrize(("field", "value"), KEPT)
def test_what_was_rightly_kept_stays(field: str, value: str) -> None:
    stored = lines({"page": f"<p>Guten Tag, Frau Kundin</p>{field}"}, {"input": 7, "text": value})
    ((text, counts),) = scrubbed([stored], **HARMLESS)
    assert counts == {}
    assert text == b"\n".join(stored).decode(), "byte for byte"


@pytest.mark.parametrize(("forms", "kept"), [(HARMLESS, False), (PERSONAL, True)])
@pytest.mark.parametrize(("field", "value"), [("name=nachname", "Morgenstern"), ("name=f17", "erika@example.org")])
def test_personal_values_stay_where_the_site_keeps_them_today(
    forms: dict[str, Any], kept: bool, field: str, value: str
) -> None:
    shown = {"record": forms["record"] | {"text": {"emails": True}}}
    stored = lines({"page": f"<input n=7 {field}>"}, {"input": 7, "text": value})
    ((text, _),) = scrubbed([stored], **(forms | shown))
    assert (value in text) is kept


def test_a_number_of_a_customer_that_only_its_card_knew_stays_where_personal_values_do() -> None:
    stored = lines({"page": "<input n=7 name=kndnr>"}, {"input": 7, "text": "70418853"})
    assert "70418853" in scrubbed([stored], **PERSONAL)[0][0]


def test_forms_none_leaves_no_value() -> None:
    stored = lines({"page": "<input n=7 name=suche>"}, {"input": 7, "text": "Fahrrad"})
    ((text, counts),) = scrubbed([stored])
    assert "Fahrrad" not in text
    assert counts == {"name:search": 1}


def test_the_operators_selectors_hold_for_what_is_stored() -> None:
    page = (
        "<form class=konto><p n=5>Saldo 1300</p></form><div class=chat><p>Geheimes</p></div>"
        "<input n=7 name=suche id=kdnr><input n=8 name=ort><input n=9 name=plz>"
    )
    stored = lines({"page": page}, *({"input": node, "text": f"Wert{node}ab"} for node in (7, 8, 9)))
    more = lines({"text": 500, "value": "Saldo 1400"}, {"add": "<b>Neues</b>", "into": 5})
    chosen = {"sensitive": ["form.konto p", "#kdnr"], "exclude": [".chat"], "safe": ["[name=ort]"]}
    (text, counts), (later, _) = scrubbed([stored, more], **HARMLESS, **chosen)
    for gone in ("Saldo", "Geheimes", "Wert7ab", "Wert9ab", "1400", "Neues"):
        assert gone not in text + later, gone
    assert "Wert8ab" in text
    assert counts["mark:mask"] == 2


def test_a_selector_that_no_tree_can_be_asked_for_is_named() -> None:
    assert Again(site(sensitive=["a::before", "#b"])).selectors.unusable == ["a::before"]


def test_all_text_is_masked_where_the_site_says_so_today_and_counted_once() -> None:
    stored = lines({"page": f"<p n=5>Hallo</p><p>{MASK}</p><p>{MASK}</p>"})
    ((text, counts),) = scrubbed([stored], record={"text": "mask"})
    assert "Hallo" not in text
    assert counts == {"text:mask": 1}
    assert scrubbed([text.encode().split(b"\n")], record={"text": "mask"})[0][1] == {}


def test_a_gap_in_the_batches_masks_nothing() -> None:
    stored = [lines({"page": "<p n=5>Hallo</p>"}), lines({"text": 500, "value": "Guten Abend"})]
    assert [counts for _, counts in scrubbed(stored, **HARMLESS)] == [{}, {}]


PAGE = (
    "<title>Kasse</title><form><input n=6 name=passwort type=password value=x><input n=7 name=suche value=Rad>"
    "<input type=hidden name=sid value=A8f7d9s8f7sd98f7><input type=checkbox n=8 name=agb checked>"
    "<select n=9 name=groesse><option value=L selected>groß</option></select>"
    f"<textarea n=10 name=wunsch>Ja</textarea><p>{CARD} und 030 12345678</p><a href='/x?token=abc#teil'>hier</a>"
    "<div contenteditable n=11>Entwurf</div></form>"
)


@pytest.mark.parametrize("forms", [HARMLESS, PERSONAL, {}])
def test_what_sanitize_made_under_the_same_rules_does_not_change(forms: dict[str, Any]) -> None:
    cards = {
        6: {"tag": "input", "type": "password", "name": "passwort"},
        7: {"tag": "input", "name": "suche"},
        8: {"tag": "input", "type": "checkbox", "name": "agb"},
        9: {"tag": "select", "name": "groesse"},
        10: {"tag": "textarea", "name": "wunsch"},
    }
    ids, memory, stored = Ids(), Memory(), []
    typed = [{"input": node, "text": f"Wert{node}"} for node in (6, 7, 9, 10)]
    for seq, short in enumerate([[{"href": "https://shop.example/k?a=b"}, {"page": PAGE}, *typed], typed]):
        raw = batch((event(line, ids) for line in short), cards, seq)
        clean = sanitize(raw, Policy.of(site(**forms)), memory)
        stored.append(zstandard.decompress(clean.body).splitlines())
    assert [counts for _, counts in scrubbed(stored, **forms)] == [{}, {}]


def test_a_second_time_changes_nothing() -> None:
    stored = [lines({"page": PAGE}), lines({"input": 7, "text": CARD}, {"text": 500, "value": CARD})]
    once = scrubbed(stored, **HARMLESS)
    assert any(counts for _, counts in once)
    again = scrubbed([text.encode().split(b"\n") for text, _ in once], **HARMLESS)
    assert [counts for _, counts in again] == [{}, {}]


@pytest.mark.parametrize("name", CASES)
def test_of_each_story_all_that_the_rules_left_stays(name: str) -> None:
    case, forms = CASES[name]
    keys = case.get("site", {})
    keys = keys | {"record": {"forms": forms}, "consent": NOTICE} if forms else keys
    stored = [zstandard.decompress(result.body).splitlines() for result in play(case, forms)]
    assert [counts for _, counts in scrubbed(stored, **keys)] == [{}] * len(stored)
