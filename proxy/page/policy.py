"""One serialized Content-Security-Policy: what it lets the recorder do, and the policy with one source more.

Source of facts: https://www.w3.org/TR/CSP3/#parse-serialized-policy and #directives-fetch. The text is kept and an
edit is made in it, so all else stays as it stands, white space too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from proxy.page import sources
from proxy.page.sources import Url

SCRIPT = ("script-src-elem", "script-src", "default-src")
CONNECT = ("connect-src", "default-src")
OURS = frozenset({*SCRIPT, *CONNECT, "sandbox"})
"""The directives that decide about the recorder."""

_PIECE = re.compile(r"[^;]+")
# Only ASCII white space: str.split would also split at \x0b, \x1c and no-break spaces.
_WORD = re.compile(r"[^\t\n\f\r ]+")
_PLAIN = re.compile(r"[\t\n\f\r\x20-\x7e]*")

type Words = tuple[re.Match[str], ...]
"""A directive's name and what stands after it, with their places in the policy's text."""


class Policy:
    """`text` is one policy: of a header's value, what stands between two commas."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def directives(self) -> dict[str, Words]:
        """By lower-case name; of a directive that stands twice, the first counts."""
        found: dict[str, Words] = {}
        for piece in _PIECE.finditer(self.text):
            if words := tuple(_WORD.finditer(self.text, *piece.span())):
                found.setdefault(words[0][0].lower(), words)
        return found

    @cached_property
    def doubtful(self) -> bool:
        """Whether a directive that matters has characters of which each browser thinks otherwise.

        The text drops a directive that is not ASCII, and takes a control character for a part of a word. Chromium
        drops both, and then a second directive of that name as well, and separates a name at \\x0b.
        """
        if _PLAIN.fullmatch(self.text):
            return False
        pieces = (piece[0] for piece in _PIECE.finditer(self.text))
        return any(
            not _PLAIN.fullmatch(piece) and piece.split()[:1] and piece.split()[0].lower() in OURS
            for piece in pieces
        )

    @property
    def sandboxed(self) -> bool:
        """Whether a sandbox takes away scripts, or the origin without which posts have no answer."""
        flags = self._listed(("sandbox",))
        return flags is not None and not {"allow-scripts", "allow-same-origin"} <= {flag.lower() for flag in flags}

    @property
    def nonces(self) -> tuple[str, ...]:
        """The nonces that open it for a script."""
        return sources.nonces(self._listed(SCRIPT) or ())

    def lets_load(self, script: Url, nonce: str = "") -> bool:
        """Whether a script element of the page's HTML, with this nonce, may load `script`.

        A hash would have to stand in the element's `integrity`, too, and ours has none.
        """
        if self.doubtful:
            return False
        listed = self._listed(SCRIPT)
        if listed is None:
            return True
        if nonce and nonce in sources.nonces(listed):
            return True
        return not sources.dynamic(listed) and sources.covers(listed, script)

    def lets_post(self, posts: Sequence[Url]) -> bool:
        """Whether the page's scripts may post to all of these."""
        if self.doubtful:
            return False
        listed = self._listed(CONNECT)
        if listed is None:
            return True
        return all(sources.covers(listed, url) for url in posts)

    def confined(self, script: Url) -> bool:
        """Whether our path in the directive for scripts would let in nothing but our path."""
        return sources.confined(self._listed(SCRIPT) or (), script)

    def opened(self, names: Sequence[str], source: str) -> Policy:
        """The policy with `source` in the first of these directives that it has; the same where it has none.

        Where that is default-src, a copy of it under the name before that gets the source; script-src-elem, which
        would be smaller, Safari knows from 15.4 on only. A 'none' gives way.
        """
        governing = self._governing(names)
        if governing is None:
            return self
        words = self.directives[governing]
        if governing == "default-src":
            copied = [word[0] for word in words[1:] if not _none(word)]
            end = "" if self.text.rstrip("\t\n\f\r ").endswith(";") else ";"
            return Policy(f"{self.text}{end} {' '.join([names[-2], *copied, source])}")
        for word in filter(_none, words):
            return Policy(self.text[: word.start()] + source + self.text[word.end() :])
        end_of_words = words[-1].end()
        return Policy(f"{self.text[:end_of_words]} {source}{self.text[end_of_words:]}")

    def _governing(self, names: Sequence[str]) -> str | None:
        return next((name for name in names if name in self.directives), None)

    def _listed(self, names: Sequence[str]) -> list[str] | None:
        governing = self._governing(names)
        return None if governing is None else [word[0] for word in self.directives[governing][1:]]


def _none(word: re.Match[str]) -> bool:
    return word[0].lower() == "'none'"
