"""A page over HTTP/2 in a real Chromium: it is h2, the snippet runs, and the recorder gets its answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium, require_chromium
from tests.certificates import certificate
from tests.conftest import configured, working
from tests.upstream import Upstream

require_chromium()

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body><img src=/a.png>Guten Tag</body></html>"
PROTOCOLS = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(entry => [new URL(entry.name).pathname, entry.nextHopProtocol])"""


@pytest.mark.browser
def test_the_recorder_runs_on_a_page_over_http_2(upstream: Upstream, tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    upstream.page("/", PAGE)
    listen = {"tls": {"cert": str(pair.cert), "key": str(pair.key)}, "http2": True}
    with (
        working(configured(upstream.url, site={"hosts": ["*"]}, listen=listen)) as worker,
        chromium() as browser,
    ):
        page = browser.new_context(ignore_https_errors=True).new_page()
        with page.expect_response("**/_milchglas/start") as started:
            page.goto(f"https://localhost:{worker.port}/")
        assert started.value.status == 200
        spoken = dict(page.evaluate(PROTOCOLS))
        script = page.locator("script[data-milchglas-config]").get_attribute("src")
        assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert set(spoken.values()) == {"h2"}
    assert {"/", script} <= set(spoken)
