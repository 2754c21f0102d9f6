"""What the page part needs to know of a request and its response, as plain values.

The adapter (addons/inject) builds these from mitmproxy's objects; nothing here knows mitmproxy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

type Pairs = tuple[tuple[bytes, bytes], ...]


class Headers:
    """Read-only headers: names in any case, several of one name, order kept."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self.pairs: Pairs = tuple(pairs)
        self._values: dict[str, list[str]] = {}
        for name, value in self.pairs:
            text = value.decode("latin-1").strip(" \t")
            self._values.setdefault(name.decode("latin-1").lower(), []).append(text)
        self.names = self._values.keys()

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def any_of(self, names: tuple[str, ...]) -> bool:
        """Whether one of these headers is there, given their lower-case names."""
        return not self.names.isdisjoint(names)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a header, given its lower-case name, in order."""
        return tuple(self._values.get(name, ()))

    def one(self, name: str) -> str:
        """The first value of a header, "" without one."""
        values = self._values.get(name)
        return values[0] if values else ""

    def tokens(self, name: str) -> tuple[str, ...]:
        """The comma-separated parts of all values, lower case, parameters kept, empty ones left out."""
        parts = (part.strip().lower() for value in self._values.get(name, ()) for part in value.split(","))
        return tuple(part for part in parts if part)


class Request(NamedTuple):
    """A visitor's request. `origin` is what stands in the visitor's address bar: scheme://host[:port]."""

    method: str
    target: str
    headers: Headers
    origin: str = ""

    @property
    def path(self) -> str:
        """The path as sent, without query."""
        return self.target.partition("?")[0]


@dataclass
class Response:
    """Upstream's answer as far as its head tells. Never changed; a frozen one would take longer to make."""

    status: int
    headers: Headers

    @cached_property
    def media_type(self) -> str:
        """type/subtype in lower case; "" when absent or when several headers disagree."""
        kinds = {value.partition(";")[0].strip().lower() for value in self.headers.all("content-type")}
        return kinds.pop() if len(kinds) == 1 else ""

    @cached_property
    def length(self) -> int | None:
        """Content-Length in bytes; None without one, or when it is no number."""
        value = self.headers.one("content-length")
        return int(value) if value.isascii() and value.isdigit() else None

    @cached_property
    def charset(self) -> str:
        """The charset parameter of Content-Type in lower case, "" without one."""
        for value in self.headers.all("content-type"):
            for parameter in value.split(";")[1:]:
                name, _, label = parameter.partition("=")
                if name.strip().lower() == "charset":
                    return label.strip().strip("\"'").strip().lower()
        return ""

    @property
    def xhtml(self) -> bool:
        """Whether browsers use their XML parser, which shows an error page for the smallest slip."""
        return self.media_type == "application/xhtml+xml"

    @cached_property
    def codings(self) -> tuple[str, ...]:
        """The content codings in the order applied, `identity` left out."""
        return tuple(coding for coding in self.headers.tokens("content-encoding") if coding != "identity")
