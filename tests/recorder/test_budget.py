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
    lab.pages = {"/": PAGE.replace("SIZE", "20000")}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    assert await page.evaluate("milchglas.stopped") is None
    await page.evaluate("setInterval(turn, 20)")
    await page.wait_for_function("milchglas.stopped === 'budget'", timeout=60_000)
    told = f"recording={RECORDING}&stopped=budget"
    await lab.until(lambda: any(batch.query == told for batch in lab.batches))
    last = next(batch for batch in lab.batches if batch.query == told)
    assert [event["data"]["source"] for event in last.events] == [4] and len(last.raw) < 1_000
    begun = await page.evaluate("round")
    await page.wait_for_function(f"round > {begun + 20}")
    # (one that was under way already may come in after it)
    assert max(batch.json["seq"] for batch in lab.batches) == last.json["seq"]
    assert lab.errors == []


async def test_a_page_that_changes_now_and_then_is_recorded_on(lab: Lab, page: Page) -> None:
    lab.pages = {"/": PAGE.replace("SIZE", "50")}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.evaluate("setInterval(turn, 200)")
    await lab.until(lambda: "Kurs 30" in lab.said, seconds=20)
    assert await page.evaluate("milchglas.stopped") is None
