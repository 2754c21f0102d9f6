"""Texts made to stall a sanitizer: what half matches again and again. Each is a function of its length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final


def _again(part: str) -> Callable[[int], str]:
    return lambda length: (part * (length // len(part) + 1))[:length]


HOSTILE: Final[dict[str, Callable[[int], str]]] = {
    "digits": _again("4"),
    "spaced digits": _again("4 "),
    "almost cards": _again("4111 1111 1111 1112 "),
    "groups": _again("123-45 "),
    "@": _again("@"),
    "a@": _again("a@"),
    "a.": lambda length: "a." * (length // 2) + "@",
    "addresses": _again("a@bc.de "),
    "aA1": _again("aA1"),
    "keys": _again("wJalrXUtnFEMI/K7MDENG/bPxRfi "),
    "hex": _again("0a"),
    "colons": _again(":"),
    "dots": _again("1.1.1."),
    "almost IBANs": _again("DE89370400440532013001 "),
    "IBAN heads": _again("DE89"),
    "JWT heads": _again("eyJ"),
    "PEM heads": _again("-----BEGIN A-----"),
    "bearer": _again("Bearer "),
    "almost codes": _again("RSSMRA85T10A562T "),
    "words": _again("abcdef "),
    "dates": _again("24.12.2024 "),
    "odd digits": _again("٤ ４"),
    "invisible": _again("4\u200b"),
}
