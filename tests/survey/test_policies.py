"""What `csp: adapt` is said to add."""

from __future__ import annotations

import pytest

from proxy.page.csp import Admission, Needs, admit
from proxy.survey.policies import added

NEEDS = Needs.of("https://shop.example.com", "/_milchglas", "/_milchglas/recorder.js")
OURS = "https://shop.example.com/_milchglas/"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("script-src 'none'", (f"script-src {OURS}",)),
        ("default-src 'none'", (f"script-src {OURS}", f"connect-src {OURS}")),
        ("default-src 'self'; connect-src https://a.example.net", (f"connect-src {OURS}",)),
        ("img-src *; script-src 'self'; connect-src 'none'", (f"connect-src {OURS}",)),
        ("default-src 'self'", ()),
    ],
)
def test_it_is_what_the_adapted_policy_has_more(policy: str, said: tuple[str, ...]) -> None:
    admission = admit([policy], NEEDS, adapt=True)
    assert isinstance(admission, Admission)
    assert added([policy], admission.values) == said
