"""The configuration as it holds: every key, where its value comes from, and no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from proxy.config import Shape
from proxy.config.units import unit
from proxy.load import Loaded
from proxy.load.tree import Loc

HIDDEN = "***"

COMMENTS = 44
"""The column of the comments."""

PLAIN = re.compile(
    r"[A-Za-z/]([A-Za-z0-9_/.:-]*[A-Za-z0-9_/])?|[0-9]+(ms|[smhd]|[kMGT]?i?B)|([0-9]{1,3}\.){3}[0-9]{1,3}"
)
"""Texts that need no quotes in YAML; those that look like another type are left out below."""

TAKEN = {"true", "false", "null", "yes", "no", "on", "off"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One key that is no mapping: its place, its value as JSON has it, and where that comes from."""

    at: Loc
    value: Any
    line: int | None
    variables: tuple[str, ...]

    @property
    def origin(self) -> str:
        """For people."""
        if self.line is None:
            return "default"
        return ", ".join([f"line {self.line}", *(f"${{{name}}}" for name in self.variables)])


def entries(loaded: Loaded) -> Iterator[Entry]:
    """All keys, in the order of the handbook."""
    yield from _entries(loaded, loaded.config, ())


def _entries(loaded: Loaded, model: Shape, path: Loc) -> Iterator[Entry]:
    for name, field in type(model).model_fields.items():
        at, value = (*path, name), getattr(model, name)
        if isinstance(value, Shape):
            yield from _entries(loaded, value, at)
        elif isinstance(value, tuple) and value and isinstance(value[0], Shape):
            for index, each in enumerate(value):
                yield from _entries(loaded, each, (*at, index))
        else:
            yield _entry(loaded, at, _shown(value, field))


def _entry(loaded: Loaded, at: Loc, value: Any) -> Entry:
    source = loaded.source
    names = [name for where, each in source.variables.items() if where[: len(at)] == at for name in each]
    line = source.place(at)[0] if source.has(at) else None
    return Entry(at, value, line, tuple(dict.fromkeys(names)))


def _shown(value: Any, field: FieldInfo) -> Any:
    if isinstance(value, SecretStr):
        return HIDDEN
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return [_shown(each, field) for each in value]
    if counts := unit(field):
        return counts.text(value)
    # No address of ours may have one, and should one come to have it, it does not show.
    return re.sub(r"(?<=://)[^/@\s]+@", f"{HIDDEN}@", value) if isinstance(value, str) else value


def tree(found: list[Entry]) -> dict[str, Any]:
    """The values, nested as in the file."""
    out: dict[str, Any] = {}
    for entry in found:
        node: Any = out
        for key, follows in zip(entry.at, entry.at[1:], strict=False):
            if isinstance(key, int):
                while len(node) <= key:
                    node.append({})
                node = node[key]
            else:
                node = node.setdefault(key, [] if isinstance(follows, int) else {})
        node[entry.at[-1]] = entry.value
    return out


def text(found: list[Entry]) -> str:
    """YAML that loads again, with a comment behind each value."""
    lines: list[str] = []
    before: Loc = ()
    for entry in found:
        same = next((n for n, (a, b) in enumerate(zip(entry.at, before, strict=False)) if a != b), len(before))
        for depth in range(same, len(entry.at)):
            last = depth == len(entry.at) - 1
            if isinstance(entry.at[depth], int):
                continue
            new = depth > 0 and isinstance(entry.at[depth - 1], int) and depth - 1 >= same
            indent = "  " * (depth - 1) + "- " if new else "  " * depth
            head = f"{indent}{entry.at[depth]}:"
            lines.append(_commented(f"{head} {_written(entry.value)}".rstrip(), entry.origin) if last else head)
        before = entry.at
    return "\n".join(lines) + "\n"


def _commented(line: str, comment: str) -> str:
    return f"{line:<{COMMENTS}}  # {comment}"


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return f"[{', '.join(orjson.dumps(each).decode() for each in value)}]"
    if isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in TAKEN:
        return value
    return orjson.dumps(value).decode()
