"""A random visit made such as rrweb would record it: each node has a number of its own and a place of its kind."""

from __future__ import annotations

import copy
from typing import Any

VOID = frozenset(("input", "img", "meta"))


class Regular:
    """Numbers nodes anew, and points changes at nodes that are there."""

    def __init__(self) -> None:
        self.last = 100
        self.nodes: dict[int, dict[str, Any]] = {}
        self.parents: dict[int, int] = {}

    def visit(self, batches: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
        """The batches, made regular; those given are not changed."""
        return [[event for raw in events if (event := self.event(copy.deepcopy(raw)))] for events in batches]

    def event(self, event: dict[str, Any]) -> dict[str, Any] | None:
        data = event["data"]
        if event["type"] == 2:
            self.nodes, self.parents = {}, {}
            self.tree(data["node"], 0, fixed=True)
        elif event["type"] == 3 and data["source"] == 0:
            self.mutation(data)
        elif event["type"] == 3 and data["source"] in (5, 8, 13, 15):
            wanted = "input" if data["source"] == 5 else "style"
            found = [number for number, node in self.nodes.items() if node.get("tagName") == wanted]
            if not found:
                return None
            data["id"] = 70 if data["id"] == 70 and wanted == "input" else found[data["id"] % len(found)]
            if data["source"] == 13:
                return None  # needs a rule that is there
        elif event["type"] != 4:
            return None
        return event

    def tree(self, node: dict[str, Any], parent: int, *, fixed: bool = False) -> None:
        fixed = fixed and node["id"] in (1, 3, 4, 70, 71, 72)
        if not fixed:
            self.last += 1
            node["id"] = self.last
        self.nodes[node["id"]], self.parents[node["id"]] = node, parent
        above = self.nodes.get(parent, {})
        if not above.get("isShadowHost"):
            node.pop("isShadow", None)
        node.pop("rootId", None)
        kept = []
        for child in node.get("childNodes", []):
            if self.fits(node, child):
                kept.append(child)
                self.tree(child, node["id"], fixed=fixed)
        if "childNodes" in node:
            node["childNodes"] = kept

    @staticmethod
    def fits(parent: dict[str, Any], child: dict[str, Any]) -> bool:
        tag = parent.get("tagName")
        if child["type"] == 0:
            return False
        if tag in VOID or tag in ("iframe", "title", "script", "noscript", "style", "textarea"):
            return child["type"] == 3 and tag in ("title", "textarea")
        if tag in ("select", "option"):
            return bool(child["type"] == 3 and tag == "option") or child.get("tagName") == "option"
        return bool(parent["type"] == 2 or child.get("tagName") == "html")

    def mutation(self, data: dict[str, Any]) -> None:
        elements = [number for number, node in self.nodes.items() if node["type"] == 2 and number not in (3, 72)]
        texts = [number for number, node in self.nodes.items() if node["type"] == 3]
        for key in ("texts", "attributes", "removes", "adds"):
            data.setdefault(key, [])
        for change in data["texts"]:
            change["id"] = texts[change["id"] % len(texts)] if texts else 0
        data["texts"] = data["texts"] if texts else []
        for change in data["attributes"]:
            change["id"] = elements[change["id"] % len(elements)]
        leaves = [n for n in self.nodes if n > 100 and n not in self.parents.values()]
        data["removes"] = data["removes"] if leaves else []
        for change in data["removes"]:
            gone = leaves[change["id"] % len(leaves)]
            change |= {"id": gone, "parentId": self.parents.pop(gone)}
            del self.nodes[gone]
            elements = [number for number in elements if number != gone]
        added = []
        for change in data["adds"]:
            parent = elements[change["parentId"] % len(elements)]
            if self.fits(self.nodes[parent], change["node"]):
                change["parentId"] = parent
                self.tree(change["node"], parent)
                added.append(change)
        data["adds"] = added
        data.pop("isAttachIframe", None)
