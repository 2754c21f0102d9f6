"""Logging in: what is refused says nothing, what is granted is one session with a new token."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager

import aiohttp
import pyotp
import pytest
from sqlalchemy import select, update

from storage import app, commands, database, second_factor, sessions
from storage.keys import THROTTLE
from storage.tables import accounts, audit
from storage.tables import sessions as session_table

EMAIL, PASSWORD = "ada@example.org", "vier alte Fahrräder"
CLOSED = ["/", "/recordings", "/findings", "/account", "/recordings/recording-0000000001",
          "/recordings/recording-0000000001/events", "/recordings/recording-0000000001/export"]  # fmt: skip


def cookie(service) -> str:
    return next(one.value for one in service.http.cookie_jar if one.key == "milchglas")


def rows(service, table) -> list:
    with database.connect(service.config) as connection:
        return list(connection.execute(select(table)))


def change(service, statement) -> None:
    with database.connect(service.config, write=True) as connection:
        connection.execute(statement)


def noted(service) -> list[tuple[str, str, str]]:
    return [(row.action, row.account, row.detail) for row in rows(service, audit)]


@asynccontextmanager
async def running(config, like):
    async with (
        app.serving(config) as port,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        yield type(like)(config, f"http://127.0.0.1:{port}", http)


@pytest.mark.parametrize("path", CLOSED)
async def test_nothing_shows_without_a_login(service, path):
    await service.put()
    answer, _ = await service.get(path, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/login")


async def test_login_and_logout(service):
    answer, _ = await service.login()
    assert answer.status == 303
    answer, text = await service.get("/recordings")
    assert answer.status == 200
    assert "Nothing recorded yet" in text
    answer, _ = await service.post("/logout", page="/recordings")
    assert answer.headers["Location"] == "/login"
    answer, _ = await service.get("/recordings", allow_redirects=False)
    assert answer.status == 303
    assert rows(service, session_table) == []


async def test_an_address_is_the_same_however_it_is_typed(service):
    answer, _ = await service.login("  ADA@Example.org ")
    assert answer.status == 303


async def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(service):
    wrong, told = await service.login(password="not this one")
    unknown, told_again = await service.login("nobody@example.org", "not this one")
    assert (wrong.status, unknown.status) == (403, 403)
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", told) == strip.sub("", told_again)
    assert "E-mail address or password is wrong." in told


async def test_an_unknown_account_takes_as_long(service):
    async def seconds(email: str) -> float:
        start = time.perf_counter()
        await service.login(email, "not this one")
        return time.perf_counter() - start

    await seconds("warm@example.org")
    known = min([await seconds(EMAIL) for _ in range(3)])
    unknown = min([await seconds(f"n{n}@example.org") for n in range(3)])
    assert 0.4 < unknown / known < 2.5


async def test_the_token_is_new_at_login_and_the_old_one_is_worth_nothing(service):
    await service.get("/login")
    before = cookie(service)
    await service.login()
    after = cookie(service)
    assert after != before
    jar = {"Cookie": f"milchglas={before}"}
    async with (
        aiohttp.ClientSession() as http,
        http.get(service.url + "/recordings", headers=jar, allow_redirects=False) as answer,
    ):
        assert answer.status == 303


async def test_the_database_does_not_know_the_token(inside):
    (row,) = rows(inside, session_table)
    token = cookie(inside)
    assert len(token) >= 43  # 256 bits
    assert token not in str(row)
    assert row.digest == sessions.digest(token)


async def test_the_cookie_is_for_this_host_and_no_script(service):
    _ = await service.csrf()
    data = {"csrf": await service.csrf(), "email": EMAIL, "password": PASSWORD}
    async with service.http.post(service.url + "/login", data=data, allow_redirects=False) as answer:
        (header,) = answer.headers.getall("Set-Cookie")
    assert header.startswith("milchglas=")
    assert "HttpOnly" in header and "SameSite=Lax" in header and "Path=/" in header
    assert "Domain" not in header and "Max-Age" not in header


@pytest.mark.parametrize(
    ("csrf", "headers"),
    [
        ("", {}),
        ("wrong", {}),
        (None, {"Origin": "https://evil.example"}),
        (None, {"Origin": "null"}),
        (None, {"Sec-Fetch-Site": "cross-site"}),
        (None, {"Sec-Fetch-Site": "same-site"}),
    ],
)
@pytest.mark.parametrize("path", ["/login", "/logout", "/account/password", "/account/sessions"])
async def test_a_form_of_another_site_is_refused(inside, path, csrf, headers):
    data = {"csrf": await inside.csrf("/account") if csrf is None else csrf, "present": PASSWORD}
    async with inside.http.post(inside.url + path, data=data, headers=headers, allow_redirects=False) as answer:
        assert answer.status == 403
    answer, _ = await inside.get("/recordings", allow_redirects=False)
    assert answer.status == 200


async def test_a_form_of_another_session_is_refused(inside):
    async with running(inside.config, inside) as other:
        foreign = await other.csrf()
    async with inside.http.post(inside.url + "/logout", data={"csrf": foreign}, allow_redirects=False) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    ("column", "age"), [("seen", sessions.IDLE_SECONDS + 1), ("created", sessions.ABSOLUTE_SECONDS + 1)]
)
async def test_a_session_runs_out(inside, column, age):
    change(inside, update(session_table).values({column: time.time() - age}))
    answer, _ = await inside.get("/recordings", allow_redirects=False)
    assert answer.status == 303


async def test_a_disabled_account_is_out_at_once(inside):
    commands.disable_user(inside.config, EMAIL)
    answer, _ = await inside.get("/recordings", allow_redirects=False)
    assert answer.status == 303
    answer, _ = await inside.login()
    assert answer.status == 403


async def test_a_first_password_is_good_for_one_login_and_must_be_changed(service):
    first = commands.add_user(service.config, "bob@example.org")
    answer, _ = await service.login("bob@example.org", first)
    assert answer.status == 303
    for path in ("/recordings", "/account", "/second-factor"):
        answer, _ = await service.get(path, allow_redirects=False)
        assert answer.headers["Location"] == "/first-password"
    async with running(service.config, service) as other:
        answer, _ = await other.login("bob@example.org", first)
        assert answer.status == 403
    for new, again in [("kurz", "kurz"), ("password1", "password1"), ("drei Worte da", "drei Worte hier"),
                       ("bob@example.org", "bob@example.org")]:  # fmt: skip
        answer, _ = await service.post("/first-password", new=new, again=again)
        assert answer.status == 400
    answer, _ = await service.post("/first-password", new="drei Worte da", again="drei Worte da")
    assert answer.status == 303
    answer, _ = await service.get("/recordings")
    assert answer.status == 200
    async with running(service.config, service) as other:
        answer, _ = await other.login("bob@example.org", "drei Worte da")
        assert answer.status == 303


async def test_guessing_costs_more_with_every_try_and_never_locks_for_ever(service):
    statuses = [(await service.login(password=f"guess {n}"))[0].status for n in range(4)]
    assert statuses == [403, 403, 403, 429]
    answer, text = await service.login()
    assert answer.status == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Wait" in text
    await asyncio.sleep(1.2)
    answer, _ = await service.login()
    assert answer.status == 303


async def test_every_try_is_noted_and_no_password_with_it(service):
    await service.login(password="not this one")
    await service.login("typed-my-password-here@x", "not this one")
    await service.login()
    await service.post("/logout", page="/recordings")
    assert noted(service)[1:] == [
        ("refused", EMAIL, "password"),
        ("refused", "", "password"),
        ("login", EMAIL, ""),
        ("logout", EMAIL, ""),
    ]


@pytest.fixture
async def strict(make_config, service):
    """A service that asks everybody for a second factor."""
    async with running(make_config(require_second_factor=True), service) as other:
        yield other


async def enrol(service) -> pyotp.TOTP:
    _, text = await service.get("/second-factor")
    key = re.search(r'class="key">([A-Z2-7 ]+)<', text)[1].replace(" ", "")
    return pyotp.TOTP(key)


async def test_the_second_factor_is_set_up_at_the_first_login_and_asked_for_ever_after(strict):
    await strict.login()
    answer, text = await strict.get("/recordings")
    assert answer.url.path == "/second-factor"
    assert "<svg" in text
    totp = await enrol(strict)
    answer, _ = await strict.post("/second-factor", code="000000")
    assert answer.status == 403
    answer, _ = await strict.post("/second-factor", code=totp.now())
    assert answer.status == 303
    assert (await strict.get("/recordings"))[0].url.path == "/recordings"
    await strict.post("/logout", page="/recordings")

    await strict.login()
    assert (await strict.get("/recordings"))[0].url.path == "/code"
    for path in ("/account", "/second-factor", "/recordings/recording-0000000001/export"):
        assert (await strict.get(path))[0].url.path == "/code"
    answer, _ = await strict.post("/code", code=totp.now())
    assert answer.status == 403, "a code was used twice"
    later = totp.at(int(time.time()) + second_factor.STEP_SECONDS)
    answer, _ = await strict.post("/code", code=f"{later[:3]} {later[3:]}")
    assert answer.status == 303
    assert (await strict.get("/recordings"))[0].url.path == "/recordings"


async def test_codes_cannot_be_guessed(strict):
    await strict.login()
    statuses = [(await strict.post("/second-factor", code=f"{n:06}"))[0].status for n in range(4)]
    assert statuses == [403, 403, 403, 429]


async def test_the_secret_does_not_show_again_once_it_is_proved(strict):
    await strict.login()
    totp = await enrol(strict)
    await strict.post("/second-factor", code=totp.now())
    _, text = await strict.get("/second-factor")
    assert totp.secret not in text.replace(" ", "")


async def test_a_reset_forgets_the_second_factor_and_ends_the_sessions(strict):
    await strict.login()
    totp = await enrol(strict)
    await strict.post("/second-factor", code=totp.now())
    first = commands.reset_user(strict.config, EMAIL)
    assert (await strict.get("/recordings"))[0].url.path == "/login"
    await strict.login(password=first)
    assert (await strict.get("/recordings"))[0].url.path == "/first-password"
    await strict.post("/first-password", new="drei Worte da", again="drei Worte da")
    assert (await strict.get("/recordings"))[0].url.path == "/second-factor"
    assert (await enrol(strict)).secret != totp.secret


async def test_the_throttle_lets_the_owner_in_while_strangers_hammer(service, config):
    application = app.make_app(config)
    throttle = application[THROTTLE]
    for n in range(40):
        throttle.begin(EMAIL, f"203.0.113.{n}", stranger=True)
    assert throttle.begin(EMAIL, "203.0.113.99", stranger=True) > 0
    assert throttle.begin(EMAIL, "192.0.2.1", stranger=False) == 0


async def test_passwords_are_kept_by_argon2id_of_enough_memory(service):
    (row,) = rows(service, accounts)
    name, version, cost = row.password.split("$")[1:4]
    assert (name, version) == ("argon2id", "v=19")
    parts = dict(part.split("=") for part in cost.split(","))
    assert (int(parts["m"]) >= 46 * 1024, parts["t"], parts["p"]) == (True, "1", "1")
