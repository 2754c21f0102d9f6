"""The step that lets values speak about their fields: evidence makes a verdict stricter, never laxer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from proxy.privacy import values
from proxy.privacy.fields import Verdict, classify, verdict
from proxy.privacy.kinds import SECRET, UNKNOWN
from proxy.privacy.work import Work

MAX_CHARS: Final = 1_000_000
"""Of the values of one batch that are read, some seconds at worst; a field with more is unknown."""
MAX_FORMS: Final = 500
MAX_PARTS: Final = 64
"""Groups of parts of one view, and short values of one group: the one put down first is forgotten."""

_UNREAD: Final = Verdict("unknown", UNKNOWN, False, "value:unread")
_SPLITS: Final = (
    ((4, 4, 4, 4), ""),  # cards
    ((4, 6, 5), ""),
    ((4, 6, 4), ""),
    ((4, 4, 4, 4, 3), ""),
    ((3, 2, 4), "-"),  # national identifiers
    ((3, 3, 3), "-"),
    ((6, 4), "-"),
    ((6, 5), "-"),
)
"""digits of neighbouring fields, what belongs between them"""
_NUMBERS: Final = frozenset(("card_number", "id_number"))
_IBAN: Final = frozenset(("iban",))

type Parts = dict[int, tuple[int, str]]
"""field -> its position in the form, its short value"""


def prove(work: Work) -> None:
    """Judge by each value, then by the values of neighbouring fields together."""
    left = MAX_CHARS
    for value in work.values:
        raw = value.raw
        if not isinstance(raw, str) or len(raw) < 5 or value.form in ("flag", "option"):
            continue
        left -= len(raw)
        if left < 0:
            _prove(work, [value.node], _UNREAD)
            continue
        card = work.cards.get(value.node)
        unknown = card is None or classify(card).cls == UNKNOWN
        # A hidden field's random value is the site's; it is stripped and remembered without a finding.
        names = values.EVIDENCE - {"random"} if value.form == "hidden" else values.EVIDENCE
        if kind := values.evidence(raw, names, unknown=unknown):
            _prove(work, [value.node], verdict(kind, "value"))
    _join_parts(work)


def _prove(work: Work, nodes: Iterable[int], told: Verdict) -> None:
    for node in nodes:
        work.proofs[node] = told.stricter(work.proofs.get(node))


def _join_parts(work: Work) -> None:
    """A number in several inputs is one number: join the short values of the fields of one form."""
    forms = set[str]()
    for value in work.values:
        card, raw = work.cards.get(value.node), value.raw
        if not value.node or value.form != "text" or not isinstance(raw, str):
            continue
        if not 0 < len(raw) <= 10 or not raw.isalnum():
            continue
        form, part = (card.form, (card.position, raw)) if card else ("", (0, raw))
        told = work.verdict(value.node)
        if _put(work, form, value.node, part) is not None:
            forms.add(form)
        if told.cls not in (SECRET, UNKNOWN) or len(raw) > 6:
            continue
        parts = _put(work, f"{form}\0{told.kind}", value.node, part)
        if parts is None or not 1 < len(parts) <= 12:
            continue
        joined = "".join(raw for _, _, raw in _ordered(parts))
        # Boxes of one character are a code, whatever it checks.
        if len(joined) >= 4 and (told.cls == SECRET or len(joined) == len(parts) or values.evidence(joined)):
            work.memory.echoes.add(joined, SECRET)
    for form in sorted(forms):
        for nodes, whole, kind in _split_numbers(_ordered(work.view.parts[form])):
            _prove(work, nodes, verdict(kind, "value"))
            work.memory.echoes.add(whole, SECRET)
            for node in nodes:  # also those that this batch does not name: the verdict sticks
                work.verdict(node)


def _put(work: Work, group: str, node: int, part: tuple[int, str]) -> Parts | None:
    groups = work.view.parts
    if group not in groups and len(groups) >= MAX_FORMS:
        work.memory.crowded = True
        return None
    parts = groups.setdefault(group, {})
    parts[node] = part
    if len(parts) > MAX_PARTS:
        del parts[next(iter(parts))]
    return parts


def _ordered(parts: Parts) -> list[tuple[int, int, str]]:
    """Position, node and value in the order of the form; by node where the cards tell no position."""
    return sorted((position, node, raw) for node, (position, raw) in parts.items())


def _split_numbers(parts: list[tuple[int, int, str]]) -> Iterator[tuple[list[int], str, str]]:
    """Neighbouring parts that are one number: their nodes, the number, its kind."""
    lengths = tuple(len(raw) if raw.isdigit() else 0 for _, _, raw in parts)
    for first in range(len(parts)):
        for split, between in _SPLITS:
            if lengths[first : first + len(split)] == split:
                run = parts[first : first + len(split)]
                whole = between.join(raw for _, _, raw in run)
                if kind := values.evidence(whole, _NUMBERS, unknown=False):
                    yield [node for _, node, _ in run], whole, kind
        if parts[first][2][:2].isalpha():
            whole = ""
            for last in range(first, min(first + 10, len(parts))):
                whole += parts[last][2]
                if len(whole) >= 15 and (kind := values.evidence(whole, _IBAN, unknown=False)):
                    yield [node for _, node, _ in parts[first : last + 1]], whole, kind
