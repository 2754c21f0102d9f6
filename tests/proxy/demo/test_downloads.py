"""What is saved and not looked at."""

from __future__ import annotations

import csv

import pytest

from proxy.demo import catalogue
from proxy.demo.wares import ARTICLES

WHOLE = catalogue.pdf()


async def test_the_price_list_is_a_table_of_all_articles(visitor) -> None:
    _, headers, body = await visitor.get("/preisliste.php")
    assert headers["content-disposition"] == 'attachment; filename="preisliste.csv"'
    head, *rows = csv.reader(body.decode("latin-1").splitlines(), delimiter=";")
    assert len(head) == 4 and [row[0] for row in rows] == list(ARTICLES)
    assert rows[0][1:3] == ["Zinkeimer, verbeult", "14,50"]


async def test_the_invoice_is_a_page_to_be_saved_and_has_the_last_order(visitor) -> None:
    sid = await visitor.sid("/artikel.php?nr=1001")
    await visitor.send("/korb.php", sid=sid, nr="1001", menge="3")
    await visitor.send("/kasse1.php", vname="Kunigunde", nname="F", str="S", plz="1", ort="O")
    await visitor.send("/kasse3.php")
    status, headers, body = await visitor.get("/rechnung.php")
    assert status == 200 and headers["content-type"] == "text/html"
    assert headers["content-disposition"] == 'attachment; filename="rechnung.html"'
    assert b"Zinkeimer" in body and b"43,50" in body and b"Kunigunde" in body


async def test_without_an_order_the_invoice_says_so(visitor) -> None:
    assert "noch nichts bestellt" in await visitor.text("/rechnung.php")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(WHOLE) - 1),
        ("bytes=-7", len(WHOLE) - 7, len(WHOLE) - 1),
        (f"bytes=5-{10**12}", 5, len(WHOLE) - 1),
    ],
)
async def test_a_part_of_the_catalogue_is_that_part(visitor, asked: str, first: int, last: int) -> None:
    status, headers, body = await visitor.get("/katalog.pdf", Range=asked)
    assert (status, headers["content-range"]) == (206, f"bytes {first}-{last}/{len(WHOLE)}")
    assert body == WHOLE[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "bytes=9-3", "lines=1-2", "bytes=-", ""])
async def test_a_range_that_is_not_understood_is_answered_with_all(visitor, asked: str) -> None:
    status, headers, body = await visitor.get("/katalog.pdf", Range=asked)
    assert (status, headers["accept-ranges"], body) == (200, "bytes", WHOLE)


async def test_a_part_beyond_the_end_is_416(visitor) -> None:
    status, headers, _ = await visitor.get("/katalog.pdf", Range=f"bytes={len(WHOLE)}-")
    assert (status, headers["content-range"]) == (416, f"bytes */{len(WHOLE)}")


async def test_a_part_of_another_edition_is_not_sent(visitor) -> None:
    tag = (await visitor.get("/katalog.pdf"))[1]["etag"]
    assert (await visitor.get("/katalog.pdf", Range="bytes=1-", If_Range=tag))[0] == 206
    assert (await visitor.get("/katalog.pdf", Range="bytes=1-", If_Range='"old"'))[0] == 200
