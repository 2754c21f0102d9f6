"""Something that would not work, or not well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proxy.load import Loc


@dataclass(frozen=True, slots=True)
class Problem:
    """`at` is the key that is to be changed. An error keeps Milchglas from working, a warning does not."""

    level: Literal["error", "warning"]
    at: Loc
    what: str
    remedy: str


def error(at: Loc, what: str, remedy: str) -> Problem:
    """It will not work."""
    return Problem("error", at, what, remedy)


def warning(at: Loc, what: str, remedy: str) -> Problem:
    """It will, but somebody should know."""
    return Problem("warning", at, what, remedy)
