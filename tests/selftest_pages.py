"""What the self-test is tried on: the bundled shop, which notes how it is asked, and pages with odd fields."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from proxy.demo.shop import make_app
from tests.upstream import Upstream

FORM = """<!doctype html><html><head><meta charset=utf-8><title>Formular</title></head><body>
<form action=/senden method=post>
<label>Suche <input name=q type=search></label>
<label>Kartennummer <input name=knr maxlength=19 oninput="this.title = this.value =
  this.value.replace(/\\D/g, '').replace(/(.{4})(?=.)/g, '$1 '); spiegel.textContent = this.value"></label>
<b id=spiegel></b>
<label>Kennwort <input name=kw type=password oninput="this.dataset.last = btoa(this.value)"></label>
Code <input name=c1 maxlength=1 inputmode=numeric oninput="c2.focus()"><input id=c2 maxlength=1 inputmode=numeric>
<label>Geburtsdatum <input name=geb type=date></label> <label>Alter <input name=alter type=number max=99></label>
<label>Konfession <select name=konf><option value=''>bitte<option value=rk>kath.</select></label>
<label>Sortierung <select name=sort><option value=auf>auf<option value=ab>ab</select></label>
<label><input name=agb type=checkbox value=ja> AGB gelesen</label>
<label>Diagnose <textarea name=diagnose oninput="this.oninput = null;
  document.body.insertAdjacentHTML('beforeend', '<input name=spaeter>')"></textarea></label>
<input name=zu disabled> <input name=token type=hidden value=x> <input name=datei type=file>
<input name=verborgen style="display: none"> IBAN <input name=iban data-milchglas=mask>
</form>
<div id=brief contenteditable>Hallo</div> <my-box></my-box>
<iframe src=/rahmen></iframe> <iframe srcdoc="<input name=darin>"></iframe>
<script>customElements.define("my-box", class extends HTMLElement {
  constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = "E-Mail <input name=schatten>"; }
});</script></body></html>"""

RESTLESS = """<!doctype html><html><head><title>Unruhig</title></head><body><form action=/senden method=post>
<input name=a oninput="fetch('/a', { method: 'POST', body: this.value }); navigator.sendBeacon('/b', this.value)">
<input name=b oninput="form.submit()"> <input name=c oninput="location.href = '/weg?' + this.value">
<input name=d oninput="window.open('/auf?' + this.value)">
<select name=e onchange="location = '/weg'"><option>1<option>2
</select> <input name=f oninput="new WebSocket('ws://' + location.host + '/ws')"> <input name=g></form>"""


def with_pages(upstream: Upstream) -> Upstream:
    upstream.page("/formular", FORM.encode())
    upstream.page("/rahmen", b"<html><head></head><body>Telefon <input name=rtel></body></html>")
    upstream.page("/unruhig", RESTLESS.encode())
    upstream.page("/senden", b"<html><head></head><body>Danke</body></html>")
    return upstream


@dataclass
class Shop:
    """The bundled shop, and the methods by which it was asked."""

    url: str = ""
    methods: list[str] = field(default_factory=list)


@contextmanager
def shop_serving() -> Iterator[Shop]:
    shop, loop, ready = Shop(), asyncio.new_event_loop(), threading.Event()

    @web.middleware
    async def note(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        shop.methods.append(request.method)
        return await handler(request)

    async def begin() -> web.AppRunner:
        app = make_app()
        app.middlewares.insert(0, note)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        shop.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    def run() -> None:
        runner = loop.run_until_complete(begin())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(20)
    try:
        yield shop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
