"""What the pages do, without script."""

from __future__ import annotations

import json
import re

import pytest

from proxy.demo.fields import FIELDS


def values(page: str) -> dict[str, str]:
    return {field.name: field.value for field in FIELDS if field.page == page}


async def test_a_search_repeats_the_term_and_finds(visitor) -> None:
    page = await visitor.text("/suche.php?q=gr%FCn")
    assert "<b>grün</b>" in page and "Schreibmaschine" in page and "Zinkeimer" not in page


async def test_what_a_visitor_types_is_escaped(visitor) -> None:
    assert "&lt;b&gt;" in await visitor.text("/suche.php?q=%3Cb%3E")


async def test_the_stock_comes_as_json(visitor) -> None:
    _, headers, body = await visitor.get("/lager.php?nr=1003")
    assert headers["content-type"].startswith("application/json")
    assert json.loads(body) == {"nr": "1003", "bestand": 2, "lieferzeit": "2-3 Tage"}


async def test_unknown_articles_and_pictures_are_404(visitor) -> None:
    assert (await visitor.get("/artikel.php?nr=1"))[0] == 404
    assert (await visitor.get("/bilder/1.png"))[0] == 404


async def test_the_basket_adds_up(visitor) -> None:
    page = await visitor.text("/artikel.php?nr=1001")
    sid = page.partition('name="sid" value="')[2].partition('"')[0]
    page = await visitor.send("/korb.php", sid=sid, nr="1001", menge="3")
    assert "43,50" in page and "Warenkorb (3)" in page
    assert "leider abgelaufen" in await visitor.send("/korb.php", gutschein="OSTERN")


async def test_a_wrong_password_is_repeated(visitor) -> None:
    page = await visitor.send("/login.php", kndnr="1", pw='Gänse"füßchen')
    assert "Das Kennwort &quot;Gänse&quot;füßchen&quot; passt nicht" in page


async def test_the_right_password_logs_in(visitor) -> None:
    assert "Abmelden" in await visitor.send("/login.php", kndnr="10001", pw="Zinkeimer")


@pytest.mark.parametrize("path", ["/kasse1.php", "/kasse2.php"])
async def test_a_page_left_empty_comes_again(visitor, path: str) -> None:
    assert "Bitte" in await visitor.send(path)


async def test_the_review_repeats_address_card_and_account(visitor) -> None:
    assert "Schritt 2" in await visitor.send("/kasse1.php", **values("/kasse1.php"))
    review = await visitor.send("/kasse2.php", **values("/kasse2.php"))
    given = values("/kasse1.php") | values("/kasse2.php")
    for name in given.keys() - {"mtan", "cvc", "gueltig", "zahlart"}:
        assert given[name] in review
    assert given["mtan"] not in review and given["cvc"] not in re.sub(r'"[0-9a-f]{32}"', "", review)
    thanks = await visitor.send("/kasse3.php", **values("/kasse3.php"))
    assert "Bestellung abgeschickt" in thanks and "Fleckenstein" in thanks


@pytest.mark.parametrize("path", ["/skript.js", "/bilder/uhr.png", "/bilder/neu.gif"])
async def test_the_pages_parts_are_there(visitor, path: str) -> None:
    assert (await visitor.get(path))[0] == 200
