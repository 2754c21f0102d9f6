"""Logging in and out, step by step."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from storage import accounts, audit, passwords, second_factor, sessions, transport
from storage.gate import CODE, ENROL, FIRST_PASSWORD, LOGOUT, SESSION, step
from storage.keys import CONFIG, DATABASE, THROTTLE
from storage.pages import render

# An address that logged in to the account in this time is no stranger to it.
KNOWN_SECONDS = 90 * 86400.0
WRONG = "E-mail address or password is wrong."


def routes() -> list[web.RouteDef]:
    return [
        web.get("/login", login_page),
        web.post("/login", login),
        web.post(LOGOUT, logout),
        web.get(FIRST_PASSWORD, first_password_page),
        web.post(FIRST_PASSWORD, first_password),
        web.get(CODE, code_page),
        web.post(CODE, code),
        web.get(ENROL, enrol_page),
        web.post(ENROL, enrol),
    ]


async def login_page(request: web.Request) -> web.Response:
    if SESSION in request:
        raise web.HTTPSeeOther("/")
    return render(request, "login.html", email="", problem="")


async def login(request: web.Request) -> web.Response:
    """E-mail address and password. Says the same, and works as long, whether the account is there or not."""
    form, database = await request.post(), request.app[DATABASE]
    typed, password = str(form.get("email", ""))[:254], str(form.get("password", ""))
    try:
        email = accounts.normalize(typed)
    except ValueError:
        email = ""
    address = transport.address(request)
    known = await database.read(audit.known_address, email, address, time.time() - KNOWN_SECONDS)
    if wait := request.app[THROTTLE].begin(email, address, stranger=not known):
        return slow_down(request, "login.html", wait, email=typed)
    found = await database.read(accounts.kept_password, email)
    good = await passwords.matches(password, found[1] if found else None)
    if not (good and found and await _use(request, found[0])):
        await database.write(
            audit.note, "refused", account=found[0].email if found else "", address=address, detail="password"
        )
        return render(request, "login.html", 403, email=typed, problem=WRONG)
    request.app[THROTTLE].succeeded(email, address)
    return await _enter(request, found[0], second_factor=False)


async def _use(request: web.Request, account: accounts.Account) -> bool:
    """A first password is used up by its first login."""
    if not account.first_password:
        return True
    return await request.app[DATABASE].write(accounts.use_first_password, account.id)


async def logout(request: web.Request) -> web.Response:
    session = request[SESSION]

    def leave(connection: Connection) -> None:
        sessions.end(connection, session.digest, session.account.id)
        audit.note(connection, "logout", account=session.account.email, address=transport.address(request))

    await request.app[DATABASE].write(leave)
    response = web.HTTPSeeOther("/login")
    transport.set_token(request, response, sessions.new_token())
    raise response


async def first_password_page(request: web.Request) -> web.Response:
    return render(request, "first_password.html", problem="")


async def first_password(request: web.Request) -> web.Response:
    """The first password was good for this one login; here the person chooses their own."""
    form, session = await request.post(), request[SESSION]
    problem = await change_password(request, str(form.get("new", "")), str(form.get("again", "")))
    if problem:
        return render(request, "first_password.html", 400, problem=problem)
    return await _enter(request, session.account, second_factor=False)


async def change_password(request: web.Request, new: str, again: str) -> str:
    """Set the password of the session's account; what is wrong with it, or nothing. Ends other sessions."""
    session = request[SESSION]
    if new != again:
        return "The two passwords differ."
    try:
        passwords.check(new, session.account.email)
    except passwords.Weak as weak:
        return str(weak)
    hashed = await passwords.digest_async(new)

    def change(connection: Connection) -> None:
        accounts.change_password(connection, session.account.id, hashed, session.digest)
        audit.note(connection, "password", account=session.account.email, address=transport.address(request))

    await request.app[DATABASE].write(change)
    return ""


async def code_page(request: web.Request) -> web.Response:
    return render(request, "code.html", problem="")


async def code(request: web.Request) -> web.Response:
    """The second factor's code at login."""
    return await _prove(request, "code.html")


async def enrol_page(request: web.Request) -> web.Response:
    return render(request, "enrol.html", problem="", **await _secret(request))


async def enrol(request: web.Request) -> web.Response:
    """The first code proves that the person's app has the secret."""
    return await _prove(request, "enrol.html", **await _secret(request))


async def _secret(request: web.Request) -> dict[str, Any]:
    account = request[SESSION].account
    key = await request.app[DATABASE].write(second_factor.secret, account.id)
    return {"key": key, "qr": second_factor.qr(key, account.email)}


async def _prove(request: web.Request, template: str, **facts: Any) -> web.Response:
    session, database, address = request[SESSION], request.app[DATABASE], transport.address(request)
    throttle, name = request.app[THROTTLE], f"code of {session.account.id}"
    if wait := throttle.begin(name, address, stranger=True):
        return slow_down(request, template, wait, **facts)
    typed = str((await request.post()).get("code", ""))
    if not await database.write(second_factor.use_code, session.account.id, typed):
        await database.write(audit.note, "refused", account=session.account.email, address=address, detail="code")
        return render(request, template, 403, problem="This code is wrong or was used before.", **facts)
    throttle.succeeded(name, address)
    return await _enter(request, session.account, second_factor=True)


def slow_down(request: web.Request, template: str, wait: float, **facts: Any) -> web.Response:
    """The page again, with how long to wait in whole seconds."""
    seconds = int(wait) + 1
    problem = f"Too many tries. Wait {seconds} s and try again."
    response = render(request, template, 429, problem=problem, **facts)
    response.headers["Retry-After"] = str(seconds)
    return response


async def _enter(request: web.Request, account: accounts.Account, *, second_factor: bool) -> web.Response:
    """A new session with a new token, the old one gone: nobody can hand out a token and wait for a login."""
    database, address = request.app[DATABASE], transport.address(request)
    required, old = request.app[CONFIG].storage.require_second_factor, request.get(SESSION)

    def change(connection: Connection) -> str:
        if old is not None:
            sessions.end(connection, old.digest, old.account.id)
        agent = request.headers.get("User-Agent", "")
        token = sessions.start(connection, account.id, second_factor=second_factor, address=address, agent=agent)
        found = sessions.find(connection, token)
        complete = found is not None and step(found[0], second_factor_required=required) is None
        action = "login" if complete else "login begun"
        audit.note(connection, action, account=account.email, address=address)
        return token

    response = web.HTTPSeeOther("/")
    transport.set_token(request, response, await database.write(change))
    raise response
