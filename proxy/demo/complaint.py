"""The shop's complaint form: what is wrong with the parcel, and a photo of it."""

from __future__ import annotations

from aiohttp import web

from proxy.demo.layout import QUIRKS, fill, notice, page
from proxy.demo.upload import MAX_FILE, uploaded
from proxy.demo.visits import VISIT

FIELDS = ("kdname", "bestnr", "mangel")


async def complaint(request: web.Request) -> web.StreamResponse:
    values, message = dict.fromkeys(FIELDS, ""), ""
    if request.method == "POST":
        upload = await uploaded(request)
        values |= {name: upload.fields.get(name, "") for name in FIELDS}
        if not upload.whole:
            message = f"Das ist zu groß: ein Foto darf höchstens {MAX_FILE // 2**20} MB haben."
        elif not all(text.strip() for text in values.values()):
            message = "Bitte füllen Sie alle Felder mit Stern aus."
        else:
            photo = f"{upload.file}, {upload.size} Bytes" if upload.file else "keines"
            return await page(request, QUIRKS, "Reklamation", fill("reklamiert.html", values | {"foto": photo}))
    values |= {"sid": request[VISIT].sid, "max": str(MAX_FILE)}
    return await page(request, QUIRKS, "Reklamation", fill("reklamation.html", values, meldung=notice(message)))


ROUTES = (web.get("/reklamation.php", complaint), web.post("/reklamation.php", complaint))
