"""The page that recorders are compared on, the search for what they gave away, and ours on it in Chromium."""

from __future__ import annotations

import base64
import gzip
import json
import zlib

import pytest
from rich.console import Console

from bench.leaks.__main__ import Told, count, ours, rows
from bench.leaks.capture import site
from bench.leaks.fields import HARMLESS, LANGUAGES, fields
from bench.leaks.page import CONTROL, page
from bench.leaks.picture import picture
from bench.leaks.traces import opened, told
from proxy.privacy.kinds import CLASS_OF, SECRET, UNKNOWN
from proxy.privacy.marks import ATTRIBUTES, CLASSES
from tests.browser import chromium, require_chromium

FIELDS = fields()


def test_every_kind_is_there_in_every_language() -> None:
    kinds = {kind for kind, cls in CLASS_OF.items() if cls not in (UNKNOWN, "harmless")} | set(HARMLESS)
    assert {(field.kind, field.language) for field in FIELDS} == {
        (kind, each) for kind in kinds for each in LANGUAGES
    }


def test_no_field_of_the_page_has_a_mark() -> None:
    html = page(FIELDS, "")
    assert not [name for name in (*ATTRIBUTES, *CLASSES) if f" {name}=" in html or f"class={name}" in html]


VALUE = 'Vzx & "q" 47'
PACKED = {
    "plain": VALUE.encode(),
    "in JSON": json.dumps({"a": VALUE}).encode(),
    "in JSON in JSON": json.dumps(json.dumps({"a": VALUE})).encode(),
    "gzip": b"head\n" + gzip.compress(VALUE.encode()),
    "zlib in a form": b"--x\r\n\r\n" + zlib.compress(VALUE.encode()) + b"\r\n--x",
    "in an address": b"/x?a=Vzx%20%26%20%22q%22%2047",
    "base64": base64.b64encode(b"ab" + VALUE.encode() + b"c"),
    "a form's base64": b"data=" + base64.b64encode(json.dumps([VALUE]).encode()).replace(b"=", b"%3D"),
}


@pytest.mark.parametrize("how", PACKED)
def test_a_value_is_found_however_it_is_packed(how: str) -> None:
    assert told(VALUE, list(opened(PACKED[how])))
    assert not told("Vzx 48", list(opened(PACKED[how])))


def test_a_number_within_another_is_no_trace() -> None:
    assert told("48317", ['{"text":"48317"}'])
    assert not told("48317", ['{"t":1748317,"x":0.48317}'])


def test_who_has_recorded_nothing_gets_no_figures() -> None:
    with pytest.raises(SystemExit):
        count(["nothing"], FIELDS)
    assert count([CONTROL, FIELDS[0].value], FIELDS) == Told(1, 0)


def test_the_picture_says_each_figure() -> None:
    drawn = picture([("theirs", 12, 130), ("another", 3, None)], 130)
    assert all(f">{text}<" in drawn for text in ("theirs", "12", "130", "another", "3", "cannot record forms"))


@pytest.mark.browser
def test_ours_gives_nothing_away_and_keeps_what_is_harmless() -> None:
    require_chromium()
    with chromium() as browser:
        (row,) = rows(browser, [], FIELDS, Console(quiet=True))
    harmless = sum(field.harmless for field in FIELDS)
    assert (row.default, row.recorded) == (Told(0, 0), Told(0, harmless))


@pytest.mark.browser
def test_where_personal_values_are_kept_no_secret_is() -> None:
    require_chromium()
    with chromium() as browser, site() as made:
        stored = ours(browser, made, "personal", FIELDS)
    kept = {field.kind: CLASS_OF[field.kind] for field in FIELDS if told(field.value, stored)}
    assert SECRET not in kept.values()
    assert {"email", "name", "address"} <= kept.keys()
