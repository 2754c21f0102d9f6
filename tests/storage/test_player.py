"""A real Chromium logs in, opens the list and plays a recording, and a hostile one runs nothing."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from storage import audit, database, rewrite
from storage.scrub import Tally, scrub, started_since
from tests.browser import CHROMIUM, chromium_async, require

STATIC = Path(__file__).parents[2] / "storage" / "static" / "built"
MASK = "••••••"
RECORDING = "recording-0000000001"
T0 = 1_760_000_000_000

require(Path(CHROMIUM), STATIC / "player.js", reason="needs Chromium and the built player")
pytestmark = pytest.mark.browser


class Page:
    """Builds rrweb's tree of a page; `ids` by the name given to a node."""

    def __init__(self) -> None:
        self.last = 0
        self.ids: dict[str, int] = {}

    def _id(self, name: str = "") -> int:
        self.last += 1
        self.ids[name] = self.last
        return self.last

    def text(self, text: str, name: str = "") -> dict:
        return {"type": 3, "textContent": text, "id": self._id(name)}

    def tag(
        self, tag: str, attributes: dict | None = None, *children: dict | str, name: str = "", **extra
    ) -> dict:
        nodes = [self.text(child) if isinstance(child, str) else child for child in children]
        return {"type": 2, "tagName": tag, "attributes": attributes or {}, "childNodes": nodes,
                "id": self._id(name), **extra}  # fmt: skip

    def document(self, head: list[dict], body: list[dict]) -> dict:
        html = self.tag("html", {}, self.tag("head", {}, *head), self.tag("body", {}, *body, name="body"))
        doctype = {"type": 1, "name": "html", "publicId": "", "systemId": "", "id": self._id()}
        return {"type": 0, "childNodes": [doctype, html], "id": self._id()}


def opening(document: dict, start: int = T0, url: str = "https://shop.example.com/") -> list[dict]:
    return [
        {"type": 4, "timestamp": start, "data": {"href": url, "width": 1000, "height": 600}},
        {
            "type": 2,
            "timestamp": start + 1,
            "data": {"node": document, "initialOffset": {"top": 0, "left": 0}},
        },
    ]


def mutation(at: int, **data) -> dict:
    empty = {"source": 0, "texts": [], "attributes": [], "removes": [], "adds": []}
    return {"type": 3, "timestamp": at, "data": {**empty, **data}}


@pytest.fixture
async def chromium() -> AsyncIterator:
    async with chromium_async() as browser:
        yield browser


@pytest.fixture
async def visitor(chromium, service):
    """A page of a browser that has logged in by hand; everything that it asks for and complains of is noted."""
    page = await (await chromium.new_context(viewport={"width": 1300, "height": 900})).new_page()
    page.requested, page.complaints = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    await page.goto(service.url + "/login")
    await page.fill("[name=email]", "ada@example.org")
    await page.fill("[name=password]", "vier alte Fahrräder")
    await page.click("main button")
    await page.wait_for_url(service.url + "/recordings")
    return page


async def reads(frame, text: str) -> None:
    """Wait for a text in the replay. A full snapshot opens the frame's document anew, so we look ourselves."""
    for _ in range(200):
        if text in (await frame.evaluate("document.body?.innerText ?? ''")):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{text!r} never showed")


@pytest.fixture
async def elsewhere() -> AsyncIterator[tuple[str, list[bytes]]]:
    """Somebody else's server, and whatever it is asked for."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.read(1000))
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://localhost:{server.sockets[0].getsockname()[1]}/x", asked


async def play(visitor, service, recording: str = RECORDING):
    """Open the player; the frame in which the recording runs, once it is at its end."""
    await visitor.goto(f"{service.url}/recordings/{recording}")
    element = await visitor.wait_for_selector(".replayer-wrapper > iframe", state="attached")
    frame = await element.content_frame()
    await visitor.wait_for_timeout(1500)
    return element, frame


async def test_a_recording_is_listed_and_plays(service, visitor):
    page = Page()
    node = page.document(
        [page.tag("style", {"_cssText": "p { color: rgb(1, 2, 3) }"})],
        [
            page.tag("p", {}, page.text("Warenkorb: 0", "cart")),
            page.tag("p", {"id": "hello"}, f"Guten Tag {MASK}."),
            page.tag("input", {"type": "text", "value": MASK, "name": "iban"}),
            page.tag("input", {}, name="typed"),
        ],
    )
    finding = {"page": "/kasse", "selector": "input[name=iban]", "kind": "iban", "rule": "name:iban",
               "mark": 'data-milchglas="mask"', "count": 1}  # fmt: skip
    await service.put(
        seq=0,
        events=opening(node),
        Milchglas_Page=quote("https://shop.example.com/kasse?schritt=2"),
        Milchglas_Counts='{"name:iban":2,"text:number":1}',
        Milchglas_Findings=json.dumps([finding]),
    )
    changed = mutation(T0 + 300, texts=[{"id": page.ids["cart"], "value": "Warenkorb: 1"}])
    typed = {
        "type": 3,
        "timestamp": T0 + 400,
        "data": {"source": 5, "id": page.ids["typed"], "text": MASK, "isChecked": False},
    }
    await service.put(seq=1, events=[changed, typed])

    await visitor.reload()
    await visitor.click("a.row")
    element = await visitor.wait_for_selector(".replayer-wrapper > iframe", state="attached")
    frame = await element.content_frame()
    await reads(frame, "Warenkorb: 1")
    assert await element.get_attribute("sandbox") == "allow-same-origin"
    assert await frame.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"

    await visitor.wait_for_timeout(500)
    frosted = await frame.evaluate("""() => ({
        text: [...CSS.highlights.get("milchglas")].map(range => range.toString()),
        fields: document.querySelectorAll("[data-milchglas-frosted]").length,
    })""")
    assert frosted == {"text": [MASK], "fields": 2}
    box = await frame.locator("[name=iban]").bounding_box()
    await visitor.mouse.move(box["x"] + 20, box["y"] + 8)
    assert await visitor.inner_text(".tip") == "Removed before storage: IBAN, told by the field's name (name:iban)"

    box = await frame.locator("#hello").bounding_box()
    await visitor.mouse.move(box["x"] + 20, box["y"] + 8)
    assert await visitor.inner_text(".tip") == "Removed before storage: long number in a page's text"

    receipt = await visitor.inner_text(".receipt")
    assert "/kasse?schritt=2" in receipt
    assert re.search(r"IBAN, told by the field's name\s+2\s", receipt)
    assert "input[name=iban]" in receipt
    assert visitor.complaints == []
    with database.connect(service.config) as connection:
        assert [one.account for one in audit.watched(connection, RECORDING)] == ["ada@example.org"]


async def test_views_jump_and_two_tabs_at_once_play_one_after_the_other(service, visitor):
    for number, start in ((1, T0), (2, T0 + 500)):
        page = Page()
        node = page.document([], [page.tag("h1", {}, page.text("…", "head"))])
        url = f"https://shop.example.com/tab{number}"
        late = mutation(start + 1000, texts=[{"id": page.ids["head"], "value": f"tab {number} at its end"}])
        still = mutation(start + 4000)  # so that a slow machine sees the end before the next tab begins
        await service.put(
            view=f"view-{number:012}", events=[*opening(node, start, url), late, still], Milchglas_Page=quote(url)
        )
    await service.put(view="view-without-snapshot", events=[mutation(T0 + 9000), mutation(T0 + 9100)])

    _, frame = await play(visitor, service)
    await reads(frame, "tab 2 at its end")
    buttons = visitor.locator("button.jump")
    assert [await buttons.nth(n).is_enabled() for n in range(3)] == [True, True, False]
    assert "cannot be shown: no full snapshot" in await visitor.inner_text(".views")
    await buttons.nth(0).click()
    await reads(frame, "tab 1 at its end")
    assert visitor.complaints == []


@pytest.mark.parametrize(
    "events", [[], [mutation(T0), mutation(T0 + 1)], [{"type": 4, "timestamp": T0, "data": {}}]]
)
async def test_what_cannot_be_played_says_so(service, visitor, events):
    await service.put(events=events, Milchglas_Started=str(T0), Milchglas_Ended=str(T0))
    await visitor.goto(f"{service.url}/recordings/{RECORDING}")
    await visitor.wait_for_selector("text=There is nothing to play")
    assert visitor.complaints == []


async def test_a_heavy_recording_asks_before_it_loads(service, visitor, monkeypatch):
    from storage import player

    monkeypatch.setattr(player, "HEAVY_BYTES", 100)
    page = Page()
    await service.put(events=opening(page.document([], [page.tag("p", {}, "da")])))
    await visitor.goto(f"{service.url}/recordings/{RECORDING}")
    await visitor.wait_for_selector("text=MB of events")
    assert not any("/events" in url for url in visitor.requested)
    await visitor.click("text=Load and play")
    await visitor.wait_for_selector(".replayer-wrapper > iframe", state="attached")


# What a forged recording could try: PWN leaves a trace in the top window.
PWN = "top.pwned=(top.pwned||0)+1;parent.pwned=1"
SVG = {"isSVG": True}


def hostile(page: Page, away: str) -> dict[str, dict]:
    """The attacks by name; `away` is an address that nobody may ask for."""
    tag = page.tag
    on = {f"on{name}": PWN for name in ("load", "error", "click", "focus", "toggle", "begin", "animationstart")}
    doc = f"<script>{PWN}</script>"
    script = "javascript:" + PWN
    animate = tag("animate", {"attributeName": "href", "values": script, "onbegin": PWN}, **SVG)
    setting = tag("set", {"attributeName": "onclick", "to": PWN, "onbegin": PWN}, **SVG)
    return {
        "script": tag("script", {}, PWN),
        "script src": tag("script", {"src": away}),
        "script in disguise": tag("SCRIPT", {}, PWN),
        "handlers": tag("img", {"src": "data:image/png;base64,AAAA", **on}),
        "handlers in capitals": tag("img", {"SRC": "x", "ONERROR": PWN}),
        "body handlers": tag("body", on),
        "link javascript": tag("a", {"href": script, "id": "jslink"}, "click"),
        "link with spaces": tag("a", {"href": " \tjava\nscript:" + PWN}, "click"),
        "link data": tag("a", {"href": "data:text/html," + doc}, "click"),
        "form": tag("form", {"action": script}, tag("button", {"formaction": away})),
        "frame srcdoc": tag("iframe", {"srcdoc": doc}),
        "frame javascript": tag("iframe", {"src": script}),
        "frame data": tag("iframe", {"src": "data:text/html," + doc}),
        "frame away": tag("iframe", {"src": away, "sandbox": "allow-scripts allow-top-navigation"}),
        "frame rr_src": tag("iframe", {"rr_src": away}),
        "frame in frame": tag("iframe", {}, tag("iframe", {"srcdoc": doc})),
        "object": tag("object", {"data": away}),
        "embed": tag("embed", {"src": script}),
        "refresh": tag("meta", {"http-equiv": "refresh", "content": "0;url=" + away}),
        "refresh in capitals": tag("meta", {"HTTP-EQUIV": "Refresh", "content": "0;url=" + away}),
        "policy": tag("meta", {"http-equiv": "Content-Security-Policy", "content": "default-src *"}),
        "base": tag("base", {"href": away, "target": "_top"}),
        "import": tag("link", {"rel": "import", "href": away}),
        "style sheet": tag("link", {"rel": "stylesheet", "href": away}),
        "preload": tag("link", {"rel": "preload", "as": "script", "href": away}),
        "style": tag("style", {"_cssText": f"@import url({away}); body {{ background: url({away}) }}"}),
        "inline style": tag("div", {"style": f"background: url({away})"}, "x"),
        "picture": tag("img", {"src": away, "srcset": away + " 2x"}),
        "picture of ours": tag("img", {"src": "/account"}),
        "video": tag("video", {"src": away, "poster": away}),
        "svg script": tag("svg", {}, tag("script", {}, PWN, **SVG), **SVG),
        "svg handler": tag("svg", {"onload": PWN}, **SVG),
        "svg animate": tag("svg", {}, tag("a", {}, animate, **SVG), **SVG),
        "svg set": tag("svg", {}, setting, **SVG),
        "svg use": tag("svg", {}, tag("use", {"xlink:href": away + "#a", "href": away}, **SVG), **SVG),
        "svg image": tag("svg", {}, tag("image", {"href": away}, **SVG), **SVG),
        "svg foreign": tag("svg", {}, tag("foreignObject", {}, tag("iframe", {"srcdoc": doc}), **SVG), **SVG),
        "template": tag("template", {}, tag("script", {}, PWN)),
        "noscript": tag("noscript", {}, f"<img src=x onerror={PWN}>"),
        "custom element": tag("x-pwn", {"is": "x-pwn", **on}, isCustom=True),
        "portal": tag("portal", {"src": away}),
        "autofocus": tag("input", {"autofocus": "", "onfocus": PWN}),
        "details": tag("details", {"open": "", "ontoggle": PWN}),
        "marquee": tag("marquee", {"onstart": PWN}),
    }  # fmt: skip


NAMES = sorted(hostile(Page(), ""))
PLACES = ("snapshot", "mutation", "attributes", "shadow", "nested")


def forged(place: str, away: str) -> list[dict]:
    """A recording that holds every attack at one place."""
    page = Page()
    canary = page.tag("p", {"id": "canary"}, page.text("alive", "canary"))
    attacks = hostile(page, away)
    if place == "nested":
        held = [page.tag("div", {}, page.tag("section", {}, attack)) for attack in attacks.values()]
    elif place == "shadow":
        held = [
            page.tag("div", {}, {**attack, "isShadow": True}, isShadowHost=True) for attack in attacks.values()
        ]
    elif place == "attributes":
        held = [page.tag("img", {}, name=f"victim {name}") for name in attacks]
    else:
        held = list(attacks.values()) if place == "snapshot" else []
    events = opening(page.document([], [canary, *held]))
    if place == "mutation":
        body = page.ids["body"]
        adds = [{"parentId": body, "nextId": None, "node": attack} for attack in attacks.values()]
        events.append(mutation(T0 + 100, adds=adds))
    if place == "attributes":
        changed = [
            {"id": page.ids[f"victim {name}"], "attributes": attack["attributes"]}
            for name, attack in attacks.items()
        ]
        events.append(mutation(T0 + 100, attributes=changed))
    click = {
        "type": 3,
        "timestamp": T0 + 300,
        "data": {"source": 2, "type": 2, "id": page.ids["body"], "x": 9, "y": 9},
    }
    events += [click, mutation(T0 + 600, texts=[{"id": page.ids["canary"], "value": "still alive"}])]
    return events


@pytest.mark.parametrize("place", PLACES)
async def test_a_forged_recording_runs_nothing_and_reaches_nobody(service, visitor, elsewhere, place):
    """44 attacks at each of 5 places: no script runs, nobody is asked for anything, the player stays."""
    assert len(NAMES) * len(PLACES) >= 200
    away, asked = elsewhere
    await service.put(events=forged(place, away))
    element, frame = await play(visitor, service)
    await reads(frame, "still alive")
    await frame.evaluate("document.getElementById('jslink')?.click()")
    await visitor.wait_for_timeout(300)

    assert await element.get_attribute("sandbox") == "allow-same-origin"
    assert await visitor.evaluate("typeof window.pwned") == "undefined"
    assert [await one.evaluate("typeof window.pwned") for one in visitor.frames] == ["undefined"] * len(
        visitor.frames
    )
    assert visitor.url == f"{service.url}/recordings/{RECORDING}"
    assert asked == []
    assert not [url for url in visitor.requested if url.endswith("/account")]
    left = await frame.evaluate("""() => [...document.querySelectorAll("*")].flatMap(element =>
        [...element.attributes].map(one => `${element.tagName} ${one.name}=${one.value}`)
        .filter(one => /^\\S+ (on|srcdoc=|http-equiv=)|script:/i.test(one)))""")
    assert left == []
    assert await frame.evaluate("document.querySelectorAll('script, base, object, embed').length") == 0


async def test_hostile_words_show_as_words(service, visitor):
    words = "<img src=x onerror=top.pwned=1>'\"{{7*7}}"
    finding = {
        "page": "/" + words,
        "selector": words,
        "kind": words[:60],
        "rule": words,
        "mark": words,
        "count": 1,
    }
    page = Page()
    await service.put(
        events=opening(page.document([], [page.tag("p", {}, "da")])),
        Milchglas_Page=quote("https://shop.example.com/" + words),
        Milchglas_Counts=json.dumps({words: 1}),
        Milchglas_Findings=json.dumps([finding]),
    )
    for path in (
        "/recordings",
        "/findings",
        "/recordings?site=" + quote(words),
        f"/recordings/{RECORDING}",
        "/account",
    ):
        await visitor.goto(service.url + path)
        await visitor.wait_for_timeout(300)
        assert await visitor.evaluate("typeof window.pwned") == "undefined", path
        assert await visitor.evaluate("document.querySelectorAll('main img').length") == 0, path
    await visitor.goto(service.url + "/findings")
    assert words in await visitor.inner_text("main")


async def test_a_scrubbed_recording_plays_to_its_end(service, visitor):
    """Another rule holds today: what it removes shows frosted, all the rest shows and moves as before."""
    page = Page()
    body = [
        page.tag("p", {"id": "hello"}, page.text("Guten Tag", "hello")),
        page.tag("p", {"id": "number"}, "Karte 4111111111111111"),
        page.tag("input", {"name": "suche"}, name="search"),
        page.tag("input", {"name": "konto"}, name="account"),
    ]
    typed = [
        {
            "type": 3,
            "timestamp": T0 + at,
            "data": {"source": 5, "id": page.ids[name], "text": text, "isChecked": False},
        }
        for at, name, text in ((200, "search", "Fahrrad"), (300, "account", "Sparstrumpf"))
    ]
    await service.put(seq=0, events=opening(page.document([], body)))
    await service.put(
        seq=1, events=[*typed, mutation(T0 + 400, texts=[{"id": page.ids["hello"], "value": "Adieu"}])]
    )
    site = service.config.sites[0].model_copy(update={"sensitive": ("[name=konto]",)})
    site = site.model_copy(update={"record": site.record.model_copy(update={"forms": "harmless"})})
    with rewrite.archive(service.config) as archive:
        tally = Tally()
        list(scrub(archive, {site.name: site}, started_since(archive, None, 0), tally, change=True))
    assert tally.changed == 1

    _, frame = await play(visitor, service)
    await reads(frame, "Adieu")
    shown = await frame.evaluate("[...document.querySelectorAll('input')].map(field => field.value)")
    assert shown == ["Fahrrad", MASK]
    assert await frame.inner_text("#number") == f"Karte {MASK}"
    assert await frame.evaluate("[...CSS.highlights.get('milchglas')].length") == 1
    assert "card number in a page's text; scrubbed later" in await visitor.inner_text(".receipt")
    assert visitor.complaints == []
