"""What visitors save and do not look at: the price list, the catalogue, and the invoice of their last order."""

from __future__ import annotations

import csv
import io
import zlib

from aiohttp import web

from proxy.demo import catalogue
from proxy.demo.layout import CHARSET, fill
from proxy.demo.visits import VISIT, given
from proxy.demo.wares import ARTICLES, euro, lines


async def price_list(request: web.Request) -> web.Response:
    """All articles, as German spreadsheets like it."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";")
    table.writerow(("Art.-Nr.", "Bezeichnung", "Preis in Euro", "Stück"))
    table.writerows((nr, item.name, euro(item.price), item.stock) for nr, item in ARTICLES.items())
    return web.Response(
        body=text.getvalue().encode(CHARSET), headers=_saved("preisliste.csv", f"text/csv; charset={CHARSET}")
    )


async def brochure(request: web.Request) -> web.Response:
    """The catalogue; large for a modem, so it can be fetched in parts."""
    return ranged(request, catalogue.pdf(), _saved("katalog.pdf", "application/pdf"))


async def invoice(request: web.Request) -> web.Response:
    """A page by its type, a file by its disposition."""
    visit = request[VISIT]
    rows, total = lines(visit.ordered)
    values = {"summe": euro(total)} | given(visit, "anrede", "vname", "nname", "str", "plz", "ort")
    empty = "<tr><td colspan=3><i>Sie haben noch nichts bestellt.</i></td></tr>"
    text = fill("rechnung.html", values, zeilen=rows or empty)
    return web.Response(
        body=text.encode(CHARSET, "xmlcharrefreplace"), headers=_saved("rechnung.html", "text/html")
    )


def ranged(request: web.Request, whole: bytes, headers: dict[str, str]) -> web.Response:
    """All of it, or the one range that is asked for; several are answered with all of it (RFC 9110, 14.2)."""
    tag = f'"{len(whole):x}-{zlib.crc32(whole):x}"'
    headers = {"Accept-Ranges": "bytes", "ETag": tag, **headers}
    part = _part(request, tag)
    if part is None:
        return web.Response(body=whole, headers=headers)
    start, stop, _ = part.indices(len(whole))
    if start >= stop:
        raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{len(whole)}"})
    place = f"bytes {start}-{stop - 1}/{len(whole)}"
    return web.Response(status=206, body=whole[start:stop], headers=headers | {"Content-Range": place})


def _part(request: web.Request, tag: str) -> slice | None:
    if "Range" not in request.headers or request.headers.get("If-Range", tag) != tag:
        return None
    try:
        return request.http_range
    except ValueError:
        return None


def _saved(name: str, kind: str) -> dict[str, str]:
    return {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private",
    }


ROUTES = (
    web.get("/preisliste.php", price_list),
    web.get("/katalog.pdf", brochure),
    web.get("/rechnung.php", invoice),
)
