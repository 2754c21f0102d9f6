"""Every file of tests/cases/page is a page, and the place of the snippet in it or the reason why there is none.

A file has a YAML head and then the page and what is expected, each after its `---` line:

    defends: the requirement, or the peer that gets it wrong
    mutant: the mistake that this case would find
    refused: the reason, when the page has to go out as it came
    content_type: of the response, text/html without
    bytes: the Python codec of the page's bytes, utf-8 without

`{{snippet}}` stands for the snippet.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from proxy.config import Site
from proxy.page.coding import GzipDecoder
from proxy.page.facts import Headers, Request, Response
from proxy.page.plan import Plan, SitePages
from proxy.page.snippet import Snippet

CASES = sorted((Path(__file__).parents[2] / "cases" / "page").glob("*.txt"))
SITE = Site(name="altshop", hosts=("*",), upstream="http://127.0.0.1:1")
PATH, SRC = "/_milchglas", "/_milchglas/recorder.0123abcd.js"
REQUEST = Request("GET", "/alt.html", Headers(), origin="https://shop.example")


def plan_of(content_type: str, coding: str) -> Plan:
    pairs = [(b"Content-Type", content_type.encode()), (b"Content-Encoding", coding.encode())]
    pages = SitePages(SITE, PATH, SRC)
    plan = pages.plan(pages.asked(REQUEST), Response(200, Headers(pairs)))
    assert isinstance(plan, Plan)
    return plan


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


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, coding: str, size: int) -> None:
    head, _, rest = case.read_text(encoding="utf-8").partition("--- page\n")
    page, _, expected = rest.partition("--- expected\n")
    facts = YAML(typ="safe").load(head)
    assert facts.keys() >= {"defends", "mutant"}
    content_type = facts.get("content_type", "text/html")
    body = page.encode(facts.get("bytes", "utf-8"))
    wire = gzip.compress(body, mtime=0) if coding == "gzip" else body

    out, reason = through(plan_of(content_type, coding), wire, size)

    assert reason == facts.get("refused", "")
    if reason:
        assert out == wire
    else:
        snippet = Snippet(SITE, PATH, SRC).render(xhtml="xhtml" in content_type)
        wanted = expected.encode(facts.get("bytes", "utf-8")).replace(b"{{snippet}}", snippet)
        decoded = b"".join(GzipDecoder().decode(out)) if coding == "gzip" else out
        assert decoded == wanted
        assert expected.replace("{{snippet}}", "") == page
