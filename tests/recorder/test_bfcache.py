"""Requirement 25: a page with the recorder still comes back from the back/forward cache, and records on."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import CHROMIUM, FLAGS, require_chromium
from tests.running import Milchglas, wait_for
from tests.upstream import Upstream

require_chromium()
pytestmark = pytest.mark.browser

PAGE = b"""<!doctype html><html><head><title>%s</title><script>
addEventListener("pageshow", (event) => { window.shown = (window.shown || []).concat(event.persisted); });
</script></head><body><a href="/other">weiter</a><p>%s</p></body></html>"""


def test_a_page_with_the_recorder_comes_back_as_it_was_left(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE % (b"eins", b"Guten Tag"))
    upstream.page("/other", PAGE % (b"zwei", b"Auf Wiedersehen"))
    milchglas.start()
    accepted = 'milchglas_batches_total{outcome="accepted"}'
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
        )
        tab = browser.new_page()
        tab.goto(milchglas.url)
        wait_for(lambda: milchglas.metric(accepted) >= 1, 20, "nothing is recorded")
        tab.click("a")
        tab.wait_for_url("**/other")
        wait_for(
            lambda: any("Auf Wiedersehen" in str(milchglas.export(each["id"])) for each in milchglas.recordings()),
            30,
            "the second page is not recorded",
        )
        tab.go_back(wait_until="commit")
        tab.wait_for_function("window.shown.length == 2")
        assert tab.evaluate("window.shown") == [False, True]
        tab.evaluate("document.querySelector('p').textContent = 'Wieder da'")
        milchglas.wait_spool_empty()
        recording = milchglas.recordings()[0]
        wait_for(
            lambda: "Wieder da" in str(milchglas.export(recording["id"])), 30, "what came after is not recorded"
        )
        browser.close()
