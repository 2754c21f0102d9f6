"""The page's tree: structure and node ids stay, so that the player can build it."""

from __future__ import annotations

from typing import Any

from proxy.privacy import memory as bounds
from proxy.privacy import tree as module
from proxy.privacy.memory import MAX_DEPTH
from tests.proxy.privacy.pages import Ids, batch, clean, document, event, events_of, told


def ids_in(node: dict[str, Any]) -> list[int]:
    found, stack = [], [node]
    while stack:
        each = stack.pop()
        found.append(each["id"])
        stack += each.get("childNodes", [])
    return sorted(found)


def snapshot(root: dict[str, Any]) -> dict[str, Any]:
    return {"type": 2, "data": {"node": root, "initialOffset": {"left": 0, "top": 0}}}


def kept(result: Any) -> dict[str, Any]:
    tree: dict[str, Any] = events_of(result)[0]["data"]["node"]
    return tree


def test_structure_and_ids_stay() -> None:
    root = document(
        "<ul><li>eins</li><li><b>zwei</b> drei</li></ul><!-- weg --><svg><use href='#i'></use></svg>", Ids()
    )
    new = kept(clean(batch([snapshot(root)])))
    assert ids_in(new) == ids_in(root)
    assert "weg" not in str(new)
    assert "eins" in str(new) and "'href': '#i'" in str(new)


def test_shadow_roots_and_flags_stay() -> None:
    root = document("<div n='7'><p n='8'>Text</p></div>", Ids())
    host = root["childNodes"][1]["childNodes"][0]["childNodes"][0]
    host |= {"isShadowHost": True, "isCustom": True, "isSVG": "yes", "surprise": "Zaunkönig"}
    host["childNodes"][0] |= {"isShadow": True, "rootId": 1}
    text = told(clean(batch([snapshot(root)])))
    assert '"isShadowHost": true' in text and '"isShadow": true' in text and '"rootId": 1' in text
    assert "Zaunkönig" not in text and "isSVG" not in text


def test_a_page_deeper_than_orjson_writes_is_written() -> None:
    root: dict[str, Any] = document("<p n='5'></p>", Ids())
    at = root["childNodes"][1]["childNodes"][0]["childNodes"][0]
    for number in range(10, 400):
        at["childNodes"] = [{"type": 2, "id": number, "tagName": "div", "attributes": {}, "childNodes": []}]
        at = at["childNodes"][0]
    assert len(ids_in(kept(clean(batch([snapshot(root)]))))) == len(ids_in(root))


def test_what_is_nested_too_deep_is_dropped_without_recursion(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "MAX_DEPTH", 20)
    root: dict[str, Any] = {"type": 0, "id": 1, "childNodes": []}
    at = root
    for number in range(2, 60):
        at["childNodes"] = [{"type": 2, "id": number, "tagName": "div", "attributes": {}, "childNodes": []}]
        at = at["childNodes"][0]
    result = clean(batch([snapshot(root)]))
    assert len(ids_in(kept(result))) == 20
    assert result.counts["dropped:too_deep"] == 1
    assert MAX_DEPTH == 512


def test_a_hundred_thousand_siblings_are_no_trouble() -> None:
    root = document("<p n='5'></p>", Ids())
    root["childNodes"][1]["childNodes"][0]["childNodes"] = [
        {"type": 3, "id": number, "textContent": "x"} for number in range(10, 100_010)
    ]
    assert clean(batch([snapshot(root)])).snapshot is False


def test_a_page_too_large_to_remember_is_masked_and_no_snapshot_asked_for(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "MAX_NODES", 30)
    markup = "".join(f"<p>Absatz {number}</p>" for number in range(40))
    late = event({"add": "<p>Nachzügler</p>", "into": 4}, Ids())
    result = clean(batch([snapshot(document(markup, Ids())), late]))
    assert "Nachzügler" not in told(result)
    assert not result.snapshot
    assert bounds.MAX_NODES == 150_000


def test_nodes_that_are_none_are_dropped_and_counted() -> None:
    root = document("<p n='5'>Text</p>", Ids())
    root["childNodes"] += [
        7,
        None,
        {"type": 9, "id": 50},
        {"type": 2, "id": "x"},
        {"type": 2, "id": 51, "tagName": "a b"},
    ]
    assert clean(batch([snapshot(root)])).counts["dropped:unknown_node"] == 5


def test_scripts_and_noscript_are_emptied() -> None:
    result = clean(
        batch([snapshot(document("<script>var a='Zaunkönig'</script><noscript>Zaunkönig</noscript>", Ids()))])
    )
    assert "Zaunkönig" not in told(result)


def test_a_strange_tag_is_looked_through() -> None:
    page = event(
        {"page": '<input n="6" type="password" value="zaunkoenig7"><x-zaunkoenig7>Text</x-zaunkoenig7>'},
        Ids(),
    )
    text = told(clean(batch([page], {6: {"type": "password"}})))
    assert "zaunkoenig7" not in text and "x-masked" in text
