"""Elements as most are: nothing is special about them, whatever their attributes hold. Found once a shape."""

from __future__ import annotations

from typing import Final

from proxy.privacy.attributes import HTML_TAGS, PLAIN
from proxy.privacy.element import FIELDS, SPECIAL_TAGS, TELLING
from proxy.privacy.marks import of_classes

MAX: Final = 20_000
"""Shapes, and class attributes, that are remembered."""
LONG: Final = 500
"""Characters of one that is not."""


class Shape:
    """What a tag and the names of its attributes tell."""

    OTHER: Final = 0
    """It may be a field, or have a mark, or its tag is one that nobody knows."""
    USUAL: Final = 1
    """Nothing is special about it; some of its attributes are to be looked at."""
    PLAIN: Final = 2
    """All of its attributes stay, where they are texts."""


class _Shapes(dict[tuple[str, ...], int]):
    def __missing__(self, key: tuple[str, ...]) -> int:
        tag, *names = key
        shape = Shape.OTHER
        if tag in _USUAL_TAGS and TELLING.isdisjoint(names):
            shape = Shape.PLAIN if PLAIN.issuperset(names) else Shape.USUAL
        if len(self) < MAX and sum(map(len, key)) < LONG:
            self[key] = shape
        return shape


class _Marked(dict[str, bool]):
    def __missing__(self, listed: str) -> bool:
        marked = bool(of_classes(listed))
        if len(self) < MAX and len(listed) < LONG:
            self[listed] = marked
        return marked


_USUAL_TAGS: Final = frozenset(tag for tag in HTML_TAGS if tag.islower()) - FIELDS - SPECIAL_TAGS - {"option"}
SHAPES: Final = _Shapes()
"""(tag, *names of attributes) -> their shape"""
MARKED: Final = _Marked()
"""class attribute -> whether a mark is among its classes"""
