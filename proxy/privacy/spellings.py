"""The ways in which a page may spell a value that it was given."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

_SAME: Final = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2011", "-"),
    ("\u2013", "-"),
    ("İ", "i"),
)


def fold(text: str) -> str:
    """Lower case with one kind of space; always as long as `text`, so that offsets hold in both."""
    if not text.isascii():
        for other, plain in _SAME:  # a few passes of `replace` are far quicker than one `translate`
            text = text.replace(other, plain)
    lower = text.replace("\t", " ").lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[:1] for c in text)


def number_forms(folded: str) -> Iterator[str]:
    """A number, IBAN or phone number without its gaps and in groups of four, and each of its groups of four."""
    squeezed = "".join(c for c in folded if c not in " ./-()")
    digits = sum(c.isdigit() for c in squeezed)
    if len(squeezed) < 6 or not squeezed.isalnum() or digits * 3 < len(squeezed) * 2:
        return
    yield squeezed
    groups = [squeezed[n : n + 4] for n in range(0, len(squeezed), 4)]
    if len(squeezed) >= 12:
        yield " ".join(groups)
        yield "-".join(groups)
        yield " ".join(reversed(groups))
        for group in groups:
            if len(group) == 4:
                yield group


def secret_forms(value: str) -> Iterator[str]:
    """Backwards, and in hexadecimal as scripts write it."""
    yield fold(value)[::-1]
    yield value.encode("utf-8", "replace").hex()


def base64_forms(value: str, *, eager: bool) -> Iterator[tuple[str, int]]:
    """The characters that base64 gives `value` whatever stands around it, at each alignment, and how many of them
    must be there for an echo; `eager` for secrets, which are also looked for in UTF-16."""
    for encoding in ("utf-8", "utf-16-le") if eager else ("utf-8",):
        raw = value.encode(encoding, "replace")
        if len(raw) < (4 if eager else 6):
            continue
        for lead in range(3):
            coded = b64encode(b"\0" * lead + raw).decode()
            first = (lead * 8 + 5) // 6  # the first character that only `value` decides
            last = (lead + len(raw)) * 8 // 6
            form = coded[first:last]
            least = min(len(form), 5 if eager and lead == 0 else 8)
            if least >= 4:
                yield form, least
                if "+" in form or "/" in form:
                    yield form.translate(str.maketrans("+/", "-_")), least


_DATE: Final = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")


def date_forms(folded: str) -> Iterator[str]:
    """The date of a date input, which is always year-month-day, as pages write it."""
    if date := _DATE.fullmatch(folded):
        year, month, day = date.groups()
        yield f"{day}.{month}.{year}"
        yield f"{day.lstrip('0')}.{month.lstrip('0')}.{year}"
        yield f"{day}/{month}/{year}"
        yield f"{month}/{day}/{year}"


_JS: Final = re.compile(r"""\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'/\\]))""")


def _unescape_js(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return match[4]
    code = int(digits, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def unwrapped(text: str) -> Iterator[str]:
    """`text` with its escapes undone, layer by layer; nothing when it has none."""
    for _ in range(3):
        plain = _JS.sub(_unescape_js, html.unescape(unquote(text.replace("\x00", ""), errors="replace")))
        if plain == text:
            return
        yield plain
        if "+" in plain:
            yield plain.replace("+", " ")
        text = plain
