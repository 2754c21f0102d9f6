"""One detector of values that give themselves away, whatever their field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]` is what the detector `name` means."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Detector:
    """`hint` (re2, linear time) matches every text that holds what is meant, and others; `spans` says where it is.

    `spans` gets the text after `glyphs.plain`, and takes time linear in its length. `match` and `clean` are raw
    examples that must and must not be found; test_values.py runs them.
    """

    name: str
    kind: str
    cls: str
    hint: str
    spans: Callable[[str], Iterator[tuple[int, int]]]
    match: tuple[str, ...]
    clean: tuple[str, ...]
