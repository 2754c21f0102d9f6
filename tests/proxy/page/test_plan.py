"""From two heads to a plan."""

from __future__ import annotations

import pytest

from proxy.config import Site
from proxy.page.facts import Headers, Request, Response
from proxy.page.plan import Plan, SitePages

SITE = Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1")
SRC = "/_milchglas/recorder.0123.js"
REQUEST = Request("GET", "/", Headers(), origin="https://shop.example")


def response(*more: tuple[bytes, bytes]) -> Response:
    return Response(200, Headers([(b"Content-Type", b"text/html; charset=iso-8859-1"), *more]))


def test_a_page_gets_the_snippet_and_an_exact_length() -> None:
    plan = SitePages(SITE, "/_milchglas", SRC).plan(REQUEST, response())
    assert isinstance(plan, Plan)
    body = b"<html><head><title>\xe4</title></head>"
    outcome = plan.rewrite.feed(body)
    assert outcome and outcome.injected
    out = b"".join(outcome.chunks)
    assert plan.headers([(b"Content-Length", b"%d" % len(body))], outcome) == (
        (b"Content-Length", b"%d" % len(out)),
    )


def test_each_plan_is_new() -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    first, second = pages.plan(REQUEST, response()), pages.plan(REQUEST, response())
    assert isinstance(first, Plan) and isinstance(second, Plan) and first.rewrite is not second.rewrite


def test_a_nonce_of_the_page_goes_into_the_snippet() -> None:
    policy = b"script-src 'strict-dynamic' 'nonce-abc123'"
    plan = SitePages(SITE, "/_milchglas", SRC).plan(REQUEST, response((b"Content-Security-Policy", policy)))
    assert isinstance(plan, Plan)
    outcome = plan.rewrite.feed(b"<html><head></head>")
    assert outcome and b'<script async nonce="abc123" src=' in b"".join(outcome.chunks)
    assert plan.headers([(b"Content-Security-Policy", policy)], outcome)[0][1] == policy


@pytest.mark.parametrize(
    ("csp", "policy", "reason"),
    [
        ("adapt", b"script-src 'none'", None),
        ("skip", b"script-src 'none'", "csp"),
        ("skip", b"script-src 'self'", None),
        ("adapt", b"script-src 'strict-dynamic'", "csp"),
        ("adapt", b"sandbox allow-forms", "sandbox"),
    ],
)
def test_policies(csp: str, policy: bytes, reason: str | None) -> None:
    pages = SitePages(SITE, "/_milchglas", SRC, csp)  # type: ignore[arg-type]
    plan = pages.plan(REQUEST, response((b"Content-Security-Policy", policy)))
    assert (plan if isinstance(plan, str) else None) == reason


def test_the_request_is_asked_before_the_response() -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    refused = Request("GET", "/", Headers([(b"Sec-GPC", b"1")]))
    assert pages.refusal(refused) == "gpc"
    assert pages.plan(refused, Response(304, Headers())) == "gpc"
    assert pages.plan(REQUEST, Response(304, Headers())) == "status"
