"""What one batch's sanitizing goes along with: the strings to look through, the values to judge, the counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from proxy.privacy.batch import Batch
from proxy.privacy.fields import NO_CARD, FieldCard, Verdict, classify
from proxy.privacy.kinds import PERSONAL, SECRET
from proxy.privacy.memory import Flag, Memory, View
from proxy.privacy.nodes import Serialized, Text
from proxy.privacy.policy import Policy

Holder = dict[Any, Any] | list[Any] | Serialized
"""The object or array that a string stands in."""

NAME: Final = object()
"""Key of a slot that means the attribute's name itself."""


@dataclass(slots=True)
class Strings:
    """Strings of the new events, each with its place, so that all of them can be scanned as one."""

    found: list[str] = field(default_factory=list)
    places: list[tuple[Holder, Any] | Text] = field(default_factory=list)
    """Holder and key, or a text node."""
    dicts: list[dict[str, str]] = field(default_factory=list)
    """Attributes all of whose values are to be put down, too."""

    def add(self, holder: Holder, key: Any, text: str) -> None:
        self.found.append(text)
        self.places.append((holder, key))

    def place(self, index: int) -> tuple[Holder, Any]:
        place = self.places[index]
        return place if isinstance(place, tuple) else (place, "textContent")

    def flatten(self) -> None:
        """Put down the values of `dicts`."""
        self.found += [value for attributes in self.dicts for value in attributes.values()]
        self.places += [(attributes, name) for attributes in self.dicts for name in attributes]
        self.dicts.clear()

    def joined(self) -> str:
        """All of them with a NUL between."""
        joined = "\x00".join(self.found)
        if joined.count("\x00") >= max(1, len(self.found)):  # NULs in the texts themselves: no page shows them
            self.found = [text.replace("\x00", "") for text in self.found]
            joined = "\x00".join(self.found)
        return joined


@dataclass(slots=True)
class Value:
    """What stands in a field: `raw` at `holder[key]`, of the field `node`."""

    node: int
    holder: Holder
    key: Any
    raw: Any
    form: str
    """text | select | choice (radio, checkbox) | option | flag | hidden | part (of an editor, of a field)"""
    chosen: bool = True
    """Whether it says what the visitor entered or chose, so that its echo counts."""
    preset: bool = True
    """Whether it stands in the page, rather than in an event of the visitor's."""


@dataclass(slots=True)
class Work:
    """State of one `sanitize` call. Node ids are those of the batch's view."""

    batch: Batch
    cards: dict[int, FieldCard]
    """The batch's cards; also by a field's id where the batch names only a part of it, as an editor's text."""
    policy: Policy
    memory: Memory
    view: View
    events: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    shown: Strings = field(default_factory=Strings)
    """Text nodes, in the order of the page; `runs` are the indexes at which an event's begin."""
    runs: list[int] = field(default_factory=list)
    texts: Strings = field(default_factory=Strings)
    """What else people read: attributes, choices."""
    links: Strings = field(default_factory=Strings)
    """Addresses of pages: looked through for echoes like texts."""
    codes: Strings = field(default_factory=Strings)
    """Classes, ids, addresses of files."""
    kept: Strings = field(default_factory=Strings)
    """Values that stay: what page text may show is not said of them."""
    styles: Strings = field(default_factory=Strings)
    values: list[Value] = field(default_factory=list)
    marked: set[int] = field(default_factory=set)
    """Fields that a mark seen in the page itself covers."""
    chosen: set[int] = field(default_factory=set)
    option_values: dict[int, str] = field(default_factory=dict)
    """Of options: those selected; what their value is."""
    hints: dict[int, Verdict] = field(default_factory=dict)
    """Verdicts from an element's own attributes: they make a field stricter, and never let a value stay."""
    proofs: dict[int, Verdict] = field(default_factory=dict)
    """Verdicts from values."""
    stripped: Counter[int] = field(default_factory=Counter)
    page: str = ""
    masks_text: bool = False
    """All page text is masked: by the policy, or since memory was lost."""

    @classmethod
    def on(cls, batch: Batch, policy: Policy, memory: Memory) -> Work:
        view = memory.view(batch.view)
        memory.echoes.begin()
        view.begin()
        return cls(batch, dict(batch.fields), policy, memory, view)

    def count(self, rule: str) -> None:
        self.counts[rule] += 1

    def see(self) -> None:
        """Decide anew whether page text is masked, after the view became known or lost."""
        self.masks_text = self.policy.mask_text or not self.view.known or self.memory.echoes.full

    def hint(self, node: int, card: FieldCard) -> None:
        """What an element's own attributes say of a field."""
        told = classify(card)
        self.hints[node] = told.stricter(self.hints.get(node)) if node in self.hints else told
        if told.cls == SECRET or (told.cls == PERSONAL and told.rule.startswith(("type:", "autocomplete:"))):
            self.memory.sticky(self.view, node, card, told)

    def verdict(self, node: int) -> Verdict:
        """The strictest that is known of a field; final only when all events were walked."""
        card = self.cards.get(node)
        told = classify(card) if card is not None else NO_CARD
        proof = self.proofs.get(node)
        if card is not None and proof is not None:
            told = told.stricter(proof)
        elif proof is not None and proof.cls == SECRET:
            told = proof
        return self.policy.judged(self.memory.sticky(self.view, node, card, told), card)

    def keeps(self, node: int) -> bool:
        """Whether values of a field stay in this batch."""
        return (
            self.view.known
            and not self.memory.crowded
            and not self.view.place(node).flags & Flag.LOST
            and self.may_keep(node)
        )

    def may_keep(self, node: int) -> bool:
        """Whether values of a field may stay at all, whatever is known of the page."""
        return node not in self.marked and self.policy.keeps(self.verdict(node), self.cards.get(node))

    def part_of(self, node: int, field: int) -> None:
        """The batch names `node`, a part of `field`: their card is the same, and the stricter verdict holds."""
        card = self.cards.get(node)
        if field and card is not None:
            self.hint(field, card)
            self.cards.setdefault(field, card)
