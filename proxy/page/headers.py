"""The head of a page that got the snippet: only what the snippet makes untrue is changed, in place and order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from proxy.page.facts import Headers, Pairs

VALIDATORS = frozenset({b"etag", b"last-modified"})

UNTRUE = frozenset(
    {
        # digests of bytes that the visitor does not get
        b"content-md5",
        b"digest",
        b"repr-digest",
        b"content-digest",
        # and parts of them cannot be asked for
        b"accept-ranges",
    }
)


class Edits(NamedTuple):
    """What is to be changed in the head of one page, all of it known before anything is.

    `policies` are the values of its Content-Security-Policy headers, `etag` stands for its validators, and `vary`
    are the names of request headers that its Vary lacks.
    """

    policies: tuple[str, ...] = ()
    etag: str = ""
    vary: tuple[str, ...] = ()


def lacking(headers: Headers, names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of these names of request headers the response's Vary does not tell."""
    if "vary" not in headers:
        return names
    have = headers.tokens("vary")
    return () if "*" in have else tuple(name for name in names if name.lower() not in have)


def changed_headers(
    pairs: Sequence[tuple[bytes, bytes]], edits: Edits, length: Callable[[int], int | None] = lambda length: length
) -> Pairs:
    """The fields with `edits`; `length` tells the new Content-Length for the old one, None to leave it out."""
    return tuple(_changed(pairs, edits, length))


def _changed(
    pairs: Sequence[tuple[bytes, bytes]], edits: Edits, length: Callable[[int], int | None]
) -> Iterator[tuple[bytes, bytes]]:
    policies, etag = iter(edits.policies), edits.etag
    for name, value in pairs:
        lower = name.lower()
        if lower in UNTRUE:
            continue
        if lower in VALIDATORS:
            if etag:
                yield b"ETag", etag.encode("latin-1")
            etag = ""
            continue
        if lower == b"content-length":
            new = length(int(value)) if value.strip().isdigit() else None
            if new is not None:
                yield name, b"%d" % new
            continue
        if lower == b"content-security-policy":
            policy = next(policies, None)
            if policy is not None and policy != value.decode("latin-1").strip(" \t"):
                yield name, policy.encode("latin-1")
                continue
        yield name, value
    if edits.vary:
        yield b"Vary", ", ".join(edits.vary).encode("ascii")
