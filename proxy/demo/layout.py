"""How the shop's pages go out: the frame around each, as bytes of an old charset."""

from __future__ import annotations

import gzip
import html
from pathlib import Path
from string import Template
from typing import NamedTuple

from aiohttp import web

from proxy.demo.visits import VISIT, asked

TEMPLATES = {
    path.name: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "templates").iterdir()
}
CHARSET = "iso-8859-1"


class Look(NamedTuple):
    """How a page goes out: old pages differ, and a proxy has to cope with all of them."""

    doctype: str = ""
    meta: str = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">\n'
    header: str = "text/html"
    chunked: bool = False


QUIRKS = Look()
TRANSITIONAL = Look(doctype='<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n')
FRAMESET = Look(doctype='<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN">\n')
HEADER_ONLY = Look(meta="", header="text/html; charset=ISO-8859-1")
CHUNKED = Look(chunked=True)


def fill(template: str, values: dict[str, str], **ready: str) -> str:
    """A template with values escaped, and with parts that are HTML already."""
    return Template(TEMPLATES[template]).substitute({k: html.escape(v) for k, v in values.items()} | ready)


async def page(request: web.Request, look: Look, title: str, content: str) -> web.StreamResponse:
    """One whole page, with the shop's head and navigation."""
    visit = request[VISIT]
    values = {
        "title": title,
        "q": asked(request).get("q", ""),
        "stueck": str(sum(visit.basket.values())),
        "konto": "Abmelden" if visit.customer else "Anmelden",
    }
    text = fill("layout.html", values, doctype=look.doctype, meta=look.meta, inhalt=content)
    return await send(request, look, text)


async def framed(request: web.Request, look: Look, title: str, content: str) -> web.StreamResponse:
    """A page that is shown in a frame of another: it has no head and navigation of its own."""
    text = fill("rahmen.html", {"title": title}, doctype=look.doctype, meta=look.meta, inhalt=content)
    return await send(request, look, text)


async def send(request: web.Request, look: Look, text: str) -> web.StreamResponse:
    """A document as bytes in the shop's charset, gzip where the visitor takes it."""
    body = text.encode(CHARSET, "xmlcharrefreplace")
    headers = {"Content-Type": look.header, "Cache-Control": "private"}
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    if packed:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        body = gzip.compress(body)
    if not look.chunked:
        return web.Response(body=body, headers=headers)
    response = web.StreamResponse(headers=headers)
    response.enable_chunked_encoding()
    await response.prepare(request)
    for at in range(0, len(body), 900):
        await response.write(body[at : at + 900])
    await response.write_eof()
    return response


def notice(text: str) -> str:
    """A message in red."""
    return f'<font color="#CC0000"><b>{html.escape(text)}</b></font><br><br>' if text else ""
