"""A person's own account: password, second factor, open sessions."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from storage import accounts, audit, passwords, second_factor, sessions, transport
from storage.auth import change_password
from storage.gate import SESSION
from storage.keys import CONFIG, DATABASE, THROTTLE
from storage.pages import render

DONE = {
    "password": "Your password is changed; your other sessions have ended.",
    "session": "The session has ended.",
    "factor": "The second factor is removed.",
}


def routes() -> list[web.RouteDef]:
    return [
        web.get("/account", page),
        web.post("/account/password", password),
        web.post("/account/sessions", end_session),
        web.post("/account/second-factor", remove_second_factor),
    ]


async def page(request: web.Request) -> web.Response:
    return await _page(request, done=DONE.get(request.query.get("done", ""), ""))


async def _page(request: web.Request, status: int = 200, **facts: Any) -> web.Response:
    listed = await request.app[DATABASE].read(sessions.of_account, request[SESSION].account.id)
    required = request.app[CONFIG].storage.require_second_factor
    facts = {"done": "", "problem": "", **facts}
    return render(request, "account.html", status, listed=listed, required=required, **facts)


async def password(request: web.Request) -> web.Response:
    """Change the password; the present one is asked for, so that a session left open is not enough."""
    form = await request.post()
    if refusal := await _prove_password(request, str(form.get("present", ""))):
        return refusal
    problem = await change_password(request, str(form.get("new", "")), str(form.get("again", "")))
    if problem:
        return await _page(request, 400, problem=problem)
    raise web.HTTPSeeOther("/account?done=password")


async def remove_second_factor(request: web.Request) -> web.Response:
    """Forget the second factor, for a new phone. Where one is required, the next page sets up another."""
    form, account = await request.post(), request[SESSION].account
    if refusal := await _prove_password(request, str(form.get("present", ""))):
        return refusal

    def change(connection: Connection) -> None:
        second_factor.remove(connection, account.id)
        audit.note(connection, "second factor removed", account=account.email, address=transport.address(request))

    await request.app[DATABASE].write(change)
    raise web.HTTPSeeOther("/account?done=factor")


async def end_session(request: web.Request) -> web.Response:
    """End one of the account's own sessions."""
    key, account = str((await request.post()).get("session", "")), request[SESSION].account
    if not await request.app[DATABASE].write(sessions.end, key, account.id):
        raise web.HTTPNotFound
    raise web.HTTPSeeOther("/account?done=session")


async def _prove_password(request: web.Request, typed: str) -> web.Response | None:
    account, address = request[SESSION].account, transport.address(request)
    throttle = request.app[THROTTLE]
    if wait := throttle.begin(account.email, address, stranger=False):
        response = await _page(request, 429, problem=f"Too many tries. Wait {int(wait) + 1} s and try again.")
        response.headers["Retry-After"] = str(int(wait) + 1)
        return response
    found = await request.app[DATABASE].read(accounts.kept_password, account.email)
    if not await passwords.matches(typed, found[1] if found else None):
        return await _page(request, 403, problem="Your present password is wrong.")
    throttle.succeeded(account.email, address)
    return None
