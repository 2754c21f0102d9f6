"""One policy: how it is read, and how it is edited."""

from __future__ import annotations

import pytest

from proxy.page.policy import CONNECT, SCRIPT, Policy
from proxy.page.sources import Url

SCRIPT_URL = Url.of("https://shop.example", "/_milchglas/recorder.js")
POSTS = (Url.of("https://shop.example", "/_milchglas/start"), Url.of("https://shop.example", "/_milchglas/events"))
OURS = "https://shop.example/_milchglas/"


def read(text: str) -> dict[str, list[str]]:
    return {name: [word[0] for word in words[1:]] for name, words in Policy(text).directives.items()}


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        ("", {}),
        (" ; ;\t", {}),
        ("script-src", {"script-src": []}),
        (" Script-SRC\tA  b\f;c", {"script-src": ["A", "b"], "c": []}),
        ("a 1; A 2", {"a": ["1"]}),
        # These are white space to Python, and none to a policy.
        ("a\x0b1; a\x1c2; a\x853; a\xa04", {name: [] for name in ("a\x0b1", "a\x1c2", "a\x853", "a\xa04")}),
    ],
)
def test_reading(text: str, directives: dict[str, list[str]]) -> None:
    assert read(text) == directives


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("script-src 'self'\t; default-src\f*", False),
        ("img-src b\xfccher.example; script-src 'self'", False),
        ("x-script-src\xa0", False),
        ("script-src b\xfccher.example", True),
        ("default-src\xa0'self'", True),
        ("\x0bconnect-src *", True),
        ("sandbox\x0b", True),
        ("script-src 'self'; SCRIPT-SRC \xfc", True),
    ],
)
def test_a_policy_of_which_browsers_differ_permits_nothing(text: str, doubtful: bool) -> None:
    policy = Policy(text)
    assert policy.doubtful is doubtful
    if doubtful:
        assert not policy.lets_load(SCRIPT_URL) and not policy.lets_post(POSTS)


@pytest.mark.parametrize(
    ("text", "tight"),
    [
        ("default-src 'self'", False),
        ("sandbox allow-scripts Allow-Same-Origin", False),
        ("sandbox allow-scripts", True),
        ("sandbox allow-same-origin", True),
        ("sandbox", True),
        ("SANDBOX; sandbox allow-scripts allow-same-origin", True),
    ],
)
def test_requirement_13_sandbox(text: str, tight: bool) -> None:
    assert Policy(text).sandboxed is tight


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("script-src", f"script-src {OURS}"),
        ("script-src 'NONE'", f"script-src {OURS}"),
        (" script-src\ta.example  'none' ; img-src *", f" script-src\ta.example  {OURS} ; img-src *"),
        ("script-src 'none-'", f"script-src 'none-' {OURS}"),
        ("\tscript-src a.example\t;;", f"\tscript-src a.example {OURS}\t;;"),
        ("Script-Src-Elem a; script-src b", f"Script-Src-Elem a {OURS}; script-src b"),
        ("default-src", f"default-src; script-src {OURS}"),
        ("default-src 'none'; ", f"default-src 'none';  script-src {OURS}"),
        ("Default-Src a  b ", f"Default-Src a  b ; script-src a b {OURS}"),
        ("img-src *", "img-src *"),
    ],
)
def test_an_edit_adds_one_source_and_leaves_the_rest_as_it_stands(text: str, after: str) -> None:
    assert Policy(text).opened(SCRIPT, OURS).text == after


def test_posts_have_a_directive_of_their_own() -> None:
    assert Policy("default-src a; script-src b").opened(CONNECT, OURS).text == (
        f"default-src a; script-src b; connect-src a {OURS}"
    )


def test_a_policy_that_was_opened_permits() -> None:
    policy = Policy("default-src 'none'")
    assert policy.opened(SCRIPT, OURS).lets_load(SCRIPT_URL)
    assert policy.opened(CONNECT, OURS).lets_post(POSTS)


def test_strict_dynamic_is_open_to_a_nonce_only() -> None:
    policy = Policy("script-src 'self' 'strict-dynamic' 'nonce-abc'")
    assert not policy.lets_load(SCRIPT_URL)
    assert not policy.opened(SCRIPT, OURS).lets_load(SCRIPT_URL)
    assert policy.lets_load(SCRIPT_URL, "abc")
    assert not policy.lets_load(SCRIPT_URL, "ABC")
    assert policy.nonces == ("abc",)
