"""The catalogue is a file that readers of PDF understand."""

from __future__ import annotations

import re

from proxy.demo.catalogue import pdf
from proxy.demo.wares import ARTICLES

WHOLE = pdf()


def test_the_table_at_its_end_says_where_each_object_is() -> None:
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", WHOLE)[1])
    assert WHOLE[start : start + 4] == b"xref"
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n \n", WHOLE[start:])]
    assert len(places) == 5 + len(ARTICLES)
    assert all(WHOLE[at:].startswith(b"%d 0 obj\n" % number) for number, at in enumerate(places, 1))


def test_each_stream_is_as_long_as_it_says() -> None:
    streams = list(re.finditer(rb"/Length (\d+) >>\nstream\n", WHOLE))
    assert len(streams) == 1 + len(ARTICLES)
    assert all(WHOLE[each.end() + int(each[1]) :].startswith(b"\nendstream") for each in streams)


def test_every_article_is_in_it() -> None:
    assert all(item.name.encode("cp1252") in WHOLE and nr.encode() in WHOLE for nr, item in ARTICLES.items())


def test_it_is_large_for_a_modem() -> None:
    assert 1_000_000 < len(WHOLE) < 3_000_000
