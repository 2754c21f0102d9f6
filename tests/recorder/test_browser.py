"""The recorder in a real browser: what leaves it, when, and what it does with the proxy's answers."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from playwright.async_api import BrowserContext, Page

from .conftest import RECORDING, Lab, config

pytestmark = pytest.mark.browser
PASSWORD = "Trubadix#77x"
IBAN = "DE89370400440532013000"
CARD = "4111111111111111"

FORM = """<!doctype html><title>Kasse</title><!--snippet--><h1>Kasse</h1>
<form id=kasse action=/review method=post>
<table>
<tr><td>Kennwort</td><td><input type=password name=pw id=pw></td></tr>
<tr><td>IBAN</td><td><input name=f17 id=f17></td></tr>
<tr><td>Kundennummer</td><td><input name=kunde id=kunde data-milchglas=mask></td></tr>
<tr><td>Suche</td><td><input name=suche id=suche></td></tr>
</table>
<input type=hidden name=csrf value=xq4711abcdef99>
<button id=go>Weiter</button></form>
<p id=mirror></p><p id=preview></p>
<script>
  for (const id of ["pw", "f17", "kunde"])
    document.getElementById(id).addEventListener("input", (event) => {
      document.getElementById("mirror").textContent = "Sie tippten: " + event.target.value;
      document.getElementById("mirror").title = event.target.value;
      event.target.dataset.copy = event.target.value;
      document.getElementById("preview").textContent = event.target.value.replace(/(.{4})/g, "$1 ");
    });
</script>"""
REVIEW = """<!doctype html><title>Pruefen</title><!--snippet-->
<p>Kennwort falsch: {pw}</p><p>Konto {f17}.</p><p title="{kunde}">Kunde {kunde}</p><p>Suche {suche}</p>"""


def traces(value: str) -> Iterator[str]:
    """The value in the spellings in which it may leak, and its beginnings."""
    grouped = " ".join(value[i : i + 4] for i in range(0, len(value), 4))
    yield from (value, value[::-1], quote(value), grouped, base64.b64encode(value.encode()).decode())
    yield from (value[:length] for length in range(4, len(value)))


def assert_silent_about(value: str, lab: Lab) -> None:
    for trace in traces(value):
        for number, batch in enumerate(lab.batches):
            at = batch.text.lower().find(trace.lower())
            assert at < 0, f"batch {number}: ...{batch.text[max(0, at - 80) : at + 40]}..."


async def open_form(lab: Lab, page: Page, **changes: Any) -> None:
    lab.config = config(**changes)
    lab.pages = {"/": FORM, "/review": REVIEW}
    await page.goto(lab.origin + "/")
    await lab.settle(0)


async def test_the_full_snapshot_is_sent_at_once_and_gzipped(lab: Lab, page: Page) -> None:
    lab.pages = {"/": FORM}
    await page.goto(lab.origin + "/")
    await lab.until(lambda: lab.batches, seconds=3)
    first = lab.batches[0]
    assert first.gzipped
    assert [event["type"] for event in first.events if event["type"] in (2, 4)] == [4, 2]
    assert (first.json["v"], first.json["seq"], first.json["recording"]) == (1, 0, RECORDING)
    assert first.json["token"] == "token-1"
    assert lab.errors == []


async def test_a_base_elsewhere_sends_nothing_there(lab: Lab, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    lab.pages["/"] = f"<head><!--snippet--><base href='{lab.other_origin}/deep/'></head><p>Guten Tag"
    await page.goto(lab.origin)
    await lab.settle(0)
    assert [url for url in asked if not url.startswith(lab.origin)] == []


async def test_requirement_21_a_script_that_runs_again_in_the_same_window_does_nothing(
    lab: Lab, page: Page
) -> None:
    """As Turbo does with a page that it puts in the place of another."""
    await open_form(lab, page)
    await page.evaluate(
        """() => new Promise((done, failed) => {
            const again = document.createElement("script");
            for (const { name, value } of document.querySelector("script[data-milchglas-config]").attributes)
                again.setAttribute(name, value);
            again.onload = done; again.onerror = failed;
            document.head.append(again);
        })"""
    )
    await page.type("#suche", "Koffer")
    await lab.settle()
    assert len(lab.starts) == 1 and len({batch.json["view"] for batch in lab.batches}) == 1


async def test_cards_describe_the_fields_without_their_values(lab: Lab, page: Page) -> None:
    await open_form(lab, page)
    card = lab.card("pw")
    assert (card["tag"], card["type"], card["text_before"], card["form"]) == (
        "input",
        "password",
        "Kennwort",
        "kasse",
    )
    assert card["position"] == 0 and card["selector"] == "#pw" and card["marked"] is None
    assert lab.card("kunde")["marked"] == "mask"
    assert lab.card("suche")["text_before"] == "Suche"


async def test_a_password_a_marked_field_and_a_masked_field_never_leave(lab: Lab, page: Page) -> None:
    """Also not in the page's mirrors of them, and not on the page that the server makes of them."""
    masked: list[int] = []
    lab.answer = lambda batch: web.json_response({"mask": masked, "snapshot": False}, status=202)
    await open_form(lab, page)
    masked.append(lab.id_of("f17"))
    await page.type("#suche", "Gartenschlauch")
    await page.press("#suche", "Tab")
    await lab.until(lambda: "Gartenschlauch" in lab.said)

    await page.type("#pw", PASSWORD)
    await page.type("#kunde", "KD-9937114")
    await page.type("#f17", IBAN)
    await lab.settle()
    await page.evaluate("document.getElementById('pw').type = 'text'")
    await page.evaluate("document.getElementById('pw').dispatchEvent(new Event('input', {bubbles: true}))")
    await page.evaluate("document.body.append(document.getElementById('pw').cloneNode(true))")
    await lab.settle()
    await page.click("#go")
    await page.wait_for_url("**/review")
    await lab.until(lambda: any(b.json["view"] != lab.batches[0].json["view"] for b in lab.batches))
    for value in (PASSWORD, "KD-9937114", IBAN, "xq4711abcdef99"):
        assert_silent_about(value, lab)
    assert "Gartenschlauch" in lab.said
    assert lab.errors == []


async def test_forms_none_sends_no_value_at_all(lab: Lab, page: Page) -> None:
    await open_form(lab, page, forms="none")
    await page.type("#suche", "Gartenschlauch")
    await page.press("#suche", "Tab")
    await page.click("#go")
    await page.wait_for_url("**/review")
    await lab.until(lambda: len({batch.json["view"] for batch in lab.batches}) == 2)
    assert_silent_about("Gartenschlauch", lab)


async def test_what_is_left_goes_plain_and_outlives_the_page(lab: Lab, page: Page) -> None:
    await open_form(lab, page)
    await page.mouse.click(50, 20)
    await page.evaluate("document.querySelector('h1').textContent = 'Letzte Worte'")
    await page.goto("about:blank")
    await lab.until(lambda: "Letzte Worte" in lab.said, seconds=3)
    last = lab.batches[-1]
    assert not last.gzipped and len(last.raw) < 60_000
    assert last.json["seq"] == 1


async def test_what_is_left_never_passes_the_limit_of_keepalive(lab: Lab, page: Page) -> None:
    await open_form(lab, page)
    await page.evaluate(
        """async () => { for (let i = 0; i < 30; i++) {
        document.querySelector('h1').textContent = 'x' + 'wort '.repeat(1200);
        await new Promise((done) => setTimeout(done)); } }"""
    )
    await page.goto("about:blank")
    await lab.until(lambda: len(lab.batches) > 1, seconds=3)
    plain = [batch for batch in lab.batches if not batch.gzipped]
    assert plain and all(len(batch.raw) < 60_000 for batch in plain)
    assert sum(len(batch.raw) for batch in plain) < 64 * 1024


async def test_pages_of_one_tab_belong_to_one_recording(lab: Lab, page: Page) -> None:
    await open_form(lab, page)
    await page.goto(lab.origin + "/review")
    await lab.until(lambda: len(lab.starts) == 2)
    assert lab.starts == [{}, {"recording": RECORDING, "token": "token-1"}]


async def test_visit_page_stores_nothing(lab: Lab, page: Page) -> None:
    await open_form(lab, page, visit="page")
    await page.type("#pw", PASSWORD)
    await page.goto(lab.origin + "/review")
    await lab.until(lambda: len(lab.starts) == 2)
    assert lab.starts[1] == {}
    assert await page.evaluate("sessionStorage.length") == 0


async def test_a_refused_token_is_renewed_once(lab: Lab, page: Page) -> None:
    def answer(batch: dict[str, Any]) -> web.Response:
        return web.json_response({}, status=202 if batch["token"] == "token-2" else 403)

    lab.answer = answer
    await open_form(lab, page)
    await lab.until(lambda: len(lab.batches) >= 2)
    assert [(batch.status, batch.json["seq"]) for batch in lab.batches[:2]] == [(403, 0), (202, 0)]
    assert lab.starts[1] == {"recording": RECORDING, "token": "token-1"}


async def test_410_ends_it_for_the_tab(lab: Lab, page: Page) -> None:
    lab.answer = lambda _: web.Response(status=410)
    await open_form(lab, page)
    await page.mouse.click(50, 20)
    await page.wait_for_timeout(500)
    await page.goto(lab.origin + "/review")
    await page.wait_for_timeout(500)
    assert len(lab.batches) == 1 and len(lab.starts) == 1
    assert lab.errors == []


async def test_a_visitor_who_is_not_recorded_is_not_asked_again(lab: Lab, page: Page) -> None:
    lab.pages = {"/": FORM, "/review": REVIEW}
    lab.start = lambda: web.Response(status=410)
    await page.goto(lab.origin + "/")
    await lab.until(lambda: lab.starts)
    await page.goto(lab.origin + "/review")
    await page.wait_for_timeout(500)
    assert len(lab.starts) == 1 and not lab.batches


async def test_a_busy_proxy_is_asked_again_as_late_as_it_says(lab: Lab, page: Page) -> None:
    def answer(_: dict[str, Any]) -> web.Response:
        if len(lab.batches) < 2:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.json_response({"mask": [], "snapshot": False}, status=202)

    lab.answer = answer
    await open_form(lab, page)
    await lab.until(lambda: lab.batches[-1].status == 202)
    assert [batch.json["seq"] for batch in lab.batches] == [0, 0, 0]
    assert len({batch.text for batch in lab.batches}) == 1


async def test_a_snapshot_is_taken_when_the_proxy_wants_one(lab: Lab, page: Page) -> None:
    lab.answer = lambda batch: web.json_response({"mask": [], "snapshot": batch["seq"] == 0}, status=202)
    await open_form(lab, page)
    await lab.until(lambda: sum(event["type"] == 2 for event in lab.events) == 2)


@pytest.mark.parametrize(("address", "own"), [("/inner", False), ("{other}/inner", True)])
async def test_a_frame_records_by_itself_only_where_the_parent_cannot(
    lab: Lab, page: Page, address: str, own: bool
) -> None:
    lab.pages = {
        "/": f"<!doctype html><!--snippet--><h1>aussen</h1><iframe src={address}></iframe>".replace(
            "{other}", lab.other_origin
        ),
        "/inner": "<!doctype html><!--snippet--><h1>innen</h1><input type=password name=pw id=pw>",
    }
    await page.goto(lab.origin + "/")
    await lab.until(lambda: "aussen" in lab.said)
    await lab.until(lambda: "innen" in lab.said)
    assert len(lab.starts) == (2 if own else 1)
    frame = page.frames[1]
    await frame.type("#pw", PASSWORD)
    await frame.evaluate("document.querySelector('h1').textContent = document.getElementById('pw').value + '!'")
    await lab.until(lambda: '"source": 0' in lab.batches[-1].text)
    assert_silent_about(PASSWORD, lab)


async def test_a_frame_without_an_origin_stays_silent(lab: Lab, page: Page) -> None:
    """It could not post to the proxy anyhow."""
    lab.pages = {
        "/": "<!doctype html><!--snippet--><h1>aussen</h1><iframe src=/inner sandbox=allow-scripts></iframe>",
        "/inner": "<!doctype html><!--snippet--><h1>innen</h1>",
    }
    await page.goto(lab.origin + "/")
    await lab.until(lambda: "aussen" in lab.said)
    await page.wait_for_timeout(500)
    assert len(lab.starts) == 1 and lab.errors == []


async def test_each_frame_of_a_frameset_records_by_itself_and_all_are_one_recording(lab: Lab, page: Page) -> None:
    lab.pages = {
        "/": "<html><head><!--snippet--></head><frameset cols='50%,50%'><frame src=/a><frame src=/b></frameset>",
        "/a": "<!doctype html><!--snippet--><h1>links</h1>",
        "/b": "<!doctype html><!--snippet--><h1>rechts</h1>",
    }
    numbers = iter(range(9))
    lab.start = lambda: web.json_response({"recording": f"{RECORDING}-{next(numbers)}", "token": "t"})
    lab.continues = True
    lab.delay = 0.3
    await page.goto(lab.origin + "/")
    await lab.until(lambda: "links" in lab.said and "rechts" in lab.said and "frameset" in lab.said)
    assert len(lab.starts) == 3 and lab.starts.count({}) == 1, "one asked for a recording, two went on with it"
    assert {batch.json["recording"] for batch in lab.batches} == {f"{RECORDING}-0"}
    assert len({batch.json["view"] for batch in lab.batches}) == 3


async def test_global_privacy_control_means_silence(lab: Lab, page: Page) -> None:
    lab.pages = {"/": FORM}
    await page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    await page.goto(lab.origin + "/")
    await page.wait_for_timeout(500)
    assert not lab.starts and not lab.batches
    assert await page.evaluate("window.milchglas === undefined")


async def test_a_new_address_without_a_page_load_is_told(lab: Lab, page: Page) -> None:
    await open_form(lab, page)
    await page.evaluate("history.pushState({}, '', '/?seite=2')")
    await page.evaluate("location.hash = 'unten'")
    await page.mouse.click(50, 20)
    await lab.until(lambda: "seite=2#unten" in lab.said)
    assert sum(event["type"] == 2 for event in lab.events) == 1


async def test_the_page_can_ask_for_more_privacy(lab: Lab, page: Page) -> None:
    lab.pages = {"/": FORM}
    await page.goto(lab.origin + "/")
    await lab.until(lambda: lab.batches)
    await page.evaluate(
        "milchglas.mask('#preview'); milchglas.exclude('#mirror'); milchglas.mask(':::'); milchglas.mask()"
    )
    await page.evaluate("preview.textContent = 'geheimer Text'; mirror.innerHTML = '<b>verborgen</b>'")
    await page.evaluate("milchglas.pause(); document.querySelector('h1').textContent = 'in der Pause'")
    await page.wait_for_timeout(100)
    await page.evaluate("document.querySelector('h1').textContent = 'danach'")
    await page.evaluate("milchglas.resume()")
    await lab.until(lambda: "danach" in lab.said)
    assert "geheimer" not in lab.said and "verborgen" not in lab.said and "in der Pause" not in lab.said
    assert lab.errors == []


async def test_marks_hold_through_shadow_roots_and_frames(lab: Lab, page: Page) -> None:
    lab.pages = {
        "/": """<!doctype html><!--snippet-->
        <div class=sentry-mask><my-box></my-box><iframe src=/inner></iframe></div>
        <div data-private>Gehalt 4711</div><p>offen</p><script>
        customElements.define('my-box', class extends HTMLElement { constructor() { super();
          this.attachShadow({mode: 'open'}).innerHTML = '<p>im Schatten</p><input value=Schattenwert>'; } });
        </script>""",
        "/inner": "<!doctype html><p>im Rahmen</p><input value=Rahmenwert>",
    }
    await page.goto(lab.origin + "/")
    await lab.until(lambda: "offen" in lab.said)
    await page.evaluate("document.querySelector('my-box').shadowRoot.querySelector('p').textContent = 'neu darin'")
    await page.frames[1].evaluate("document.querySelector('p').textContent = 'neu gerahmt'")
    await lab.settle()
    for text in (
        "im Schatten",
        "Schattenwert",
        "im Rahmen",
        "Rahmenwert",
        "neu darin",
        "neu gerahmt",
        "Gehalt",
    ):
        assert text not in lab.said, text
    assert "offen" in lab.said


async def test_going_back_goes_on(lab: Lab, page: Page, context: BrowserContext) -> None:
    await open_form(lab, page)
    await page.goto(lab.origin + "/review")
    await page.go_back()
    await page.evaluate("document.querySelector('h1').textContent = 'zurueck'")
    await lab.until(lambda: "zurueck" in lab.said)


async def test_a_broken_proxy_leaves_the_page_in_peace(lab: Lab, page: Page) -> None:
    lab.pages = {"/": FORM}
    lab.start = lambda: web.Response(text="<html>oops", status=200)
    await page.goto(lab.origin + "/")
    await page.type("#pw", PASSWORD)
    await page.wait_for_timeout(300)
    assert lab.errors == [] and not lab.batches


async def test_the_page_keeps_its_own_exceptions(lab: Lab, page: Page) -> None:
    """rrweb wraps insertRule: what it throws at the page must still arrive there."""
    await open_form(lab, page)
    thrown = await page.evaluate(
        """() => { const style = document.head.appendChild(document.createElement('style'));
        try { style.sheet.insertRule('!!!'); return ''; } catch (error) { return error.name; } }"""
    )
    assert thrown == "SyntaxError"


async def test_the_bare_recorder_masks_nothing(lab: Lab, page: Page, bare_js: str) -> None:
    """It is there for tests of the proxy: same protocol, same cards, everything in clear."""
    lab.js = bare_js
    await open_form(lab, page, forms="none")
    await page.type("#pw", PASSWORD)
    await page.type("#kunde", "KD-9937114")
    await page.press("#kunde", "Tab")
    await lab.until(lambda: PASSWORD in lab.said and "KD-9937114" in lab.said)
    assert lab.card("kunde")["marked"] == "mask"
