"""The head of a page that got the snippet: only what the snippet makes untrue is changed, in place and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proxy.page.facts import Pairs
from proxy.page.rewrite import Outcome

UNTRUE = frozenset(
    {
        # validators of bytes that the visitor does not get
        b"etag",
        b"last-modified",
        # digests of them
        b"content-md5",
        b"digest",
        b"repr-digest",
        b"content-digest",
        # and parts of them cannot be asked for
        b"accept-ranges",
    }
)


def changed_headers(pairs: Sequence[tuple[bytes, bytes]], outcome: Outcome, policies: Sequence[str] = ()) -> Pairs:
    """The response's headers after `outcome`; `policies` are the values of its Content-Security-Policy headers.

    Of a page that went out as it came, the very same pairs.
    """
    return tuple(_changed(pairs, outcome, iter(policies))) if outcome.injected else tuple(pairs)


def _changed(
    pairs: Sequence[tuple[bytes, bytes]], outcome: Outcome, policies: Iterator[str]
) -> Iterator[tuple[bytes, bytes]]:
    for name, value in pairs:
        lower = name.lower()
        if lower in UNTRUE:
            continue
        if lower == b"content-length":
            if outcome.length_delta is not None and value.strip().isdigit():
                yield name, b"%d" % (int(value) + outcome.length_delta)
            continue
        if lower == b"content-security-policy":
            policy = next(policies, None)
            if policy is not None and policy != value.decode("latin-1").strip():
                yield name, policy.encode("latin-1")
                continue
        yield name, value
