"""`text: mask`: no word that people can read on a page is recorded, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.proxy.privacy.pages import Ids, batch, clean, event, told

WORD = "Zaunkoenig"
PLACES = {
    "text": f"<p>{WORD}</p>",
    "title of the page": f"<title>{WORD}</title>",
    "title": f'<p title="{WORD}">x</p>',
    "alt": f'<img alt="{WORD}">',
    "placeholder": f'<input n="6" placeholder="{WORD}">',
    "aria-label": f'<p aria-label="{WORD}">x</p>',
    "aria-description": f'<p aria-description="{WORD}">x</p>',
    "aria-roledescription": f'<p aria-roledescription="{WORD}">x</p>',
    "aria-placeholder": f'<p aria-placeholder="{WORD}">x</p>',
    "aria-valuetext": f'<p aria-valuetext="{WORD}">x</p>',
    "option": f"<select><option>{WORD}</option></select>",
    "label of an option": f'<select><option label="{WORD}">x</option></select>',
    "label of a group": f'<select><optgroup label="{WORD}"></optgroup></select>',
    "value of an option": f'<select><option value="{WORD}">x</option></select>',
    "option of a list": f'<datalist><option value="{WORD}">{WORD}</option></datalist>',
    "button": f"<button>{WORD}</button>",
    "value of a button": f'<button value="{WORD}">x</button>',
    "submit": f'<input type="submit" value="{WORD}">',
    "textarea": f"<textarea>{WORD}</textarea>",
    "hidden": f'<input type="hidden" value="{WORD}">',
    "editor": f'<div contenteditable="true">{WORD}</div>',
    "style sheet": f'<style>p::before {{ content: "{WORD}" }}</style>',
    "property of a sheet": f'<style>:root {{ --name: "{WORD}" }}</style>',
    "inlined sheet": f"""<link rel="stylesheet" _cssText="p::before {{ content: '{WORD}' }}">""",
    "style": f"""<p style="--name: '{WORD}'">x</p>""",
    "data": f'<p data-name="{WORD}">x</p>',
    "unknown attribute": f'<x-card heading="{WORD}">x</x-card>',
    "meta": f'<meta name="description" content="{WORD}">',
    "drawing": f"<svg><title>{WORD}</title><desc>{WORD}</desc><text>{WORD}</text></svg>",
    "picture of a drawing": f'<img src="data:image/svg+xml,<svg><text>{WORD}</text></svg>">',
    "frame": f'<iframe srcdoc="<p>{WORD}</p>"></iframe>',
    "script": f"<script>let a = '{WORD}'</script><noscript>{WORD}</noscript><template>{WORD}</template>",
    "comment": f"<p><!-- {WORD} -->x</p>",
    "table": f'<table summary="{WORD}"><caption>{WORD}</caption><tr><th abbr="{WORD}">{WORD}</th></tr></table>',
    "meter": f'<meter value="3">{WORD}</meter><data value="{WORD}">x</data>',
}


@pytest.mark.parametrize("markup", PLACES.values(), ids=PLACES)
def test_no_word_of_a_page_is_recorded(markup: str) -> None:
    result = clean(batch([event({"page": markup}, Ids())]), text="mask")
    assert WORD not in told(result) and "dropped:error" not in result.counts


def change(source: int, **data: Any) -> dict[str, Any]:
    return {"type": 3, "data": {"source": source, **data}}


CHANGES = {
    "text": {"text": 900, "value": WORD},
    "attribute": {"attributes": 9, "set": {"title": WORD, "data-name": WORD, "aria-label": WORD}},
    "style": {"attributes": 9, "set": {"style": {"content": f'"{WORD}"', "--name": f'"{WORD}"'}}},
    "node": {"into": 4, "add": f'<p title="{WORD}">{WORD}</p>'},
    "rule": change(8, id=9, adds=[{"rule": f'p::before {{ content: "{WORD}" }}', "index": 0}]),
    "sheet replaced": change(8, id=9, replace=f'p::before {{ content: "{WORD}" }}'),
    "declaration": change(13, id=9, index=[0], set={"property": "content", "value": f'"{WORD}"'}),
    "property": change(13, id=9, index=[0], set={"property": "--name", "value": f'"{WORD}"'}),
    "adopted sheet": change(
        15,
        id=9,
        styleIds=[1],
        styles=[{"styleId": 1, "rules": [{"rule": f'p {{ content: "{WORD}" }}', "index": 0}]}],
    ),
    "console": {"type": 6, "data": {"plugin": "rrweb/console@1", "payload": WORD}},
    "custom event": {"type": 5, "data": {"tag": "x", "payload": WORD}},
}


@pytest.mark.parametrize("line", CHANGES.values(), ids=CHANGES)
def test_no_word_of_a_change_is_recorded(line: dict[str, Any]) -> None:
    ids = Ids()
    lines: list[dict[str, Any]] = [{"page": '<p n="9">x</p>'}, line]
    result = clean(batch([event(each, ids) for each in lines]), text="mask")
    assert WORD not in told(result) and "dropped:error" not in result.counts
