"""A person's own account: a session left open is not enough to take it over."""

from __future__ import annotations

import re

import aiohttp

from storage import app

PASSWORD = "vier alte Fahrräder"


async def test_the_password_changes_and_other_sessions_end(inside, config):
    async with (
        app.serving(config) as port,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        other = type(inside)(config, f"http://127.0.0.1:{port}", http)
        await other.login()
        assert (await other.get("/recordings"))[0].url.path == "/recordings"
        change = {"new": "fünf neue Räder", "again": "fünf neue Räder"}
        answer, text = await inside.post("/account/password", page="/account", present="falsch!!", **change)
        assert (answer.status, "present password is wrong" in text) == (403, True)
        answer, _ = await inside.post("/account/password", page="/account", present=PASSWORD, **change)
        assert answer.status == 303
        assert (await inside.get("/recordings"))[0].url.path == "/recordings"
        assert (await other.get("/recordings"))[0].url.path == "/login"
        assert (await other.login())[0].status == 403
        assert (await other.login(password="fünf neue Räder"))[0].status == 303


async def test_a_session_can_be_ended_and_only_ones_own(inside, config):
    async with (
        app.serving(config) as port,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        other = type(inside)(config, f"http://127.0.0.1:{port}", http)
        await other.login()
        _, text = await inside.get("/account")
        (key,) = re.findall(r'name="session" value="([0-9a-f]+)"', text)
        answer, _ = await inside.post("/account/sessions", page="/account", session=key)
        assert answer.status == 303
        assert (await other.get("/recordings"))[0].url.path == "/login"
        answer, _ = await inside.post("/account/sessions", page="/account", session=key)
        assert answer.status == 404


async def test_where_none_is_required_a_second_factor_may_be_set_up(inside):
    _, text = await inside.get("/account")
    assert "Not set up" in text
    answer, _ = await inside.get("/second-factor")
    assert answer.url.path == "/second-factor"


async def test_guessing_the_password_of_an_open_session_is_slowed_down(inside):
    form = {"page": "/account", "new": "x" * 9, "again": "x" * 9}
    statuses = [(await inside.post("/account/password", present=f"n{n}", **form))[0].status for n in range(4)]
    assert statuses == [403, 403, 403, 429]
