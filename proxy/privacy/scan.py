"""Many strings looked through as one: joined by NULs, which no page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import re2

from proxy.privacy.urls import MASK


def indexes(pattern: re2._Regexp, joined: bytes) -> Iterator[int]:
    """Indexes of the NUL-separated strings in which `pattern` matches, ascending, each once."""
    index, done = 0, 0
    hit = pattern.search(joined)
    while hit:
        index += joined.count(b"\x00", done, hit.start())
        yield index
        done = joined.find(b"\x00", hit.start())
        if done < 0:
            return
        hit = pattern.search(joined, done)


def hits(pattern: re2._Regexp | None, text: str) -> Iterator[int]:
    """Where in `text` matches of `pattern` begin, also those that overlap."""
    raw, done, at = text.encode("utf-8", "replace"), 0, 0
    while hit := pattern and pattern.search(raw, done):
        start = hit.start()
        at += len(raw[done:start].decode())
        yield at
        first = raw[start]
        done, at = start + (1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4), at + 1


def common(text: str, start: int, value: str) -> int:
    """Length of the longest common beginning of `text[start:]` and `value`."""
    if text.startswith(value, start):
        return len(value)
    length = 0
    for left, right in zip(text[start : start + len(value)], value, strict=False):
        if left != right:
            break
        length += 1
    return length


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with its spans replaced by the mask; overlapping ones count as one."""
    parts, done = list[str](), 0
    for start, end in sorted(spans):
        if start >= done:
            parts += (text[done:start], MASK)
        done = max(done, end)
    return "".join([*parts, text[done:]])
