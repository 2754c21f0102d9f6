"""Where a value shows in what would be stored: plain, in part, and in the encodings that pages and scripts use.

Written apart from the sanitizer on purpose: a test must not ask what it tests. Pure.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final
from urllib.parse import quote, quote_plus

from proxy.selftest.canaries import Canary, Reach, bare, heads

_PART: Final = "\x1e"
"""Between strings that are looked through as one."""
_BETWEEN: Final = re.compile(r"[ \t\u00a0\u2009\u202f\-./()]")
_LONG: Final = 8
"""Digits from which a number is looked for inside of longer ones."""
_EVENTS: Final = {2: "snapshot", 4: "address"}
_SOURCES: Final = {0: "mutation", 5: "input"}


@dataclass(frozen=True, slots=True)
class Strings:
    """All strings of some events, each with the place that it stands at, ready to be looked through."""

    found: tuple[tuple[str, str], ...]
    plain: str = field(repr=False)
    low: str = field(repr=False)
    bare: str = field(repr=False)

    @classmethod
    def of(cls, found: Iterable[tuple[str, str]]) -> Strings:
        """From (place, string)s."""
        pairs = tuple(found)
        plain = _PART.join(text for _, text in pairs)
        low = plain.lower()
        return cls(pairs, plain, low, _BETWEEN.sub("", low))


def in_event(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(place, string) of every string in an rrweb event: values, and names of members."""
    data = event.get("data")
    source = data.get("source") if isinstance(data, dict) else None
    name = _EVENTS.get(event["type"], f"event {event['type']}")
    if event["type"] == 3:
        name = _SOURCES.get(source, f"event 3/{source}") if isinstance(source, int) else "event 3"
    return _walk(name, (), data)


def _walk(name: str, path: tuple[str, ...], value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield f"{name} {'.'.join(path)}", value
    elif isinstance(value, dict):
        for key, inner in value.items():
            # The name may be what somebody typed: it is looked through, and no place is called by it.
            yield f"{name} a name", key
            yield from _walk(name, (*path[-1:], key if key.isascii() and len(key) < 30 else "..."), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(name, path, inner)


def place_of(canary: Canary, strings: Strings, *, here: bool = True) -> str:
    """Where the canary shows, "" when nowhere. `here`: on its own page, where its beginning counts, too."""
    if canary.reach <= Reach.ALONE:
        alone = canary.reach == Reach.ALONE and here
        return next((place for place, text in strings.found if alone and text.strip() == canary.value), "")
    if not _shows(canary, strings, here):
        return ""
    return next(
        (place for place, text in strings.found if _shows(canary, Strings.of([("", text)]), here)), "event"
    )


def _shows(canary: Canary, strings: Strings, here: bool) -> bool:
    value, plain = canary.value.lower(), bare(canary.value)
    if here and canary.reach == Reach.HEAD and any(_begins(head, strings.low) for head in heads(value)):
        return True
    if any(form in strings.plain for form in _base64(canary.value)):
        return True
    if any(form in strings.low for form in _escaped(canary.value) - {value}):
        return True
    if len(plain) < _LONG and not _has_letter(plain):
        return any(_begins(form, strings.low, ends=True) for form in {value, plain})
    return value in strings.low or any(form in strings.bare for form in (plain, plain[::-1], _turned(plain)))


def _begins(head: str, text: str, *, ends: bool = False) -> bool:
    """Whether it stands there; digits, only where a number begins, and with `ends` where that ends, too."""
    if _has_letter(head):
        return head in text
    return bool(re.search(rf"(?<![0-9a-z.:]){re.escape(head)}{'(?![0-9a-z])' if ends else ''}", text))


def _has_letter(text: str) -> bool:
    return any(each.isalpha() for each in text)


def _turned(plain: str) -> str:
    """The groups of four of a long number, the last one first."""
    groups = [plain[at : at + 4] for at in range(0, len(plain), 4)]
    return "".join(reversed(groups)) if len(plain) >= 12 else plain


def _escaped(value: str) -> set[str]:
    """In URLs, HTML, JSON and UTF-16, also every single character escaped; in lower case."""
    found = {quote(value, safe=""), quote_plus(value), quote(quote(value, safe=""), safe=""), escape(value)}
    found.add("".join(f"%{byte:02x}" for byte in value.encode()))
    for form in ("&#{};", "&#x{:x};", "\\u{:04x}", "\\x{:02x}", "%u{:04x}"):
        found.add("".join(form.format(ord(each)) for each in value))
    found |= {"\0".join(value), value.encode().hex(), value.encode("utf-16-le").hex()}
    return {each.lower() for each in found}


def _base64(value: str) -> Iterator[str]:
    """At each of the three alignments, without the characters that hold bits of what stands beside."""
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + value.encode(coding)).decode().rstrip("=")
            core = coded[(0, 2, 3)[shift] : len(coded) - 1]
            if len(core) >= 5:
                yield core
                yield core.replace("+", "-").replace("/", "_")
