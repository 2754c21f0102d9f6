"""What a page says about its charset, and what must stay within the bytes in which browsers look for it."""

from __future__ import annotations

import pytest

from proxy.page.charsets import WINDOW, Meta, declared, foreign, in_sight, named, settled

ROOM = 300


@pytest.mark.parametrize(
    ("attributes", "label", "certain"),
    [
        ({"charset": " UTF-8 "}, "utf-8", True),
        ({"charset": "x-none"}, "x-none", False),
        ({"charset": "", "http-equiv": "Content-Type", "content": "text/html;charset=Big5"}, "big5", True),
        ({"http-equiv": "content-type", "content": "text/html; charset = 'koi8-r'"}, "koi8-r", True),
        ({"http-equiv": " content-type ", "content": "text/html; charset=koi8-r"}, "koi8-r", False),
        ({"http-equiv": "content-type", "content": "charset; charset=gbk"}, "gbk", True),
        ({"http-equiv": "content-type", "content": "text/html"}, "", False),
        ({"http-equiv": "refresh", "content": "0; charset=gbk"}, "", False),
        ({"content": "charset=gbk"}, "", False),
        ({"charset": "unicode"}, "unicode", True),
    ],
)
def test_a_meta_names_a_charset_as_browsers_read_it(attributes: dict[str, str], label: str, certain: bool) -> None:
    assert named(attributes) == (label, certain)


def test_utf_16_in_a_meta_means_utf_8() -> None:
    assert not foreign("utf-16", meta=True)
    assert foreign("utf-16", meta=False)
    assert foreign("iso-2022-jp", meta=True)
    assert not foreign("shift_jis", meta=False)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (b'<?xml version="1.0" encoding="ISO-2022-JP"?>', "iso-2022-jp"),
        (b"<?xml version='1.0'\nencoding = 'utf-8' standalone='yes'?>", "utf-8"),
        (b'<?xml version="1.0"?>', ""),
        (b'<?xml-stylesheet encoding="utf-7"?>', ""),
    ],
)
def test_an_xml_declaration_names_a_charset(text: bytes, label: str) -> None:
    assert declared(bytearray(b" " + text), 1, 1 + len(text)) == label


def metas(*ends: int, label: str = "gbk", certain: bool = True) -> list[Meta]:
    return [Meta(end - 20, end, label, certain) for end in ends]


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ([], 100),
        (metas(90), 100),
        (metas(WINDOW - ROOM), 100),
        (metas(WINDOW - ROOM + 1), WINDOW - ROOM + 1),
        (metas(WINDOW + 19), WINDOW + 19),  # it begins within the window: for some browsers that is enough
        (metas(WINDOW + 20), 100),
        (metas(WINDOW, label="", certain=False), 100),
        (metas(800, 900, certain=False), 900),
        (metas(500, 900), 100),
    ],
)
def test_the_place_goes_behind_a_charset_that_it_would_push_out_of_sight(found: list[Meta], place: int) -> None:
    assert in_sight(bytearray(b" " * 2000), 100, ROOM, found) == place


@pytest.mark.parametrize(
    ("at", "text", "place"),
    [
        (500, b"<meta charset=gbk>", 100),
        (800, b"<META HTTP-EQUIV=content-type CONTENT='text/html; charset=gbk'>", None),
        (80, b"<meta charset=gbk>", 100),
        (WINDOW - 10, b"<meta charset=gbk>", None),
        (WINDOW, b"<meta charset=gbk>", 100),
        (800, b"<meta name=a content=b>", 100),
    ],
)
def test_a_charset_in_the_body_stays_in_sight_or_there_is_no_place(
    at: int, text: bytes, place: int | None
) -> None:
    data = bytearray(b" " * at + text + b" " * 1000)
    assert in_sight(data, 100, ROOM, []) == place
    # A certain one before it ends every browser's search; an uncertain one does not.
    assert in_sight(data, 100, ROOM, metas(90)) == 100
    assert in_sight(data, 100, ROOM, metas(90, certain=False)) == place


def test_a_meta_of_the_head_without_a_charset_is_no_charset_however_it_is_cut() -> None:
    data = bytearray(b" " * 1000 + b"<meta content='" + b"x" * 500 + b"'>")
    assert in_sight(data, 100, ROOM, [Meta(1000, 1517, "", False)]) == 100


def test_a_certain_charset_within_the_window_settles_it() -> None:
    assert settled(metas(WINDOW))
    assert not settled(metas(WINDOW + 1))
    assert not settled(metas(500, certain=False))
