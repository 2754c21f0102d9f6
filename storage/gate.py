"""Who may pass: every request is looked at here before its handler, and what is not named open needs a login.

A login has steps (LADDER): a first password is changed, a second factor set up, a code given. A session that
has a step before it reaches that step's page and the way out, nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from storage import sessions, transport
from storage.keys import CONFIG, DATABASE
from storage.sessions import Session

SESSION: web.RequestKey[Session] = web.RequestKey("session", Session)

OPEN = ("/login", "/livez")
OPEN_FOLDERS = ("/static/", "/api/")
LOGOUT, FIRST_PASSWORD, CODE, ENROL = "/logout", "/first-password", "/code", "/second-factor"
LADDER = (FIRST_PASSWORD, CODE, ENROL)
FORM_LIMIT = 64 * 1024

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def step(session: Session, *, second_factor_required: bool) -> str | None:
    """The path of the page that this session must pass next; None once it is complete."""
    if session.account.first_password:
        return FIRST_PASSWORD
    if session.account.second_factor and not session.second_factor:
        return CODE
    if second_factor_required and not session.account.second_factor:
        return ENROL
    return None


def next_step(request: web.Request) -> str | None:
    """`step` for the session of this request."""
    required = request.app[CONFIG].storage.require_second_factor
    return step(request[SESSION], second_factor_required=required)


@web.middleware
async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the session, refuse what it may not have, and refuse forms that are not ours."""
    path = request.path
    if path.startswith(OPEN_FOLDERS):
        return await handler(request)
    session = await _session(request)
    if session is not None:
        request[SESSION] = session
    if request.method not in ("GET", "HEAD"):
        await _check_form(request)
    if path in OPEN:
        return await handler(request)
    if session is None:
        raise web.HTTPSeeOther("/login")
    if path != LOGOUT and (elsewhere := _elsewhere(request, path)):
        raise web.HTTPSeeOther(elsewhere)
    return await handler(request)


def _elsewhere(request: web.Request, path: str) -> str | None:
    needed = next_step(request)
    if path not in LADDER or path == needed:
        return needed if path != needed else None
    # Whoever need not have a second factor may still set one up.
    if path == ENROL and needed is None and not request[SESSION].account.second_factor:
        return None
    return needed or "/"


async def _session(request: web.Request) -> Session | None:
    token, database = transport.token(request), request.app[DATABASE]
    found = await database.read(sessions.find, token) if token else None
    if found is None:
        return None
    session, seen = found
    if time.time() - seen > sessions.SEEN_SECONDS:
        await database.write(sessions.touch, session.digest)
    return session


async def _check_form(request: web.Request) -> None:
    if (request.content_length or 0) > FORM_LIMIT:
        raise web.HTTPRequestEntityTooLarge(FORM_LIMIT, request.content_length or 0)
    token = transport.token(request)
    form = await request.post()
    if not (token and transport.own_page(request) and sessions.csrf_fits(token, str(form.get("csrf", "")))):
        raise web.HTTPForbidden(reason="This form is out of date. Load the page again and send it once more.")
