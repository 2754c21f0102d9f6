"""The marks by which a site's developers say "sensitive": every vendor's, as a table. Reveal marks are not in it.

Source of the vendors' marks: their public documentation, read for Milchglas; an unknown value of a known mark
attribute masks. A mark holds for all below its element.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final

from proxy.privacy.fields import FieldCard


class Mark(IntEnum):
    """How careful: the larger holds when marks meet."""

    NONE = 0
    IGNORE = 1  # the field's events say nothing
    MASK = 2  # text and values below are masked
    EXCLUDE = 3  # nothing below is shown


_M, _E, _I = Mark.MASK, Mark.EXCLUDE, Mark.IGNORE

ATTRIBUTES: Final[Mapping[str, Mapping[str, Mark]]] = {
    "data-milchglas": {"mask": _M, "exclude": _E, "ignore": _I},
    "data-recording-ignore": {"mask": _M, "events": _I, "": _I},
    "data-recording-sensitive": {},
    "data-recording-disable": {"": _E, "true": _E},
    "data-sl": {"mask": _M, "exclude": _E},
    "data-sentry-mask": {},
    "data-sentry-block": {"": _E, "true": _E},
    "data-sentry-ignore": {"": _I, "true": _I},
    "data-dd-privacy": {
        "mask": _M,
        "mask-user-input": _M,
        "mask-unless-allowlisted": _M,
        "hidden": _E,
        "allow": Mark.NONE,
    },
    "data-openreplay-obscured": {},
    "data-openreplay-masked": {},
    "data-openreplay-hidden": {"": _E, "true": _E},
    "data-openreplay-htmlmasked": {"": _E, "true": _E},
    "data-clarity-mask": {},
    "data-matomo-mask": {},
    "data-piwik-mask": {},
    "data-hj-suppress": {"": _E, "true": _E},
    "data-private": {"": _E, "true": _E},
    "data-nr-mask": {},
    "data-nr-block": {"": _E, "true": _E},
    "data-nr-ignore": {"": _I, "true": _I},
    "data-cs-encrypt": {},
    "data-cs-mask": {"": _E, "true": _E},
    "data-heap-redact-text": {"": _E, "true": _E},
    "data-heap-redact-attributes": {},
    "heap-ignore": {"": _I, "true": _I},
    "data-mf-replace-inner": {},
    "data-mf-replace": {"": _E, "true": _E},
    "data-dtrum-mask": {},
    "data-qm-encrypt": {},
    "data-qm-block": {"": _E, "true": _E},
    "data-sr-redact": {"": _E, "true": _E},
}
"""attribute -> value (lower case) -> mark; a value that is not listed masks"""

NAMES: Final = frozenset(ATTRIBUTES)

CLASSES: Final[Mapping[str, Mark]] = {
    name: mark
    for mark, names in {
        _M: "rr-mask sentry-mask ph-mask ph-sensitive fs-mask fs-mask-without-consent highlight-mask nr-mask "
        "mp-mask amp-mask inspectlet-sensitive inspectletIgnore cls_mask sessionstack-sensitive",
        _E: "rr-block smartlook-hide sentry-block ph-no-capture dd-privacy-hidden fs-exclude "
        "fs-exclude-without-consent fs-block "
        "data-hj-suppress _lr-hide highlight-block nr-block mp-block amp-block mf-excluded mf-masked "
        "lo-sensitive losensitive userback-block zipy-block ex-block",
        _I: "rr-ignore sentry-ignore ph-ignore-input highlight-ignore nr-ignore userback-ignore",
    }.items()
    for name in names.split()
}
"""class -> mark; `dd-privacy-<level>` besides"""


def of_attribute(name: str, value: Any) -> Mark:
    """The mark that one attribute makes; NONE when it is no mark."""
    known = ATTRIBUTES.get(name)
    if known is None or value is None or value is False:
        return Mark.NONE
    return known.get(value.strip().lower() if isinstance(value, str) else "", Mark.MASK)


def of_classes(text: str) -> Mark:
    """The strictest mark among the classes of a `class` attribute."""
    return _of_classes(text) if len(text) <= 500 else _of_classes.__wrapped__(text)


@lru_cache(maxsize=4096)
def _of_classes(text: str) -> Mark:
    strictest = Mark.NONE
    for name in text.split():
        mark = CLASSES.get(name, Mark.NONE)
        if not mark and name.startswith("dd-privacy-") and name != "dd-privacy-allow":
            mark = Mark.MASK
        strictest = max(strictest, mark)
    return strictest


def of_card(card: FieldCard) -> tuple[Mark, str]:
    """The mark that holds for a field and the rule that says so: the developers' own or the operator's."""
    said = {"mask": _M, "exclude": _E, "ignore": _I}.get(card.marked or "", _M if card.marked else Mark.NONE)
    if said:
        return said, f"mark:{said.name.lower()}"
    names = {name for name, _ in card.rules}
    if "exclude" in names:
        return Mark.EXCLUDE, "site:exclude"
    if "sensitive" in names:
        return Mark.MASK, "site:sensitive"
    return Mark.NONE, ""


def is_safe(card: FieldCard) -> bool:
    """Whether the operator calls the field harmless. Only the YAML can; a secret stays one all the same."""
    return any(name == "safe" for name, _ in card.rules)
