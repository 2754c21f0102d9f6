"""Who gets the snippet: rows of the two tables, each with what must pass beside what must not."""

from __future__ import annotations

import pytest

from proxy.config import Site
from proxy.page.eligible import accept_encoding, asks_for_file, request_refusal, response_refusal
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
        ("GET", "Cache-Control: max-age=0, no-transform", "no_transform"),
        ("GET", "Cookie: a=1; milchglas=off", "opted_out"),
        ("GET", "Cookie: a=1\nCookie: milchglas=off", "opted_out"),
        ("GET", "Cookie: milchglas=offline; xmilchglas=off", None),
        ("GET", "X-Milchglas: Off", "opted_out"),
        ("GET", "X-Milchglas: on", None),
        ("GET", "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1)", "bot"),
        ("GET", "User-Agent: facebookexternalhit/1.1", "bot"),
        ("GET", "User-Agent: Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 21) Chrome/120", None),
        ("GET", "User-Agent: Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120", None),
    ],
)
def test_requests(method: str, head: str, reason: str | None) -> None:
    assert request_refusal(Request(method, "/", headers(head)), site()) == reason


def test_the_list_of_robots_is_the_operators() -> None:
    own = site(pages={"bots": ["Hausbot"]})
    assert request_refusal(Request("GET", "/", headers("User-Agent: HAUSBOT/2")), own) == "bot"
    assert request_refusal(Request("GET", "/", headers("User-Agent: Googlebot")), own) is None


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
        ("/intern;x=1/a.html", "page_rule"),
        ("/%69ntern;x=1/./a.html;y", "page_rule"),
        ("/shop;x/..;y/intern/a.html", "page_rule"),
        ("/intern%5Ca.html", "page_rule"),
        ("/Intern/a.html", "page_rule"),
        ("/a.html;jsessionid=1.css", None),
        ("/shop;x=1/a.html", None),
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
        (200, f"{HTML}\nContent-Encoding: br", None),
        (200, f"{HTML}\nContent-Encoding: Deflate", None),
        (200, f"{HTML}\nContent-Encoding: zstd", None),
        (200, f"{HTML}\nContent-Encoding: compress", "coding"),
        (200, f"{HTML}\nContent-Encoding: dcb", "coding"),
        (200, f"{HTML}\nContent-Encoding: gzip, gzip", "coding"),
        (200, f"{HTML}\nContent-Encoding: gzip\nContent-Encoding: br", "coding"),
        (200, f"{HTML}\nX-Milchglas: off", "opted_out"),
        (200, f"{HTML}\nContent-Length: 0", "empty"),
        (200, f"{HTML}\nContent-Length: 33554432", None),
        (200, f"{HTML}\nContent-Length: 33554433", "size"),
        (200, f"{HTML}\nContent-Length: many", None),
        (200, f"{HTML}; charset=UTF-16LE", "charset"),
        (200, f"{HTML}; charset=iso-2022-jp", "charset"),
        (200, f"{HTML}; charset=Shift_JIS", None),
        (200, f"{HTML}\nIntegrity-Policy: blocked-destinations=(script)", "integrity"),
        (200, f"{HTML}\nIntegrity-Policy: x=(a)\nIntegrity-Policy: blocked-destinations=(Script)", "integrity"),
        (200, f"{HTML}\nIntegrity-Policy-Report-Only: blocked-destinations=(script)", "integrity"),
        (200, f"{HTML}\nIntegrity-Policy: blocked-destinations=(style)", None),
    ],
)
def test_responses(status: int, head: str, reason: str | None) -> None:
    assert response_refusal(Response(status, headers(head)), site()) == reason


@pytest.mark.parametrize(
    ("sent", "passed_on"),
    [
        ("gzip, deflate, br, zstd", "gzip, deflate, br, zstd"),
        ("gzip, deflate, br, zstd, dcb, dcz", "gzip, deflate, br, zstd"),
        ("compress;q=0.5, GZIP;q=0.5, identity;q=0", "GZIP;q=0.5, identity;q=0"),
        ("sdch", "identity"),
        ("", "identity"),
        ("x-gzip", "x-gzip"),
        ("*", "identity, gzip, x-gzip, deflate, br, zstd"),
        ("*;q=0, gzip", "gzip, identity;q=0, x-gzip;q=0, deflate;q=0, br;q=0, zstd;q=0"),
    ],
)
def test_upstream_is_asked_for_codings_that_can_be_spliced(sent: str, passed_on: str) -> None:
    assert accept_encoding(sent) == passed_on


@pytest.mark.parametrize(
    ("target", "head", "file"),
    [
        ("/", "Sec-Fetch-Dest: document", False),
        ("/a.js", "Sec-Fetch-Dest: document", False),
        ("/", "Sec-Fetch-Dest: image", True),
        ("/", "", False),
        ("/", "Accept: text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/a.pdf", "Accept: text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/", "Accept: */*", False),
        ("/lib/A.JS?v=1", "Accept: */*", True),
        ("/", "Accept: image/png,image/svg+xml,*/*;q=0.8", True),
        ("/", "Accept: text/css,*/*;q=0.1", True),
    ],
)
def test_conditions_of_files_are_told_from_those_of_pages(target: str, head: str, file: bool) -> None:
    assert asks_for_file(Request("GET", target, headers(head))) is file
