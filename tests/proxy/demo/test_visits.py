"""Cookies and tokens."""

from __future__ import annotations

from proxy.demo import visits


async def test_a_visit_is_known_by_its_cookie(visitor) -> None:
    assert visits.COOKIE in (await visitor.get("/"))[1]["set-cookie"]
    first, second = await visitor.text("/login.php"), await visitor.get("/login.php")
    assert first == second[2].decode("windows-1252") and "set-cookie" not in second[1]


async def test_without_a_cookie_each_page_is_a_new_visit(stranger) -> None:
    assert await stranger.text("/login.php") != await stranger.text("/login.php")


async def test_a_form_of_another_visit_is_turned_away(visitor, stranger) -> None:
    assert "abgelaufen" in await stranger.send("/login.php", kndnr="1", pw="2")
    assert "abgelaufen" in await visitor.send("/login.php", sid="0" * 32)


async def test_visits_are_forgotten_in_the_end(server, stranger, monkeypatch) -> None:
    monkeypatch.setattr(visits, "MAX_VISITS", 2)
    for _ in range(4):
        await stranger.get("/")
    assert len(server.app[visits.VISITS]) == 2
