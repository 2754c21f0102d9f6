"""A canary is found however it is written, and nothing else is taken for it."""

from __future__ import annotations

import base64
from html import escape
from urllib.parse import quote

import pytest

from proxy.selftest.canaries import Canary, Reach
from proxy.selftest.traces import Strings, in_event, place_of

WORD, CARD, CODE = "Qzikiz#3114lazq", "4810981942784227", "586204"


def shows(value: str, text: str, reach: Reach = Reach.HEAD, *, here: bool = True) -> bool:
    strings = Strings.of([("mutation", "before"), ("input", text), ("mutation", "after")])
    place = place_of(Canary(value, reach), strings, here=here)
    assert place in ("", "input")
    return bool(place)


@pytest.mark.parametrize(
    "text",
    [
        WORD,
        f"zu kurz: {WORD}!",
        WORD.upper(),
        WORD[:4],
        quote(WORD, safe=""),
        quote(quote(WORD, safe=""), safe=""),
        "".join(f"%{byte:02X}" for byte in WORD.encode()),
        "".join(f"&#{ord(each)};" for each in WORD),
        "".join(f"\\u{ord(each):04x}" for each in WORD),
        "\0".join(WORD),
        WORD.encode().hex(),
        base64.b64encode(WORD.encode()).decode(),
        base64.b64encode(b"x" + WORD.encode()).decode(),
        base64.b64encode(b"xy" + WORD.encode() + b"z").decode(),
        base64.b64encode(WORD.encode("utf-16-le")).decode(),
    ],
)
def test_a_word_is_found_in_every_encoding(text: str) -> None:
    assert shows(WORD, text)


@pytest.mark.parametrize(
    "text",
    [
        "4810 9819 4278 4227",
        "4810-9819-4278-4227",
        "4810.9819.4278.4227",
        f"nr{CARD}x",
        "4227 4278 9819 4810",
        CARD[::-1],
        "endet: 4810",
    ],
)
def test_a_number_is_found_in_groups_turned_round_and_by_its_beginning(text: str) -> None:
    assert shows(CARD, text)


@pytest.mark.parametrize("text", ["1586204", "a586204", "12:5862", "#75862049", "5 86 20"])
def test_digits_within_longer_ones_are_no_short_number(text: str) -> None:
    assert not shows(CODE, text)
    assert shows(CODE, f"{text} {CODE}")
    assert not shows(CODE, f"{CODE}1", Reach.WHOLE)


def test_a_value_with_signs_is_found_as_html_writes_it() -> None:
    assert shows('Q"<x>&zqlaz', escape('Q"<x>&zqlaz'), Reach.WHOLE)


def test_a_beginning_counts_on_its_own_page_only() -> None:
    assert shows(WORD, WORD[:5]) and not shows(WORD, WORD[:5], here=False)
    assert shows(WORD, WORD, here=False)


def test_three_characters_count_where_they_are_all_of_a_text() -> None:
    assert shows("629", " 629 ", Reach.ALONE)
    assert not shows("629", "Seite 629", Reach.ALONE)
    assert not shows("62", "62", Reach.OWN)


def test_what_two_strings_make_together_is_no_trace() -> None:
    strings = Strings.of([("a", CARD[:3]), ("b", CARD[3:])])
    assert not place_of(Canary(CARD, Reach.WHOLE), strings)


def test_a_place_says_where_and_quotes_no_name() -> None:
    event = {
        "type": 3,
        "data": {"source": 0, "attributes": [{"id": 7, "attributes": {"title": WORD, "grün": "x"}}]},
    }
    assert place_of(Canary(WORD, Reach.HEAD), Strings.of(in_event(event))) == "mutation attributes.title"
    named = {"type": 2, "data": {"node": {"attributes": {WORD: ""}}}}
    assert place_of(Canary(WORD, Reach.HEAD), Strings.of(in_event(named))) == "snapshot a name"
