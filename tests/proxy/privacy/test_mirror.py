"""The stored page as a tree: selectors and labels answer as they did in the browser."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy.mirror import Mirror, Selectors
from tests.proxy.privacy.pages import Ids, event


def taken(*short: dict[str, Any], **written: list[str]) -> tuple[Any, list[dict[str, Any]]]:
    ids = Ids()
    events = [event(line, ids) for line in short]
    return Mirror(Selectors(written)).take(events), events


def test_a_card_has_the_attributes_and_the_label() -> None:
    cards, _ = taken(
        {"page": "<label for=a>Ihr <b>Name</b></label><input n=5 id=a name=n type=text placeholder=p>"}
    )
    card = cards[5]
    assert (card.tag, card.type, card.name, card.id, card.placeholder) == ("input", "text", "n", "a", "p")
    assert card.label == "Ihr Name"


def test_a_legacy_table_tells_what_stands_before_a_field_in_its_row() -> None:
    rows = "<tr><td>Karten<b>nummer</b></td><td><input n=5> - <input n=6></td><td><input n=7></td></tr>"
    head = "<tr><td>Menge</td><td>Kennwort</td></tr><tr><td><input n=8></td></tr>"
    cards, _ = taken({"page": f"<table>{rows}{head}</table><p>Ihr Name</p><p><select n=9></select></p>"})
    told = {node: card.text_before for node, card in cards.items()}
    assert told == {5: "Karten nummer", 6: "-", 7: "", 8: "", 9: "Ihr Name"}


def test_a_legend_tells_and_a_value_is_no_text_of_the_page() -> None:
    group = "<fieldset><legend>Konto</legend><textarea n=5>Geheim</textarea><input n=6></fieldset>"
    cards, _ = taken({"page": group})
    assert [cards[node].legend for node in (5, 6)] == ["Konto", "Konto"]
    assert cards[6].text_before == ""


def test_every_holder_of_values_has_a_card_and_nothing_else_has() -> None:
    page = "<p n=5></p><input n=6><textarea n=7></textarea><select n=8></select><datalist n=9></datalist>"
    cards, _ = taken({"page": page + "<div n=10 contenteditable=true></div><div n=11 role=textbox></div>"})
    assert sorted(cards) == [6, 7, 8, 9, 10, 11]


def test_attributes_that_change_and_nodes_that_come_later_count_and_what_left_stays() -> None:
    cards, _ = taken(
        {"page": "<input n=5 name=a><div n=9></div>"},
        {"attributes": 5, "set": {"name": "b", "title": None}},
        {"add": "<input n=6 name=c>", "into": 9, "remove": [5]},
    )
    assert {node: card.name for node, card in cards.items()} == {5: "b", 6: "c"}


@pytest.mark.parametrize(
    ("selector", "nodes"),
    [
        ("form .x", {5}),
        ("[name=b]", {6}),
        ("#c > input", {7}),
        ("input:first-child", {5, 7}),
        ("INPUT", {5, 6, 7}),
    ],
)
def test_a_selector_marks_what_it_matches(selector: str, nodes: set[int]) -> None:
    page = "<form><input n=5 class='w x'><input n=6 name=b></form><p id=c><input n=7></p>"
    cards, events = taken({"page": page}, sensitive=[selector])
    assert {node for node, card in cards.items() if ("sensitive", 0) in card.rules} == nodes
    assert str(events).count("data-milchglas") == len(nodes)


def test_sensitive_and_exclude_hold_for_all_below_and_safe_for_itself() -> None:
    page = "<form n=4><input n=5></form>"
    for use, below in (("sensitive", True), ("exclude", True), ("safe", False)):
        cards, _ = taken({"page": page}, **{use: ["form"]})
        assert bool(cards[5].rules) is below, use


def test_odd_names_and_values_break_nothing() -> None:
    odd = {"@click": "a", "xml:lang": "de", "ok": "a\x00b\x0bc", "n": 5, "b": True, "l": [1]}
    below = [{"type": 2, "id": 6}, 7, {"id": "8"}]
    node: dict[str, Any] = {"type": 2, "id": 5, "tagName": "x:y", "childNodes": below, "attributes": odd}
    events = [{"type": 2, "data": {"node": node}}, {"type": 3, "data": None}, {"type": 3, "data": {"source": 0}}]
    mirror = Mirror(Selectors({"sensitive": ["[ok=abc]"]}))
    assert mirror.take(events) == {}
    assert node["attributes"]["data-milchglas"] == "mask"


def test_a_page_of_any_depth_is_taken() -> None:
    node: dict[str, Any] = {"type": 2, "id": 3, "tagName": "input", "attributes": {}, "childNodes": []}
    for number in range(4, 5000):
        node = {"type": 2, "id": number, "tagName": "div", "attributes": {}, "childNodes": [node]}
    assert list(Mirror(Selectors({})).take([{"type": 2, "data": {"node": node}}])) == [3]
