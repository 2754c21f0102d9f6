"""The pages of tests/cases/page through a real proxy: in Chromium they are what they are without it, and the
recorder runs; those that are refused are upstream's to the byte, headers and all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from proxy.page.charsets import KNOWN, READ_AS_UTF8
from tests.browser import chromium, require_chromium
from tests.conftest import Worker, configured, working
from tests.proxy.page.case import CASES, Case
from tests.upstream import Upstream, response, serving
from tests.wire import Answer, Visitor

INJECTED = [case for case in CASES if not case.refused]
REFUSED = [case for case in CASES if case.refused]
SNIPPET = re.compile(rb"<script async[^>]* data-milchglas-config='[^']*'></script>")

# What there is to see of a window and its frames. Ours is taken out first, and told apart.
FACTS = """async (ours) => {
    const own = (text) => text.replaceAll(location.origin, "");
    const write = (node) => (node.nodeType === 1 ? node.outerHTML : new XMLSerializer().serializeToString(node));
    const facts = (win) => {
        const { document } = win;
        const found = [...document.querySelectorAll("script[data-milchglas-config]")];
        const places = found.map((script) => script.parentNode.localName);
        found.forEach((script) => script.remove());
        const frames = Array.from(win.frames).map(facts);
        return {
            places: [...places, ...frames.flatMap((frame) => frame.places)],
            mode: document.compatMode, charset: document.characterSet, title: document.title,
            type: document.contentType, state: document.readyState, path: win.location.pathname,
            base: own(document.baseURI), dom: [...document.childNodes].map(write),
            scripts: [...document.scripts].map((script) => own(script.src) || script.text), frames,
        };
    };
    const windows = [window, ...Array.from(window.frames)];
    // Ours is async: it may come after the page. The test's own limit ends this.
    while (ours && !windows.every((win) => win.milchglas)) await new Promise((done) => setTimeout(done, 5));
    return facts(window);
}"""

require_chromium()
pytestmark = pytest.mark.browser


def reply(case: Case) -> bytes:
    return response(case.page, *case.headers, type=case.content_type, status=f"{case.status} As told")


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with serving() as made:
        for name in ("menu", "haupt", "a", "b"):
            made.page(f"/{name}.html", f"<title>{name}</title><body>{name}".encode())
        for case in CASES:
            made.replies[f"/{case.name}"] = reply(case)
        yield made


@pytest.fixture(scope="module")
def proxied(upstream: Upstream) -> Iterator[Worker]:
    with working(configured(upstream.url, site={"hosts": ["*"]})) as worker:
        yield worker


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def shown(tab: Page, url: str, *, ours: bool) -> dict[str, Any]:
    """The facts of a page and its frames; `places` are the parents of our scripts in them."""
    tab.goto(url)
    facts: dict[str, Any] = tab.evaluate(FACTS, ours)
    return facts


def bare(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what is ours."""
    return {key: value for key, value in facts.items() if key != "places"} | {
        "frames": [bare(frame) for frame in facts["frames"]]
    }


@pytest.mark.timeout(20)
@pytest.mark.parametrize("case", INJECTED, ids=lambda case: case.name)
def test_the_page_stays_what_it_was_and_the_recorder_runs(
    upstream: Upstream, proxied: Worker, tab: Page, case: Case
) -> None:
    before = shown(tab, f"{upstream.url}/{case.name}", ours=False)
    after = shown(tab, f"http://127.0.0.1:{proxied.port}/{case.name}", ours=True)
    assert before["places"] == []
    assert set(after["places"]) == {"head"}
    assert bare(after) == bare(before)
    assert after["state"] == "complete"


def got(port: int, case: Case) -> Answer:
    with Visitor(port) as visitor:
        return visitor.get(f"/{case.name}", *case.request)


@pytest.mark.parametrize("case", INJECTED, ids=lambda case: case.name)
def test_the_snippet_stands_at_its_place_on_the_wire(proxied: Worker, case: Case) -> None:
    answer = got(proxied.port, case)
    (snippet,) = SNIPPET.findall(answer.body)
    assert (answer.status, answer.complete, answer.body) == (case.status, True, case.injected(snippet))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_refused_page_is_upstreams_to_the_byte(proxied: Worker, case: Case) -> None:
    answer = got(proxied.port, case)
    assert answer.head + b"\r\n\r\n" + answer.body == reply(case)
    assert answer.complete


@pytest.mark.parametrize("name", ["frameset", "frameset_without_head", "frameset_first"])
def test_a_frameset_keeps_its_frames_and_every_frame_is_recorded(proxied: Worker, tab: Page, name: str) -> None:
    facts = shown(tab, f"http://127.0.0.1:{proxied.port}/{name}", ours=True)
    assert len(facts["frames"]) == 2
    assert facts["places"] == ["head"] * 3


def test_the_labels_that_we_take_for_certain_are_those_of_browsers(tab: Page) -> None:
    names: dict[str, str] = tab.evaluate(
        "(labels) => Object.fromEntries(labels.map((label) => [label, new TextDecoder(label).encoding]))",
        sorted(KNOWN | READ_AS_UTF8),
    )
    assert {label for label, name in names.items() if name.startswith("utf-16")} == READ_AS_UTF8
    assert not set(names.values()) & {"iso-2022-jp", "replacement"}
