"""What the sample value in a placeholder tells: `you@example.com`, `1234 5678 9012 3456`."""

from __future__ import annotations

import re
from typing import Final

_SHAPES: Final = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[a-z]")),
    ("card_number", re.compile(r"(?<![\dXx*•·#])(?:[\dXx*•·#]{4}[ -]?){3}[\dXx*•·#]{4}(?![\dXx*•·#])")),
    ("iban", re.compile(r"^[A-Z]{2}[\dX]{2} ?[\dX]{4} ?[\dX]{4}")),
    ("phone", re.compile(r"^\+\d{1,3}\b|\(\d{2,3}\) ?\d{3,4}|^\d{3}[-. ]\d{3}[-. ]\d{4}$|^0\d{2,4}[ /-]\d{4,}")),
)


def shape(text: str) -> str | None:
    """The kind of the sample value that a placeholder shows."""
    return next((kind for kind, look in _SHAPES if look.search(text)), None)
