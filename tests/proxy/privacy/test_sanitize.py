"""A raw batch goes in; what comes out can be made by nothing else, plays, and holds no canary."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proxy.privacy import steps
from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import BadSeal, SanitizedBatch, sanitize, seal, unseal
from tests.proxy.privacy.pages import Ids, batch, clean, event, events_of, leaks, site, told

KEY = b"k" * 32
PAGE = '<input n="6" type="password" name="pw"><input n="7" type="search" name="q"><p n="9">Katalog</p>'
CARDS = {6: {"type": "password", "name": "pw", "selector": "#pw"}, 7: {"type": "search", "name": "q"}}


def made(*lines: dict[str, Any], **record: Any) -> SanitizedBatch:
    ids = Ids()
    return clean(batch([event(line, ids) for line in ({"page": PAGE}, *lines)], CARDS), **record)


def test_only_sanitize_makes_a_sanitized_batch() -> None:
    result = made()
    with pytest.raises(TypeError):
        replace(result, body=b"raw")
    with pytest.raises(TypeError):
        SanitizedBatch("s", "r", "v", 0, 0, 0, 0, b"raw", "", {}, (), (), False)
    with pytest.raises(TypeError):
        pickle.dumps(result)


def test_a_seal_holds_and_a_broken_one_does_not() -> None:
    result = made({"input": 6, "text": "Steinkauz12"}, {"href": "https://shop.example/a"})
    data = seal(result, KEY)
    assert unseal(data, KEY) == result
    for broken in (data[:-1], data[:40] + b"x" + data[41:], b"", data):
        with pytest.raises(BadSeal):
            unseal(broken, b"other" if broken is data else KEY)


def test_equal_input_and_memory_give_equal_output() -> None:
    lines = ({"input": 6, "text": "Steinkauz12"}, {"text": 900, "value": "Steinkauz12!"})
    assert seal(made(*lines), KEY) == seal(made(*lines), KEY)


def test_the_batch_given_is_not_changed() -> None:
    ids = Ids()
    raw = batch([event({"page": PAGE}, ids), event({"input": 6, "text": "Steinkauz12"}, ids)], CARDS)
    clean(raw)
    assert raw.events[1]["data"]["text"] == "Steinkauz12"


def test_what_leaves_tells_the_rule_and_the_number_and_a_mask_of_one_length() -> None:
    texts = ("S", "Steinkauz", "Steinkauz12 ist ein sehr langes Passwort")
    result = made(*({"input": 6, "text": text} for text in texts))
    assert result.counts == {"type:password": 3}
    assert {e["data"]["text"] for e in events_of(result)[1:]} == {"••••••"}
    (finding,) = result.findings
    assert (finding.kind, finding.selector, finding.count) == ("password", "#pw", 3)
    assert (finding.mark, result.mask) == ('data-milchglas="mask"', (6, 7))


def test_a_finding_without_a_value_is_told_once_in_a_view() -> None:
    memory, ids = Memory(), Ids()
    first = clean(batch([event({"page": PAGE}, ids)], CARDS), memory)
    memory.accept(first.view, 0)
    second = clean(batch([event({"input": 7, "text": ""}, ids)], CARDS, seq=1), memory)
    assert (len(first.findings), len(second.findings)) == (1, 0)


def test_a_selector_with_a_value_in_it_is_not_told() -> None:
    cards = {6: {"type": "password", "selector": "[value='Steinkauz12']"}}
    ids = Ids()
    result = clean(batch([event({"page": PAGE}, ids), event({"input": 6, "text": "Steinkauz12"}, ids)], cards))
    assert result.findings[0].selector == ""


def test_a_gap_or_a_resent_batch_asks_for_a_snapshot_until_one_comes() -> None:
    memory, ids = Memory(), Ids()
    policy = Policy.of(site(record={"forms": "harmless"}))
    asked = []
    for seq, line in (
        (0, {"page": PAGE}),
        (1, {"input": 7, "text": "Schuhe"}),
        (3, {"input": 7, "text": "Hosen"}),
        (4, {"page": PAGE}),
        (5, {"input": 7, "text": "Hemden"}),
    ):
        result = sanitize(batch([event(line, ids)], CARDS, seq), policy, memory)
        memory.accept(result.view, seq)
        asked.append((result.snapshot, [e["data"].get("text") for e in events_of(result)]))
    assert asked == [
        (False, [None]),
        (False, ["Schuhe"]),
        (True, ["••••••"]),
        (False, [None]),
        (False, ["Hemden"]),
    ]


def test_a_fault_of_ours_lets_nothing_out_and_does_not_throw(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(work: Any) -> None:
        raise RuntimeError("Steinkauz12")

    monkeypatch.setattr("proxy.privacy.sanitize.STEPS", (*steps.STEPS, fail))
    result = made({"input": 6, "text": "Steinkauz12"})
    assert (result.events, events_of(result), result.counts["dropped:error"]) == (0, [], 2)
    assert "Steinkauz12" not in told(result)


def test_one_event_that_throws_is_dropped_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = steps.rrweb.event

    def fail(work: Any, raw: dict[str, Any]) -> Any:
        if raw["type"] == 1:
            raise RuntimeError("Steinkauz12")
        return real(work, raw)

    monkeypatch.setattr(steps.rrweb, "event", fail)
    result = made({"type": 1, "data": {}}, {"text": 900, "value": "Neu"})
    assert (result.events, result.counts["dropped:error"]) == (2, 1)


CANARY = "Qz7Zaunkönig"
_WORDS = st.sampled_from(
    ["", "Katalog", CANARY, f"vor {CANARY} nach", CANARY.upper(), f"{CANARY}x", "12,50 €", "\ud7ff", "\x00"]
)
_NAMES = st.sampled_from(
    [
        "class",
        "title",
        "data-x",
        "href",
        "src",
        "style",
        "value",
        "onclick",
        "aria-label",
        "srcset",
        "type",
        "name",
        "content",
        "alt",
    ]
)
_TAGS = st.sampled_from(
    [
        "div",
        "p",
        "a",
        "img",
        "input",
        "textarea",
        "select",
        "option",
        "x-y",
        "script",
        "style",
        "meta",
        "svg",
        "button",
    ]
)
_IDS = st.integers(1, 60)
_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 70) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=5,
)
_TEXT = st.fixed_dictionaries({"type": st.just(3), "id": _IDS, "textContent": _WORDS | _JUNK})
_NODE = st.recursive(
    _TEXT,
    lambda inner: st.fixed_dictionaries(
        {
            "type": st.sampled_from([2, 2, 2, 0, 1, 4, 5, 9]),
            "id": _IDS | st.none(),
            "tagName": _TAGS,
            "attributes": st.dictionaries(_NAMES, _WORDS | _JUNK, max_size=4) | _JUNK,
            "childNodes": st.lists(inner, max_size=4) | _JUNK,
        }
    ),
    max_leaves=12,
)
_ATTRIBUTES = st.dictionaries(_NAMES, _WORDS | _JUNK, max_size=4)
_DATA = st.one_of(
    st.fixed_dictionaries({"source": st.just(5), "id": _IDS, "text": _WORDS, "isChecked": st.booleans()}),
    st.builds(lambda i, t: {"source": 0, "texts": [{"id": i, "value": t}]}, _IDS, _WORDS | _JUNK),
    st.builds(lambda i, a: {"source": 0, "attributes": [{"id": i, "attributes": a}]}, _IDS, _ATTRIBUTES),
    st.builds(lambda p, n: {"source": 0, "adds": [{"parentId": p, "nextId": None, "node": n}]}, _IDS, _NODE),
    st.builds(lambda p, i: {"source": 0, "removes": [{"parentId": p, "id": i}]}, _IDS, _IDS),
    st.builds(lambda s, d: {"source": s, "rule": d, "payload": d}, st.integers(0, 20), _JUNK),
)
_EVENT = st.one_of(
    st.builds(lambda n: {"type": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": [n]}}}, _NODE),
    st.builds(lambda d: {"type": 3, "data": d}, _DATA),
    st.builds(lambda t, d: {"type": t, "data": {"payload": d}}, st.integers(0, 9), _JUNK),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(_EVENT, min_size=1, max_size=6), min_size=1, max_size=3),
    st.sampled_from(["none", "harmless"]),
)
def test_whatever_the_tree_no_canary_survives_and_nothing_throws(
    batches: list[list[dict[str, Any]]], forms: str
) -> None:
    memory = Memory()
    policy = Policy.of(site(record={"forms": forms}))
    page = f'<input n="70" type="password" name="pw"><p>{CANARY}</p>'
    typed = {"type": 3, "data": {"source": 5, "id": 70, "text": CANARY, "isChecked": False}}
    for seq, events in enumerate(batches):
        first = [event({"page": page}, Ids()), typed] if seq == 0 else []
        result = sanitize(batch([*first, *events], {70: {"type": "password", "name": "pw"}}, seq), policy, memory)
        memory.accept(result.view, seq)
        assert "dropped:error" not in result.counts
        assert not leaks(told(result), CANARY)
