"""What is in the table of paths stays, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy.memory import Memory
from proxy.privacy.rrweb import EVENTS, SOURCES
from proxy.privacy.sanitize import SanitizedBatch
from tests.proxy.privacy.pages import Ids, batch, clean, event, events_of, told

PAGE = {"page": '<p n="9">Katalog</p><div n="8"></div>'}
SHEET = {"rule": "a{}", "index": 0}
CHANGE: dict[str, Any] = {"source": 0, "attributes": [], "removes": [], "adds": []}
INNOCENT: list[dict[str, Any]] = [
    {"type": 0, "data": {}},
    {"type": 1, "data": {}},
    {"type": 3, "data": {"source": 1, "positions": [{"x": 1, "y": 2.5, "id": 9, "timeOffset": -20}]}},
    {"type": 3, "data": {"source": 2, "type": 2, "id": 9, "x": 1, "y": 2, "pointerType": 0}},
    {"type": 3, "data": {"source": 3, "id": 9, "x": 0, "y": 40}},
    {"type": 3, "data": {"source": 4, "width": 800, "height": 600}},
    {"type": 3, "data": {"source": 6, "positions": [{"x": 1, "y": 2, "id": 9, "timeOffset": 0}]}},
    {"type": 3, "data": {"source": 7, "type": 0, "id": 9, "currentTime": 1.5, "muted": False}},
    {"type": 3, "data": {"source": 8, "id": 9, "adds": [SHEET], "removes": [{"index": 3}]}},
    {"type": 3, "data": {"source": 12, "positions": []}},
    {"type": 3, "data": {"source": 13, "id": 9, "index": [0], "set": {"property": "color", "value": "red"}}},
    {"type": 3, "data": {"source": 14, "ranges": [{"start": 900, "startOffset": 0, "end": 900, "endOffset": 3}]}},
    {"type": 3, "data": {"source": 15, "id": 9, "styleIds": [1], "styles": [{"styleId": 1, "rules": [SHEET]}]}},
    {"type": 3, "data": {"source": 16, "define": {"name": "x-tabs"}}},
    {"type": 3, "data": CHANGE | {"texts": [{"id": 900, "value": "Neu"}]}},
]  # fmt: skip


def run(*lines: dict[str, Any]) -> SanitizedBatch:
    ids = Ids()
    return clean(batch([event(PAGE, ids), *(event(line, ids) for line in lines)]), forms="harmless")


@pytest.mark.parametrize("raw", INNOCENT, ids=lambda raw: f"{raw['type']}/{raw['data'].get('source', '')}")
def test_an_innocent_event_stays_as_it_is(raw: dict[str, Any]) -> None:
    result = run(raw)
    kept = {key: value for key, value in events_of(result)[1].items() if key != "timestamp"}
    assert kept == raw
    assert not result.counts


def test_every_source_and_type_of_the_table_was_tried() -> None:
    tried = {raw["data"]["source"] for raw in INNOCENT if raw["type"] == 3}
    assert tried | {5} == set(SOURCES)
    assert set(EVENTS) == {0, 1, 2, 4}


@pytest.mark.parametrize("kind", [5, 6, 7, 8, -1, 10**9])
def test_a_type_not_in_the_table_is_dropped(kind: int) -> None:
    result = run({"type": kind, "data": {"payload": "Zaunkönig"}})
    assert "Zaunkönig" not in told(result)
    assert sum(n for rule, n in result.counts.items() if rule.startswith("dropped:type")) == 1


@pytest.mark.parametrize("source", [9, 10, 11, 17, "5", None, True, 5.0])
def test_a_source_not_in_the_table_is_dropped(source: Any) -> None:
    result = run({"type": 3, "data": {"source": source, "id": 9, "text": "Zaunkönig", "payload": ["Zaunkönig"]}})
    assert "Zaunkönig" not in told(result)


@pytest.mark.parametrize("raw", INNOCENT, ids=lambda raw: f"{raw['type']}/{raw['data'].get('source', '')}")
def test_a_key_or_value_that_the_table_does_not_know_is_dropped_at_every_depth(raw: dict[str, Any]) -> None:
    def spoilt(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: spoilt(v, k) for k, v in value.items()} | {"note": "Zaunkönig"}
        if isinstance(value, list):
            return [*(spoilt(v, key) for v in value), "Zaunkönig"]
        # A rule, a name or a text may be any string: what is in it is cleaned, not its shape.
        free = key in ("rule", "value", "property", "priority", "name")
        return value if key in ("type", "source") or free else "Zaunkönig"

    result = run({"type": raw["type"], "data": spoilt(raw["data"])})
    assert "Zaunkönig" not in told(result)
    assert result.counts["dropped:unknown_path"] > 0


def test_one_hostile_event_costs_nothing_but_itself() -> None:
    result = run(
        {"type": 3, "data": {"source": 0, "texts": 7, "attributes": [7], "adds": [{"parentId": {}}]}},
        INNOCENT[4],
    )
    assert [e["type"] for e in events_of(result)] == [2, 3, 3]


def test_a_selection_in_a_field_would_tell_its_length() -> None:
    ids = Ids()
    page = event({"page": '<div n="9" contenteditable="true">Geheim</div>'}, ids)
    ranges = [{"start": 900, "startOffset": 0, "end": 900, "endOffset": 6}]
    result = clean(batch([page, {"type": 3, "data": {"source": 14, "ranges": ranges}}]))
    assert events_of(result)[1]["data"]["ranges"] == []


def test_a_number_as_large_as_a_card_number_is_no_pixel() -> None:
    assert "4111111111111111" not in told(
        run({"type": 3, "data": {"source": 3, "id": 9, "x": 4111111111111111, "y": 0}})
    )


def test_the_address_is_the_page_of_the_batch() -> None:
    memory = Memory()
    result = clean(batch([event({"href": "https://shop.example/a?b=c"}, Ids())]), memory)
    assert result.page == "https://shop.example/a?b=••••••"
