"""The ways in which a page may spell a value that it was given."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

import re2

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


_INVISIBLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_ACCENT: Final = "\u0300-\u036f"
ODD: Final = re2.compile(f"[{_INVISIBLE}{_ACCENT}\uff01-\uff5e]".encode())
"""Over UTF-8: a page may spell a word with characters that nobody sees, accents of their own, or wide letters."""
_ODD: Final = re.compile(f"[{_INVISIBLE}{_ACCENT}\uff01-\uff5e]")
_UNSEEN: Final = re.compile(f"[{_INVISIBLE}]+")
_ACCENTS: Final = re.compile(f"[{_ACCENT}]+")
_LETTER: Final = re.compile(f"[^{_INVISIBLE}](?:[{_INVISIBLE}]*[{_ACCENT}])*", re.DOTALL)
_TWO: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})


def seen(text: str) -> str:
    """`text` without what nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def evened(text: str) -> tuple[str, list[int]] | None:
    """`text` folded, without what nobody sees, its letters composed (Unicode NFKC), and where each of them stands
    in `text`, with the end; None when nothing in it is odd."""
    if not _ODD.search(text):
        return None
    even, at = list[str](), list[int]()
    for letter in _LETTER.finditer(text):
        plain = fold(normalize("NFKC", seen(letter.group())))
        even.append(plain)
        at += [letter.start()] * len(plain)
    return "".join(even), [*at, len(text)]


def other_letters(value: str) -> Iterator[str]:
    """A value, `seen`: as `evened` gives it, from capitals (ß is SS), without accents, with ae for ä."""
    if value.isascii():
        return
    even = fold(normalize("NFKC", value))
    yield even
    yield even.casefold()
    yield _ACCENTS.sub("", normalize("NFKD", even))
    yield even.translate(_TWO)


def number_forms(folded: str) -> Iterator[str]:
    """A number, IBAN or phone number without its gaps and in groups of four, each of these, and its last four."""
    squeezed = "".join(c for c in folded if c not in " ./-()")
    digits = sum(c.isdigit() for c in squeezed)
    if len(squeezed) < 6 or not squeezed.isalnum() or digits * 3 < len(squeezed) * 2:
        return
    yield squeezed
    if len(squeezed) >= 12:
        groups = [squeezed[n : n + 4] for n in range(0, len(squeezed), 4)]
        yield " ".join(groups)
        yield "-".join(groups)
        yield " ".join(reversed(groups))
        for group in (*groups, squeezed[-4:]):
            if len(group) == 4:
                yield group


def secret_forms(value: str) -> Iterator[str]:
    """Backwards, and in hexadecimal as scripts write it."""
    yield fold(value)[::-1]
    yield value.encode("utf-8", "replace").hex()
    yield value.encode("utf-16-le", "replace").hex()


def base64_heads(value: str, *, eager: bool, whole: bool = False) -> Iterator[str]:
    """What base64 gives the beginning of `value`, or the `whole` of it, whatever stands around, at each alignment:
    of a beginning enough to know an echo by. `eager` for secrets: in UTF-16 and Latin-1 (`btoa`), too."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1") if eager else ("utf-8",):
        if encoding == "latin-1" and value.isascii():
            continue
        raw = (value if whole else value[:16]).encode(encoding, "replace")
        if len(raw) < (4 if eager else 6):
            continue
        for lead in range(3):
            coded = b64encode(b"\0" * lead + raw).decode()
            first = (lead * 8 + 5) // 6  # the first character that only `value` decides
            last = (lead + len(raw)) * 8 // 6
            head = coded[first : last if whole else min(last, first + (5 if eager and lead == 0 else 8))]
            if len(head) >= 4:
                yield head
                if "+" in head or "/" in head:
                    yield head.translate(_FOR_ADDRESSES)


_FOR_ADDRESSES: Final = str.maketrans("+/", "-_")
_DATE: Final = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")


_EXPIRY: Final = re.compile(r"(0?[1-9]|1[0-2]) ?[/.\-] ?(20)?(\d\d)")


def date_forms(folded: str) -> Iterator[str]:
    """The date of a date input, always year-month-day, and a card's month and year, as pages write them."""
    if date := _DATE.fullmatch(folded):
        year, month, day = date.groups()
        yield f"{day}.{month}.{year}"
        yield f"{day.lstrip('0')}.{month.lstrip('0')}.{year}"
        yield f"{day}/{month}/{year}"
        yield f"{month}/{day}/{year}"
    if expiry := _EXPIRY.fullmatch(folded):
        month, year = expiry[1].zfill(2), expiry[3]
        for gap in ("/", "-", ".", " / ", ""):
            yield f"{month}{gap}{year}"
            yield f"{month}{gap}20{year}"
        yield f"20{year}-{month}"


_JS: Final = re.compile(r"""\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'/\\]))""")
_CSS: Final = re.compile(r"""\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|([^0-9a-fA-F]))""")
_WIDE_PERCENT: Final = re.compile(r"%u([0-9a-fA-F]{4})")
_PERCENT: Final = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _js(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    return match[4] if digits is None else _character(int(digits, 16))


def _css(match: re.Match[str]) -> str:
    return _character(int(match[1], 16)) if match[1] else match[2]


def _percent(match: re.Match[str]) -> str:
    raw = bytes.fromhex(match[0].replace("%", ""))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # a legacy page's, or JavaScript's `escape`


def unwrapped(text: str, *, css: bool = False) -> Iterator[str]:
    """`text` with its escapes undone, layer by layer; nothing when it has none. `css`: a style sheet's, too."""
    for _ in range(3):
        plain = text.replace("\x00", "")
        if "%" in plain:
            plain = _PERCENT.sub(_percent, _WIDE_PERCENT.sub(lambda m: _character(int(m[1], 16)), plain))
        plain = _JS.sub(_js, html.unescape(plain))
        if css and "\\" in plain:
            plain = _CSS.sub(_css, plain)
        if plain == text:
            return
        yield plain
        if "+" in plain:
            yield plain.replace("+", " ")
        text = plain
