"""The steps of sanitizing, in order; each takes the batch's `Work` further.

1. `walk`     new events of what the table of rrweb.py lets stay; every string and every value is put down
2. `prove`    values that are a card number, an IBAN, an e-mail address whatever their field
3. `strip`    values whose field's verdict does not let them stay; they are remembered as echoes
4. `unsplit`  secrets that are shown in pieces (splits.py)
5. `unecho`   what was ever stripped in this recording, wherever it shows
6. `detect`   card numbers, IBANs and tokens in any text; numbers, e-mail, IP addresses as the site says
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from proxy.privacy import rrweb, values
from proxy.privacy.fields import Verdict
from proxy.privacy.kinds import HARMLESS, PERSONAL, SECRET, UNKNOWN
from proxy.privacy.marks import of_card
from proxy.privacy.memory import MAX_OPTIONS
from proxy.privacy.proof import prove
from proxy.privacy.scan import indexes
from proxy.privacy.splits import unsplit
from proxy.privacy.urls import MASK
from proxy.privacy.where import Where
from proxy.privacy.work import NAME, Holder, Strings, Value, Work

_MASK_LIKE: Final = frozenset("•*●⚫")


def walk(work: Work) -> None:
    """Build the new events. One that throws is dropped; what it had put down belongs to no event any more."""
    work.see()
    for raw in work.batch.events:
        work.runs.append(len(work.shown.found))
        try:
            new = rrweb.event(work, raw)
        except Exception:  # whatever it is: nothing of this event leaves, and not the message either
            work.counts["dropped:error"] += 1
            if raw["type"] == 2:
                work.view.forget_page()
                work.see()
            continue
        if new is not None:
            work.events.append(new)
    work.codes.flatten()


def is_mask(raw: Any) -> bool:
    """Whether a value was masked at the source already."""
    return isinstance(raw, str) and bool(raw) and set(raw) <= _MASK_LIKE


def strip(work: Work) -> None:
    """Take out every value that its field's verdict does not let stay, and remember it."""
    keeps: dict[int, bool] = {}
    for value in work.values:
        node = value.node
        if node not in keeps:
            keeps[node] = bool(node) and work.keeps(node)
        if value.form == "hidden" or not keeps[node]:
            _strip(work, value, work.verdict(node) if node else _NOBODYS)
        elif isinstance(value.raw, str) and work.verdict(node).cls == HARMLESS and values.growing(value.raw):
            _strip(work, value, _GROWING)
        elif isinstance(value.raw, str):
            strings = work.texts if value.form in ("option", "part") else work.kept
            strings.add(value.holder, value.key, value.raw)


_NOBODYS: Final = Verdict("unknown", UNKNOWN, False, "unknown")
_GROWING: Final = Verdict("unknown", UNKNOWN, False, "value:growing")


def _strip(work: Work, value: Value, told: Verdict) -> None:
    raw = value.raw
    if value.form == "flag":
        if isinstance(value.holder, dict) and value.key == "isChecked":
            value.holder["isChecked"] = False
        elif isinstance(value.holder, dict):
            value.holder.pop(value.key, None)
        if raw is not False:
            work.counts[told.rule] += 1
        return
    if raw == "" or raw is None:
        return
    value.holder[value.key] = MASK
    if value.form == "part":
        work.counts["part"] += 1
        return
    work.counts[told.rule] += 1
    if value.form == "option" and not value.chosen:
        return
    work.stripped[value.node] += 1
    if not is_mask(raw):
        _remember(work, value, told, str(raw))


def _remember(work: Work, value: Value, told: Verdict, raw: str) -> None:
    """Put the value among the echoes.

    Choices and hidden inputs hold words of the site's developers, which stand in the page for everybody: what only
    repeats such a word is not remembered.
    """
    cls, kind = told.cls, told.kind
    hint = work.hints.get(value.node)
    proof = work.proofs.get(value.node)
    for other in (hint, proof):
        if cls != SECRET and other is not None and other.cls == PERSONAL:
            cls, kind = PERSONAL, other.kind
    if value.form == "hidden":
        if not _looks_random(raw) and not (cls in (SECRET, PERSONAL) and _is_no_word(raw, kind)):
            return
    elif value.form != "text" and (
        cls == HARMLESS or not value.chosen or (value.preset and _is_default(raw, cls, kind))
    ):
        return
    work.memory.echoes.add(raw, cls)
    card = work.cards.get(value.node)
    if card is not None and value.form == "choice" and cls == SECRET:
        work.memory.echoes.add(card.label, UNKNOWN)  # what the page calls the choice, as words
    if card is not None and kind == "card_expiry":
        _remember_expiry(work, value.node, card.form, raw)
    if "\\" in raw:  # a file: browsers say C:\fakepath\ before its name
        work.memory.echoes.add(raw.rpartition("\\")[2], cls)
    if value.form == "select":
        label = work.view.options.get(value.node, {}).get(raw)
        if label:
            work.memory.echoes.add(label, cls)
        elif work.view.option_count >= MAX_OPTIONS:
            work.memory.echoes.full = True


def _remember_expiry(work: Work, node: int, form: str, raw: str) -> None:
    """A month and a year in two fields are written as one."""
    parts = work.view.expiries.setdefault(form, {})
    room = len(parts) < 12 and len(work.view.expiries) <= 50
    if raw.isdigit() and len(raw) in (1, 2, 4) and (room or node in parts):
        parts[node] = raw
        months = [part for part in parts.values() if len(part) < 4 and 1 <= int(part) <= 12]
        for month in months[-2:]:
            for year in [part for part in parts.values() if len(part) > 1 and part is not month][-2:]:
                work.memory.echoes.add(f"{month}/{year}", SECRET)


def _is_default(raw: str, cls: str, kind: str) -> bool:
    """Whether a choice that stands in the page is more likely its author's than the visitor's."""
    return cls == UNKNOWN or len(raw) < 4 or kind in ("card_expiry", "birth_date")


def _is_no_word(raw: str, kind: str) -> bool:
    """Whether a hidden value is more than a word: `name="login" value="weiter"` names no user."""
    named = kind in ("name", "address", "company") and raw[:1].isupper()
    return len(raw) >= 4 and (named or not raw.isalpha())


def _looks_random(raw: str) -> bool:
    return len(raw) >= 8 and any(c.isdigit() for c in raw) and any(c.isalpha() for c in raw)


def _apply(work: Work, strings: Strings, suspects: set[int], clean: Callable[[str], str], rule: str) -> None:
    """Put `clean(text)` in the place of the suspected strings; what throws is masked."""
    for index in sorted(suspects):
        holder, key = strings.place(index)
        name = key[1] if isinstance(key, tuple) and key[0] is NAME else None
        now = name if name is not None else _at(holder, key)
        if not isinstance(now, str):
            continue
        try:
            new = clean(now)
        except Exception:
            new = MASK
        if new == now:
            continue
        if rule:
            work.counts[rule] += 1
        if name is not None and isinstance(holder, dict):
            holder.pop(name, None)
        elif key == "tagName":
            holder[key] = "x-masked"
        else:
            holder[key] = new


def _at(holder: Holder, key: Any) -> Any:
    return holder.get(key) if isinstance(holder, dict) else holder[key]


def unecho(work: Work) -> None:
    """Remove what was stripped from wherever it shows again."""
    echoes = work.memory.echoes
    if echoes.full and not work.masks_text:  # since this batch: what did not fit cannot be found
        for strings in (work.shown, work.texts):
            _apply(work, strings, set(range(len(strings.found))), lambda text: MASK, "text:mask")
    if echoes.lost:
        for strings in (work.links, work.codes, work.kept, work.styles):
            _apply(work, strings, set(range(len(strings.found))), lambda text: MASK, "text:mask")
    if not echoes:
        return
    for strings, where in (
        (work.shown, Where.TEXT),
        (work.texts, Where.TEXT),
        (work.links, Where.TEXT),
        (work.codes, Where.CODE),
        (work.kept, Where.CODE),
        (work.styles, Where.STYLE),
    ):
        _apply(work, strings, echoes.suspects(strings.joined()), partial(echoes.clean, where=where), "echo")


MAX_DETECTED: Final = 4_000_000
"""Characters of one batch that detectors look at, a few seconds; past it a suspected string is masked whole."""


def detect(work: Work) -> None:
    """Remove what gives itself away in page text."""
    mail = work.policy.hidden & {"email"}
    left = MAX_DETECTED
    for strings, names in (
        (work.shown, values.IN_TEXT | work.policy.hidden),
        (work.texts, values.IN_TEXT | work.policy.hidden),
        (work.codes, values.IN_CODE | mail),
        (work.kept, values.IN_CODE),
        (work.styles, values.IN_CODE | mail),
    ):
        if joined := strings.joined():
            suspects = set(indexes(values.hint(names), joined.encode("utf-8", "replace")))
            fitting = set[int]()
            for index in sorted(suspects):
                left -= len(strings.found[index])
                if left >= 0:
                    fitting.add(index)
            _apply(work, strings, fitting, partial(_detected, work, names), "")
            _apply(work, strings, suspects - fitting, lambda text: MASK, "text:mask")


def _detected(work: Work, names: frozenset[str], text: str) -> str:
    def count(name: str) -> None:
        work.counts[f"text:{name}"] += 1

    return values.replace(text.replace("\x00", ""), names, MASK, count)


def is_marked(work: Work, node: int) -> bool:
    """Whether a developer's mark or an operator's selector covers a field already."""
    card = work.cards.get(node)
    return node in work.marked or (card is not None and bool(of_card(card)[0]))


STEPS: Final[tuple[Callable[[Work], None], ...]] = (walk, prove, strip, unsplit, unecho, detect)
