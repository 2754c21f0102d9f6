"""Which pages get the snippet is decided from the heads; what upstream is asked for is narrowed for pages only."""

from __future__ import annotations

import gzip
import random
import socket
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard

from proxy.metrics import SKIPPED
from proxy.page.coding import decoder
from proxy.page.plan import Plan, SitePages
from proxy.switch import Switch
from tests.conftest import Worker, configured, working
from tests.upstream import Seen, Upstream, response
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>Guten Tag</body></html>"
NAVIGATION = ("Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate")


def test_a_gzip_page_stays_gzip_and_holds_the_snippet_once(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", gzip.compress(PAGE), "Content-Encoding: gzip")
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/", "Accept-Encoding: gzip, br", *NAVIGATION)
    assert answer.header("Content-Encoding") == "gzip"
    assert (answer.header("Transfer-Encoding"), answer.header("Content-Length")) == (None, str(len(answer.body)))
    assert gzip.decompress(answer.body).count(b"data-milchglas-config") == 1


def test_a_gzip_page_that_comes_in_pieces_leaves_in_chunks(upstream: Upstream, worker: Worker) -> None:
    wire = gzip.compress(PAGE + random.Random(1).randbytes(200_000))
    upstream.page("/", wire, "Content-Encoding: gzip")
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/", "Accept-Encoding: gzip, br", *NAVIGATION)
    assert (answer.header("Transfer-Encoding"), answer.header("Content-Length")) == ("chunked", None)
    assert gzip.decompress(answer.body).count(b"data-milchglas-config") == 1


def test_pages_are_asked_for_in_codings_that_can_be_spliced(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.get("/", "Accept-Encoding: gzip, br, dcb, dcz", *NAVIGATION)
        visitor.get("/a.js", "Accept-Encoding: gzip, br, dcb, dcz", "Sec-Fetch-Dest: script")
    assert upstream.seen[0].header("Accept-Encoding") == "gzip, br"
    assert upstream.seen[1].header("Accept-Encoding") == "gzip, br, dcb, dcz"


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


def test_requirement_22_the_kill_switch_needs_no_restart(upstream: Upstream, tmp_path: Path) -> None:
    upstream.page("/", PAGE, 'ETag: "1"')
    with working(configured(upstream.url, data=tmp_path)) as worker, Visitor(worker.port) as visitor:
        switch = Switch(worker.config)
        tag = visitor.get("/", *NAVIGATION).header("ETag")
        switch.turn_off("altshop")
        assert visitor.get("/", *NAVIGATION, f"If-None-Match: {tag}").body == PAGE
        assert upstream.seen[-1].header("If-None-Match") == tag  # which upstream does not know
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 410
        assert visitor.get("/_milchglas/events", method="POST", body=b"{}").status == 410
        switch.turn_on("altshop")
        assert b"data-milchglas-config" in visitor.get("/", *NAVIGATION).body
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200


@pytest.mark.parametrize("field", ["Cookie: a=1; milchglas=off", "X-Milchglas: off"])
def test_requirement_22_a_visitor_can_opt_out(upstream: Upstream, worker: Worker, field: str) -> None:
    upstream.page("/", PAGE)
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", field, *NAVIGATION).body == PAGE
        assert visitor.get("/_milchglas/start", field, method="POST", body=b"{}").status == 410


def test_requirement_22_the_site_can_leave_a_page_out(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", PAGE, "X-Milchglas: off")
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", *NAVIGATION).body == PAGE


def test_requirement_22_a_page_that_the_site_leaves_out_later_is_kept_once_more_at_most(
    upstream: Upstream, worker: Worker
) -> None:
    upstream.replies["/"] = revalidating
    with Visitor(worker.port) as visitor:
        tag = visitor.get("/", *NAVIGATION).header("ETag")
        upstream.replies["/"] = leaving_out
        assert visitor.get("/", f"If-None-Match: {tag}", *NAVIGATION).status == 304
        anew = visitor.get("/", f"If-None-Match: {tag}", *NAVIGATION)
        assert (anew.status, anew.header("ETag"), anew.body) == (200, '"1"', PAGE)
        assert visitor.get("/", 'If-None-Match: "1"', *NAVIGATION).status == 304


def leaving_out(seen: Seen, connection: socket.socket) -> None:
    """The same page by a server that says at once that it shall not be changed."""
    off = ('ETag: "1"', "X-Milchglas: off")
    if seen.header("If-None-Match") == '"1"':
        connection.sendall("\r\n".join(("HTTP/1.1 304 Not Modified", *off)).encode() + b"\r\n\r\n")
    else:
        connection.sendall(response(PAGE, *off))


def revalidating(seen: Seen, connection: socket.socket) -> None:
    """What a server with validators does."""
    if seen.header("If-None-Match") == '"1"':
        connection.sendall(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 85\r\n\r\n')
    else:
        connection.sendall(response(PAGE, 'ETag: "1"', "Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT"))


def test_requirement_19_a_page_that_did_not_change_is_still_answered_304(
    upstream: Upstream, worker: Worker
) -> None:
    upstream.replies["/"] = revalidating
    with Visitor(worker.port) as visitor:
        first = visitor.get("/", *NAVIGATION)
        tag = first.header("ETag")
        assert tag and tag.startswith("W/") and first.header("Last-Modified") is None
        again = visitor.get("/", f"If-None-Match: {tag}", *NAVIGATION)
        assert (again.status, again.header("ETag"), again.body) == (304, tag, b"")
        assert again.header("Content-Length") == "85"
        assert visitor.get("/", f"If-None-Match: {tag}", *NAVIGATION).status == 304


def test_requirement_19_a_page_from_before_the_snippet_is_sent_anew(upstream: Upstream, worker: Worker) -> None:
    upstream.replies["/"] = revalidating
    with Visitor(worker.port) as visitor:
        answer = visitor.get("/", 'If-None-Match: "1"', *NAVIGATION)
    assert answer.status == 200 and b"data-milchglas-config" in answer.body


def test_requirement_19_a_part_of_a_page_lets_nobody_keep_one_from_before_the_snippet(
    upstream: Upstream, worker: Worker
) -> None:
    def parts(seen: Seen, connection: socket.socket) -> None:
        if seen.header("Range"):
            part = ('ETag: "1"', f"Content-Range: bytes 0-9/{len(PAGE)}")
            connection.sendall(response(PAGE[:10], *part, status="206 Partial Content"))
        else:
            revalidating(seen, connection)

    upstream.replies["/"] = parts
    with Visitor(worker.port) as visitor:
        assert visitor.get("/", "Range: bytes=0-9").status == 206
        answer = visitor.get("/", 'If-None-Match: "1"', *NAVIGATION)
    assert answer.status == 200 and b"data-milchglas-config" in answer.body


def test_requirement_19_what_is_no_page_is_answered_304_after_it_was_seen_once(
    upstream: Upstream, worker: Worker
) -> None:
    def manual(seen: Seen, connection: socket.socket) -> None:
        if seen.header("If-None-Match") == '"1"':
            connection.sendall(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
        else:
            connection.sendall(response(b"%PDF", 'ETag: "1"', type="application/pdf"))

    upstream.replies["/anleitung"] = manual
    with Visitor(worker.port) as visitor:
        assert visitor.get("/anleitung", 'If-None-Match: "1"', *NAVIGATION).status == 200
        again = visitor.get("/anleitung", 'If-None-Match: "1"', *NAVIGATION)
    assert (again.status, again.header("ETag"), again.header("Vary")) == (304, '"1"', None)


@pytest.mark.parametrize("body", [PAGE, b"no page"])
def test_requirement_24_each_page_says_what_became_of_it_when_debugging(upstream: Upstream, body: bytes) -> None:
    upstream.page("/", body)
    upstream.page("/a.css", b"a{}", type="text/css")
    fate = "injected" if body == PAGE else "skipped; reason=not_html"
    with working(configured(upstream.url, debug=True)) as worker, Visitor(worker.port) as visitor:
        assert visitor.get("/", *NAVIGATION).header("X-Milchglas-Page") == fate
        assert visitor.get("/a.css", "Sec-Fetch-Dest: style").header("X-Milchglas-Page") is None
        assert visitor.get("/a.css", *NAVIGATION).header("X-Milchglas-Page") == "skipped; reason=media_type"
    with working(configured(upstream.url)) as worker, Visitor(worker.port) as visitor:
        assert visitor.get("/", *NAVIGATION).header("X-Milchglas-Page") is None


@pytest.mark.parametrize(("cls", "method"), [(SitePages, "asked"), (SitePages, "plan"), (Plan, "headers")])
def test_requirement_24_a_page_that_goes_out_as_it_came_by_a_fault_of_ours_is_counted(
    upstream: Upstream, worker: Worker, monkeypatch: pytest.MonkeyPatch, cls: type, method: str
) -> None:
    def fails(*args: object, **more: object) -> None:
        raise RuntimeError

    def count() -> float:
        return SKIPPED.labels("altshop", "error")._value.get()

    upstream.page("/", PAGE, 'ETag: "1"')
    upstream.page("/a.css", b"a{}", type="text/css")
    before = count()
    monkeypatch.setattr(cls, method, fails)
    with Visitor(worker.port) as visitor:
        assert visitor.get("/a.css", "Sec-Fetch-Dest: style").body == b"a{}"
        answer = visitor.get("/", *NAVIGATION)
    assert (answer.body, answer.header("ETag")) == (PAGE, '"1"')
    assert count() == before + 1


@pytest.mark.parametrize("coding", ["identity", "gzip", "deflate", "br", "zstd"])
def test_requirement_21_two_milchglas_in_a_row_inject_once(upstream: Upstream, coding: str) -> None:
    coded = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}
    upstream.page("/", coded.get(coding, bytes)(PAGE), f"Content-Encoding: {coding}", 'ETag: "1"')
    with (
        working(configured(upstream.url)) as inner,
        working(configured(f"http://127.0.0.1:{inner.port}")) as outer,
        Visitor(outer.port) as visitor,
        Visitor(inner.port) as insider,
    ):
        answer, once = visitor.get("/", *NAVIGATION), insider.get("/", *NAVIGATION)
    assert answer.body == once.body
    assert b"".join(decoder(coding).decode(answer.body)).count(b"data-milchglas-config") == 1
    assert answer.header("ETag") == once.header("ETag")


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
