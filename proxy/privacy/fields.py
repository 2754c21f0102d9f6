"""What a field holds, judged by its card: how it is described, never its value.

Order: a password type, then autocomplete, then type, then words: name and id, label, aria-label, placeholder, and
if none of them tells, title, the text before and the legend. A secret told by a strong source beats an earlier
source that tells less, unless that source is a search field's own type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final

import orjson

from proxy.privacy.kinds import CHOICES, CLASS_OF, NOT_SELECTED, PERSONAL, SECRET, STRICTNESS, UNKNOWN
from proxy.privacy.rules import kinds_in
from proxy.privacy.rules_autocomplete import autocomplete
from proxy.privacy.rules_shapes import shape
from proxy.privacy.words import CUT as CUT


@dataclass(frozen=True, slots=True)
class FieldCard:
    """One field as the recorder describes it (contract CARD); never stored or forwarded."""

    tag: str = ""
    type: str = ""
    name: str = ""
    id: str = ""
    autocomplete: str = ""
    placeholder: str = ""
    aria_label: str = ""
    title: str = ""
    label: str = ""
    text_before: str = ""
    legend: str = ""
    maxlength: str = ""
    inputmode: str = ""
    pattern: str = ""
    form: str = ""
    selector: str = ""
    position: int = 0
    dots: bool = False
    marked: str | None = None
    rules: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> FieldCard:
        """A card from JSON: strings cut at `CUT`, wrong types emptied, unknown keys ignored. Never throws."""
        values: dict[str, Any] = {key: _text(raw.get(key)) for key in _STRINGS if key in raw}
        position = raw.get("position")
        if type(position) is int and 0 <= position < 1 << 31:
            values["position"] = position
        values["dots"] = raw.get("dots") is True
        if raw.get("marked") is not None:  # a mark of a form that we do not know still masks
            marked = raw["marked"]
            values["marked"] = marked if marked in ("mask", "exclude", "ignore") else "mask"
        values["rules"] = tuple(_rules(raw.get("rules")))
        return cls(**values)


_STRINGS: Final = tuple(f.name for f in fields(FieldCard) if f.type == "str")


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return raw[:CUT]
    return str(raw) if type(raw) is int and abs(raw) < 1 << 31 else ""


def _rules(raw: Any) -> Iterator[tuple[str, int]]:
    """`["sensitive", 0]`, or a list of such pairs."""
    if not isinstance(raw, list):
        return
    if len(raw) == 2 and isinstance(raw[0], str) and type(raw[1]) is int:
        yield raw[0][:CUT], raw[1]
        return
    for item in raw[:64]:
        if isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) and type(item[1]) is int:
            yield item[0][:CUT], item[1]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a field holds. `rule` names what told so, as `source:kind`; it never quotes the page."""

    kind: str
    cls: str
    sensitive: bool
    rule: str

    def stricter(self, other: Verdict | None) -> Verdict:
        """The stricter of two verdicts about one field; this one when they are alike."""
        return other if other is not None and STRICTNESS[other.cls] > STRICTNESS[self.cls] else self


def verdict(kind: str, source: str) -> Verdict:
    """A verdict from the kind that `source` told."""
    cls = CLASS_OF[kind]
    return Verdict(kind, cls, cls in (SECRET, PERSONAL), f"{source}:{kind}")


NO_CARD: Final = Verdict("unknown", UNKNOWN, False, "no_card")
"""The field that the batch does not describe."""

_TYPES: Final = {"email": "email", "search": "search"}
_LAST_TYPES: Final = {"tel": "phone", "color": "option", "range": "option"}
"""Types that forms also use for their keyboard or look: any words beat them."""
_BUTTONS: Final = frozenset(("button", "submit", "reset", "image"))
_UNDER_PASSWORD: Final = frozenset(
    ("otp", "pin", "card_cvc", "card_number", "card_expiry", "secret_answer", "api_key", "national_id")
)
_NAMES: Final = ("name", "id")
_STRONG: Final = (*_NAMES, "label", "aria_label", "placeholder")
_WEAK: Final = ("title", "text_before", "legend")
_PROSE: Final = 10
"""From this number of words on a text is a sentence about something, not a label."""
_NEAR: Final = 5
"""Words at the end of the text before a field that can be its label."""
_PATH: Final = re.compile(r"[^\w -]+")
_ASIDE: Final = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]?[\s:*：]*$")
_SEX: Final = re.compile(
    r"(?i)gender|\bsexe?\b|_sex|sesso|sexo|g[eé]nero|geschlecht|anrede|salutation|civilit|geslacht|aanhef|pohlav|p[lł]e[cć]\b"
    r"|\bk[öøo]e?n\b|kj[øo]e?nn|sukupuoli|cinsiyet|\bпол\b|性别|性別|성별"
)
"""Of names, what a radio button asks for: it can hold no other."""
_TITLE: Final = re.compile(r"(?i)^\W*(title|titel|titre|titolo|título|tytuł|titul)\W*$")
"""What a list of titles is called: of a person's, for nobody picks a book's from a list."""
_OF_A_CARD: Final = {"name": "card_holder", "birth_date": "card_expiry"}
"""What a name or month is when the text around speaks of a card."""
_GATED: Final = frozenset(("otp", "card_cvc", "pin", "api_key", "secret_answer", "password", "other"))
"""What the "security code" of a proof that one is human is taken for."""


def _of_name(text: str) -> tuple[str, ...]:
    """Kinds of a name or id. In `user[billing][city]` the last part tells, unless the whole tells a secret."""
    whole = kinds_in(text)
    parts = [part for part in _PATH.split(text) if sum(map(str.isalpha, part)) > 1]
    if len(parts) < 2 or (whole and CLASS_OF[whole[0]] == SECRET and whole[0] not in ("password", "api_key")):
        return whole
    return kinds_in(parts[-1]) or whole


def _of_label(text: str) -> tuple[str, ...]:
    """Kinds of a text that people read. What stands in brackets is said about the field, not its name."""
    return (kinds_in(_ASIDE.sub("", text)) or kinds_in(text)) if len(text.split()) < _PROSE else ()


def _of_strong(card: FieldCard) -> dict[str, tuple[str, ...]]:
    """source -> kinds that its words tell; sources that tell none are left out."""
    told: dict[str, tuple[str, ...]] = {}
    for source in _STRONG:
        text = getattr(card, source)
        if text and (source != "id" or text != card.name):
            kinds = _of_name(text) if source in _NAMES else _of_label(text)
            if card.tag == "select":
                kinds = tuple(kind for kind in kinds if kind not in NOT_SELECTED)
                kinds = kinds or (("name",) if _TITLE.match(text) else ())
            if kinds:
                told[source] = kinds
    return told


def _told(card: FieldCard, strong: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """(source, kind) in order of belief: autocomplete, type, words."""
    told: list[tuple[str, str]] = []
    if kind := autocomplete(card.autocomplete):
        told.append(("autocomplete", kind))
    if kind := _TYPES.get(card.type.lower()):
        told.append(("type", kind))
    told += [(source, kinds[0]) for source, kinds in strong.items()]
    if kind := shape(card.placeholder):
        told.append(("placeholder", kind))
    if kind := _LAST_TYPES.get(card.type.lower()):
        told.append(("type", kind))
    return told


def _end(text: str) -> str:
    """A long text ends with what is nearest to the field."""
    return " ".join(text.split()[-_NEAR:])


def _weakly_told(card: FieldCard) -> Iterator[tuple[str, str]]:
    for source in _WEAK:
        if text := getattr(card, source):
            plain = _ASIDE.sub("", text)
            kinds = kinds_in(_end(plain))
            if plain != text and (not kinds or CLASS_OF[kinds[0]] != SECRET):
                aside = kinds_in(_end(text))
                kinds = aside if aside and (not kinds or CLASS_OF[aside[0]] == SECRET) else kinds
            if kinds:
                yield source, kinds[0]


def _one_digit(card: FieldCard) -> bool:
    return card.maxlength == "1" and (
        card.inputmode == "numeric"
        or card.type.lower() in ("tel", "number")
        or "d" in card.pattern
        or "0-9" in card.pattern
    )


def _password(card: FieldCard) -> Verdict:
    """A field that shows dots holds a secret; which one, its words tell."""
    source = "type" if card.type.lower() == "password" else "dots"
    kinds = [kind for _, kind in (*_told(card, _of_strong(card)), *_weakly_told(card))]
    if "password" in kinds:
        return verdict("password", source)
    return verdict(next((kind for kind in kinds if kind in _UNDER_PASSWORD), "password"), source)


def _choice(card: FieldCard) -> Verdict:
    """A box to tick: of all the words around it those that a box can mean."""
    if kind := autocomplete(card.autocomplete):
        return verdict(kind, "autocomplete")
    for source in (*_STRONG, *_WEAK):
        for kind in kinds_in(getattr(card, source)):
            if kind in CHOICES:
                return verdict(kind, source)
    for source in ("name", "id", "legend"):
        if card.type.lower() == "radio" and _SEX.search(getattr(card, source)):
            return verdict("name", source)
    return verdict("other", "type")


def _best(card: FieldCard, told: list[tuple[str, str]], strong: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Of what strong sources tell: a secret before all, a person's before what is harmless, else the first."""
    source, first = told[0]
    if told[0] == ("type", "search"):
        return told[0]
    kinds = [kind for _, kind in told]
    if "other" in kinds and all(k in _GATED or CLASS_OF[k] not in (SECRET, PERSONAL) for k in kinds):
        return next(pair for pair in told if pair[1] == "other")
    for pair in told:
        if CLASS_OF[pair[1]] == SECRET:
            return pair
    if (
        card.tag == "textarea"
        and source != "autocomplete"
        and any("free_text" in each for each in strong.values())
    ):
        return next((s, "free_text") for s, each in strong.items() if "free_text" in each)
    if CLASS_OF[first] != PERSONAL:
        believed = ("label",) if first == "search" else _STRONG  # a search for names is labelled so, or is none
        return next((pair for pair in told if pair[0] in believed and CLASS_OF[pair[1]] == PERSONAL), told[0])
    return told[0]


@lru_cache(maxsize=2048)
def classify(card: FieldCard) -> Verdict:
    """What the field of this card holds. Marks and the operator's selectors are not looked at (marks.py)."""
    kind = card.type.lower()
    if kind == "password" or card.dots:
        return _password(card)
    if kind in ("checkbox", "radio"):
        return _choice(card)
    if kind == "file":
        return verdict("upload", "type")
    if kind in _BUTTONS:
        return verdict("other", "type")
    strong = _of_strong(card)
    if told := _told(card, strong):
        source, best = _best(card, told, strong)
        if source == "type" and best in _LAST_TYPES.values():
            source, best = next(((s, k) for s, k in _weakly_told(card) if CLASS_OF[k] == SECRET), (source, best))
        if (
            best in ("otp", "card_cvc")
            and source not in ("autocomplete", "type")
            and "other" in kinds_in(card.text_before)
        ):
            return verdict("other", "text_before")
        if any(kind == _OF_A_CARD.get(best) for _, kind in _weakly_told(card)):
            return verdict(_OF_A_CARD[best], source)
        return verdict(best, source)
    if _one_digit(card):
        return verdict("otp", "shape")
    for source, weak in _weakly_told(card):
        return verdict(weak, source)
    return verdict("free_text", "tag") if card.tag == "textarea" else Verdict("unknown", UNKNOWN, False, "unknown")


def classify_json(line: bytes) -> bytes:
    """One line of the `classify` command: a JSON card in, its own keys out with `kind class sensitive rule`.

    ValueError (without quoting the line) when it is not a JSON object.
    """
    try:
        raw = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise ValueError("not a line of JSON") from None
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")
    told = classify(FieldCard.of(raw))
    return orjson.dumps(
        raw | {"kind": told.kind, "class": told.cls, "sensitive": told.sensitive, "rule": told.rule}
    )
