"""A secret that a page shows in pieces: `<b>Zaun</b>könig7`, a digit in each of six spans, a card in four cells.

Texts of one event that follow each other in the page are read on from where a beginning of a secret ends one of
them. What was changed in different events cannot be told to stand together until the next snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

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


def unsplit(work: Work) -> None:
    """Mask every piece of a secret that is shown in pieces, and of a card number in groups."""
    beginnings = _beginnings(work)
    texts = [text.strip() for text in fold(seen(work.shown.joined())).split("\x00")]
    ends = {word for text in texts for word in text.rsplit(None, 1)[-1:]} & beginnings.keys()
    groups = [at for at, text in enumerate(texts) if len(text) == 4 and text.isdigit()]
    if not ends and len(groups) < 4:
        return
    for start, end in pairwise([*work.runs, len(texts)]):
        try:
            found = [*_split(work, texts, range(start, end), beginnings), *_grouped(texts, start, end)]
        except Exhausted:
            found = [(start, end - 1)]
        for first, last in found:
            _mask(work, texts, first, last)
            work.counts["echo"] += 1


def _mask(work: Work, texts: list[str], first: int, last: int) -> None:
    """Of the first piece what stands before the secret stays."""
    for at in range(first, last + 1):
        holder, key = work.shown.place(at)
        shown = holder[key].rstrip()
        before = shown[: len(shown) - len(_end(texts[at]))] if at == first else ""
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


def _split(
    work: Work, texts: list[str], run: range, beginnings: dict[str, list[str]]
) -> Iterator[tuple[int, int]]:
    """First and last of the texts of a run that are one secret."""
    done = 0
    for first in run:
        begun = _end(texts[first])
        if first < done or begun not in beginnings:
            continue
        secrets = beginnings[begun]
        work.memory.echoes.spend(len(secrets))
        following = texts[first + 1 : min(first + PIECES, run.stop)]
        last = first + max(_reaches(following, begun, secret) for secret in secrets)
        if last > first:
            yield first, last
            done = last + 1


def _reaches(following: list[str], begun: str, secret: str) -> int:
    """How many of the texts that follow go on with the secret; 0 when they do not."""
    rest, number = secret[len(begun) :], 0
    for text in following:
        shown = _squeezed(text)
        if shown and not rest.startswith(shown):
            if shown.startswith(rest):
                return number + 1
            break
        rest, number = rest[len(shown) :], number + 1
        if not rest:
            break
    return number if len(secret) - len(rest) >= min(ENOUGH, len(secret)) else 0


def _grouped(texts: list[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A card number of which each group is a text of its own."""
    for first in range(start, end - 3):
        four = texts[first : first + 4]
        if not all(len(text) == 4 and text.isdigit() for text in four):
            continue
        if values.find(" ".join(four), frozenset(("card_number",))):
            yield first, first + 3
