"""Whoever can reach the proxy can send a batch: none takes long, none leaves much behind."""

from __future__ import annotations

import time
from typing import Any

import pytest

from proxy.privacy import memory as bounds
from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import sanitize
from tests.proxy.privacy.pages import Ids, batch, clean, event, events_of, site

PAGE = '<input n="6" type="password"><input n="9" name="x17"><p n="10">x</p>'
CARDS = {6: {"type": "password"}, 9: {"tag": "input", "name": "x17"}}
SECONDS = 20
"""Quadratic ones took minutes; these take one or two on an idle machine."""


def styled(css: str) -> list[dict[str, Any]]:
    return [{"attributes": 10, "set": {"style": css}}]


def said(text: str) -> list[dict[str, Any]]:
    return [{"text": 1000, "value": text}]


def typed(field: int, count: int, then: str) -> list[dict[str, Any]]:
    return [*({"input": field, "text": f"aaaa{number:06}x"} for number in range(count)), *said(then)]


@pytest.mark.parametrize(
    "lines",
    [
        styled("url(" * 100_000),
        styled("url(" + " " * 100_000),
        styled("url('" * 100_000),
        styled("@import " + " " * 200_000),
        said("a@bc.de " * 100_000),
        said("1.2.3.4 " * 50_000),
        said("de12abcdefgh34567890123456789012345 " * 10_000),
        said("4 " * 200_000),
        said("4" * 500_000),
        typed(9, 5_000, "aaaa " * 100_000),
        typed(6, 5_000, "a" * 500_000),
        [{"input": 6, "text": str(number)} for number in range(1000)] + said("1' " * 50_000),
    ],
    ids=lambda lines: str(lines[-1])[:60],
)
def test_no_batch_takes_long(lines: list[dict[str, Any]]) -> None:
    ids = Ids()
    made = batch([event(line, ids) for line in [{"page": PAGE}, *lines]], CARDS)
    began = time.process_time()
    result = clean(made, forms="harmless")
    assert time.process_time() - began < SECONDS
    assert "dropped:error" not in result.counts


JUNK: list[Any] = [
    1e308,
    -5,
    10**18,
    True,
    None,
    [],
    {},
    "x",
    1e-320,
    "\x00",
    "\ud800".encode("utf-8", "replace").decode(),
]


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_nothing_throws_whatever_stands_where_something_else_should(junk: Any) -> None:
    attributes = dict.fromkeys(("value", "style", "class", "href", "type", "checked", "data-x"), junk)
    change = {"texts": junk, "adds": [{"parentId": junk, "node": junk}], "removes": [{"id": junk}]}
    lines: list[dict[str, Any]] = [
        {"page": PAGE},
        {"type": 2, "data": {"node": {"type": 0, "id": junk, "childNodes": junk}}},
        {"type": 3, "data": {"source": junk, "id": junk}},
        {"type": 3, "data": {"source": 0, "attributes": [{"id": 10, "attributes": attributes}], **change}},
        {"type": 3, "data": {"source": 5, "id": junk, "text": junk}},
        {"type": 3, "data": junk},
        {"type": 4, "data": {"href": junk}},
    ]
    cards = {6: dict.fromkeys(("type", "rules", "marked", "maxlength", "position"), junk)}
    result = clean(batch([event(line, Ids()) for line in lines], cards), forms="harmless")
    assert "dropped:error" not in result.counts
    assert events_of(result)


def test_what_does_not_fit_masks_this_batch_already() -> None:
    long = " ".join(f"wort{number}" for number in range(2_000)) + " Zaunkoenig"
    ids = Ids()
    lines: tuple[dict[str, Any], ...] = ({"page": PAGE}, {"input": 9, "text": long}, *said(f"Vorschau: {long}"))
    assert "Zaunkoenig" not in str(events_of(clean(batch([event(line, ids) for line in lines], CARDS))))


def test_a_view_of_too_many_fields_keeps_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_FIELDS", 3)
    policy, memory, ids = Policy.of(site(record={"forms": "harmless"})), Memory(), Ids()
    cards = {number: {"type": "search", "name": "q"} for number in range(20, 30)}
    sanitize(batch([event({"page": '<input n="20" type="search">'}, ids)], cards), policy, memory)
    result = sanitize(batch([event({"input": 20, "text": "Schuhe"}, ids)], cards, 1), policy, memory)
    assert "Schuhe" not in str(events_of(result))


def test_a_page_whose_masks_would_fill_the_storage_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proxy.privacy.sanitize.MAX_OUT", 1000)
    result = clean(batch([event({"page": PAGE + "<p>Guten Tag</p>" * 100}, Ids())], CARDS))
    assert (result.events, result.snapshot) == (0, True)
