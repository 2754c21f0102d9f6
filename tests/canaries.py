"""Values that occur nowhere but where a visitor types them, and the search for their traces.

Any six of their characters in a row are a trace, for no page of ours has them by itself. On pages that others
wrote that is not so: proxy/selftest/traces.py knows how far a canary can be followed there, and names its place.
"""

from __future__ import annotations

import base64
import html
import json
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import orjson
import zstandard

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


def spellings(value: str) -> set[str]:
    """A value as it is and in every encoding that pages use: URL (UTF-8, Latin-1, `%u`), entities, JSON escapes,
    UTF-16, base64 at each alignment, hex, backwards, composed otherwise, groups of a number in either order."""
    found = {
        value,
        json.dumps(value)[1:-1],
        html.escape(value),
        quote_plus(value),
        unicodedata.normalize("NFD", value),
    }
    for encoding in ("utf-8", "latin-1"):
        with suppress(UnicodeEncodeError):
            found |= {quote(value, safe="", encoding=encoding), quote(value, encoding=encoding)}
    for form in ("&#{};", "&#x{:x};", "&#x{:X};", "\\u{:04x}", "\\u{:04X}", "%u{:04x}", "%u{:04X}"):
        found.add("".join(form.format(ord(c)) for c in value))
    if len(value) >= 6:
        found |= {value[::-1], value.encode().hex(), "".join(f"{c}\0" for c in value)}
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = value.encode(encoding)
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw).decode()
            # The characters at the edges hold bits of what stands beside it.
            core = coded[(shift * 8 + 5) // 6 : (shift + len(raw)) * 8 // 6]
            if len(core) >= 6:
                found |= {core, core.translate(str.maketrans("+/", "-_"))}
    digits = "".join(c for c in value if c.isdigit())
    if len(digits) >= 12 and len(digits) >= len(value) - 4:
        groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
        found |= {gap.join(order) for gap in ("", " ", "-") for order in (groups, groups[::-1])}
    return {each for each in found if len(each) >= 4}


def parts(value: str, shortest: int = 4) -> set[str]:
    """What must not show of a value: its first characters, and any six in a row."""
    windows = {value[at : at + 6] for at in range(len(value) - 5)}
    return windows | ({value[:shortest]} if len(value) >= shortest else set())


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def traces_in_events(events: Iterable[Any], value: str) -> list[str]:
    """Where a value shows in recorded events: in a string as a whole, in some spelling, or in part.

    JSON's numbers are left out: a digit group of a time stamp is no trace.
    """
    needles = spellings(value) | parts(value)
    return [
        text[:80]
        for event in events
        for text in strings(event)
        if (text == value or any(needle in text for needle in needles))
    ]


def traces_in_bytes(data: bytes, value: str) -> list[str]:
    """Where a value shows in any bytes, and in what is compressed in them.

    Of digits alone a prefix of four is in every time stamp: there seven are looked for.
    """
    digits = value.replace(" ", "").isdigit()
    needles = spellings(value) | (parts(value, 7) if not digits else {value[:7]})
    plain = [each for each in needles if len(each) >= (7 if digits else 4)]
    return [needle for part in (data, *inflated(data)) for needle in plain if needle.encode() in part]


def inflated(data: bytes) -> Iterator[bytes]:
    """What every zstd frame in some bytes holds."""
    at = data.find(ZSTD_MAGIC)
    while at >= 0:
        with suppress(zstandard.ZstdError):
            yield zstandard.ZstdDecompressor().decompressobj().decompress(data[at:])
        at = data.find(ZSTD_MAGIC, at + 4)


def stored_events(data: bytes) -> list[Any]:
    """The events in the frames of some bytes."""
    return [orjson.loads(line) for part in inflated(data) for line in part.splitlines() if line.startswith(b"{")]


def files(folder: Path) -> list[Path]:
    """All files below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
