"""Visits: what the shop remembers, and what visitors send."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler

COOKIE = "ASPSESSIONID"
FORM_CHARSET = "windows-1252"  # what browsers mean by ISO-8859-1
MAX_VISITS = 1000


@dataclass
class Visit:
    """What the shop remembers of one visitor."""

    sid: str = field(default_factory=lambda: secrets.token_hex(16))
    basket: dict[str, int] = field(default_factory=dict)
    ordered: dict[str, int] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    customer: str = ""


VISITS: web.AppKey[OrderedDict[str, Visit]] = web.AppKey("visits", OrderedDict)
VISIT: web.RequestKey[Visit] = web.RequestKey("visit", Visit)
NEW: web.RequestKey[str] = web.RequestKey("new", str)


@web.middleware
async def remember(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the visit of the cookie, or begin one."""
    visits = request.app[VISITS]
    key = request.cookies.get(COOKIE, "")
    if key not in visits:
        request[NEW] = key = secrets.token_hex(12)
        visits[key] = Visit()
        if len(visits) > MAX_VISITS:
            visits.popitem(last=False)
    request[VISIT] = visits[key]
    return await handler(request)


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Signal `on_response_prepare`: a server of its time, and a cookie for whoever is new.

    aiohttp has written its own cookies into the headers before it sends this signal.
    """
    response.headers["Server"] = "Apache/1.3.20 (Unix) PHP/4.0.6"
    if NEW in request:
        response.headers.add("Set-Cookie", f"{COOKIE}={request[NEW]}; Path=/; HttpOnly")


async def posted(request: web.Request) -> dict[str, str]:
    """The fields of a form, in the charset of the page that it was on. Raises HTTPForbidden."""
    text = (await request.read()).decode("ascii", "replace")
    form = dict(parse_qsl(text, keep_blank_values=True, encoding=FORM_CHARSET, errors="replace"))
    refuse_other_visits(request, form)
    return form


def refuse_other_visits(request: web.Request, form: dict[str, str]) -> None:
    """Raises HTTPForbidden when a form was filled in on a page of another visit."""
    if form.get("sid") != request[VISIT].sid:
        raise web.HTTPForbidden(text="Ihre Sitzung ist abgelaufen.")


def asked(request: web.Request) -> dict[str, str]:
    """The query, in the same charset."""
    text = request.rel_url.raw_query_string
    return dict(parse_qsl(text, keep_blank_values=True, encoding=FORM_CHARSET, errors="replace"))


def given(visit: Visit, *names: str) -> dict[str, str]:
    """What the visitor has typed into these fields so far."""
    return {name: visit.given.get(name, "") for name in names}
