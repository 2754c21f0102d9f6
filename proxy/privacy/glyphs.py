"""Characters that look like digits, spaces and dashes, as the plain ones: a number is one however it is set."""

from __future__ import annotations

import unicodedata
from typing import Final

INVISIBLE: Final = "\u200b"
"""What every character of no width becomes."""

_PLAIN: Final[dict[str, str]] = (
    {char: str(unicodedata.decimal(char)) for char in map(chr, range(0x660, 0x1FBFA)) if char.isdecimal()}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full width
    | dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63", "-")
    | dict.fromkeys("\u00ad\u034f\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2061\u2062\u2063\ufeff", INVISIBLE)
    | dict.fromkeys("\u00b7\u2024\u2027\u2219\u22c5", ".")
)

GAP: Final = rf"\s._/\-\x{{{ord(INVISIBLE):x}}}" + "".join(
    f"\\x{{{ord(char):x}}}" for char, is_ in _PLAIN.items() if is_ in f" -.{INVISIBLE}"
)
"""For a hint: the inside of a class of what may stand between the groups of a number, before `plain`."""
DIGIT: Final = r"\p{Nd}"
"""For a hint: a digit of any script."""


def plain(text: str) -> str:
    """`text` with plain digits, spaces, dashes, dots and letters; as long as before, so that offsets hold."""
    if text.isascii():
        return text
    for odd in _PLAIN.keys() & set(text):
        text = text.replace(odd, _PLAIN[odd])
    return text
