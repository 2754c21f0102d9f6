"""Which pages get the snippet is decided from the heads; what upstream is asked for is narrowed for pages only."""

from __future__ import annotations

import gzip

from tests.conftest import Worker, configured, working
from tests.upstream import Upstream
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>Guten Tag</body></html>"
NAVIGATION = ("Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate")


def test_a_gzip_page_stays_gzip_and_holds_the_snippet_once(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", gzip.compress(PAGE), "Content-Encoding: gzip")
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/", "Accept-Encoding: gzip, br", *NAVIGATION)
    assert answer.header("Content-Encoding") == "gzip"
    assert answer.header("Transfer-Encoding") == "chunked"
    assert answer.header("Content-Length") is None
    assert gzip.decompress(answer.body).count(b"data-milchglas-config") == 1


def test_pages_are_asked_for_in_codings_that_can_be_spliced(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.get("/", "Accept-Encoding: gzip, deflate, br, zstd", *NAVIGATION)
        visitor.get("/a.js", "Accept-Encoding: gzip, deflate, br, zstd", "Sec-Fetch-Dest: script")
    assert upstream.seen[0].header("Accept-Encoding") == "gzip"
    assert upstream.seen[1].header("Accept-Encoding") == "gzip, deflate, br, zstd"


def test_global_privacy_control_means_no_snippet(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE)
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", "Sec-GPC: 1", *NAVIGATION).body == PAGE
        assert visitor.get("/_milchglas/start", "Sec-GPC: 1", method="POST", body=b"{}").status == 410


def test_the_kill_switch_passes_everything_through(upstream: Upstream) -> None:
    upstream.page("/", PAGE)
    with working(configured(upstream.url, site={"enabled": False})) as worker, Visitor(worker.port) as visitor:
        assert visitor.get("/", *NAVIGATION).body == PAGE
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 410
        assert visitor.get("/_milchglas/events", method="POST", body=b"{}").status == 410


def test_a_policy_is_adapted_by_the_smallest_edit_or_the_page_skipped(upstream: Upstream) -> None:
    policy = "default-src 'none'; script-src 'self'; img-src *"
    upstream.page("/", PAGE, f"Content-Security-Policy: {policy}")
    with working(configured(upstream.url)) as worker, Visitor(worker.port) as visitor:
        answer = visitor.get("/", *NAVIGATION)
    assert b"data-milchglas-config" in answer.body
    folder = "http://shop.example.com/_milchglas/"
    assert answer.header("Content-Security-Policy") == f"{policy}; connect-src {folder}"
    with working(configured(upstream.url, csp="skip")) as worker, Visitor(worker.port) as visitor:
        answer = visitor.get("/", *NAVIGATION)
    assert answer.body == PAGE
    assert answer.header("Content-Security-Policy") == policy
