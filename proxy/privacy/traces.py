"""One value that should not have got through: where it stands in stored events, and how it is taken out.

It is looked for by the machinery of echo.py, in all its spellings. A recording is concerned where the *whole*
value stands: its first four letters alone stand in half of all pages. There, beginnings of 4 and more characters
go, too, for whoever typed the value typed those.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, override

from proxy.privacy.echo import Echoes, Exhausted, Strength
from proxy.privacy.kinds import SECRET
from proxy.privacy.spellings import base64_heads
from proxy.privacy.urls import MASK
from proxy.privacy.work import NAME, Strings

_NUMBERS_COUNT: Final = "attributes"
"""A number is a value here; elsewhere it is an id, a time, a place on the screen."""


class Whole(Echoes):
    """Finds a value only where all of it stands."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self._least = sum(c.isalnum() for c in value) // 2
        self.add(value, SECRET)
        self._digits = {form: Strength.FULL for form in self._digits if len(form) > self._least}
        self._base64 = set(base64_heads(" ".join(value.split()), eager=True, whole=True))

    @override
    def _remember(self, text: str, strength: Strength, *, secret: bool = False) -> None:
        if len(text) > self._least:  # not the groups of four of a number
            super()._remember(text, Strength.FULL, secret=True)


class Traces:
    """The value, held in memory only."""

    def __init__(self, value: str) -> None:
        """Raises ValueError, which does not quote it, when it says nothing: blank, or a mask."""
        self._whole, self._parts = Whole(value), Echoes()
        self._parts.add(value, SECRET)
        if not self._parts:
            raise ValueError("this is no value: it is empty, or nothing but blanks, dots and dashes")

    def count(self, events: Iterable[Any]) -> int:
        """How many strings of JSON values hold all of the value."""
        strings = strings_of(events)
        return sum(1 for at in self._suspects(self._whole, strings) if self._stands_in(strings.found[at]))

    def clean(self, events: Iterable[Any]) -> int:
        """Mask it, and its beginnings, in place; how many strings changed."""
        strings, changed = strings_of(events), 0
        for at in sorted(self._suspects(self._parts, strings)):
            text = strings.found[at]
            new = self.cleaned(text)
            if new != text:
                _put(*strings.place(at), new)
                changed += 1
        return changed

    def cleaned(self, text: str) -> str:
        """One text without it."""
        try:
            new = self._parts.clean(text)
        except Exhausted:
            return MASK
        finally:
            self._parts.begin()
        return MASK if self._stands_in(new) else new

    def stand_in(self, text: str) -> bool:
        """Whether all of the value stands in one text."""
        return bool(self._whole.suspects(text)) and self._stands_in(text)

    def _stands_in(self, text: str) -> bool:
        try:
            return self._whole.clean(text) != text.replace("\x00", "")
        except Exhausted:
            return True
        finally:
            self._whole.begin()

    def _suspects(self, echoes: Echoes, strings: Strings) -> set[int]:
        return echoes.suspects("\x00".join(text.replace("\x00", "") for text in strings.found))


def strings_of(events: Iterable[Any]) -> Strings:
    """All strings of JSON values, names of members among them, each with its place."""
    strings, rest = Strings(), [*events]
    while rest:
        holder = rest.pop()
        pairs = list(holder.items() if isinstance(holder, dict) else enumerate(holder)) if holder else []
        for key, value in pairs:
            if isinstance(key, str):
                strings.add(holder, (NAME, key), key)
            if isinstance(value, str):
                strings.add(holder, key, value)
            elif isinstance(value, dict):
                rest.append(value)
                if key == _NUMBERS_COUNT:
                    for name, number in value.items():
                        if type(number) in (int, float):
                            strings.add(value, name, str(number))
            elif isinstance(value, list):
                rest.append(value)
    return strings


def _put(holder: Any, key: Any, new: str) -> None:
    if isinstance(key, tuple):
        holder.pop(key[1], None)
    elif key == "tagName":
        holder[key] = "x-masked"
    elif not isinstance(holder, dict) or key in holder:
        holder[key] = new
