"""What the shop sells."""

from __future__ import annotations

from proxy.demo.pictures import ART
from proxy.demo.wares import ARTICLES, euro, lines, shelf


def test_prices_are_written_the_german_way() -> None:
    assert [euro(cents) for cents in (5, 1450, 12800)] == ["0,05", "14,50", "128,00"]


def test_every_article_has_its_picture_and_its_place_on_the_shelf() -> None:
    page = shelf(ARTICLES)
    for nr, article in ARTICLES.items():
        assert article.picture in ART and f"nr={nr}" in page


def test_lines_add_up() -> None:
    rows, total = lines({"1001": 3, "1006": 1})
    assert rows.count("<tr>") == 2 and "43,50" in rows and total == 3 * 1450 + 2200
    assert lines({}) == ("", 0)
