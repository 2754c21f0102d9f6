"""Pages that list: recordings and findings."""

from __future__ import annotations

import csv
import io
from typing import Any

import orjson
from aiohttp import web
from sqlalchemy import Connection

from storage import findings, recordings
from storage.keys import CONFIG, DATABASE
from storage.pages import render
from storage.recordings import PER_PAGE, Recording

SHOWN = 500
"""Findings of one page; a file has them all."""


def routes() -> list[web.RouteDef]:
    return [
        web.get("/", home),
        web.get("/recordings", list_recordings),
        web.get("/findings", list_findings),
        web.get("/findings.{form:csv|json}", export_findings),
    ]


async def home(request: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/recordings")


async def list_recordings(request: web.Request) -> web.Response:
    """The recordings of all sites or of `?site=`, the newest first, `?page=` by page."""
    site, page = _site(request), _page(request)

    def ask(connection: Connection) -> tuple[list[Recording], int]:
        some = recordings.newest(connection, site, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
        return some, recordings.count(connection, site)

    some, total = await request.app[DATABASE].read(ask)
    last = max(1, -(-total // PER_PAGE))
    if page > last:
        raise web.HTTPNotFound
    return render(
        request,
        "recordings.html",
        recordings=some,
        total=total,
        page=page,
        last=last,
        **await _sites(request, site),
    )


async def list_findings(request: web.Request) -> web.Response:
    """Sensitive fields that nobody marked, of all sites or of `?site=`, in the order of `?sort=`."""
    site, order, database = _site(request), _order(request), request.app[DATABASE]
    some = await database.read(findings.listed, site, order, SHOWN)
    return render(
        request,
        "findings.html",
        findings=some,
        order=order,
        total=await database.read(findings.count, site),
        recorded=await database.read(recordings.count),
        **await _sites(request, site),
    )


async def export_findings(request: web.Request) -> web.Response:
    """The same, all of them, as a file."""
    some = await request.app[DATABASE].read(findings.listed, _site(request), _order(request))
    rows = [finding.facts for finding in some]
    if request.match_info["form"] == "json":
        body, kind = orjson.dumps(rows, option=orjson.OPT_INDENT_2), "application/json"
    else:
        body, kind = _csv(rows), "text/csv"
    name = f'attachment; filename="findings.{request.match_info["form"]}"'
    return web.Response(body=body, content_type=kind, charset="utf-8", headers={"Content-Disposition": name})


def _csv(rows: list[dict[str, Any]]) -> bytes:
    """RFC 4180, with a byte order mark for the spreadsheets that want one."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(findings.FACTS)
    for row in rows:
        writer.writerow(_cell(row[name]) for name in findings.FACTS)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    # A spreadsheet would run a stranger's `=HYPERLINK(...)` (OWASP, CSV injection).
    return "'" + value if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") and value else value


def _order(request: web.Request) -> str:
    order = request.query.get("sort", "worst")
    if order not in findings.ORDERS:
        raise web.HTTPNotFound
    return order


async def _sites(request: web.Request, site: str | None) -> dict[str, Any]:
    stored = await request.app[DATABASE].read(recordings.sites)
    configured = [site.name for site in request.app[CONFIG].sites]
    return {"site": site or "", "sites": sorted({*stored, *configured})}


def _site(request: web.Request) -> str | None:
    return request.query.get("site") or None


def _page(request: web.Request) -> int:
    text = request.query.get("page", "1")
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise web.HTTPNotFound
    return int(text[:9])
