"""The nodes of a page, of the shapes that rrweb gives them (`serializedNodeWithId` of @rrweb/types), and no other.

A page has some ten thousand of them. Read as these types they are checked while they are read, hold nothing else,
and take a third of the time of dicts. What is of another shape, `read` mends or leaves out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

LIMIT: Final = 1_000_000_000
"""Numbers of this size and more are no ids or pixels."""

Id = Annotated[int, msgspec.Meta(gt=0, lt=LIMIT)]
NoId = Annotated[int, msgspec.Meta(gt=-2, lt=LIMIT)]
"""An id, or -1 or 0 for none."""


class _Base(
    msgspec.Struct, tag_field="type", forbid_unknown_fields=True, omit_defaults=True, gc=False, kw_only=True
):
    """`gc=False`: a page has no cycles."""

    id: Id
    rootId: NoId | UnsetType = UNSET
    isShadow: bool = False

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)

    def __setitem__(self, key: str, value: Any) -> None:
        setattr(self, key, value)


class Document(_Base, tag=0):
    childNodes: list[Serialized]
    compatMode: Literal["BackCompat", "CSS1Compat"] | UnsetType = UNSET


class Doctype(_Base, tag=1):
    name: str | UnsetType = UNSET
    publicId: str | UnsetType = UNSET
    systemId: str | UnsetType = UNSET


class Element(_Base, tag=2):
    tagName: str
    attributes: dict[str, Any]
    childNodes: list[Serialized]
    isSVG: bool = False
    needBlock: bool = False
    isCustom: bool = False
    isShadowHost: bool = False


class Text(_Base, tag=3):
    textContent: str
    isStyle: bool = False


class Cdata(_Base, tag=4):
    textContent: str


class Comment(_Base, tag=5):
    textContent: str


Serialized = Document | Doctype | Element | Text | Cdata | Comment
_TYPES: Final[dict[int, type[Serialized]]] = dict(enumerate((Document, Doctype, Element, Text, Cdata, Comment)))
_EMPTY: Final[dict[str, Any]] = {"attributes": {}, "childNodes": [], "textContent": ""}
"""What stands for a required field of another type."""


dumped: Final = msgspec.json.Encoder().encode
"""The JSON of an event."""


def read(raw: Any, gone: Callable[[], None]) -> Serialized | None:
    """The node that `raw`, made of JSON's dicts and lists, describes; None when it is none.

    What is below it and no node is left out, each after a call of `gone`, and so is silently what no type knows.
    """
    try:
        node: Serialized = msgspec.convert(raw, Serialized)
        return node
    except (msgspec.ValidationError, RecursionError):
        top = _mended(raw)
    rest = [(top, raw)]
    while rest:
        new, raw = rest.pop()
        if not isinstance(new, Document | Element) or not isinstance(raw.get("childNodes"), list):
            continue
        for child in raw["childNodes"]:
            made = _mended(child)
            if made is None:
                gone()
            else:
                new.childNodes.append(made)
                rest.append((made, child))
    return top


def _mended(raw: Any) -> Serialized | None:
    """One node without its children, of those of its fields that are of their types."""
    kind = _TYPES.get(raw["type"]) if isinstance(raw, dict) and type(raw.get("type")) is int else None
    if kind is None:
        return None
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        value = [] if field.name == "childNodes" else raw.get(field.name)
        try:
            fields[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            if not field.required:
                continue
            if field.name not in _EMPTY:
                return None
            fields[field.name] = type(_EMPTY[field.name])()
    return kind(**fields)
