"""Today's rules over what is stored already: the same steps as `sanitize`, for events that have no cards any more.

| what is stored | what may happen to it |
|---|---|
| a mask | stays, and is not counted again |
| a text, an attribute, an address | as in a batch: detectors, marks, `record.text`, echoes of what goes now |
| a value | judged by a card made of what the stored page says: attributes, label, the site's selectors |
| a value whose field the page says nothing about | stays, unless it gives itself away: its card had told |

Nothing can come back, so nothing is laxer. A recording is gone through twice: what is found in its last batch
holds for its first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from proxy.config import Site
from proxy.privacy.batch import Batch
from proxy.privacy.echo import Exhausted
from proxy.privacy.fields import FieldCard, classify
from proxy.privacy.kinds import PERSONAL, UNKNOWN
from proxy.privacy.memory import Memory
from proxy.privacy.mirror import Mirror, Selectors
from proxy.privacy.nodes import dumped
from proxy.privacy.policy import Policy
from proxy.privacy.steps import STEPS, is_mask, walk
from proxy.privacy.urls import MASK, mask_url
from proxy.privacy.work import Work

MASKING: Final = ("text:mask", "mark:mask")
"""Rules that count what they mask without looking whether it is a mask already."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A stored batch after today's rules, and rule -> how much it removed; `events` is None if nothing changed."""

    events: list[dict[str, Any]] | None
    counts: Counter[str]


class Again:
    """One recording: its batches come in order, and when `once_more` says so, all of them a second time."""

    def __init__(self, site: Site) -> None:
        self._policy = Policy.of(site)
        self.selectors = Selectors({"sensitive": site.sensitive, "exclude": site.exclude, "safe": site.safe})
        self._memory = Memory()
        self._mirrors = dict[str, Mirror]()
        self._first = True

    def batch(self, recording: str, view: str, lines: Sequence[bytes]) -> Clean:
        """What may stay of the events of one batch, one a line."""
        events = [orjson.loads(line) for line in lines]
        mirror = self._mirrors.setdefault(view, Mirror(self.selectors))
        cards = {node: self._judged(card) for node, card in mirror.take(events).items()}
        work = Work.on(Batch(recording, view, 0, "", cards, tuple(events)), self._policy, self._memory)
        for step in STEPS:
            step(work)
            if step is walk:
                work.values = [value for value in work.values if not is_mask(value.raw)]
        self._memory.echoes.begin()
        events = [orjson.loads(dumped(event)) for event in work.events]
        if events == (stored := [orjson.loads(line) for line in lines]):
            return Clean(None, Counter())
        for rule in MASKING:
            if rule in work.counts:
                work.counts[rule] = min(work.counts[rule], max(0, _masks(events) - _masks(stored)))
        return Clean(events, +work.counts)

    def address(self, stored: str) -> str:
        """The address of a view, which is kept beside its events."""
        try:
            return self._memory.echoes.clean(mask_url(stored, page=True) or "")
        except Exhausted:
            return ""

    def once_more(self) -> bool:
        """Whether something was learnt that holds for earlier batches, too. Then begin again, with it."""
        learnt, known = self._first and bool(self._memory.echoes or self._memory.secrets), self._memory
        if learnt:
            self._memory, self._mirrors, self._first = Memory(), {}, False
            self._memory.echoes, self._memory.secrets = known.echoes, known.secrets
        return learnt

    def _judged(self, card: FieldCard) -> FieldCard:
        """The card as it is; where it tells nothing, of the class that was kept: its own card had told."""
        told = classify(card)
        if told.cls != UNKNOWN or told.kind == "upload" or told.rule.startswith("autocomplete:"):
            return card
        if PERSONAL in self._policy.kept:
            return replace(card, autocomplete="name")
        return replace(card, type="search")


def _masks(events: Sequence[Any]) -> int:
    """How many strings of the events are nothing but a mask."""
    number, rest = 0, [*events]
    while rest:
        holder = rest.pop()
        for value in holder.values() if isinstance(holder, dict) else holder:
            if value == MASK:
                number += 1
            elif isinstance(value, dict | list):
                rest.append(value)
    return number
