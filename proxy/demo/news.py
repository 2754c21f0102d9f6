"""The shop's news, shown in an inline frame of the start page, with a form of its own for the newsletter."""

from __future__ import annotations

from aiohttp import web

from proxy.demo.layout import QUIRKS, fill, framed, notice
from proxy.demo.visits import VISIT, posted


async def news(request: web.Request) -> web.StreamResponse:
    message, mail = "", ""
    if request.method == "POST":
        mail = (await posted(request)).get("nlmail", "").strip()
        # That it repeats the address is what such shops did, and what a recording must not show.
        message = f"Der Rundbrief geht ab jetzt an {mail}." if "@" in mail else "Bitte geben Sie Ihre Adresse an."
    content = fill("neuigkeiten.html", {"sid": request[VISIT].sid, "nlmail": mail}, meldung=notice(message))
    return await framed(request, QUIRKS, "Neuigkeiten", content)


ROUTES = (web.get("/neuigkeiten.php", news), web.post("/neuigkeiten.php", news))
