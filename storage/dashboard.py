"""Pages that list: recordings and findings."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from storage import findings, recordings
from storage.keys import CONFIG, DATABASE
from storage.pages import render
from storage.recordings import PER_PAGE, Recording


def routes() -> list[web.RouteDef]:
    return [
        web.get("/", home),
        web.get("/recordings", list_recordings),
        web.get("/findings", list_findings),
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
    """Sensitive fields that nobody marked, of all sites or of `?site=`."""
    site = _site(request)
    some = await request.app[DATABASE].read(findings.latest, site)
    return render(request, "findings.html", findings=some, **await _sites(request, site))


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
