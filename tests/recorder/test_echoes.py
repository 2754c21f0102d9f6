"""What is masked at the source the proxy never sees: its echoes are the recorder's alone to find."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Page

from .conftest import Lab

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><title>Antrag</title><!--snippet--><form method=post action=/next>
<select name=konf><option>-<option value=kxath>Wanderfalke</select>
<input type=radio name=ges value=wzblq>
<input maxlength=1 name=c0><input maxlength=1 name=c1><input maxlength=1 name=c2><input maxlength=1 name=c3>
<input maxlength=1 name=c4><input maxlength=1 name=c5>
<input name=cvv><input type=date name=geb><input type=file name=akte><input name=karte><input type=search name=q>
</form><p id=out></p><div id=host></div>
<script>host.attachShadow({mode: "open"}).innerHTML = "<input type=search id=inner>"</script>"""
NEXT = "<!doctype html><!--snippet--><p>{konf}</p><p>{ges}</p><p>{cvv}</p><p>Geb. {geb}</p><p>{karte}</p>"


def asks_to_mask(*kept: str) -> Any:
    """A proxy that wants all fields masked but those."""

    def answer(batch: dict[str, Any]) -> web.Response:
        mask = [
            int(key)
            for key, card in batch["fields"].items()
            if card["name"] not in kept and card["id"] not in kept
        ]
        return web.json_response({"mask": mask, "snapshot": False}, status=202)

    return answer


async def opened(lab: Lab, page: Page) -> None:
    lab.pages = {"/": PAGE, "/next": NEXT}
    lab.answer = asks_to_mask("q", "inner")
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.wait_for_timeout(200)


async def test_choices_codes_dates_and_files_are_found_again(lab: Lab, page: Page) -> None:
    await opened(lab, page)
    await page.select_option("[name=konf]", "kxath")
    await page.check("[name=ges]")
    await page.click("[name=c0]")
    for digit in "967183":
        await page.keyboard.press(digit)
        await page.keyboard.press("Tab")
    await page.keyboard.type("629")
    await page.fill("[name=geb]", "1968-07-19")
    file = {"name": "befund-qxz.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    await page.set_input_files("[name=akte]", file)
    await page.locator("[name=karte]").press_sequentially("4539 7812 0045 6644")
    await page.evaluate(
        """() => {
        const value = (name) => document.forms[0].elements[name].value;
        out.textContent = "Code " + [0, 1, 2, 3, 4, 5].map((n) => value("c" + n)).join("");
        out.insertAdjacentHTML("beforeend", `<p>${value("cvv")}</p>`);
        out.dataset.bin = value("karte").replace(/ /g, "").slice(0, 6);
        out.dataset.coded = btoa("karte:" + value("karte"));
        out.title = document.forms[0].elements.akte.files[0].name + " vom 19.07.1968, Wanderfalke";
        }"""
    )
    await lab.settle()
    await page.evaluate("document.forms[0].submit()")
    await lab.until(
        lambda: any("/next" in str(event["data"].get("href")) for event in lab.events if event["type"] == 4)
    )
    # (the first snapshot holds the choices that there are)
    told = str([event for batch in lab.batches[1:] for event in batch.events])
    for value in ("kxath", "wzblq", "967183", "9671", "'629'", "1968", "befund-qxz", "453978", "MDA0NSA2Nj"):
        assert value not in told, told[told.find(value) - 80 :][:120]
    assert lab.errors == []


async def test_what_was_typed_last_is_told_when_the_page_is_left_and_out_of_shadow_roots(
    lab: Lab, page: Page
) -> None:
    await opened(lab, page)
    await page.locator("#inner").press_sequentially("Grammophon")
    await page.locator("[name=q]").press_sequentially("Schellack")
    await page.goto("about:blank")
    await lab.until(lambda: "Schellack" in lab.said)
    typed = [event["data"]["text"] for event in lab.events if event["data"].get("source") == 5]
    assert typed == ["Grammophon", "Schellack"]
    assert lab.errors == []


async def test_a_form_whose_input_is_named_parent_node_does_not_freeze_the_page(lab: Lab, page: Page) -> None:
    lab.pages = {"/": "<!doctype html><!--snippet--><form><input type=search name=parentNode></form>"}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.locator("input").press_sequentially("Schellack")
    await page.goto("about:blank")
    await lab.until(lambda: "Schellack" in lab.said)
    assert lab.errors == []
