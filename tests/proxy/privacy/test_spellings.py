"""A value in the spellings of a page."""

from __future__ import annotations

import base64

from hypothesis import given
from hypothesis import strategies as st

from proxy.privacy.spellings import base64_heads, fold, number_forms


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.binary(max_size=5), st.text(min_size=4, max_size=20), st.binary(max_size=5))
def test_base64_of_whatever_stands_around_holds_one_of_the_forms(before: bytes, value: str, after: bytes) -> None:
    coded = base64.b64encode(before + value.encode("utf-8", "replace") + after).decode()
    assert any(head in coded for head in base64_heads(value, eager=True))


def test_numbers_are_regrouped() -> None:
    forms = set(number_forms("4111-2222 33334444"))
    assert {
        "4111222233334444",
        "4111 2222 3333 4444",
        "4444 3333 2222 1111".replace("1111", "4111"),
        "3333",
    } <= forms
    assert not set(number_forms("erika mustermann"))
