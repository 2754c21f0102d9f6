"""Frames, an upload and downloads in a real Chromium, through a whole Milchglas, and what is recorded of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from proxy.demo import catalogue
from tests.browser import chromium, require_chromium
from tests.canaries import traces_in_events
from tests.proxy.demo.conftest import running_shop
from tests.proxy.demo.test_start import demo, shop_of
from tests.running import Milchglas
from tests.visit import PERSONAL, Shop, order_the_newsletter

require_chromium()
pytestmark = pytest.mark.browser

GIVEN = {"kdname": "Hxnnelore Zwqrnbach", "bestnr": "QZ-58213-B", "mangel": "Dxr Dqckel kam in zwxi Teilen"}
OURS = "document.querySelectorAll('script[data-milchglas-config]').length"

type Visit = Callable[[Callable[[Shop], None]], tuple[list[str], list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def visit(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Make a visit: the paths of its views in order, and its events."""
    with running_shop() as port:
        milchglas = Milchglas(tmp_path_factory.mktemp("chromium"), f"http://127.0.0.1:{port}")

        def make(steps: Callable[[Shop], None]) -> tuple[list[str], list[dict[str, Any]]]:
            before = {recording["id"] for recording in milchglas.recordings()}
            context = browser.new_context(locale="de-DE")
            page = context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(error.message))
            steps(Shop(page, milchglas.url))
            page.goto("about:blank")  # away, so that the last batch leaves with the page
            page.wait_for_timeout(500)
            context.close()
            milchglas.wait_spool_empty()
            (recording,) = {recording["id"] for recording in milchglas.recordings()} - before
            events = milchglas.export(recording)
            assert errors == []
            return [urlsplit(event["data"]["href"]).path for event in events if event["type"] == 4], events

        try:
            milchglas.start()
            yield make
        finally:
            milchglas.close()


def test_the_frames_of_a_frameset_work_and_each_is_a_view_of_the_same_recording(visit: Visit) -> None:
    def steps(shop: Shop) -> None:
        shop.open("/")
        shop.page.get_by_role("link", name="Hilfe").click()
        shop.page.wait_for_url("**/hilfe.php")
        shop.settle()
        topics, text = shop.page.frame("themen"), shop.page.frame("inhalt")
        assert topics and text
        assert [frame.evaluate(OURS) for frame in shop.page.frames] == [1, 1, 1]
        assert {frame.evaluate("document.compatMode") for frame in shop.page.frames} == {"BackCompat"}
        topics.get_by_text("Versand und Verpackung").click()
        text.get_by_text("Spedition").first.wait_for()
        shop.settle()

    views, events = visit(steps)
    assert views[:2] == ["/", "/hilfe.php"]
    assert sorted(views[2:]) == ["/hilfe_text.php", "/hilfe_text.php", "/hilfe_themen.php"]
    assert "Österreich und Schweiz" in json.dumps(events, ensure_ascii=False)


def test_an_inline_frame_is_recorded_by_the_page_around_it_and_its_form_is_masked(visit: Visit) -> None:
    def steps(shop: Shop) -> None:
        shop.open("/")
        assert [frame.evaluate(OURS) for frame in shop.page.frames] == [1, 1]
        order_the_newsletter(shop)

    views, events = visit(steps)
    assert views == ["/"]
    attached = [json.dumps(event) for event in events if event["data"].get("isAttachIframe")]
    assert len(attached) == 2 and all("Landkarten" in page for page in attached)
    assert traces_in_events(events, PERSONAL["nlmail"]) == []


def test_a_photo_goes_up_or_is_told_to_be_too_large_and_nothing_of_it_is_recorded(
    visit: Visit, tmp_path: Path
) -> None:
    photo = tmp_path / "Krxg.png"

    def steps(shop: Shop) -> None:
        shop.open("/reklamation.php")
        for name, value in GIVEN.items():
            shop.type(name, value)
        for size, said in (
            (20_000_000, "ein Foto darf höchstens 2 MB haben"),
            (999_999, "Krxg.png, 999999 Bytes"),
        ):
            photo.write_bytes(bytes(size))
            shop.page.set_input_files("[name=foto]", photo)
            shop.submit("form[name=reklamation]")
            shop.page.get_by_text(said).wait_for()

    views, events = visit(steps)
    assert views == ["/reklamation.php"] * 3
    for value in (*GIVEN.values(), photo.name):
        assert traces_in_events(events, value) == []


def test_downloads_are_saved_as_the_shop_sent_them_and_are_no_views(visit: Visit) -> None:
    saved: dict[str, bytes] = {}

    def steps(shop: Shop) -> None:
        shop.open("/")
        for name in ("Preisliste (CSV)", "Katalog (PDF)", "Letzte Rechnung"):
            with shop.page.expect_download() as download:
                shop.page.get_by_role("link", name=name).click()
            saved[download.value.suggested_filename] = Path(download.value.path()).read_bytes()

    views, _ = visit(steps)
    assert views == ["/"]
    assert saved.keys() == {"preisliste.csv", "katalog.pdf", "rechnung.html"}
    assert saved["katalog.pdf"] == catalogue.pdf()
    assert b"<html>" in saved["rechnung.html"] and b"milchglas" not in saved["rechnung.html"]


def test_a_visit_over_the_demos_tls_is_recorded(browser: Browser, tmp_path: Path) -> None:
    def is_batch(answer: Any) -> bool:
        return "/_milchglas/events" in answer.url

    with demo(tmp_path, "--tls") as printed:
        context = browser.new_context(ignore_https_errors=True)  # a person would click through the warning
        page: Page = context.new_page()
        with page.expect_response(is_batch) as answer:
            page.goto(shop_of(printed))
        assert answer.value.status == 202
        assert answer.value.url.startswith("https://")
        context.close()
