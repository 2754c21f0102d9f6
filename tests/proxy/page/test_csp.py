"""Policies: who lets the recorder in, and the smallest edit for those who do not.

The cases are tests/cases/csp; test_policies_in_chromium.py has a browser judge the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page import csp
from proxy.page.csp import Admission, Needs, admit, meta_permits
from proxy.page.policy import Policy
from proxy.page.sources import Url
from tests.proxy.page.policies import CASES, Case
from tests.proxy.page.policy_mutants import MISTAKES, mistaken

ORIGIN = "http://127.0.0.1:8080"
NEEDS = Needs.of(ORIGIN, "/_milchglas", "/_milchglas/recorder.0123.js")
FOLDER = f"{ORIGIN}/_milchglas/"


def needs(origin: str) -> Needs:
    return Needs.of(origin, "/_milchglas", "/_milchglas/recorder.0123.js")


def judged(case: Case, csp: Any) -> Admission | str:
    """What proxy.page.csp, or a mistaken one, makes of the case."""
    reporting = case.values("Content-Security-Policy-Report-Only")
    needs = csp.Needs.of(ORIGIN, "/_milchglas", "/_milchglas/recorder.0123.js")
    got = csp.admit(case.values("Content-Security-Policy"), needs, adapt=True, reporting=reporting)
    if isinstance(got, str):
        return got
    # Where the header names no charset, the snippet comes after the meta that does (splice.py).
    loads = "charset" not in case.type
    if not all(csp.meta_permits(content, needs, loads=loads, nonce=got.nonce) for content in case.metas()):
        return "csp_meta"
    return Admission(got.values, got.nonce)


def expected(case: Case) -> Admission | str:
    return case.refused or Admission(case.values("Content-Security-Policy", edited=True), case.nonce)


@pytest.mark.parametrize("name", CASES)
def test_requirements_11_to_13_a_case_is_admitted_or_refused_as_it_says(name: str) -> None:
    case = Case.load(name, ORIGIN, other="http://other.example")
    assert judged(case, csp) == expected(case)


@pytest.mark.parametrize("name", CASES)
def test_a_case_finds_the_mistake_that_it_names(name: str) -> None:
    case = Case.load(name, ORIGIN, other="http://other.example")
    with mistaken(case.mutant) as with_a_mistake:
        assert judged(case, with_a_mistake) != expected(case)


def test_every_mistake_is_found_by_a_case() -> None:
    assert {Case.load(name, ORIGIN, other="").mutant for name in CASES} == set(MISTAKES)


@pytest.mark.parametrize("name", CASES)
def test_requirement_12_where_pages_are_skipped_no_case_is_edited(name: str) -> None:
    case = Case.load(name, ORIGIN, other="http://other.example")
    values = case.values("Content-Security-Policy")
    reporting = case.values("Content-Security-Policy-Report-Only")
    got = admit(values, NEEDS, adapt=False, reporting=reporting)
    if case.edited != case.headers:
        assert got == "csp"
    elif case.refused not in ("", "csp_meta"):
        assert got == case.refused
    else:
        assert got == Admission(values, case.nonce)


def test_a_page_by_https_on_a_port_of_its_own() -> None:
    got = admit(["connect-src shop.example"], needs("https://shop.example:8443"), adapt=True)
    assert got == Admission(("connect-src shop.example https://shop.example:8443/_milchglas/",))


def test_an_address_that_no_policy_can_name_is_refused_unless_it_is_covered_anyway() -> None:
    ipv6 = needs("http://[::1]:8080")
    assert admit(["script-src 'none'"], ipv6, adapt=True) == "csp"
    assert admit(["script-src 'self'"], ipv6, adapt=True) == Admission(("script-src 'self'",))


@pytest.mark.parametrize("origin", ["http://a;script-src *", "http://a,b", "http://a b", "http://a_b", "junk", ""])
def test_an_origin_that_could_write_more_than_a_source_is_not_written(origin: str) -> None:
    assert admit(["script-src 'none'"], needs(origin), adapt=True) == "csp"
    assert admit(["default-src 'none'"], needs(origin), adapt=True) == "csp"


def test_a_page_of_very_many_nonces_takes_no_longer() -> None:
    many = " ".join(f"'nonce-{number}'" for number in range(5000))
    assert admit([f"script-src {many} 'strict-dynamic'"], NEEDS, adapt=True) == Admission(
        (f"script-src {many} 'strict-dynamic'",), "0"
    )
    assert (
        admit([f"script-src {many} 'strict-dynamic'", "script-src 'strict-dynamic'"], NEEDS, adapt=True) == "csp"
    )


@pytest.mark.parametrize(
    ("content", "loads", "nonce", "permits"),
    [
        ("connect-src 'none'", False, "", False),
        ("default-src 'none'", False, "", False),
        ("script-src 'none'", False, "", True),
        ("script-src 'none'", True, "", False),
        ("script-src 'nonce-abc'", True, "", False),
        ("script-src 'nonce-abc'", True, "abc", True),
        ("sandbox; report-uri /x; frame-ancestors 'none'", True, "", True),
        ("connect-src 'self', img-src 'none'", False, "", False),
        ("img-src *, connect-src 'none'", False, "", False),
        ("connect-src 'self'\xa0", False, "", False),
        ("", True, "", True),
    ],
)
def test_requirement_12_a_policy_within_the_page(content: str, loads: bool, nonce: str, permits: bool) -> None:
    assert meta_permits(content, NEEDS, loads=loads, nonce=nonce) is permits


NAMES = ["script-src-elem", "script-src", "Script-Src", "default-src", "connect-src", "img-src", "report-uri"]
SOURCES = [
    *("'self'", "'none'", "'None'", "*", "http:", "https:", "127.0.0.1", "127.0.0.1:8080", "*:8080", "a.example"),
    *(FOLDER, f"{ORIGIN}/js/", "'nonce-abc'", "'nonce-xyz'", "'sha256-abc='", "'strict-dynamic'"),
    *("'unsafe-inline'", "'unsafe-eval'", "b\xfccher.example", "'url-sha256-abc='"),
]
OTHERS = [Url.of(ORIGIN, "/js/shop.js"), Url.of(ORIGIN, "/_milchglas"), Url.of("http://a.example", "/shop.js")]
SPACE = st.sampled_from([" ", "\t", "  ", "\f"])


@st.composite
def directives(draw: st.DrawFn) -> str:
    words = [draw(st.sampled_from(NAMES)), *draw(st.lists(st.sampled_from(SOURCES), max_size=4))]
    return draw(st.sampled_from(["", " "])) + draw(SPACE).join(words) + draw(st.sampled_from(["", " ", "\t"]))


policies = st.lists(st.lists(directives(), max_size=4).map(";".join), min_size=1, max_size=2).map(",".join)


@given(st.lists(policies, max_size=3), st.lists(policies, max_size=2), st.booleans())
def test_requirements_11_and_12_what_is_admitted_permits_and_differs_by_our_folder_only(
    values: list[str], reporting: list[str], adapt: bool
) -> None:
    got = admit(values, NEEDS, adapt=adapt, reporting=reporting)
    if isinstance(got, str):
        assert got in ("csp", "csp_report_only")
        return
    assert adapt or got.values == tuple(values)
    assert len(got.values) == len(values)
    for policy in _split([*got.values, *reporting]):
        assert Policy(policy).lets_load(NEEDS.script, got.nonce)
        assert Policy(policy).lets_post(NEEDS.posts)
    for before, after in zip(_split(values), _split(got.values), strict=True):
        assert after in _with_our_folder(before)
        for script in OTHERS:
            assert Policy(after).lets_load(script) == Policy(before).lets_load(script)
        assert after.count(FOLDER) <= before.count(FOLDER) + 2
    # A nonce is one that was there.
    assert not got.nonce or f"'nonce-{got.nonce}'" in "".join([*values, *reporting])


def _split(values: Sequence[str]) -> list[str]:
    return [policy for value in values for policy in value.split(",")]


def _with_our_folder(policy: str) -> set[str]:
    """All that may become of a policy: our folder in a directive, or in a copy of default-src at the end."""
    pieces = policy.split(";")
    default = next((piece.split() for piece in pieces if piece.lower().split()[:1] == ["default-src"]), [])
    copied = " ".join([word for word in default[1:] if word.lower() != "'none'"] + [FOLDER])
    texts = {";".join(edited) for edited in product(*map(_edits, pieces))}
    for name in ("script-src", "connect-src"):
        texts |= {text + ("" if text.rstrip().endswith(";") else ";") + f" {name} {copied}" for text in texts}
    return texts


def _edits(directive: str) -> set[str]:
    end = len(directive.rstrip())
    return {
        directive,
        f"{directive[:end]} {FOLDER}{directive[end:]}",
        re.sub("'none'", FOLDER, directive, count=1, flags=re.IGNORECASE),
    }
