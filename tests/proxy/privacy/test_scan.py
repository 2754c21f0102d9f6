"""Many strings looked through as one."""

from __future__ import annotations

import re2

from proxy.privacy.scan import common, indexes, masked
from proxy.privacy.urls import MASK


def test_the_strings_that_match_are_told_once_each() -> None:
    joined = "\x00".join(["ab", "", "xx ab ab", "b", "ab"]).encode()
    assert list(indexes(re2.compile(b"ab"), joined)) == [0, 2, 4]
    assert list(indexes(re2.compile(b"zz"), joined)) == []


def test_common_beginnings() -> None:
    assert [common("abcdef", 2, value) for value in ("cdef", "cdxx", "x", "cdefgh")] == [4, 2, 0, 4]


def test_overlapping_spans_are_one_gap() -> None:
    assert masked("abcdefgh", [(4, 6), (1, 3), (2, 5)]) == f"a{MASK}gh"
    assert masked("abc", []) == "abc"
