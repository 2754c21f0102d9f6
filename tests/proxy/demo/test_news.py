"""The inline frame of the start page."""

from __future__ import annotations


async def test_the_start_page_shows_the_news_in_a_frame(visitor) -> None:
    assert '<iframe src="/neuigkeiten.php"' in await visitor.text("/")
    assert "Landkarten" in await visitor.text("/neuigkeiten.php")


async def test_an_address_for_the_newsletter_is_repeated(visitor) -> None:
    page = await visitor.send("/neuigkeiten.php", nlmail="jürgen@post.example")
    assert "Der Rundbrief geht ab jetzt an jürgen@post.example." in page


async def test_without_an_address_it_asks_again(visitor) -> None:
    assert "Bitte geben Sie Ihre Adresse an" in await visitor.send("/neuigkeiten.php", nlmail=" ")
