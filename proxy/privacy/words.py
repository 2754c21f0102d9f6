"""Names and labels brought to one spelling, so that one pattern serves `kartenNr` and "Karten-Nr.:".

Letters outside Latin stay what they are; only marks that people leave out (accents, stress) go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

CUT: Final = 120
"""Characters of a text that are looked at."""

_WRITTEN_OUT: Final = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ø": "oe",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "İ": "I",
    "Ł": "L",
    "Đ": "D",
    **dict(zip("ÄÖÜØÆŒ", ("Ae", "Oe", "Ue", "Oe", "Ae", "Oe"), strict=True)),
}
_LETTERS: Final = str.maketrans(_WRITTEN_OUT)
_EITHER: Final = str.maketrans(_WRITTEN_OUT | {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ø": "oe?", "å": "aa?"})
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_GAPS: Final = re.compile("(?:[^\\w\u0900-\u0dff\u0e30-\u0e4e]|_)+")  # vowel signs of Indic scripts and Thai stay
_GLUED: Final = re.compile(
    r"\b(?:txt|tbx|ddl|cbo|fld|frm|edt|inp(?!ut))(?=[a-z]{2})|(?<=[a-z]{3})(field|textbox|input|txt|fld|ctrl)\b"
)
_WORDS: Final = (
    "txt tbx ddl cbo fld frm edt please enter your required optional mandatory bitte ihr ihre "
    "ihren ihrem dein deine deinen geben eingeben "
    "pflichtfeld pflichtangabe erforderlich votre vos veuillez entrez saisissez saisir obligatoire facultatif "
    "inserisci il la tuo tua obbligatorio facoltativo introduce ingrese introduzca tu su obligatorio opcional "
    "digite insira seu sua obrigatorio uw je jouw vul verplicht vereist optioneel wpisz podaj twoj twoja twoje "
    "wymagane zadejte zadajte vas vase povinne ange din ditt obligatorisk indtast dit skriv valfritt valgfri "
    "ваш ваша ваше введите укажите обязательно"
)
_NOISE: Final = frozenset(_WORDS.split())
"""Words that stand beside what a field is for, and never tell it."""


def _unmarked(text: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


def pattern(natural: str) -> str:
    """A rule's pattern in its language's spelling, made to match canonical text: `löse` is loese or lose."""
    natural = natural.replace(r"\w", "[^ ]")  # the engine's own \w is ASCII
    return natural if natural.isascii() else _unmarked(natural.translate(_EITHER))


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """Lower-case words, single spaces between: camelCase and digits split, umlauts written out, no accents.

    `canonical("kreditkarteNr1") == "kreditkarte nr 1"`. Type prefixes (`txt`, `ddl`), glued suffixes (`field`)
    and words that only ask ("please enter your") go, unless nothing else is left.
    """
    text = text[:CUT]
    if not text.isascii():
        text = _unmarked(text.translate(_LETTERS))
    spaced = _GAPS.sub(" ", _HUMPS.sub(" ", text)).strip().lower()
    words = _GLUED.sub(r" \1", spaced).split()
    return " ".join([word for word in words if word not in _NOISE]) or spaced
