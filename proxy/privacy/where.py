"""What kind of string is looked through for echoes: where words stand by chance, an echo is more than a word."""

from __future__ import annotations

from typing import Final


class Where:
    """Plain numbers: they are compared for every candidate."""

    TEXT: Final = 0
    """People read it; addresses of pages, too."""
    CODE: Final = 1
    """Class, id, address of a file, value that stays: names of people count, other values when distinctive."""
    STYLE: Final = 2
    """Undistinctive values count in strings, addresses and custom properties only: Mrs Block blocks no layout."""


def by_chance(text: str, start: int, value: str, where: int, *, named: bool) -> bool:
    """Whether `value` at `text[start:]` may stand there for another reason; `named`: it is a personal value."""
    if where == Where.TEXT or len(value) >= 8 or any(c.isdigit() or c in " @" for c in value):
        return False
    return not _in_string(text, start) if where == Where.STYLE else not named


def _in_string(css: str, start: int) -> bool:
    before = css[max(0, start - 200) : start]
    declaration = before[max(map(before.rfind, ";{}")) + 1 :]
    return any(sign in declaration for sign in ('"', "'", "url(", "--"))
