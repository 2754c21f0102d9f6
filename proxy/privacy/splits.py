"""A secret that a page shows in pieces: `<b>Zaun</b>könig7`, a digit in each of six spans, a card in four cells.

Texts of one event that follow each other in the page are read on from where a beginning of a secret ends one of
them. What was changed in different events cannot be told to stand together until the next snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from proxy.privacy import values
from proxy.privacy.echo import Exhausted
from proxy.privacy.spellings import fold, seen
from proxy.privacy.urls import MASK
from proxy.privacy.work import Work

LONGEST: Final = 16
"""Characters of a secret's beginning that a text may end with; a longer one is an echo by itself."""
MOST: Final = 1000
"""Secrets that are looked for in pieces."""
PIECES: Final = 64
ENOUGH: Final = 6
"""Texts that one secret may be in; characters of it that must be there, or all of it."""

type Piece = tuple[dict[str, Any], str, str]
"""Where a text stands, by which key, and the text: folded, without blanks at its ends."""


def unsplit(work: Work) -> None:
    """Mask every piece of a secret that is shown in pieces, and of a card number in groups."""
    beginnings = _beginnings(work)
    shown = fold(seen("\x00".join(work.texts.found))).split("\x00") if beginnings else []
    ends = {_end(text) for text in shown}
    groups = sum(len(text) == 4 and text.isdigit() for text in work.texts.found)
    if not (groups > 2 or not ends.isdisjoint(beginnings)):
        return
    for event in work.events:
        for pieces in _runs(event):
            try:
                found = [*_split(work, pieces, beginnings), *_grouped(pieces)]
            except Exhausted:
                found = [(0, len(pieces) - 1)]
            for first, last in found:
                _mask(pieces[first : last + 1])
                work.counts["echo"] += 1


def _mask(pieces: list[Piece]) -> None:
    """Of the first piece what stands before the secret stays."""
    for number, (holder, key, text) in enumerate(pieces):
        shown = holder[key].rstrip()
        before = shown[: len(shown) - len(_end(text))] if number == 0 else ""
        holder[key] = before + MASK


def _beginnings(work: Work) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for secret in work.memory.echoes.secrets()[:MOST]:
        squeezed = _squeezed(secret)
        for length in range(1, min(len(squeezed), LONGEST + 1)):
            found.setdefault(squeezed[:length], []).append(squeezed)
    return found


def _end(text: str) -> str:
    """The last word of a folded text, where a secret may begin; of one character only when it is all of it."""
    words = text.rsplit(None, 1)
    return words[-1] if words and (len(words[-1]) > 1 or len(words) == 1) else ""


def _squeezed(text: str) -> str:
    return "".join(c for c in text if c not in " -\n\t")


def _runs(event: dict[str, Any]) -> Iterator[list[Piece]]:
    """The texts of an event's trees as they follow each other, and those that it changes."""
    data = event["data"]
    if event["type"] == 2:
        yield list(_texts(data["node"]))
    elif event["type"] == 3 and data.get("source") == 0:
        yield [piece for added in data.get("adds", []) for piece in _texts(added["node"])]
        yield [piece for changed in data.get("texts", []) for piece in _piece(changed, "value")]


def _texts(root: dict[str, Any]) -> Iterator[Piece]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node["type"] == 3:
            yield from _piece(node, "textContent")
        elif node.get("tagName") != "style":
            stack += reversed(node.get("childNodes", ()))


def _piece(holder: dict[str, Any], key: str) -> Iterator[Piece]:
    text = holder.get(key)
    if isinstance(text, str) and (shown := fold(seen(text)).strip()):
        yield holder, key, shown


def _split(work: Work, pieces: list[Piece], beginnings: dict[str, list[str]]) -> Iterator[tuple[int, int]]:
    """First and last of the pieces that are one secret."""
    done = 0
    for first, (_, _, text) in enumerate(pieces):
        if first < done:
            continue
        begun = _end(text)
        secrets = beginnings.get(begun, ())
        work.memory.echoes.spend(len(secrets))
        last = max((_reaches(pieces, first, begun, secret) for secret in secrets), default=0)
        if last > first:
            yield first, last
            done = last + 1


def _reaches(pieces: list[Piece], first: int, begun: str, secret: str) -> int:
    """The last of the pieces that go on with the secret; 0 when they do not."""
    rest, last = secret[len(begun) :], first
    for _, _, text in pieces[first + 1 : first + PIECES]:
        shown = _squeezed(text)
        if shown and not rest.startswith(shown):
            if shown.startswith(rest):
                return last + 1
            break
        rest, last = rest[len(shown) :], last + 1
        if not rest:
            break
    return last if len(secret) - len(rest) >= min(ENOUGH, len(secret)) else 0


def _grouped(pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    """A card number of which each group is a text of its own."""
    for first in range(len(pieces) - 3):
        four = [text for _, _, text in pieces[first : first + 4]]
        if not all(len(text) == 4 and text.isdigit() for text in four):
            continue
        if values.find(" ".join(four), frozenset(("card_number",))):
            yield first, first + 3
