"""What a sanitizer remembers of a recording, and how much of it. In memory only; lost means stricter.

Of a page: for each node id its parent, its tag and what is special about it, whether a full snapshot was seen,
which batches were accepted. Of the recording: the fields that were ever secret, the echoes. `size` tells the
bytes: 90 MB of one recording at most and 256 MB of one process, besides what the batch in work brings. What does
not fit makes the view or the recording stricter, never laxer.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from proxy.privacy.echo import Echoes
from proxy.privacy.fields import FieldCard, Verdict
from proxy.privacy.kinds import SECRET

MAX_NODES: Final = 150_000
"""Nodes of one view; a page with more is masked until its next full snapshot."""
MAX_VIEWS: Final = 8
"""Views of one recording whose nodes are known; the one used longest ago is forgotten."""
MAX_SECRETS: Final = 2_000
"""Names of secret fields of one recording; past it nothing of its fields is kept."""
MAX_FIELDS: Final = 20_000
"""Fields of one view whose verdicts are known; past them nothing of the recording's fields is kept."""
MAX_STEPS: Final = 3_000_000
"""Ancestors that one batch may ask for; past them every place is `LOST`."""
MAX_OPTIONS: Final = 5_000
"""Choices of one view whose words are known; where they are not, a choice masks page text."""
MAX_RECORDINGS: Final = 2_000
MAX_RECORDING: Final = 90 << 20
MAX_TOTAL: Final = 256 << 20
"""Recordings of one process, bytes of one, bytes of all: what was used longest ago is forgotten, first a
recording's other views, then other recordings."""
_NODE, _VERDICT, _OPTION, _PART, _REPORTED, _ACCEPTED, _SECRET, _VIEW = 400, 150, 1000, 250, 500, 100, 1200, 10_000
"""Bytes at most of one of each."""
MAX_DEPTH: Final = 512
"""Nesting of a page's nodes; deeper ones are dropped."""


class Flag:
    """What is special about a node, for itself and all below it. Plain numbers: `IntFlag` is ten times slower."""

    NONE: Final = 0
    VALUE: Final = 1
    """Its text is a field's value: textarea, editable element."""
    MASKED: Final = 2
    """A mark masks it."""
    EXCLUDED: Final = 4
    """A mark excludes it."""
    SCRIPT: Final = 8
    """Its text is no text of the page: script, noscript, template."""
    STYLE: Final = 16
    """Its text is a style sheet."""
    SELECT: Final = 32
    """Its options are choices of a field."""
    IGNORED: Final = 64
    """A mark ignores its events; not inherited."""
    LOST: Final = 128
    """Nothing is known of it or of what is above it."""
    INHERITED: Final = 63 | 128


class Node(NamedTuple):
    """A node of the page: `parent` is 0 for a document; `tag` is empty for texts; `type` is an input's."""

    parent: int
    tag: str
    flags: int
    type: str = ""


class Place(NamedTuple):
    """What holds at a node: its flags and those above it, and the field to whose value or options it belongs."""

    flags: int
    field: int


LOST: Final = Place(Flag.MASKED | Flag.LOST, 0)
"""The place of a node that we know nothing of."""


@dataclass(slots=True)
class View:
    """One load of one page."""

    known: bool = False
    """Whether a full snapshot and everything since was seen; without it page text is masked and no value kept."""
    oversized: bool = False
    walked: int = -1
    """The latest batch that was sanitized; it may come again, and the next one may follow."""
    accepted: set[int] = field(default_factory=set)
    nodes: dict[int, tuple[int, str, int, str]] = field(default_factory=dict)
    """Each as a `Node`, or the same as a plain tuple, which takes a quarter of the time to make."""
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    options: dict[int, dict[str, str]] = field(default_factory=dict)
    """select -> option's value -> its text: what the visitor reads of a choice"""
    option_count: int = 0
    parts: dict[str, dict[int, tuple[int, str]]] = field(default_factory=dict)
    """form, or form and kind -> field -> its position and short value: a card number in four inputs (proof.py)"""
    expiries: dict[str, dict[int, str]] = field(default_factory=dict)
    """form -> field -> a card's month or year"""
    reported: set[tuple[str, str]] = field(default_factory=set)
    page: str = ""
    steps: int = 0

    def begin(self) -> None:
        """A new batch."""
        self.steps = 0

    def forget_page(self) -> None:
        """A full snapshot follows, or too much was lost to go on."""
        self.known = False
        self.nodes.clear()
        self.options.clear()
        self.option_count = 0

    def know_option(self, select: int, value: str, text: str) -> None:
        """Remember what a choice reads like."""
        if self.option_count < MAX_OPTIONS:
            self.option_count += 1
            self.options.setdefault(select, {})[value] = text

    @property
    def size(self) -> int:
        """Bytes at most."""
        many = _NODE * len(self.nodes) + _VERDICT * len(self.verdicts) + _OPTION * self.option_count
        parts = 64 * len(self.parts) + 12 * len(self.expiries)
        return _VIEW + many + _PART * parts + _REPORTED * len(self.reported) + _ACCEPTED * len(self.accepted)

    def prune(self) -> None:
        """Forget nodes that are no longer part of the page: what stood below a removed one."""
        attached: dict[int, bool] = {}
        for start in self.nodes:
            path = list[int]()
            at = start
            while at and at not in attached and at in self.nodes and len(path) <= MAX_DEPTH:
                path.append(at)
                at = self.nodes[at][0]
            holds = not at or attached.get(at, False)
            attached.update(dict.fromkeys(path, holds))
        for node in [node for node, holds in attached.items() if not holds]:
            self.nodes.pop(node, None)

    def too_large(self) -> None:
        """More nodes than can be remembered: masked from now on; to ask for a snapshot would not help."""
        self.forget_page()
        self.oversized = True

    def place(self, node_id: int) -> Place:
        """What holds at a node by all its ancestors; `LOST` when the chain does not reach a document."""
        flags, owner, steps = 0, 0, 0
        node = self.nodes.get(node_id)
        while node is not None and steps <= MAX_DEPTH and self.steps < MAX_STEPS:
            self.steps += 1
            parent, _, own, _ = node
            if own & (Flag.VALUE | Flag.SELECT):
                owner = node_id  # the outermost: an editor in an editor is a part of it
            flags |= own & Flag.INHERITED
            if not parent:
                return Place(flags, owner)
            node_id, steps = parent, steps + 1
            node = self.nodes.get(node_id)
        return LOST

    def node(self, node_id: int) -> Node | None:
        """What is known of a node."""
        known = self.nodes.get(node_id)
        return Node(*known) if known else None


class Memory:
    """Of one recording."""

    def __init__(self) -> None:
        self.echoes = Echoes()
        self.crowded = False
        """More was to be remembered of its fields than can be."""
        self.secrets: dict[tuple[str, str], Verdict] = {}
        self._views: OrderedDict[str, View] = OrderedDict()

    def view(self, view: str) -> View:
        """What is known of a view; a new one is not `known`."""
        found = self._views.get(view)
        if found is None:
            found = self._views[view] = View()
            if len(self._views) > MAX_VIEWS:
                self._views.popitem(last=False)
        self._views.move_to_end(view)
        return found

    def seen(self, view: str, seq: int) -> bool:
        """Whether this batch was accepted before: it can be answered 202 without being sanitized again."""
        found = self._views.get(view)
        return found is not None and seq in found.accepted

    def accept(self, view: str, seq: int) -> None:
        """Say that a batch is on disk; call it after the spool's commit."""
        found = self.view(view)
        found.accepted.add(seq)
        if len(found.accepted) > 10_000:
            found.accepted.discard(min(found.accepted))

    @property
    def size(self) -> int:
        """Bytes at most."""
        views = sum(view.size for view in self._views.values())
        return views + self.echoes.size + _SECRET * len(self.secrets)

    def shrink(self) -> int:
        """Forget the views used longest ago, but the last one, until the rest fits; bytes then."""
        while self.size > MAX_RECORDING and len(self._views) > 1:
            self._views.popitem(last=False)
        return self.size

    def sticky(self, view: View, node: int, card: FieldCard | None, told: Verdict) -> Verdict:
        """The strictest verdict ever about a field, `told` among them; remembered.

        A secret also by the field's name, id or selector: so a clone of it, or the same field of the next page,
        is secret from the beginning.
        """
        strict = told.stricter(view.verdicts.get(node))
        names = identities(card) if card else []
        for name in names:
            strict = strict.stricter(self.secrets.get(name))
        if told.rule != "no_card" or strict.cls == SECRET:
            if len(view.verdicts) < MAX_FIELDS or node in view.verdicts:
                view.verdicts[node] = strict
            else:
                self.crowded = True
        if strict.cls == SECRET:
            for name in names:
                if len(self.secrets) < MAX_SECRETS:
                    self.secrets.setdefault(name, strict)
                else:
                    self.crowded = True
        return strict


def identities(card: FieldCard) -> list[tuple[str, str]]:
    """What a field is known by beyond its node: its name and id, or its selector when it has neither."""
    named = [(key, value) for key, value in (("name", card.name), ("id", card.id)) if value]
    return named or ([("selector", card.selector)] if card.selector else [])


class Memories:
    """Of all recordings of one sanitizer process; the one used longest ago is forgotten first."""

    def __init__(self, limit: int = MAX_RECORDINGS) -> None:
        self._limit = limit
        self._of: OrderedDict[str, Memory] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self.size = 0
        """Bytes at most, but for what came to the last one since it was asked for."""

    def get(self, recording: str) -> Memory:
        """The memory of a recording; a new one when there is none (any more)."""
        if self._of:
            self._measure(next(reversed(self._of)))
        memory = self._of.get(recording)
        if memory is None:
            memory = self._of[recording] = Memory()
        self._of.move_to_end(recording)
        while len(self._of) > 1 and (len(self._of) > self._limit or self.size > MAX_TOTAL):
            self.forget(next(iter(self._of)))
        return memory

    def forget(self, recording: str) -> None:
        """Drop what is known of a recording, as when it was erased or has ended."""
        self._of.pop(recording, None)
        self.size -= self._sizes.pop(recording, 0)

    def _measure(self, recording: str) -> None:
        size = self._of[recording].shrink()
        self.size += size - self._sizes.get(recording, 0)
        self._sizes[recording] = size
