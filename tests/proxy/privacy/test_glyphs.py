"""A number is one however it is set."""

from __future__ import annotations

import re2

from proxy.privacy.glyphs import DIGIT, GAP, INVISIBLE, plain


def test_digits_spaces_dashes_and_letters_become_plain_and_keep_their_places() -> None:
    odd = "４１ ٤١\u00a0۴–۱\u2009\u200d\u00adＤＥ·ä"
    assert plain(odd) == f"41 41 4-1 {INVISIBLE}{INVISIBLE}DE.ä"
    assert len(plain(odd)) == len(odd)


def test_a_hint_knows_what_becomes_a_gap_or_a_digit() -> None:
    hint = re2.compile(f"{DIGIT}[{GAP}]{{1,2}}{DIGIT}".encode())
    assert all(
        hint.search(f"4{gap}1".encode()) for gap in " .-_/\t\u00a0\u2009\u202f\u2011\u2013\u00ad\u200b\ufeff"
    )
    assert not hint.search(b"4,1") and not hint.search(b"4x1")
