"""Every file of tests/cases/page is a page, and the place of the snippet in it or the reason why there is none."""

from __future__ import annotations

import gzip
from unittest.mock import patch

import pytest

from proxy.config import Site
from proxy.page import usual
from proxy.page.coding import decoder
from proxy.page.facts import Headers, Pairs, Request, Response
from proxy.page.plan import Plan, SitePages
from proxy.page.snippet import Snippet
from tests.proxy.page.case import CASES, Case
from tests.proxy.page.page_mutants import MUTANTS

SITE = Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1")
PATH, SRC = "/_milchglas", "/_milchglas/recorder.0123abcd.js"
ORIGIN = "https://shop.example"


def pairs(*lines: str) -> Pairs:
    return tuple(
        (name.encode(), value.strip().encode()) for name, _, value in (line.partition(":") for line in lines)
    )


def plan_of(case: Case, coding: str) -> Plan | str:
    """What the heads of request and response say."""
    pages = SitePages(SITE, PATH, SRC)
    asked = pages.asked(Request("GET", "/alt.html", Headers(pairs(*case.request)), origin=ORIGIN))
    head = pairs(f"Content-Type: {case.content_type}", f"Content-Encoding: {coding}", *case.headers)
    return pages.plan(asked, Response(case.status, Headers(head)))


def through(plan: Plan, body: bytes, size: int) -> tuple[bytes, str]:
    """The bytes that go out for a body that comes in chunks of `size`, and the reason."""
    rewrite, out, outcome = plan.rewrite, [], None
    for at in range(0, len(body), size):
        chunk = body[at : at + size]
        if outcome is None:
            outcome = rewrite.feed(chunk)
            out += outcome.chunks if outcome else ()
        else:
            out += rewrite.rest(chunk) if outcome.injected else (chunk,)
    if outcome is None:
        outcome = rewrite.end()
        out += outcome.chunks
    if outcome.injected:
        out.append(rewrite.finish())
    return b"".join(out), outcome.reason


def result(case: Case, coding: str, size: int) -> tuple[str, bytes]:
    """The reason, and what goes out: decoded where the snippet is in, as it is on the wire where not."""
    wire = gzip.compress(case.page, mtime=0) if coding == "gzip" else case.page
    plan = plan_of(case, coding)
    out, reason = (wire, plan) if isinstance(plan, str) else through(plan, wire, size)
    return reason, out if reason else b"".join(decoder(coding).decode(out))


def wanted(case: Case, coding: str) -> tuple[str, bytes]:
    if case.refused:
        return case.refused, gzip.compress(case.page, mtime=0) if coding == "gzip" else case.page
    return "", case.injected(Snippet(SITE, PATH, SRC).render(xhtml="xhtml" in case.content_type))


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, coding: str, size: int) -> None:
    assert result(case, coding, size) == wanted(case, coding)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_case_finds_the_mistake_that_it_names(case: Case) -> None:
    right = wanted(case, "identity")
    with patch.object(usual, "place", lambda *_, **__: None), MUTANTS[case.mutant]():
        wrong = result(case, "identity", 1_000_000)
    assert wrong != right
    assert wrong[0] != "error"  # a mistake that makes the code raise would be found by any page


def test_every_mistake_is_found_by_a_case() -> None:
    assert {case.mutant for case in CASES} == MUTANTS.keys()
