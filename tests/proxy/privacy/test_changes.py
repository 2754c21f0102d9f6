"""What happens to a page after its snapshot is judged by where it happens."""

from __future__ import annotations

from typing import Any

from proxy.privacy.memory import Memory
from tests.proxy.privacy.pages import Ids, batch, clean, event, told


def after(markup: str, *lines: dict[str, Any], cards: dict[int, Any] | None = None, **record: Any) -> str:
    """What leaves of the second batch, the first having brought the page."""
    memory, ids = Memory(), Ids()
    first = clean(batch([event({"page": markup}, ids)], cards), memory, **record)
    memory.accept(first.view, 0)
    return told(clean(batch([event(line, ids) for line in lines], cards, seq=1), memory, **record))


def test_a_node_added_to_a_page_is_text_and_one_added_to_an_editor_is_a_value() -> None:
    markup = '<div n="5"></div><div n="6" contenteditable></div>'
    text = after(markup, {"add": "<p>Katalog</p>", "into": 5}, {"add": "<p>Zaunkönig</p>", "into": 6})
    assert "Katalog" in text and "Zaunkönig" not in text


def test_below_a_mark_everything_new_is_masked_and_a_mark_may_come_late() -> None:
    markup = '<div n="5" class="rr-mask"></div><div n="6"><p n="7">x</p></div>'
    late = {"attributes": 6, "set": {"data-sl": "mask"}}
    text = after(markup, {"add": "<p>Zaunkönig</p>", "into": 5}, late, {"text": 700, "value": "Zaunkönig"})
    assert "Zaunkönig" not in text


def test_a_node_of_nowhere_is_masked() -> None:
    lines = ({"text": 12345, "value": "Zaunkönig"}, {"add": "<p>Zaunkönig</p>", "into": 999})
    assert "Zaunkönig" not in after("<p>x</p>", *lines)


def test_what_stood_below_a_removed_node_is_of_nowhere() -> None:
    markup = '<div n="5"><p n="7">x</p></div>'
    gone = {"type": 3, "data": {"source": 0, "removes": [{"parentId": 4, "id": 5}]}}
    assert "Zaunkönig" not in after(markup, gone, {"text": 700, "value": "Zaunkönig"})


def test_a_field_that_shows_dots_is_a_password_from_then_on() -> None:
    cards = {6: {"name": "q"}}
    style = {"attributes": 6, "set": {"style": {"-webkit-text-security": "disc"}}}
    text = after('<input n="6" name="q">', style, {"input": 6, "text": "Zaunkönig"}, cards=cards, forms="harmless")
    assert "Zaunkönig" not in text


def test_a_card_of_an_editors_text_is_its_editors() -> None:
    markup = '<div n="6" contenteditable>Suche</div>'
    cards = {600: {"tag": "div", "rules": [["safe", 0]]}}
    text = after(markup, {"text": 600, "value": "Wanderstiefel"}, cards=cards, forms="harmless")
    assert "Wanderstiefel" in text


def test_choices() -> None:
    markup = '<input n="6" type="checkbox" name="newsletter"><input n="7" type="checkbox" name="x17">'
    cards = {6: {"type": "checkbox", "name": "newsletter"}, 7: {"type": "checkbox", "name": "x17"}}
    ticked = [{"input": n, "text": "on", "checked": True} for n in (6, 7)]
    text = after(markup, *ticked, cards=cards, forms="harmless")
    assert '"text": "on", "isChecked": true, "id": 6' in text
    assert '"text": "••••••", "isChecked": false, "id": 7' in text
