"""The plain keepers of the table in rrweb.py: what a number, a name, a rule of style must be to stay."""

from __future__ import annotations

import math
from typing import Any, Final

from proxy.privacy.nodes import LIMIT
from proxy.privacy.tree import is_id
from proxy.privacy.urls import mask_css, mask_strings
from proxy.privacy.work import Work

DROP: Final = object()
"""What a keeper returns for a value that may not stay."""


def number(work: Work, raw: Any) -> Any:
    """Pixels, offsets, seconds: too small to hold a card number."""
    return raw if type(raw) in (int, float) and math.isfinite(raw) and abs(raw) < LIMIT else DROP


def flag(work: Work, raw: Any) -> Any:
    return raw if type(raw) is bool else DROP


def node_id(work: Work, raw: Any) -> Any:
    return raw if raw is None or is_id(raw) else DROP


def index(work: Work, raw: Any) -> Any:
    """Where a style rule stands: a number, or the path of numbers of a nested one."""
    if isinstance(raw, list):
        return raw if len(raw) <= 32 and all(is_id(n) for n in raw) else DROP
    return raw if is_id(raw) else DROP


def css(work: Work, raw: Any) -> Any:
    if raw is None or (isinstance(raw, str) and work.view.known):  # else it may echo what was forgotten
        return raw if raw is None else mask_css(raw, content=work.masks_text)
    return DROP


def css_value(work: Work, raw: Any) -> Any:
    """The value of one property."""
    kept = css(work, raw)
    return mask_strings(kept) if work.masks_text and isinstance(kept, str) else kept


def word(work: Work, raw: Any) -> Any:
    """A name of CSS or of an element."""
    return raw if raw is None or (isinstance(raw, str) and len(raw) <= 100 and work.view.known) else DROP
