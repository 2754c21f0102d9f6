"""Policies: who lets the recorder in, and the smallest edit for those who do not."""

from __future__ import annotations

import pytest

from proxy.page.csp import Admission, Needs, admit, meta_permits, sandboxed

NEEDS = Needs.of("https://shop.example", "/_milchglas", "/_milchglas/recorder.0123.js")
OURS = "https://shop.example/_milchglas/"


def adapted(*values: str) -> Admission | None:
    return admit(values, NEEDS, adapt=True)


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "default-src 'self'",
        "img-src 'none'; frame-ancestors 'none'",
        "default-src 'none'; script-src 'self'; connect-src *",
        "script-src 'none'; script-src-elem 'self'",
        "default-src https:; style-src 'unsafe-inline'",
        "script-src 'self' 'unsafe-inline'",
        f"script-src {OURS}; connect-src {OURS}",
    ],
)
def test_a_policy_that_permits_is_not_touched(policy: str) -> None:
    assert admit([policy], NEEDS, adapt=False) == Admission((policy,))
    assert adapted(policy) == Admission((policy,))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("script-src 'none'", f"script-src {OURS}"),
        ("script-src", f"script-src {OURS}"),
        (
            "script-src-elem a.example; script-src 'none'",
            f"script-src-elem a.example {OURS}; script-src 'none'",
        ),
        ("connect-src api.example;img-src *", f"connect-src api.example {OURS};img-src *"),
        (
            "default-src 'none'; img-src *",
            f"default-src 'none'; img-src *; script-src-elem {OURS}; connect-src {OURS}",
        ),
        (
            "default-src cdn.example 'unsafe-inline';",
            f"default-src cdn.example 'unsafe-inline'; script-src-elem cdn.example 'unsafe-inline' {OURS}; "
            f"connect-src cdn.example 'unsafe-inline' {OURS}",
        ),
        ("Script-Src 'none'; script-src 'self'", f"script-src {OURS}; script-src 'self'"),
        ("script-src shop.example/js/", f"script-src shop.example/js/ {OURS}"),
        ("img-src 'self', script-src 'none'", f"img-src 'self', script-src {OURS}"),
    ],
)
def test_a_policy_that_blocks_gets_our_folder_and_nothing_else(before: str, after: str) -> None:
    assert admit([before], NEEDS, adapt=False) is None
    assert adapted(before) == Admission((after,))


def test_every_header_has_to_agree() -> None:
    assert adapted("default-src 'self'", "script-src 'none'") == Admission(
        ("default-src 'self'", f"script-src {OURS}")
    )


def test_a_nonce_is_reused_rather_than_the_policy_edited() -> None:
    policy = "script-src 'nonce-r4nd0m' 'strict-dynamic' 'unsafe-inline'"
    assert admit([policy], NEEDS, adapt=False) == Admission((policy,), nonce="r4nd0m")


def test_no_nonce_where_none_is_needed() -> None:
    policy = "script-src 'self' 'nonce-r4nd0m'"
    assert adapted(policy) == Admission((policy,))


def test_a_nonce_of_one_policy_does_not_open_another() -> None:
    strict, closed = "script-src 'nonce-a' 'strict-dynamic'", "script-src 'nonce-b'"
    assert adapted(strict, closed) == Admission((strict, f"script-src 'nonce-b' {OURS}"), nonce="a")


@pytest.mark.parametrize(
    "policy", ["script-src 'strict-dynamic' 'sha256-abc='", "default-src 'strict-dynamic' 'sha256-abc='"]
)
def test_hashes_only_with_strict_dynamic_cannot_be_opened(policy: str) -> None:
    assert adapted(policy) is None


def test_an_address_that_no_policy_can_name_is_refused() -> None:
    needs = Needs.of("http://[::1]:8080", "/_milchglas", "/_milchglas/recorder.0123.js")
    assert admit(["script-src 'none'"], needs, adapt=True) is None


@pytest.mark.parametrize(
    ("policy", "tight"),
    [
        ("default-src 'self'", False),
        ("sandbox allow-scripts Allow-Same-Origin", False),
        ("sandbox allow-scripts", True),
        ("sandbox", True),
        ("img-src *, sandbox allow-forms", True),
    ],
)
def test_sandbox(policy: str, tight: bool) -> None:
    assert sandboxed([policy]) is tight


def test_a_meta_policy_governs_posts_always_and_the_script_only_when_it_comes_before_it() -> None:
    assert not meta_permits("connect-src 'none'", NEEDS, loads=False)
    assert meta_permits("script-src 'none'", NEEDS, loads=False)
    assert not meta_permits("script-src 'none'", NEEDS, loads=True)
