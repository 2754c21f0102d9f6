"""The JSON Schema (2020-12) of the YAML, by which editors complete, explain and check what is typed. Pure.

Made from the models; a schema cannot tell what keys say together, nor whether a selector is one: `check` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proxy.config.shape import Shape, part
from proxy.config.units import unit
from proxy.config.whole import Config

VARIABLE = {
    "type": "string",
    "pattern": r"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}",
    "description": "Of the environment.",
}


def schema() -> dict[str, Any]:
    """The whole schema."""
    made = Config.model_json_schema()
    definitions = made.pop("$defs")
    for model in dict.fromkeys(_models(Config)):
        shape = made if model is Config else definitions[model.__name__]
        del shape["title"]
        for name, field in model.model_fields.items():
            found = shape["properties"][name]
            found.pop("title", None)
            found.setdefault("description", field.description)  # left out where it is the mapping's own
            if (counts := unit(field)) and "default" in found:
                found["default"] = counts.text(found["default"])
            shape["properties"][name] = _open(found)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Milchglas"}
    return {**head, **made, "$defs": {**definitions, "variable": VARIABLE}}


def _models(model: type[Shape]) -> Iterator[type[Shape]]:
    yield model
    for field in model.model_fields.values():
        if inner := part(field):
            yield from _models(inner)


def _open(shape: dict[str, Any]) -> dict[str, Any]:
    """The same, but a variable may stand wherever a single value does."""
    said: dict[str, Any] = {key: shape[key] for key in ("description", "default") if key in shape}
    bare = {key: value for key, value in shape.items() if key not in said}
    if bare.get("type") == "array":
        return {**shape, "items": _open(bare["items"])}
    if "$ref" in bare:
        return {key: value for key, value in shape.items() if key != "default"}
    if bare == {"type": "string"}:
        return shape
    branches = bare.get("anyOf", [bare])
    if {"type": "string"} in branches or all("$ref" in each for each in branches):
        return shape
    return {"anyOf": [*branches, {"$ref": "#/$defs/variable"}], **said}
