"""Numbers, times and addresses as people read them."""

from __future__ import annotations

import pytest

from storage import pages


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1, "0 s"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (192, "3 min 12 s"),
        (3600, "1 h 0 min"),
        (90061, "25 h 1 min"),
    ],
)
def test_durations(seconds, text):
    assert pages.duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (4_200_000, "4.2 MB"), (3e9, "3.0 GB")],
)
def test_sizes(count, text):
    assert pages.size(count) == text


@pytest.mark.parametrize(("seconds", "text"), [(7, "0:07"), (187, "3:07"), (3723, "1:02:03")])
def test_places_in_a_recording(seconds, text):
    assert pages.clock(seconds) == text


@pytest.mark.parametrize(
    ("url", "text"), [("https://x/a?b=1#c", "/a?b=1"), ("", ""), ("http://[", "http://["), ("/a", "/a")]
)
def test_addresses(url, text):
    assert pages.path_of(url) == text


@pytest.mark.parametrize("seconds", [-5, 0, 1e18])
def test_any_time_can_be_shown(seconds):
    assert "<time datetime=" in pages.moment(seconds)


def test_an_icon_that_was_not_built_is_nothing():
    assert pages.icon("no-such-icon") == ""
