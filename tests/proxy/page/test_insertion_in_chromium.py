"""Any page at all in Chromium: with the snippet at our place it is the page that it is without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from playwright.sync_api import Page

from proxy.config import Site
from proxy.page.snippet import Snippet
from proxy.page.splice import Splicer
from tests.browser import chromium, require_chromium
from tests.proxy.page.html import texts

SNIPPET = Snippet(
    Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1"), "/_milchglas", "/x.js"
).render()

# Written into a frame, whose parser has scripting on: a page's own scripts run, and noscript is text.
SHOWN = """(page) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const inner = frame.contentDocument;
    inner.open();
    inner.write(page);
    inner.close();
    const ours = [...inner.querySelectorAll("script[data-milchglas-config]")].filter((script) => script.src);
    const places = ours.map((script) => script.parentNode.localName);
    ours.forEach((script) => script.remove());
    const write = (node) => (node.nodeType === 1 ? node.outerHTML : new XMLSerializer().serializeToString(node));
    const facts = { mode: inner.compatMode, title: inner.title, dom: [...inner.childNodes].map(write) };
    frame.remove();
    return [places, facts];
}"""

require_chromium()
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


@settings(max_examples=500)
@given(text=texts())
def test_any_page_stays_what_it_was(tab: Page, text: str) -> None:
    text = text.removeprefix("\ufeff")  # a byte order mark is one in bytes only
    page = text.encode()
    splicer = Splicer(len(SNIPPET), charset_known=True)
    at = splicer.feed(page)
    at = splicer.end() if at is None else at
    if isinstance(at, str):
        return
    none, before = tab.evaluate(SHOWN, text)
    places, after = tab.evaluate(SHOWN, (page[:at] + SNIPPET + page[at:]).decode())
    assert (none, places, after) == ([], ["head"], before)
