"""W3C trace context: a sound trace is gone on with, everything else begins one."""

from __future__ import annotations

import pytest

from proxy.trace import begun, continued

ID, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.mark.parametrize(
    ("given", "sampled"),
    [
        (f"00-{ID}-{PARENT}-01", True),
        (f"00-{ID}-{PARENT}-00", False),
        (f" 00-{ID}-{PARENT}-03 ", True),
        (f"01-{ID}-{PARENT}-01", True),
        (f"cc-{ID}-{PARENT}-01-what-the-future-will-be-like", True),
    ],
)
def test_a_trace_goes_on_as_version_00_with_a_span_of_ours(given: str, sampled: bool) -> None:
    trace = continued(given)
    assert trace
    assert (trace.id, trace.parent, trace.sampled) == (ID, PARENT, sampled)
    assert trace.span != PARENT
    assert trace.header == f"00-{ID}-{trace.span}-0{sampled:d}"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "00",
        f"ff-{ID}-{PARENT}-01",
        f"00-{ID}-{PARENT}-01-more",
        f"cc-{ID}-{PARENT}-01.more",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{ID}-{'0' * 16}-01",
        f"00-{ID.upper()}-{PARENT}-01",
        f"00-{ID}-{PARENT}-1",
        f"00-{ID}-{PARENT}-01, 00-{ID}-{PARENT}-01",
        f"00_{ID}_{PARENT}_01",
    ],
)
def test_what_is_not_sound_is_not_gone_on_with(given: str) -> None:
    assert continued(given) is None


def test_a_trace_that_begins_here_is_one_that_others_can_go_on_with() -> None:
    one, other = begun(), begun()
    assert one.id != other.id
    assert one.parent == ""
    again = continued(one.header)
    assert again
    assert (again.id, again.parent, again.sampled) == (one.id, one.span, True)
