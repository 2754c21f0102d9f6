"""The shop's help: a frameset, the topics in its one frame, a text in the other."""

from __future__ import annotations

from aiohttp import web

from proxy.demo.layout import FRAMESET, HEADER_ONLY, QUIRKS, fill, framed, send
from proxy.demo.visits import asked

TEXTS = {
    "bestellen": ("So bestellen Sie", "hilfe_bestellen.html"),
    "versand": ("Versand und Verpackung", "hilfe_versand.html"),
    "rueckgabe": ("Rückgabe und Bruch", "hilfe_rueckgabe.html"),
}


async def frames(request: web.Request) -> web.StreamResponse:
    """The page that holds the two frames."""
    return await send(request, FRAMESET, fill("hilfe.html", {}, doctype=FRAMESET.doctype, meta=FRAMESET.meta))


async def topics(request: web.Request) -> web.StreamResponse:
    """The list of topics, each a link into the other frame."""
    links = "".join(
        f'<tr><td>&#183; <a href="/hilfe_text.php?thema={topic}" target="inhalt">{title}</a></td></tr>'
        for topic, (title, _) in TEXTS.items()
    )
    return await framed(request, QUIRKS, "Themen", fill("hilfe_themen.html", {}, themen=links))


async def text(request: web.Request) -> web.StreamResponse:
    """The text of one topic."""
    topic = asked(request).get("thema", "")
    if topic not in TEXTS:
        raise web.HTTPNotFound(text="Zu diesem Thema gibt es keine Hilfe.")
    title, template = TEXTS[topic]
    return await framed(request, HEADER_ONLY, title, fill(template, {}))


ROUTES = (web.get("/hilfe.php", frames), web.get("/hilfe_themen.php", topics), web.get("/hilfe_text.php", text))
