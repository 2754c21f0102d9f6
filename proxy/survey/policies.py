"""What `csp: adapt` changes in a page's policies, told by the difference. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from proxy.page.policy import Policy


def added(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """`script-src https://shop.example.com/_milchglas/`: what a directive gets.

    `before` and `after` are the values of the headers.
    """
    changes = dict[str, None]()
    for old, new in zip(_policies(before), _policies(after), strict=False):
        for name, words in new.directives.items():
            had = {word[0] for word in old.directives.get(name, ())}
            from_default = {word[0] for word in old.directives.get("default-src", ())} if not had else set()
            fresh = [word[0] for word in words[1:] if word[0] not in had | from_default]
            if fresh:
                changes[" ".join([name, *fresh])] = None
    return tuple(changes)


def _policies(values: Sequence[str]) -> list[Policy]:
    return [Policy(text) for value in values for text in value.split(",")]
