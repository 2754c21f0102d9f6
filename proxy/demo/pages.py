"""The shop's pages: one handler a page, and the table of all of them."""

from __future__ import annotations

import json

from aiohttp import web

from proxy.demo import pictures
from proxy.demo.layout import CHUNKED, HEADER_ONLY, QUIRKS, TEMPLATES, TRANSITIONAL, fill, notice, page
from proxy.demo.visits import VISIT, asked, given, posted
from proxy.demo.wares import ARTICLES, euro, lines, shelf

ADDRESS = ("anrede", "vname", "nname", "str", "plz", "ort", "gebdat", "mail", "tel")
PAYMENT = ("zahlart", "knr", "inhaber", "gueltig", "cvc", "ktonr")
ACCOUNTS = {"10001": "Zinkeimer"}


async def start(request: web.Request) -> web.StreamResponse:
    return await page(request, CHUNKED, "Startseite", fill("start.html", {}, artikel=shelf(ARTICLES)))


async def search(request: web.Request) -> web.StreamResponse:
    term = asked(request).get("q", "")
    found = {
        nr: article for nr, article in ARTICLES.items() if term.lower() in f"{article.name} {article.text}".lower()
    }
    values = {"begriff": term, "anzahl": str(len(found))}
    return await page(request, QUIRKS, "Suche", fill("suche.html", values, artikel=shelf(found)))


async def article(request: web.Request) -> web.StreamResponse:
    nr = asked(request).get("nr", "")
    if nr not in ARTICLES:
        raise web.HTTPNotFound(text="Diesen Artikel gibt es nicht (mehr).")
    item = ARTICLES[nr]
    values = {"nr": nr, "name": item.name, "bild": item.picture, "text": item.text, "preis": euro(item.price)}
    content = fill("artikel.html", values | {"sid": request[VISIT].sid})
    return await page(request, QUIRKS, item.name, content)


async def stock(request: web.Request) -> web.Response:
    nr = asked(request).get("nr", "")
    known = {"nr": nr, "bestand": ARTICLES[nr].stock if nr in ARTICLES else 0, "lieferzeit": "2-3 Tage"}
    return web.Response(text=json.dumps(known), content_type="application/json")


async def basket(request: web.Request) -> web.StreamResponse:
    visit, message = request[VISIT], ""
    if request.method == "POST":
        form = await posted(request)
        if form.get("nr") in ARTICLES:
            amount = form.get("menge", "1")
            visit.basket[form["nr"]] = int(amount) if amount.isdecimal() and int(amount) < 1000 else 1
            raise web.HTTPSeeOther("/korb.php")
        visit.given["gutschein"] = form.get("gutschein", "")
        if visit.given["gutschein"]:
            message = "Dieser Gutschein ist leider abgelaufen."
        elif form.get("rabattcode"):
            message = "Dieser Händler ist uns nicht bekannt."
    rows, total = lines(visit.basket)
    values = {"sid": visit.sid, "summe": euro(total)} | given(visit, "gutschein")
    empty = "<tr><td colspan=3><i>Ihr Warenkorb ist leer.</i></td></tr>"
    content = fill("korb.html", values, zeilen=rows or empty, meldung=notice(message))
    return await page(request, QUIRKS, "Warenkorb", content)


async def login(request: web.Request) -> web.StreamResponse:
    visit, message, number = request[VISIT], "", ""
    if request.method == "POST":
        form = await posted(request)
        number, word = form.get("kndnr", ""), form.get("pw", "")
        if ACCOUNTS.get(number) == word:
            visit.customer = number
            raise web.HTTPSeeOther("/")
        # That it repeats the password is what such shops did, and what a recording must not show.
        message = f'Das Kennwort "{word}" passt nicht zu dieser Kundennummer.'
    else:
        visit.customer = ""
    content = fill("login.html", {"sid": visit.sid, "kndnr": number}, meldung=notice(message))
    return await page(request, TRANSITIONAL, "Anmeldung", content)


async def address(request: web.Request) -> web.StreamResponse:
    visit, message = request[VISIT], ""
    if request.method == "POST":
        form = await posted(request)
        visit.given |= {name: form.get(name, "") for name in ADDRESS}
        if all(visit.given[name].strip() for name in ("vname", "nname", "str", "plz", "ort")):
            raise web.HTTPSeeOther("/kasse2.php")
        message = "Bitte füllen Sie alle Felder mit Stern aus."
    content = fill("kasse1.html", {"sid": visit.sid} | given(visit, *ADDRESS), meldung=notice(message))
    return await page(request, HEADER_ONLY, "Kasse 1", content)


async def payment(request: web.Request) -> web.StreamResponse:
    visit, message = request[VISIT], ""
    if request.method == "POST":
        form = await posted(request)
        visit.given |= {name: form.get(name, "") for name in PAYMENT}
        if visit.given["knr"].strip() or visit.given["ktonr"].strip():
            raise web.HTTPSeeOther("/kasse3.php")
        message = "Bitte geben Sie eine Karte oder ein Konto an."
    content = fill("kasse2.html", {"sid": visit.sid} | given(visit, *PAYMENT), meldung=notice(message))
    return await page(request, HEADER_ONLY, "Kasse 2", content)


async def review(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    if request.method == "POST":
        visit.given["bemerkung"] = (await posted(request)).get("bemerkung", "")
        visit.ordered, visit.basket = visit.basket, {}
        raise web.HTTPSeeOther("/danke.php")
    values = {"sid": visit.sid} | given(visit, *ADDRESS, *PAYMENT, "bemerkung")
    return await page(request, QUIRKS, "Kasse 3", fill("kasse3.html", values))


async def thanks(request: web.Request) -> web.StreamResponse:
    return await page(request, QUIRKS, "Danke", fill("danke.html", given(request[VISIT], "anrede", "nname")))


async def card(request: web.Request) -> web.StreamResponse:
    return await page(request, TRANSITIONAL, "Grußkarte", fill("grusskarte.html", {}))


async def imprint(request: web.Request) -> web.StreamResponse:
    return await page(request, QUIRKS, "Impressum", fill("impressum.html", {}))


async def privacy(request: web.Request) -> web.StreamResponse:
    return await page(request, QUIRKS, "Datenschutz", fill("datenschutz.html", {}))


async def script(request: web.Request) -> web.Response:
    return web.Response(
        body=TEMPLATES["skript.js"].encode("iso-8859-1"),
        headers={"Content-Type": "application/x-javascript; charset=iso-8859-1"},
    )


async def picture(request: web.Request) -> web.Response:
    name, _, kind = request.match_info["name"].rpartition(".")
    if name not in pictures.ART or kind not in ("png", "gif"):
        raise web.HTTPNotFound
    draw = pictures.png if kind == "png" else pictures.gif
    return web.Response(body=draw(name), content_type=f"image/{kind}", headers={"Cache-Control": "max-age=86400"})


ROUTES = (
    web.get("/", start),
    web.get("/suche.php", search),
    web.get("/artikel.php", article),
    web.get("/lager.php", stock),
    *(
        route
        for path, handler in (
            ("/korb.php", basket),
            ("/login.php", login),
            ("/kasse1.php", address),
            ("/kasse2.php", payment),
            ("/kasse3.php", review),
        )
        for route in (web.get(path, handler), web.post(path, handler))
    ),
    web.get("/danke.php", thanks),
    web.get("/grusskarte.php", card),
    web.get("/impressum.php", imprint),
    web.get("/datenschutz.php", privacy),
    web.get("/skript.js", script),
    web.get("/bilder/{name}", picture),
)
