"""Every reason has something that helps."""

from __future__ import annotations

from proxy.fixtures.replay import OUR_REASONS
from proxy.page.reasons import REASONS
from proxy.survey.remedies import NO_PAGES, REMEDIES


def test_each_reason_has_a_remedy_and_no_other_has() -> None:
    assert set(REMEDIES) == {*REASONS, *OUR_REASONS}
    assert REASONS.keys() >= NO_PAGES


def test_a_remedy_names_nothing_but_the_folder() -> None:
    assert all(each.format(folder="https://x/") for each in REMEDIES.values())
