"""What pydantic finds wrong, in an operator's words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from proxy.config import Config, Misplaced
from proxy.config.shape import below
from proxy.load.fault import ConfigError
from proxy.load.tree import Loc, Source

# By pydantic's type of an error; what stands in braces is its context (https://docs.pydantic.dev/latest/errors/).
WORDS = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "finite_number": "a number",
    "float_parsing": "a number",
    "float_type": "a number",
    "greater_than_equal": "at least {ge}",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_type": "a whole number",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "model_type": "a mapping of keys",
    "path_type": "a text",
    "string_type": "a text",
    "tuple_type": "a list, as in [a, b]",
}


def explained(error: ValidationError, source: Source) -> ConfigError:
    """The first problem in reading order, and the others."""
    found = [(_loc(item, source), item) for item in error.errors(include_url=False)]
    # A list whose one item is wrong is also reported as too short: only the deepest location was meant,
    # and so of a union (`text: mask | {...}`).
    inner = [(loc, item) for loc, item in found if not any(_below(other, loc) for other, _ in found)]
    at: dict[Loc, list[Mapping[str, Any]]] = {}
    for loc, item in inner:
        at.setdefault(loc, []).append(item)
    # A misspelled key is not missing, too.
    meant = {(*loc[:-1], _close(loc)) for loc, items in at.items() if items[0]["type"] == "extra_forbidden"}
    missing = {loc for loc, items in at.items() if items[0]["type"] == "missing"}
    places = sorted(at.keys() - (missing & meant), key=lambda loc: (loc in missing, source.place(loc)))
    first, *others = (source.error(loc, _message(loc, at[loc])) for loc in places)
    return replace(first, others=tuple(others))


def _message(loc: Loc, items: Sequence[Mapping[str, Any]]) -> str:
    kind, key = items[0]["type"], ".".join(map(str, loc))
    if kind == "extra_forbidden":
        # Quoted only where it is like one of ours: `token:abc`, without a space, is a key, too.
        close = _close(loc)
        known = f" `{loc[-1]}`: did you mean `{close}`?" if close else f": known here are {', '.join(_keys(loc))}"
        return f"unknown key{known}"
    if kind == "missing":
        return f"`{key}` is missing"
    if kind == "value_error":
        return f"`{key}`: {items[0]['ctx']['error']}"
    if kind == "too_short":
        return f"`{key}` needs at least one entry"
    if items[0]["input"] is None:
        return f"`{key}` has no value: give one, or leave the key out"
    # The branches of a union complain each in its own way about the same place.
    return f"`{key}` must be {' or '.join(dict.fromkeys(map(_said, items)))}"


def _said(item: Mapping[str, Any]) -> str:
    context = item.get("ctx", {})
    return WORDS[item["type"]].format_map(
        {key: f"{each:.15g}" if isinstance(each, float) else each for key, each in context.items()}
    )


def _below(loc: Loc, parent: Loc) -> bool:
    return len(loc) > len(parent) and loc[: len(parent)] == parent


def _loc(item: Mapping[str, Any], source: Source) -> Loc:
    """The path of a key, without the parts that name a union's branch, as far as it stands in the file."""
    node: Any = source.at(())
    out: list[str | int] = []
    parts = item["loc"]
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            if not (last and isinstance(node, Mapping) and isinstance(part, str)) or "[" in str(part):
                continue
        out.append(part)
    fault = item.get("ctx", {}).get("error")
    return (*out, *fault.at) if isinstance(fault, Misplaced) else tuple(out)


def _keys(loc: Loc) -> list[str]:
    """The keys that are known where this one stands."""
    model = below(Config, loc[:-1])
    return list(model.model_fields) if model else []


def _close(loc: Loc) -> str:
    """The known key that is most like this one, or ""."""
    return next(iter(difflib.get_close_matches(str(loc[-1]), _keys(loc), n=1)), "")
