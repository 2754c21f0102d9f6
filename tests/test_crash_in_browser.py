"""A visit in a real Chromium goes on through a kill -9 of everything, and the recording shows where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium, require_chromium
from tests.running import Milchglas, wait_for
from tests.upstream import serving

require_chromium()
pytestmark = pytest.mark.browser

PAGE = b"""<!doctype html><html><head><title>Altshop</title></head><body><h1>Guten Tag</h1>
<form>Suche: <input type="search" name="q"></form><p id="said"></p></body></html>"""


def said(events: list[dict[str, Any]]) -> list[str]:
    """The texts that the page's script wrote, in the order of the recording."""
    adds = [add for event in events if event["type"] == 3 for add in event["data"].get("adds", ())]
    return [add["node"]["textContent"] for add in adds if add["node"].get("textContent", "").startswith("Zeile")]


def test_a_visit_goes_on_after_kill_9_and_the_view_shows_where(tmp_path: Path) -> None:
    with serving() as upstream, chromium() as browser:
        upstream.page("/", PAGE)
        milchglas = Milchglas(tmp_path, upstream.url)
        try:
            milchglas.start()
            page = browser.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(error.message))
            page.goto(milchglas.url)

            def say(line: str) -> None:
                page.evaluate(
                    "line => document.querySelector('#said').append(line, document.createElement('br'))", line
                )

            def accepted() -> float:
                return milchglas.metric('milchglas_batches_total{outcome="accepted"}')

            wait_for(lambda: accepted() >= 1, 15, "the snapshot does not arrive")
            say("Zeile eins")
            wait_for(lambda: accepted() >= 2, 15, "the second batch does not arrive")
            milchglas.kill()
            with page.expect_event("requestfailed"):  # the recorder tries, and tries again
                say("Zeile zwei")
            page.wait_for_event("requestfailed")
            milchglas.start()
            say("Zeile drei")
            wait_for(lambda: accepted() >= 2, 40, "the recorder does not go on")
            before = accepted()
            say("Zeile vier")
            wait_for(lambda: accepted() > before, 15, "the recorder does not go on for long")
            page.close()
            milchglas.wait_spool_empty()
            (recording,) = milchglas.recordings()
            assert recording["views"] == 1
            events = milchglas.export(recording["id"])
        finally:
            milchglas.close()
    assert errors == []
    lines = said(events)
    assert lines[0] == "Zeile eins"
    assert lines[-1] == "Zeile vier"
    snapshots = [at for at, event in enumerate(events) if event["type"] == 2]
    assert len(snapshots) >= 2, "a fresh snapshot shows where the view went on"
    # What was said while nobody remembered the page is masked, not lost: the snapshot after it has it.
    assert "Zeile zwei" in str(events[snapshots[-1]])
