"""What happens to a page: its snapshot, nodes that come and go, attributes and texts that change, what is entered.

Each takes one object of an event and returns a new one of what may stay, or `DROP`.
"""

from __future__ import annotations

from typing import Any, Final

from proxy.privacy.attributes import BUTTONS
from proxy.privacy.element import FIELDS, MARKS, attributes_of, special
from proxy.privacy.fields import FieldCard
from proxy.privacy.keepers import DROP, node_id
from proxy.privacy.memory import LOST, Flag, Node, Place
from proxy.privacy.tree import is_id, text_into, tree
from proxy.privacy.urls import mask_url
from proxy.privacy.work import Value, Work

TOP: Final = Place(Flag.NONE, 0)


def address(work: Work, raw: Any) -> Any:
    """The page's address: kept masked, and as the page of the findings to come."""
    if not isinstance(raw, str):
        return DROP
    masked = mask_url(raw, page=True) or ""
    if masked != raw:
        work.counts["url"] += 1
    work.page = work.view.page = masked[:2000]
    return masked


def snapshot(work: Work, raw: Any) -> Any:
    """The whole page: from here on the view is known."""
    work.view.forget_page()
    work.view.known, work.view.oversized = True, False
    work.see()
    new = tree(work, raw, 0, TOP)
    if new is None:
        work.view.forget_page()
    work.see()
    return DROP if new is None else new


def added(work: Work, raw: Any) -> Any:
    """One node that came to the page."""
    if not isinstance(raw, dict) or not is_id(raw.get("parentId")):
        return DROP
    place = work.view.place(raw["parentId"])
    node = tree(work, raw.get("node"), raw["parentId"], place)
    if node is None:
        return DROP
    kept = {
        key: raw[key]
        for key in ("parentId", "nextId", "previousId")
        if key in raw and node_id(work, raw[key]) is not DROP
    }
    kept.setdefault("nextId", None)
    return kept | {"node": node}


def removed(work: Work, raw: Any) -> Any:
    """One node that left the page."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")) or not is_id(raw.get("parentId")):
        return DROP
    work.view.nodes.pop(raw["id"], None)
    return {"parentId": raw["parentId"], "id": raw["id"]} | (
        {"isShadow": True} if raw.get("isShadow") is True else {}
    )


def changed(work: Work, raw: Any) -> Any:
    """Attributes of one element that changed; what they make special about it holds from here on."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")) or not isinstance(raw.get("attributes"), dict):
        return DROP
    node, attributes = raw["id"], raw["attributes"]
    known = work.view.node(node)
    if known is None:
        known = Node(0, "", Flag.NONE)  # tells nothing: a value is nobody's field's
        place, field = LOST, 0
    else:
        kind = attributes.get("type")
        new_type = kind.strip().lower()[:20] if known.tag == "input" and isinstance(kind, str) else known.type
        if new_type in BUTTONS:  # what was entered in a field does not become its label
            new_type = known.type
        known = known._replace(flags=known.flags | special(known.tag, attributes), type=new_type)
        work.view.nodes[node] = known
        place = work.view.place(node)
        field = place.field or (node if known.tag in FIELDS and known.type not in BUTTONS else 0)
    style = attributes.get("style")
    card = {
        key: attributes[key] for key in ("name", "id", "autocomplete", "placeholder", "title") if key in attributes
    }
    card |= {"tag": known.tag, "type": attributes.get("type"), "aria_label": attributes.get("aria-label")}
    card["dots"] = _shows_dots(style)
    if known.tag in ("input", "textarea", "select", "") or known.flags & Flag.VALUE:
        work.hint(node, FieldCard.of(card))
    if not place.flags & Flag.LOST and (place.flags | known.flags) & MARKS:
        work.marked.add(node)
    return {"id": node, "attributes": attributes_of(work, node, known.tag, known.type, attributes, place, field)}


def _shows_dots(style: Any) -> bool:
    if isinstance(style, dict):
        return any("text-security" in name and style[name] not in (False, "none") for name in style)
    return isinstance(style, str) and "text-security" in style


def retexted(work: Work, raw: Any) -> Any:
    """A text node whose text changed."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return DROP
    new = {"id": raw["id"], "value": None}
    text_into(work, new, "value", raw.get("value"), work.view.place(raw["id"]), raw["id"])
    return new


def entered(work: Work, raw: Any) -> Any:
    """Source 5: what a field holds now."""
    if not isinstance(raw, dict) or not is_id(raw.get("id")):
        return DROP
    node, text, checked = raw["id"], raw.get("text"), raw.get("isChecked") is True
    known = work.view.node(node)
    place = work.view.place(node)
    if known is not None and not place.flags & Flag.LOST and (place.flags | known.flags) & MARKS:
        work.marked.add(node)
    kind = known.type if known else ""
    if not kind and node in work.cards:
        kind = work.cards[node].type.lower()
    new: dict[str, Any] = {
        "source": 5,
        "text": text if isinstance(text, str) else "",
        "isChecked": checked if kind in ("checkbox", "radio") else False,
        "id": node,
    }
    if kind in ("checkbox", "radio"):
        work.values.append(Value(node, new, "text", new["text"], "choice", checked, preset=False))
        work.values.append(Value(node, new, "isChecked", checked, "flag"))
    else:
        tag = known.tag if known else ""
        form = "hidden" if kind == "hidden" else "select" if tag == "select" else "text"
        work.values.append(Value(node, new, "text", new["text"], form, preset=False))
    if type(raw.get("userTriggered")) is bool:
        new["userTriggered"] = raw["userTriggered"]
    work.counts["dropped:unknown_path"] += len(raw.keys() - {"source", "id", "text", "isChecked", "userTriggered"})
    return new
