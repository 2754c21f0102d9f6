"""Ways past the sanitizer that somebody tried: odd types, odd places, odd orders. None leads out."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy.memory import Memory
from tests.proxy.privacy.pages import Ids, batch, clean, event, events_of, leaks, told

PAGE = (
    '<input n="6" type="password" name="pw"><input n="7" type="search" name="q"><p n="9">x</p><img n="10">'
    '<div n="8" contenteditable="true">x</div>'
)
CARDS: dict[int, Any] = {
    6: {"tag": "input", "type": "password", "name": "pw"},
    7: {"tag": "input", "type": "search", "name": "q"},
}
OTP = "493817"


def left(
    *lines: dict[str, Any],
    secret: str = OTP,
    page: str = PAGE,
    cards: dict[int, Any] = CARDS,
    memory: Memory | None = None,
    **record: Any,
) -> str:
    """What leaves when the secret was typed into the password field, and then this."""
    ids = Ids()
    typed: list[dict[str, Any]] = [{"input": 6, "text": secret}] if secret else []
    made = batch([event(line, ids) for line in ({"page": page}, *typed, *lines)], cards)
    return told(clean(made, memory, **{"forms": "harmless"} | record))


def after(page: str, *lines: dict[str, Any], lost: bool = False, cards: dict[int, Any] = CARDS) -> str:
    """What leaves of a second batch; `lost`: its memory was."""
    memory, ids = Memory(), Ids()
    clean(batch([event({"page": page}, ids)], cards), memory, forms="harmless")
    if lost:
        memory = Memory()
    return told(clean(batch([event(line, ids) for line in lines], cards, 1), memory, forms="harmless"))


@pytest.mark.parametrize(
    "attributes",
    [
        {"data-code": 493817},
        {"title": 493817.0},
        {"class": 493817},
        {"href": 493817},
        {"data-493817": None},
        {"data-x493817": True},
        {"x493817": False},
        {"style": {"x493817": "1"}},
        {"style": {"x493817": False}},
        {"style": 493817},
        {"data-x": ["493817"]},
        {"data-x": {"a": "493817"}},
        {"rr_width": "493817"},
    ],
    ids=str,
)
def test_no_type_and_no_name_of_an_attribute_hides_a_secret(attributes: dict[str, Any]) -> None:
    assert "4938" not in left({"attributes": 9, "set": attributes})


@pytest.mark.parametrize("text", ['{"cvc":937}', "[1, 937 ]", '{"a":[937,2]}', "{'cvc':'937'}"])
def test_a_short_secret_is_found_as_a_number_of_json(text: str) -> None:
    assert "937" not in left({"attributes": 9, "set": {"data-all": text}}, secret="937")


def test_only_a_box_or_a_choice_is_ticked() -> None:
    page = '<input n="6" type="text" name="q"><p n="9">x</p>'
    ticked = {"input": 6, "text": "", "checked": True}
    assert '"isChecked": true' not in after(page, ticked)
    assert '"isChecked": true' not in after(page, ticked, lost=True, cards={})


@pytest.mark.parametrize(
    "srcset",
    ["a.png 1x,b.png?wer=Zaunkoenig 2x", "a.png Zaunkoenig", "a.png?Zaunkoenig,b.png", "data:x,Zaunkoenig 1x"],
)
def test_a_srcset_has_addresses_and_sizes_only(srcset: str) -> None:
    assert "Zaunkoenig" not in left({"attributes": 10, "set": {"srcset": srcset}})


@pytest.mark.parametrize(
    "css",
    [
        "background:Url(/x?wer=Zaunkoenig)",
        "background:u\\72l(/x?wer=Zaunkoenig)",
        "background:image-set('/x?wer=Zaunkoenig' 1x)",
        "background:IMAGE-SET('/x?wer=Zaunkoenig' 1x)",
        "@IMPORT '/x?wer=Zaunkoenig'",
    ],
)
def test_an_address_in_a_style_is_masked_however_it_is_written(css: str) -> None:
    assert "Zaunkoenig" not in left({"attributes": 9, "set": {"style": css}})


def test_where_all_text_is_masked_no_picture_holds_any() -> None:
    css = 'background:url("data:image/svg+xml,%3Csvg%3E%3Ctext%3EZaunkoenig%3C/text%3E")'
    assert "Zaunkoenig" not in left({"attributes": 9, "set": {"style": css}}, text="mask")


def test_a_large_picture_in_the_page_is_more_likely_the_visitors_own() -> None:
    photo = "data:image/jpeg;base64," + "Zaunkoenig" * 5000
    assert "Zaunkoenig" not in left({"attributes": 10, "set": {"src": photo}})
    assert "Zaunkoenig" not in left({"attributes": 9, "set": {"style": f"background:url({photo})"}})


@pytest.mark.parametrize(
    "attributes",
    [
        {"class": "c-Zaunkoenig"},
        {"id": "Zaunkoenig"},
        {"href": "/kunde/Zaunkoenig"},
        {"style": "--a:'Zaunkoenig'"},
        {"data-x": "Zaunkoenig"},
        {"Zaunkoenig": None},
        {"data-cvc": "937"},
        {"type": "Zaunkoenig"},
    ],
    ids=str,
)
def test_what_is_not_known_to_be_no_echo_does_not_stay_when_memory_was_lost(attributes: dict[str, Any]) -> None:
    text = after(PAGE, {"attributes": 9, "set": attributes}, lost=True)
    assert "Zaunkoenig" not in text and "937" not in text


@pytest.mark.parametrize(
    "data",
    [
        {"source": 8, "id": 9, "adds": [{"rule": ".Zaunkoenig{}", "index": 0}]},
        {"source": 8, "id": 9, "replace": ".Zaunkoenig{}"},
        {"source": 13, "id": 9, "index": [0], "set": {"property": "--Zaunkoenig", "value": "Zaunkoenig"}},
        {"source": 15, "id": 9, "styleIds": [1], "styles": [{"styleId": 1, "rules": [{"rule": "Zaunkoenig{}"}]}]},
        {"source": 16, "define": {"name": "x-zaunkoenig"}},
        {"source": 0, "adds": [{"parentId": 4, "nextId": None, "node": {
            "type": 2, "id": 99, "tagName": "x-zaunkoenig", "attributes": {}, "childNodes": []}}]},
    ],
    ids=lambda data: str(data["source"]),
)  # fmt: skip
def test_no_style_and_no_name_stays_when_memory_was_lost(data: dict[str, Any]) -> None:
    assert "zaunkoenig" not in after(PAGE, {"type": 3, "data": data}, lost=True).lower()


def test_a_node_without_a_number_of_its_own_is_none() -> None:
    marked = {"type": 2, "id": 0, "tagName": "div", "attributes": {"class": "rr-mask"}, "childNodes": [
        {"type": 3, "id": 20, "textContent": "x"}]}  # fmt: skip
    page = {"type": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": [marked]}}}
    memory = Memory()
    clean(batch([page]), memory)
    assert "Zaunkoenig" not in told(
        clean(batch([event({"text": 20, "value": "Zaunkoenig"}, Ids())], seq=1), memory)
    )


def test_what_hangs_in_an_editor_is_a_part_of_what_is_written_there() -> None:
    lines = (
        {"add": "<b title='Zaunkoenig' data-wer='Zaunkoenig'>x</b><a href='/wer/Zaunkoenig'>x</a>", "into": 8},
        {"add": "<img n='30' src='data:image/png;base64,Zaunkoenig' alt='Zaunkoenig'>", "into": 8},
        {"attributes": 30, "set": {"title": "Zaunkoenig"}},
    )
    assert "Zaunkoenig" not in left(*lines)


def test_a_field_keeps_its_value_in_no_attribute() -> None:
    page = (
        '<input n="6" type="password" name="pw" data-value="Zaunkoenig" ng-reflect-model="Zaunkoenig">'
        '<input n="7" type="search" name="q" data-value="Gummistiefel"><p>Zaunkoenig</p>'
        '<select n="11" name="wer"><option value="1" data-wer="Goldammer" title="Goldammer">x</option></select>'
    )
    text = left(page=page, secret="")
    assert not leaks(text, "Zaunkoenig") and "Goldammer" not in text
    assert "Gummistiefel" in text


@pytest.mark.parametrize(
    "url",
    [
        "/k/4012%208888%208888%201881",
        "/reset/aB3x9Kq2",
        "/passwort-vergessen/kf83hs",
        "/suche/Zaunkoenig",
        "https:erna:Zaunkoenig@shop.example/",
        "https:\\\\erna:Zaunkoenig@shop.example/",
        "/k/erna%2540fink.example",
        "?4012888888881881=1",
    ],
)
def test_no_part_of_an_address_tells(url: str) -> None:
    text = left({"attributes": 9, "set": {"href": url}}, {"href": url})
    assert not any(secret in text for secret in ("8888", "aB3x", "kf83", "Zaunkoenig", "fink", "erna"))


def test_words_of_an_address_stay() -> None:
    text = left({"href": "https://shop.example/passwort/neu/reset/schritt-2/hilfe"})
    assert "/passwort/neu/reset/schritt-2/hilfe" in text


def test_a_batch_that_comes_again_is_not_judged_by_what_came_of_it() -> None:
    memory, ids = Memory(), Ids()
    page = '<div n="5" class="rr-mask"><p n="7">x</p></div><div n="6">x</div>'
    clean(batch([event({"page": page}, ids)]), memory)
    moved = {"type": 3, "data": {"source": 0, "removes": [{"parentId": 5, "id": 7}], "adds": [
        {"parentId": 6, "nextId": None, "node": {
            "type": 2, "id": 7, "tagName": "p", "attributes": {}, "childNodes": [
                {"type": 3, "id": 700, "textContent": "y"}]}}]}}  # fmt: skip
    lines = [event({"text": 700, "value": "Zaunkoenig"}, ids), moved]
    for _ in range(2):
        assert "Zaunkoenig" not in told(clean(batch(lines, seq=1), memory))


def test_a_secret_part_makes_the_whole_editor_secret() -> None:
    page = '<div n="8" contenteditable="true"><div n="20" contenteditable="true">x</div></div>'
    cards: dict[int, Any] = {
        8: {"tag": "div", "rules": [["safe", 0]]},
        2000: {"tag": "div", "name": "passwort", "id": "passwort"},
    }
    assert "Zaunkoenig" not in left({"text": 2000, "value": "Zaunkoenig"}, page=page, cards=cards, secret="")


def test_an_expiry_of_two_choices_is_found_as_pages_write_it() -> None:
    page = (
        '<select n="20" name="exp_month"><option value="">-</option><option value="11">11</option></select>'
        '<input n="21" name="exp_year"><p n="9">x</p>'
    )
    cards: dict[int, Any] = {
        20: {"tag": "select", "name": "exp_month", "autocomplete": "cc-exp-month", "form": "pay"},
        21: {"tag": "input", "name": "exp_year", "autocomplete": "cc-exp-year", "form": "pay"},
    }
    shown = {"text": 900, "value": "Gültig bis 11/31"}
    lines = ({"input": 20, "text": "11"}, {"input": 21, "text": "2031"}, shown)
    assert "11/31" not in left(*lines, page=page, cards=cards, secret="")


def test_the_label_of_a_secret_choice_is_what_was_chosen() -> None:
    page = '<input n="20" type="checkbox" name="diagnose" value="d1"><p n="9">x</p>'
    cards = {20: {"tag": "input", "type": "checkbox", "name": "diagnose", "label": "Diabetes Typ 1"}}
    lines = ({"input": 20, "text": "d1", "checked": True}, {"text": 900, "value": "Diagnose: Diabetes Typ 1"})
    assert "Diabetes" not in left(*lines, page=page, cards=cards, secret="").replace('"label"', "")


def test_boxes_that_no_card_describes_are_joined() -> None:
    page = "".join(f'<input n="{20 + n}">' for n in range(6)) + '<p n="9">x</p>'
    typed = [{"input": 20 + n, "text": digit} for n, digit in enumerate(OTP)]
    assert "4938" not in left(*typed, {"text": 900, "value": OTP}, page=page, cards={}, secret="")


@pytest.mark.parametrize("what", ["full", "lost"])
def test_where_echoes_no_longer_fit_nothing_is_taken_on_trust(what: str) -> None:
    memory = Memory()
    memory.echoes.add("irgendwas", "secret")
    memory.echoes.full = True
    memory.echoes.lost = what == "lost"
    line = {"attributes": 9, "set": {"title": "Zaunkoenig", "data-cvc": "937", "class": "Zaunkoenig"}}
    text = left(line, memory=memory)
    assert '"title": "Zaunkoenig"' not in text and "937" not in text
    assert ('"class": "Zaunkoenig"' in text) is (what == "full")


def test_a_mask_says_nothing_of_the_length() -> None:
    shown = {str(events_of(clean(batch([event({"page": PAGE.replace("pw", "pw" * n)}, Ids())])))) for n in (1, 2)}
    assert len(shown) == 2
    assert len({left(secret="Zaun" * n) for n in (1, 2, 9)}) == 1
