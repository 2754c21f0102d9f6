"""What became of each canary: the promise of the site's `forms` mode, held against what would be stored. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson
import zstandard

from proxy.config import Site
from proxy.privacy.fields import FieldCard, Verdict, classify
from proxy.privacy.marks import is_safe, of_card
from proxy.privacy.sanitize import SanitizedBatch
from proxy.selftest.canaries import bare
from proxy.selftest.enter import Field
from proxy.selftest.traces import Strings, in_event, place_of
from proxy.selftest.visit import Visit

MAY_STAY: Final[Mapping[str, frozenset[str]]] = {
    "none": frozenset(),
    "harmless": frozenset({"harmless"}),
    "personal": frozenset({"harmless", "personal"}),
}
"""forms mode -> classes whose values stay. Written once more than in privacy/policy.py: it is what is tested."""
_INPUT, _INTERACTION, _FOCUS = 5, 2, 5
"""rrweb's numbers (@rrweb/types: IncrementalSource, MouseInteractions)."""


class Outcome(StrEnum):
    """What became of one value."""

    REMOVED = "removed"
    ABSENT = "not recorded"
    """The recording says nothing of the field at all."""
    KEPT = "kept"
    LOST = "lost"
    """It might have stayed: a pity, no fault."""
    LEAKED = "GOT THROUGH"
    UNTESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the report. `where` is a place in the recording, `note` says what else is to be known."""

    url: str
    frame: str
    selector: str
    kind: str
    cls: str
    stays: bool
    outcome: Outcome
    where: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A batch as it would be stored, read."""

    view: str
    events: tuple[dict[str, Any], ...]
    strings: Strings

    @classmethod
    def of(cls, batch: SanitizedBatch) -> Stored:
        """Open it: events, and what is stored beside them."""
        body = zstandard.ZstdDecompressor().decompressobj().decompress(batch.body)
        events = tuple(orjson.loads(line) for line in body.splitlines())
        beside = [("page", batch.page)]
        beside += [("finding", text) for each in batch.findings for text in (each.page, each.selector)]
        return cls(
            batch.view, events, Strings.of([*beside, *(each for event in events for each in in_event(event))])
        )


def judged(site: Site, visit: Visit, stored: Sequence[Stored]) -> Iterator[Line]:
    """A line for each field of a visit."""
    own = [batch for batch in stored if batch.view in visit.views]
    for field in visit.fields:
        node = _node(field, own)
        card = visit.cards.get(node, field.card) if node else field.card
        told = _class(card)
        stays = told.cls in MAY_STAY[site.record.forms] and not of_card(card)[0]
        if field.canary is None:
            outcome, where, note = Outcome.UNTESTED, "", field.problem
        else:
            outcome, where = _outcome(field, node, stays, own, stored)
            note = of_card(card)[1]
        yield Line(visit.url, field.frame, field.selector, told.kind, told.cls, stays, outcome, where, note)


def _class(card: FieldCard) -> Verdict:
    told = classify(card)
    return Verdict("option", "harmless", False, "site:safe") if is_safe(card) and told.cls != "secret" else told


def _node(field: Field, own: Iterable[Stored]) -> tuple[str, int] | None:
    """Which node of the recording the field is: the one that got the focus when we gave it to the field."""
    for batch in own:
        for event in batch.events:
            data = event.get("data") or {}
            focus = event["type"] == 3 and data.get("source") == _INTERACTION and data.get("type") == _FOCUS
            if focus and field.began <= event["timestamp"] <= field.ended:
                return batch.view, data["id"]
    return None


def _outcome(
    field: Field, node: tuple[str, int] | None, stays: bool, own: Sequence[Stored], stored: Sequence[Stored]
) -> tuple[Outcome, str]:
    assert field.canary
    said = list(_said(field, node, own))
    where = "input" if any(_tells(field, data) for data in said) else ""
    for batch in stored if not where else ():
        if where := place_of(field.canary, batch.strings, here=batch in own):
            break
    if where:
        return (Outcome.KEPT, "") if stays else (Outcome.LEAKED, where)
    if stays:
        return Outcome.LOST, ""
    return (Outcome.REMOVED if said or _is_edited(field, node, own) else Outcome.ABSENT), ""


def _said(field: Field, node: tuple[str, int] | None, own: Iterable[Stored]) -> Iterator[dict[str, Any]]:
    """What the recording says the field held, since we began with it."""
    for batch in own:
        for event in batch.events:
            data = event.get("data") or {}
            is_input = event["type"] == 3 and data.get("source") == _INPUT and event["timestamp"] >= field.began
            if node and is_input and (batch.view, data.get("id")) == node:
                yield data


def _tells(field: Field, data: Mapping[str, Any]) -> bool:
    """Whether an input event tells what was entered."""
    assert field.canary
    if field.tick:
        return data.get("isChecked") is True
    text = str(data.get("text", ""))
    return bool(text) and bare(text) == bare(field.canary.value)


def _is_edited(field: Field, node: tuple[str, int] | None, own: Iterable[Stored]) -> bool:
    """Whether an editable element changed in the recording: it has no input events of its own."""
    editable = field.card.tag not in ("input", "textarea", "select")
    return editable and any(
        event["type"] == 3 and event["data"].get("source") == 0 and event["timestamp"] >= field.began
        for batch in own
        for event in batch.events
    )


def worst(lines: Iterable[Line]) -> list[Line]:
    """Of several visits to one page, the worst line of each field, in order of first sight."""
    found = dict[tuple[str, str, str], Line]()
    for line in lines:
        key = (line.url, line.frame, line.selector)
        if key not in found or _RANK[line.outcome] > _RANK[found[key].outcome]:
            found[key] = line
    return list(found.values())


_RANK: Final = {
    outcome: rank
    for rank, outcome in enumerate(
        (Outcome.UNTESTED, Outcome.ABSENT, Outcome.REMOVED, Outcome.KEPT, Outcome.LOST, Outcome.LEAKED)
    )
}
