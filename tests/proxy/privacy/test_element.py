"""One element: what is special about it, what of its attributes stays."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy.element import input_type, own_card, special
from proxy.privacy.memory import Flag
from tests.proxy.privacy.pages import Ids, batch, clean, event, told


@pytest.mark.parametrize(
    ("tag", "attributes", "flags"),
    [
        ("p", {}, 0),
        ("textarea", {}, Flag.VALUE),
        ("select", {}, Flag.SELECT),
        ("script", {}, Flag.SCRIPT),
        ("style", {}, Flag.STYLE),
        ("div", {"contenteditable": ""}, Flag.VALUE),
        ("div", {"contenteditable": "plaintext-only"}, Flag.VALUE),
        ("div", {"contenteditable": "false"}, 0),
        ("div", {"role": "textbox"}, Flag.VALUE),
        ("input", {"role": "searchbox"}, 0),
        ("div", {"class": "a rr-mask"}, Flag.MASKED),
        ("div", {"data-milchglas": "exclude"}, Flag.EXCLUDED),
        ("input", {"data-recording-ignore": "events"}, Flag.IGNORED),
        ("div", {"data-dd-privacy": "allow"}, 0),
    ],
)
def test_special(tag: str, attributes: dict[str, Any], flags: int) -> None:
    assert special(tag, attributes) == flags


def test_its_own_card_is_made_of_its_attributes() -> None:
    card = own_card(
        "input", {"type": "text", "style": "-webkit-text-security: disc", "name": 7, "aria-label": "Name"}
    )
    assert (card.dots, card.name, card.aria_label) == (True, "7", "Name")
    assert input_type("input", {"type": " PASSWORD "}) == "password"


def page(markup: str, cards: dict[int, Any] | None = None, **record: Any) -> str:
    return told(clean(batch([event({"page": markup}, Ids())], cards), **record))


def test_event_handlers_comments_and_meta_content_go() -> None:
    text = page(
        '<p onclick="a(\'Zaunkönig\')">x</p><meta name="csrf" content="Zaunkönig">'
        '<meta name="viewport" content="width=1">'
    )
    assert "Zaunkönig" not in text and "width=1" in text


def test_readable_attributes_are_text() -> None:
    markup = '<p title="erna@fink.example" data-x="4012888888881881" alt="Katalog" class="erna">x</p>'
    assert "erna@fink" not in page(markup) and "4012" not in page(markup) and "Katalog" in page(markup)
    masked = page(markup, text="mask")
    assert "Katalog" not in masked and '"class": "erna"' in masked


def test_buttons_values_are_page_text_and_a_custom_elements_are_not() -> None:
    text = page(
        '<input type="submit" value="Bestellen"><button value="los">Los</button>'
        '<x-field value="Zaunkönig"></x-field>'
    )
    assert "Bestellen" in text and '"los"' in text and "Zaunkönig" not in text


def test_options_follow_their_select() -> None:
    markup = (
        '<select n="6" name="sort"><option value="a" selected>Preis</option></select>'
        '<select n="7" name="land"><option value="DE" selected>Lummerland</option>'
        '<option value="x">Kummerland</option></select>'
        '<datalist id="l"><option value="Mandala"></datalist><p>Ihr Land: Lummerland</p>'
    )
    text = page(
        markup, {6: {"tag": "select", "name": "sort"}, 7: {"tag": "select", "name": "land"}}, forms="harmless"
    )
    assert "Preis" in text and '"selected": true' in text
    assert all(gone not in text for gone in ("Lummerland", "Kummerland", "Mandala", '"DE"'))


def test_pictures_stay_as_data_only_where_a_picture_is_shown() -> None:
    text = page('<img src="data:image/gif;base64,R0lGOD"><a href="data:image/gif;base64,R0lGOE">x</a>')
    assert "R0lGOD" in text and "R0lGOE" not in text
