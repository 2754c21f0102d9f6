"""A value that got through is found in every spelling, and only where all of it stands; then it is taken out."""

from __future__ import annotations

import base64
import html
import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from proxy.privacy.traces import Traces

VALUE = "Käse!Brot77x"
SPELLINGS = {
    "plain": VALUE,
    "inside a word": f"x{VALUE}y",
    "capitals": VALUE.upper(),
    "url": quote(VALUE),
    "query": quote_plus(f"a {VALUE}"),
    "entities": "".join(f"&#{ord(c)};" for c in VALUE),
    "named entity": html.escape(VALUE).replace("ä", "&auml;"),
    "json": json.dumps({"a": VALUE}),
    "json in json": json.dumps(json.dumps({"a": VALUE})),
    "base64": base64.b64encode(VALUE.encode()).decode(),
    "base64, shifted by one": base64.b64encode(f"k:{VALUE}:z".encode()).decode(),
    "base64, shifted by two": base64.b64encode(f"k{VALUE}".encode()).decode(),
    "base64 of utf-16": base64.b64encode(VALUE.encode("utf-16-le")).decode(),
    "utf-16": "\0".join(VALUE),
    "hexadecimal": VALUE.encode().hex(),
    "backwards": VALUE[::-1],
}


def event(text: str) -> dict[str, Any]:
    return {"type": 3, "timestamp": 1, "data": {"source": 0, "texts": [{"id": 4, "value": text}]}}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_is_found_and_gone(spelling: str) -> None:
    traces, events = Traces(VALUE), [event("Guten Tag"), event(SPELLINGS[spelling])]
    assert traces.count(events) == 1
    assert traces.clean(events) == 1
    assert traces.count(events) == 0
    assert events[0] == event("Guten Tag")
    assert SPELLINGS[spelling] not in json.dumps(events, ensure_ascii=False)


@pytest.mark.parametrize("number", ["4111111111111111", "4111-1111-1111-1111", "1111 1111 1111 4111"])
def test_a_card_number_is_found_in_each_grouping(number: str) -> None:
    assert Traces("4111 1111 1111 1111").count([event(f"Karte: {number}")]) == 1


BEGINNING = base64.b64encode(VALUE[:9].encode()).decode()


@pytest.mark.parametrize("text", ["Käse!", "Käse", "Brot77x", VALUE[:-1], "Guten Tag", BEGINNING])
def test_a_part_of_the_value_concerns_no_recording(text: str) -> None:
    assert Traces(VALUE).count([event(text)]) == 0


@pytest.mark.parametrize("text", ["4111", "1111", "4111111111111112", "4111 1199 8888 7777"])
def test_a_part_of_a_number_concerns_no_recording(text: str) -> None:
    assert Traces("4111 1111 1111 1111").count([event(text)]) == 0


def test_where_the_value_stands_its_beginnings_go_as_they_were_typed() -> None:
    events = [event(VALUE[:length]) for length in range(1, len(VALUE) + 1)]
    Traces(VALUE).clean(events)
    left = [each["data"]["texts"][0]["value"] for each in events]
    assert left == [VALUE[:1], VALUE[:2], VALUE[:3]] + ["••••••"] * 9


def test_names_of_attributes_and_tags_and_numbers_in_attributes_count_too() -> None:
    node = {
        "type": 2,
        "id": 77341928,
        "tagName": "x-77341928",
        "attributes": {"data-77341928": "", "size": 77341928},
    }
    events = [{"type": 2, "timestamp": 77341928, "data": {"node": node}}]
    traces = Traces("77341928")
    assert traces.count(events) == 3
    traces.clean(events)
    assert events == [
        {
            "type": 2,
            "timestamp": 77341928,
            "data": {
                "node": {"type": 2, "id": 77341928, "tagName": "x-masked", "attributes": {"size": "••••••"}},
            },
        }
    ]


def test_a_page_of_any_depth_is_looked_through() -> None:
    node: dict[str, Any] = {"textContent": VALUE}
    for _ in range(20_000):
        node = {"childNodes": [node]}
    assert Traces(VALUE).count([node]) == 1


@pytest.mark.parametrize("value", ["", "   ", "••••••", "--", "..."])
def test_what_says_nothing_is_refused_and_not_quoted(value: str) -> None:
    with pytest.raises(ValueError, match=r"^this is no value") as refused:
        Traces(value)
    assert "•" not in str(refused.value)
