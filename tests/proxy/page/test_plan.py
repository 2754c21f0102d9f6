"""From two heads to a plan."""

from __future__ import annotations

from typing import Literal

import pytest

from proxy.config import Consent, Site
from proxy.page.facts import Headers, Request, Response
from proxy.page.plan import Plan, SitePages

SITE = Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1")
SRC = "/_milchglas/recorder.0123.js"
REQUEST = Request("GET", "/", Headers(), origin="https://shop.example")


def response(*more: tuple[bytes, bytes]) -> Response:
    return Response(200, Headers([(b"Content-Type", b"text/html; charset=iso-8859-1"), *more]))


def planned(to: Response, csp: Literal["adapt", "skip"] = "adapt") -> Plan | str:
    pages = SitePages(SITE, "/_milchglas", SRC, csp)
    return pages.plan(pages.asked(REQUEST), to)


def test_a_page_gets_the_snippet_and_an_exact_length() -> None:
    plan = planned(response())
    assert isinstance(plan, Plan)
    body = b"<html><head><title>\xe4</title></head>"
    outcome = plan.rewrite.feed(body) or plan.rewrite.end()
    assert outcome and outcome.injected
    out = b"".join(outcome.chunks)
    assert plan.headers([(b"Content-Length", b"%d" % len(body))], outcome) == (
        (b"Content-Length", b"%d" % len(out)),
        (b"Vary", b"Sec-GPC"),
    )


def test_a_page_left_alone_keeps_its_head() -> None:
    plan = planned(response())
    assert isinstance(plan, Plan)
    outcome = plan.rewrite.feed(b"no page")
    pairs = ((b"etag", b'"1"'), (b"Content-Length", b"7"), (b"Digest", b"x"))
    assert outcome and not outcome.injected and plan.headers(pairs, outcome) == pairs


def test_each_plan_is_new() -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    asked = pages.asked(REQUEST)
    first, second = pages.plan(asked, response()), pages.plan(asked, response())
    assert isinstance(first, Plan) and isinstance(second, Plan) and first.rewrite is not second.rewrite


def test_a_nonce_of_the_page_goes_into_the_snippet() -> None:
    policy = b"script-src 'strict-dynamic' 'nonce-abc123'"
    plan = planned(response((b"Content-Security-Policy", policy)))
    assert isinstance(plan, Plan)
    outcome = plan.rewrite.feed(b"<html><head></head>") or plan.rewrite.end()
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
def test_policies(csp: Literal["adapt", "skip"], policy: bytes, reason: str | None) -> None:
    plan = planned(response((b"Content-Security-Policy", policy)), csp)
    assert (plan if isinstance(plan, str) else None) == reason


def test_the_request_is_asked_before_the_response() -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    refused = pages.asked(Request("GET", "/", Headers([(b"Sec-GPC", b"1")])))
    assert refused.refusal == "gpc"
    assert pages.plan(refused, Response(304, Headers())) == "gpc"
    assert pages.plan(pages.asked(REQUEST), Response(304, Headers())) == "status"
    assert pages.plan(pages.asked(REQUEST, off=True), response()) == "disabled"


ETAG, MODIFIED = (b"ETag", b'"a,b"'), (b"Last-Modified", b"Mon, 01 Jan 2001 00:00:00 GMT")
PAGE = b"<html><head></head><body></body></html>"


def kept(pages: SitePages, *validators: tuple[bytes, bytes]) -> str:
    """The ETag that a visitor gets with a page of upstream's validators."""
    plan = pages.plan(pages.asked(REQUEST), response(*validators))
    assert isinstance(plan, Plan)
    outcome = plan.rewrite.feed(PAGE) or plan.rewrite.end()
    return Headers(plan.headers(response(*validators).headers.pairs, outcome)).one("etag")


def request(*fields: tuple[bytes, bytes], target: str = "/") -> Request:
    return Request("GET", target, Headers(fields), origin="https://shop.example")


@pytest.mark.parametrize("validators", [(ETAG,), (MODIFIED,), (ETAG, MODIFIED)])
def test_requirement_19_what_the_visitor_keeps_is_translated_back(
    validators: tuple[tuple[bytes, bytes], ...],
) -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    asked = pages.asked(request((b"Cookie", b"a=1"), (b"If-None-Match", kept(pages, *validators).encode())))
    names = {b"ETag": b"If-None-Match", b"Last-Modified": b"If-Modified-Since"}
    assert asked.kept
    assert asked.pairs == ((b"Cookie", b"a=1"), *((names[name], value) for name, value in validators))


def test_requirement_19_a_304_is_read_as_one_about_the_page_with_the_snippet() -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    tag = kept(pages, ETAG, MODIFIED)
    asked = pages.asked(request((b"If-None-Match", tag.encode())))
    policy = (b"Content-Security-Policy", b"script-src 'none'")
    head = pages.unchanged(asked, Response(304, Headers([ETAG, (b"Content-Length", b"9"), policy])))
    assert head == (
        (b"ETag", tag.encode()),
        (b"Content-Length", b"9"),
        (b"Content-Security-Policy", b"script-src https://shop.example/_milchglas/"),
        (b"Vary", b"Sec-GPC, Sec-Required-CSP"),
    )
    assert pages.unchanged(pages.asked(REQUEST), Response(304, Headers([ETAG]))) is None


OFF = (b"X-Milchglas", b"off")
REVOKED = [
    OFF,
    (b"Cache-Control", b"max-age=0, no-transform"),
    (b"Integrity-Policy", b"blocked-destinations=(script)"),
    (b"Content-Security-Policy", b"sandbox"),
    (b"Content-Security-Policy-Report-Only", b"connect-src 'none'"),
]


@pytest.mark.parametrize("validators", [(ETAG,), (MODIFIED,), (ETAG, MODIFIED)])
@pytest.mark.parametrize("said", REVOKED)
def test_requirement_22_a_page_that_the_site_leaves_out_from_now_on_is_kept_by_nobody(
    said: tuple[bytes, bytes], validators: tuple[tuple[bytes, bytes], ...]
) -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    tag = (b"If-None-Match", kept(pages, *validators).encode())
    unchanged = Response(304, Headers([*validators, said]))
    assert pages.unchanged(pages.asked(request(tag)), unchanged)
    assert pages.asked(request(tag)).pairs == ()
    assert pages.asked(request(tag, target="/other")).kept
    # Sent anew, it goes out as it came and is answered 304 again.
    asked = pages.asked(request(tag))
    assert isinstance(pages.plan(asked, response(*validators, said)), str)
    pages.passed(asked, response(*validators, said))
    names = {b"ETag": b"If-None-Match", b"Last-Modified": b"If-Modified-Since"}
    conditions = tuple((names[name], value) for name, value in validators)
    assert pages.asked(request(*conditions)).pairs == conditions


CONDITIONS = [
    ((b"If-None-Match", b'"a,b"'),),
    ((b"If-Modified-Since", MODIFIED[1]),),
    ((b"If-None-Match", b'"a,b", W/"other"'), (b"If-Modified-Since", MODIFIED[1])),
    ((b"If-None-Match", b"not a tag"),),
]


@pytest.mark.parametrize("conditions", CONDITIONS)
def test_requirement_19_nobody_keeps_a_page_from_before_the_snippet(
    conditions: tuple[tuple[bytes, bytes], ...],
) -> None:
    asked = SitePages(SITE, "/_milchglas", SRC).asked(request(*conditions))
    assert not asked.kept and asked.pairs == ()


@pytest.mark.parametrize("change", ["recorder", "settings", "csp", "upstream"])
def test_requirement_19_nobody_keeps_a_page_with_an_older_snippet(change: str) -> None:
    site = SITE.model_copy(
        update={"settings": {"sensitive": ("#a",)}, "upstream": {"upstream": "http://127.0.0.1:2"}}.get(change, {})
    )
    other = SitePages(
        site,
        "/_milchglas",
        "/_milchglas/recorder.9.js" if change == "recorder" else SRC,
        "skip" if change == "csp" else "adapt",
    )
    old = kept(SitePages(SITE, "/_milchglas", SRC), ETAG)
    asked = other.asked(request((b"If-None-Match", old.encode())))
    assert not asked.kept and asked.pairs == ()


@pytest.mark.parametrize("conditions", CONDITIONS[:2])
def test_requirement_19_what_passed_as_it_was_is_still_answered_304(
    conditions: tuple[tuple[bytes, bytes], ...],
) -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    pages.passed(pages.asked(REQUEST), Response(200, Headers([ETAG, MODIFIED])))
    assert pages.asked(request(*conditions)).pairs == conditions
    assert pages.asked(request(*conditions, target="/other")).pairs == ()


@pytest.mark.parametrize(
    ("asks", "status"),
    [
        ((b"Range", b"bytes=0-9"), 206),
        ((b"Range", b"bytes=900-"), 416),
        ((b"Accept", b"image/png"), 304),
        ((b"Sec-Required-CSP", b"script-src 'none'"), 200),
    ],
)
def test_requirement_19_what_passed_for_one_visitor_only_lets_nobody_keep_a_page_from_before_the_snippet(
    asks: tuple[bytes, bytes], status: int
) -> None:
    pages = SitePages(SITE, "/_milchglas", SRC)
    asked, answer = pages.asked(request(asks)), Response(status, response(ETAG, MODIFIED).headers)
    if status == 200:
        assert pages.plan(asked, answer) == "csp"
    pages.passed(asked, answer)
    assert pages.asked(request(*CONDITIONS[0])).pairs == ()
    assert pages.asked(request(*CONDITIONS[1])).pairs == ()


@pytest.mark.parametrize("conditions", CONDITIONS)
@pytest.mark.parametrize(
    "who",
    [
        (b"Sec-GPC", b"1"),
        (b"Sec-Fetch-Dest", b"image"),
        (b"Accept", b"image/png,*/*;q=0.8"),
        (b"Cookie", b"milchglas=off"),
    ],
)
def test_requirement_19_conditions_of_what_gets_no_snippet_are_not_touched(
    who: tuple[bytes, bytes], conditions: tuple[tuple[bytes, bytes], ...]
) -> None:
    asked = SitePages(SITE, "/_milchglas", SRC).asked(request(who, *conditions))
    assert asked.pairs == (who, *conditions)


@pytest.mark.parametrize("respect", [True, False])
def test_rule_9_a_shared_cache_keeps_pages_for_visitors_with_gpc_apart(respect: bool) -> None:
    pages = SitePages(SITE.model_copy(update={"consent": Consent(respect_gpc=respect)}), "/_milchglas", SRC)
    plan = pages.plan(pages.asked(REQUEST), response((b"Vary", b"Cookie")))
    assert isinstance(plan, Plan)
    outcome = plan.rewrite.feed(PAGE) or plan.rewrite.end()
    head = Headers(plan.headers([(b"Vary", b"Cookie")], outcome))
    assert head.tokens("vary") == (("cookie", "sec-gpc") if respect else ("cookie",))
