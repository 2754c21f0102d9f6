"""Nothing of rrweb that can hold text is missing from the table of paths, and the table says what is done."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy.paths import OF_SOURCE, OF_TYPE, Done
from proxy.privacy.rrweb import EVENTS, SOURCES
from tests.browser import require
from tests.proxy.privacy.pages import Ids, batch, clean, document, event, leaks, told
from tests.proxy.privacy.rrweb_types import TYPES, Declarations, Leaf, declared

SECRET = "Zaunkönig7&x"
INCREMENTAL = 3
PATHS = [
    *((kind, None, path) for kind, paths in OF_TYPE.items() for path in paths),
    *((INCREMENTAL, source, path) for source, paths in OF_SOURCE.items() for path in paths),
]


def types() -> Declarations:
    require(TYPES, reason="needs rrweb's types (npm ci in recorder)")
    return declared()


def texts(leaves: set[Leaf]) -> set[str]:
    """Paths of text below `data`; what the reader does not know may be text, too."""
    kept = {leaf.path for leaf in leaves if leaf.what == "text" or leaf.what.startswith("?")}
    return {path.removeprefix("data").removeprefix(".") for path in kept if path.startswith("data")}


def of(all: Declarations, union: str, key: str) -> dict[int, set[str]]:
    """Number at `key` -> the paths of text of that member of a union."""
    found: dict[int, set[str]] = {}
    prefix = "" if key == "type" else "data."
    for name in all.aliases[union][1]:
        if name not in all.aliases:
            continue
        body = all.aliases[name][1]
        for member in [token for token in body if token.startswith(("EventType.", "IncrementalSource."))]:
            enum, _, label = member.partition(".")
            leaves = {Leaf(prefix + leaf.path, leaf.what) for leaf in all.leaves(name)}
            found.setdefault(all.enums[enum][label], set()).update(texts(leaves))
    return found


def test_every_type_and_every_path_of_text_is_in_the_table() -> None:
    all = types()
    found = of(all, "eventWithoutTime", "type")
    del found[INCREMENTAL]
    assert found == {kind: set(paths) for kind, paths in OF_TYPE.items()}
    assert {*found, INCREMENTAL} == set(all.enums["EventType"].values())


def test_every_source_and_every_path_of_text_is_in_the_table() -> None:
    all = types()
    found = of(all, "incrementalData", "source")
    assert found | {11: {""}} == {source: set(paths) for source, paths in OF_SOURCE.items()}, (
        "11 has no type of its own"
    )
    assert set(OF_SOURCE) == set(all.enums["IncrementalSource"].values())


def test_the_walker_keeps_what_the_table_does_not_say_is_gone() -> None:
    def keeps(paths: dict[int, Any]) -> set[int]:
        return {
            number
            for number, told in paths.items()
            if not told or any(done.done != "gone" for done in told.values())
        }

    assert keeps(dict(OF_SOURCE)) == set(SOURCES)
    assert keeps(dict(OF_TYPE)) | {0, 1} == set(EVENTS)


def test_a_new_path_or_source_would_be_seen() -> None:
    all = types()
    text = TYPES.read_text()
    newer = text.replace("    isChecked: boolean;\n", "    isChecked: boolean;\n    label?: string;\n")
    assert "label" in of(Declarations(newer), "incrementalData", "source")[5]
    newer = text.replace("    CustomElement = 16\n", "    CustomElement = 16,\n    Voice = 17\n")
    assert Declarations(newer).enums["IncrementalSource"].keys() - all.enums["IncrementalSource"].keys() == {
        "Voice"
    }
    newer = text.replace("    tagName: string;\n", "    tagName: string;\n    inner: { said: string[] };\n")
    assert "node.inner.said[]" in of(Declarations(newer), "eventWithoutTime", "type")[2]


def placed(path: str, text: str) -> Any:
    """`data` with a text at a path; what must stand beside it, stands."""
    made: Any = text
    for key in reversed(path.replace("[]", ".[]").split(".")):
        if key == "[]":
            made = [made, ""] if made is text and path.endswith("{}[]") else [made]
        elif key == "{}":
            made = {"title" if made is text else "style": made}
        elif key:
            made = {key: made}
    return made


def beside(kind: int, source: int | None, path: str, text: str) -> dict[str, Any]:
    """An event in which rrweb would write a text at that path."""
    data = placed(path, text)
    if path.startswith(("node.", "adds[].node.")):
        inner = data["node"] if kind == 2 else data["adds"][0]["node"]
        if "tagName" in inner or "attributes" in inner:
            made = {"type": 2, "tagName": "p", "attributes": {}, "childNodes": []}
        elif "textContent" in inner:
            made = {"type": 3}
        else:
            made = {"type": 0, "childNodes": []} if "compatMode" in inner else {"type": 1}
        made |= {"id": 70} | inner
        root = document("<p n='9'>x</p>", Ids())
        root["childNodes"][1]["childNodes"][0]["childNodes"].append(made)
        data = {"node": root} if kind == 2 else {"adds": [{"parentId": 4, "nextId": None, "node": made}]}
    if source is not None and isinstance(data, dict):
        data = {"source": source, "id": 9, "index": [0], "styleIds": [1]} | data
        for change in (*data.get("attributes", []), *data.get("texts", [])):
            change["id"] = 9 if "attributes" in change else 900
    return {"type": kind, "data": data}


@pytest.mark.parametrize(("kind", "source", "path"), PATHS, ids=str)
def test_what_the_table_says_is_done(kind: int, source: int | None, path: str) -> None:
    said: Done = (OF_TYPE[kind] if source is None else OF_SOURCE[source])[path]
    page = event({"page": '<input n="6" type="password"><p n="9">x</p>'}, Ids())
    typed = event({"input": 6, "text": SECRET}, Ids())

    def left(text: str) -> str:
        return told(clean(batch([page, typed, beside(kind, source, path, text)], {6: {"type": "password"}})))

    assert not leaks(left(SECRET), SECRET)
    text = {"style": "color:red", "address": "/katalog"}.get(said.done, "katalog")
    assert (text in left(text)) is (said.done not in ("gone", "value", "word"))
