"""The JSON paths of rrweb's events, derived from the types that rrweb itself publishes (`@rrweb/types`).

A reader of just the declarations there: objects, unions, intersections, arrays, tuples, literals, enums, aliases
and their type parameters. What it cannot read it reports rather than leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TYPES = Path(__file__).parents[3] / "recorder/node_modules/@rrweb/types/dist/index.d.ts"
_TOKEN = re.compile(r"\s*(=>|\[\]|'[^']*'|\"[^\"]*\"|-?\d+|[A-Za-z_$][\w$.]*|[^\s\w])")
PLAIN = {
    "string": "text",
    "unknown": "text",
    "number": "number",
    "boolean": "flag",
    "true": "flag",
    "false": "flag",
}


@dataclass(frozen=True)
class Leaf:
    """A path and what stands there: `text`, `number`, `flag`, or what the reader does not know."""

    path: str
    what: str


class Unread(Exception):
    """A declaration of a form that the reader does not know."""


class Declarations:
    """The aliases and enums of a file of declarations."""

    def __init__(self, text: str) -> None:
        self.aliases: dict[str, tuple[list[str], list[str]]] = {}
        self.enums: dict[str, dict[str, int]] = {}
        for name, body in re.findall(r"declare enum (\w+) \{(.*?)\n\}", text, re.DOTALL):
            members = re.findall(r"(?:'([^']+)'|(\w+)) = (\d+)", body)
            self.enums[name] = {quoted or plain: int(number) for quoted, plain, number in members}
        end = r"(?=\n(?:export |declare |\Z))"
        pattern = r"declare (?:type|interface) (\w+)(?:<([^{=]*?)(?: = [^>]*)?>)?(?: =| )(.*?)" + end
        for name, parameters, body in re.findall(pattern, text, re.DOTALL):
            names = [each.split()[0] for each in parameters.split(",")] if parameters else []
            self.aliases[name] = (names, _TOKEN.findall(body.strip().rstrip(";")))

    def leaves(self, name: str) -> set[Leaf]:
        """Every path of a JSON value of the named type."""
        return set(Reader(self, {}, ()).of(name, ""))


@dataclass(frozen=True)
class Reader:
    """Reads one type; `bound`: its parameters' types, `above`: the aliases that are being read."""

    all: Declarations
    bound: dict[str, list[str]]
    above: tuple[str, ...]

    def of(self, name: str, path: str) -> Iterator[Leaf]:
        if name in self.above:  # a tree: its inner nodes are like its outer ones
            return
        if name not in self.all.aliases:
            yield Leaf(path, f"? {name}")
            return
        _, body = self.all.aliases[name]
        yield from Reader(self.all, self.bound, (*self.above, name)).type(body, path)

    def type(self, tokens: list[str], path: str) -> Iterator[Leaf]:
        for part in split(tokens, "|&"):
            yield from self.part(part, path)

    def part(self, tokens: list[str], path: str) -> Iterator[Leaf]:
        while tokens and tokens[-1] == "[]":
            tokens, path = tokens[:-1], path + "[]"
        first = tokens[0] if tokens else ""
        if first == "(" and tokens[-1] == ")":
            yield from self.type(tokens[1:-1], path)
        elif first == "{":
            yield from self.members(tokens[1:-1], path)
        elif first == "[":
            for inner in split(tokens[1:-1], ","):
                yield from self.type(inner, path + "[]")
        elif len(tokens) == 1:
            yield from self.name(first, path)
        elif tokens[1] == "<" and tokens[-1] == ">":
            yield from self.generic(first, tokens[2:-1], path)
        else:
            raise Unread(" ".join(tokens))

    def name(self, name: str, path: str) -> Iterator[Leaf]:
        if name in ("null", "undefined"):
            return
        if name in self.bound:
            yield from self.type(self.bound[name], path)
        elif name in PLAIN:
            yield Leaf(path, PLAIN[name])
        elif name[0] in "'\"":
            yield Leaf(path, "text")
        elif name.lstrip("-").isdigit() or name.split(".")[0] in self.all.enums:
            yield Leaf(path, "number")
        else:
            yield from self.of(name, path)

    def generic(self, name: str, inner: list[str], path: str) -> Iterator[Leaf]:
        arguments = list(split(inner, ","))
        if name == "Array":
            yield from self.type(arguments[0], path + "[]")
        elif name == "Record":
            yield Leaf(path + ".{}", "text")
            yield from self.type(arguments[1], path + ".{}")
        elif name in self.all.aliases:
            names, body = self.all.aliases[name]
            bound = dict(zip(names, arguments, strict=False))
            yield from Reader(self.all, bound, (*self.above, name)).type(body, path)
        else:
            yield Leaf(path, f"? {name}")

    def members(self, tokens: list[str], path: str) -> Iterator[Leaf]:
        for member in split(tokens, ";"):
            if not member:
                continue
            if member[0] == "[":  # an index: its names are text, too
                end = member.index("]")
                yield Leaf(path + ".{}", "text")
                yield from self.type(member[end + 2 :], path + ".{}")
                continue
            rest = member[1:]
            if rest[:1] == ["?"]:
                rest = rest[1:]
            if rest[:1] != [":"]:
                raise Unread(" ".join(member))
            yield from self.type(rest[1:], f"{path}.{member[0].strip(chr(39))}".lstrip("."))


def split(tokens: list[str], signs: str) -> Iterator[list[str]]:
    """Tokens between those signs that stand in no bracket."""
    depth, part = 0, list[str]()
    for token in tokens:
        if depth == 0 and token in signs and token:
            if part:
                yield part
            part = []
            continue
        depth += (token in "({[<") - (token in ")}]>" and token != "[]")
        part.append(token)
    if part:
        yield part


def declared() -> Declarations:
    """What the installed package declares."""
    return Declarations(TYPES.read_text())
