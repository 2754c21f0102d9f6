"""A page as legacy shops have them: a head, tables of wares, prose, and numbers that never repeat."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

SIZES = {"2k": 2_000, "34k": 34_000, "500k": 500_000}
"""A page's name and its bytes."""

_SYLLABLES = "an be den er fach ge ger hand in keit kun lich ma nung ob pel ra schaft ten ung ver wei zeug zu"
_WORDS = 3_000
_HEAD = b"""<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<title>Altshop: Werkzeug und Eisenwaren</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Werkzeug, Eisenwaren und Scharniere seit 1974">
<link rel="stylesheet" href="/stil.css?v=41">
<script src="/skript.js?v=41"></script>
</head>
<body class="shop">
"""
_FOOT = b"<address>Altshop GmbH, Musterstadt</address>\n</body>\n</html>\n"


@cache
def page(size: int, number: int = 0) -> bytes:
    """A page of exactly `size` bytes, ASCII, the same for the same number; gzip makes about a quarter of it."""
    room = size - len(_HEAD) - len(_FOOT)
    parts = [_HEAD]
    for block in _blocks(number):
        if len(block) > room:
            break
        parts.append(block)
        room -= len(block)
    return b"".join([*parts, b"\n" * room, _FOOT])


def _blocks(number: int) -> Iterator[bytes]:
    """Headings, paragraphs and tables without end."""
    chance = random.Random(number)
    syllables = _SYLLABLES.split()
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(_WORDS)]
    # Zipf's law: it makes the text about as compressible as prose is.
    weights = list(accumulate(1 / (rank + 3) for rank in range(_WORDS)))

    def prose(least: int, most: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(least, most)))

    def ware() -> str:
        number, price = chance.randint(100_000, 999_999), f"{chance.randint(1, 900)},{chance.randint(0, 99):02}"
        return (
            f'<tr class="ware" id="w{number}"><td><a href="/artikel?nr={number}">{prose(1, 2).title()}</a></td>'
            f'<td>{prose(4, 12)}</td><td class="preis">{price} EUR</td></tr>\n'
        )

    while True:
        yield f"<h2>{prose(2, 3).title()}</h2>\n<p>{prose(20, 50).capitalize()}.</p>\n".encode()
        yield f"<table>\n{''.join(ware() for _ in range(chance.randint(2, 6)))}</table>\n".encode()
