"""The recorder watches what it costs: over a budget it ends by itself, and says so."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from .conftest import RECORDING, Lab

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><title>Ticker</title><!--snippet--><h1>Kurse</h1><div id=rows></div><script>
const rows = document.getElementById("rows");
rows.innerHTML = "<p class=row><b>Kurs</b> <i>1</i></p>".repeat(SIZE);
let round = 0;
function turn() {
  round++;
  for (const row of rows.children) row.lastChild.firstChild.data = row.title = "Kurs " + round;
}
</script>"""


async def test_a_page_that_never_rests_ends_the_recording_and_the_proxy_is_told(lab: Lab, page: Page) -> None:
    lab.pages = {"/": PAGE.replace("SIZE", "6000")}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    assert await page.evaluate("milchglas.stopped") is None
    await page.evaluate("setInterval(turn, 20)")
    await page.wait_for_function("milchglas.stopped === 'budget'", timeout=60_000)
    await lab.until(lambda: lab.batches[-1].query == f"recording={RECORDING}&stopped=budget")
    (last,) = lab.batches[-1].events
    assert last["data"]["source"] == 4 and len(lab.batches[-1].raw) < 1_000
    number = len(lab.batches)
    begun = await page.evaluate("round")
    await page.wait_for_function(f"round > {begun + 20}")
    assert len(lab.batches) == number
    assert lab.errors == []


async def test_a_page_that_changes_now_and_then_is_recorded_on(lab: Lab, page: Page) -> None:
    lab.pages = {"/": PAGE.replace("SIZE", "50")}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.evaluate("setInterval(turn, 200)")
    await lab.until(lambda: "Kurs 30" in lab.said, seconds=20)
    assert await page.evaluate("milchglas.stopped") is None
