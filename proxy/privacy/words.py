"""Names and labels brought to one spelling, so that one pattern serves `kartenNr` and "Karten-Nr.:"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """Lower-case words, single spaces between: camelCase and digits split, umlauts written out, no accents.

    `canonical("kreditkarteNr1") == "kreditkarte nr 1"`; at most 120 characters of `text` are looked at.
    """
    text = text[:120].translate(_UMLAUTS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _GAPS.sub(" ", _HUMPS.sub(" ", text)).strip().lower()
