"""Who gets the snippet: rows of the two tables, each with what must pass beside what must not."""

from __future__ import annotations

import pytest

from proxy.config import Site
from proxy.page.eligible import accept_encoding, request_refusal, response_refusal
from proxy.page.facts import Headers, Request, Response


def site(**more: object) -> Site:
    return Site.model_validate({"name": "a", "hosts": ["*"], "upstream": "http://127.0.0.1:1"} | more)


def headers(text: str) -> Headers:
    pairs = (line.partition(": ") for line in text.splitlines() if line)
    return Headers((name.encode(), value.encode()) for name, _, value in pairs)


@pytest.mark.parametrize(
    ("method", "head", "reason"),
    [
        ("GET", "", None),
        ("POST", "", None),
        ("HEAD", "", "method"),
        ("PUT", "", "method"),
        ("GET", "Sec-Fetch-Dest: document\nSec-Fetch-Mode: navigate", None),
        ("GET", "Sec-Fetch-Dest: iframe\nSec-Fetch-Mode: navigate", None),
        ("GET", "Sec-Fetch-Dest: frame", None),
        ("GET", "Sec-Fetch-Dest: empty", "not_a_document"),
        ("GET", "Sec-Fetch-Dest: image", "not_a_document"),
        ("GET", "Sec-Fetch-Dest: fencedframe", "not_a_document"),
        ("GET", "X-Requested-With: XMLHttpRequest", "partial"),
        ("GET", "X-Requested-With: org.example.browser", None),
        ("GET", "HX-Request: true", "partial"),
        ("GET", "Turbo-Frame: cart", "partial"),
        ("GET", "Sec-Fetch-Mode: cors", "partial"),
        ("GET", "Sec-GPC: 1", "gpc"),
        ("GET", "Sec-GPC: 0", None),
    ],
)
def test_requests(method: str, head: str, reason: str | None) -> None:
    assert request_refusal(Request(method, "/", headers(head)), site()) == reason


def test_the_kill_switch_comes_first() -> None:
    assert request_refusal(Request("HEAD", "/", headers("Sec-GPC: 1")), site(enabled=False)) == "disabled"


def test_gpc_counts_unless_the_operator_says_otherwise() -> None:
    relaxed = site(consent={"respect_gpc": False})
    assert request_refusal(Request("GET", "/", headers("Sec-GPC: 1")), relaxed) is None


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/", None),
        ("/shop/a.html?x=/intern/", None),
        ("/shop/a.css", "page_rule"),
        ("/intern/", "page_rule"),
        ("/intern/a.html?q", "page_rule"),
        ("/%69ntern/a.html", "page_rule"),
        ("//intern//a.html", "page_rule"),
        ("/shop/../intern/a.html", "page_rule"),
        ("/a.html;jsessionid=1.css", None),
    ],
)
def test_page_rules_hold_however_the_path_is_spelled(target: str, reason: str | None) -> None:
    rules = site(pages={"include": ["/", "*.html", "/intern/*"], "exclude": ["/intern/*", "*/b.html"]})
    assert request_refusal(Request("GET", target, Headers()), rules) == reason


HTML = "Content-Type: text/html"


@pytest.mark.parametrize(
    ("status", "head", "reason"),
    [
        (200, HTML, None),
        (404, HTML, None),
        (500, HTML, None),
        (101, HTML, "status"),
        (103, HTML, "status"),
        (204, HTML, "status"),
        (205, HTML, "status"),
        (206, HTML, "status"),
        (302, HTML, "status"),
        (304, HTML, "status"),
        (200, f"{HTML}\nContent-Range: bytes 0-1/2", "range"),
        (200, f"{HTML}\nContent-Disposition: attachment; filename=a.html", "attachment"),
        (200, f"{HTML}\nContent-Disposition: INLINE; filename=a.html", None),
        (200, "", "media_type"),
        (200, "Content-Type: text/plain", "media_type"),
        (200, "Content-Type: text/event-stream", "media_type"),
        (200, "Content-Type: text/xml", "media_type"),
        (200, "Content-Type: text/html, application/json", "media_type"),
        (200, "Content-Type: application/xhtml+xml; charset=utf-8", None),
        (200, f"{HTML}\nCache-Control: private, No-Transform", "no_transform"),
        (200, f"{HTML}\nTransfer-Encoding: chunked", None),
        (200, f"{HTML}\nTransfer-Encoding: gzip, chunked", "framing"),
        (200, f"{HTML}\nTrailer: Digest", "trailer"),
        (200, f"{HTML}\nContent-Encoding: gzip", None),
        (200, f"{HTML}\nContent-Encoding: X-GZIP", None),
        (200, f"{HTML}\nContent-Encoding: identity", None),
        (200, f"{HTML}\nContent-Encoding: br", "coding"),
        (200, f"{HTML}\nContent-Encoding: gzip, gzip", "coding"),
        (200, f"{HTML}\nContent-Encoding: gzip\nContent-Encoding: br", "coding"),
        (200, f"{HTML}; charset=UTF-16LE", "charset"),
        (200, f"{HTML}; charset=iso-2022-jp", "charset"),
        (200, f"{HTML}; charset=Shift_JIS", None),
        (200, f"{HTML}\nIntegrity-Policy: blocked-destinations=(script)", "integrity"),
    ],
)
def test_responses(status: int, head: str, reason: str | None) -> None:
    assert response_refusal(Response(status, headers(head))) == reason


@pytest.mark.parametrize(
    ("sent", "passed_on"),
    [
        (None, None),
        ("gzip, deflate, br, zstd", "gzip"),
        ("br", "identity"),
        ("", "identity"),
        ("*", "gzip, identity"),
        ("*;q=0, gzip", "gzip, identity;q=0"),
        ("br, gzip;q=0", "gzip;q=0"),
        ("GZIP;q=0.5, identity;q=0", "gzip;q=0.5, identity;q=0"),
        ("x-gzip", "x-gzip"),
    ],
)
def test_upstream_is_asked_for_codings_that_can_be_spliced(sent: str | None, passed_on: str | None) -> None:
    assert accept_encoding(sent) == passed_on
