"""One rule of the classifier's tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` (linear-time syntax) in canonical words means `kind`; `match` and `clean` prove it."""

    kind: str
    pattern: str
    match: tuple[str, ...]
    clean: tuple[str, ...] = ()
