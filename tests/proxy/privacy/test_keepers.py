"""What a number, a name, a rule of style must be to stay."""

from __future__ import annotations

from typing import Any

import pytest

from proxy.privacy.keepers import DROP, css, css_value, flag, index, node_id, number, word
from proxy.privacy.memory import Memory
from proxy.privacy.policy import Policy
from proxy.privacy.work import Work
from tests.proxy.privacy.pages import batch, site


@pytest.fixture
def work() -> Work:
    made = Work.on(batch([{"type": 1, "data": {}}]), Policy.of(site()), Memory())
    made.view.known = True
    return made


@pytest.mark.parametrize(
    ("keeper", "kept", "dropped"),
    [
        (number, [0, -3, 2.5], [True, None, "1", 10**9, 4111111111111111, [1]]),
        (flag, [True, False], [0, None, "true"]),
        (node_id, [1, -1, None], [True, 1.0, "1", -2, 10**9]),
        (index, [0, [0, 1], []], ["0", [0, "1"], None]),
        (word, ["color", None], ["x" * 101, 5, ["a"]]),
        (css, ["a{}", None], [5, ["a{}"]]),
    ],
)
def test_kept_or_dropped(work: Work, keeper: Any, kept: list[Any], dropped: list[Any]) -> None:
    assert [keeper(work, value) for value in kept] == kept
    assert all(keeper(work, value) is DROP for value in dropped)


def test_no_string_is_kept_of_a_page_that_is_not_known(work: Work) -> None:
    work.view.known = False
    assert [keeper(work, "a") for keeper in (css, css_value, word)] == [DROP] * 3
    assert number(work, 5) == 5
