"""The text of a configuration file: its values with `${ENV}` filled in, and the place of each.

Of what ruamel.yaml says about a text that is not YAML, nothing is passed on: it quotes the text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.error import MarkedYAMLError

from proxy.load.fault import ConfigError

type Loc = tuple[str | int, ...]

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")

# From top to bottom, the first that is part of ruamel's own words.
NOT_YAML = {
    "duplicate key": "this key stands here already",
    "undefined alias": "a value that begins with * must stand in quotes",
    "'\\t' that cannot start": "a tab cannot indent: use spaces",
    "cannot start any token": "a value cannot begin with this character: put it into quotes",
    "unexpected end of stream": "a quote is not closed",
    "found '<stream end>'": "a value is missing at the end",
    "got '<stream end>'": "a bracket is not closed",
    "expected ',' or": "a comma or a closing bracket is missing",
    "values are not allowed": "a second colon: mend the indentation, or put the value into quotes",
    "could not find expected ':'": "a key needs a colon and a space after it",
    "expected <block end>": "the indentation does not fit the lines above",
    "chomping or indentation": "a value that begins with | or > must stand in quotes",
    "escape character": r"a backslash in double quotes stands before another character: write \\, or use '...'",
    "single document": "there is a second document: leave the line --- out",
}


class Source:
    """One file's text. Making one raises ConfigError when it is not YAML, or no mapping."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.variables: dict[Loc, tuple[str, ...]] = {}
        """The environment variables that values were made of, once `values` was asked for."""
        try:
            tree = YAML(typ="rt").load(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            said = f"{error.context} {error.problem}"
            words = next(
                (ours for theirs, ours in NOT_YAML.items() if theirs in said), "it cannot be read from here"
            )
            raise ConfigError(name, line, column, f"not YAML: {words}") from None
        except Exception:  # ruamel's constructors raise what int(), a dict or the stack raise
            words = "a control character, a date or number that is none, or endless nesting"
            raise ConfigError(name, 1, 1, f"not YAML: {words}") from None
        if not isinstance(tree, CommentedMap):
            raise ConfigError(name, 1, 1, "the file must be a mapping that begins with `version: 1`")
        self._tree = tree

    def error(self, loc: Loc, message: str) -> ConfigError:
        """A fault at a key."""
        return ConfigError(self.name, *self.place(loc), message)

    def place(self, loc: Loc) -> tuple[int, int]:
        """Line and column (from 1) of the deepest part of `loc` that stands in the file."""
        place, node = (1, 1), cast(Any, self._tree)
        for part in loc:
            try:
                if isinstance(node, CommentedMap):
                    line, column = node.lc.key(part)
                elif isinstance(node, CommentedSeq):
                    line, column = node.lc.item(part)
                else:
                    break
                place, node = (line + 1, column + 1), node[part]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return place

    def at(self, loc: Loc) -> Any:
        """What is written at `loc`; None where nothing is."""
        node: Any = self._tree
        for part in loc:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def has(self, loc: Loc) -> bool:
        """Whether something is written at `loc`; a key without a value is there, too."""
        return loc[-1] in node if isinstance(node := self.at(loc[:-1]), Mapping) else self.at(loc) is not None

    def values(self) -> dict[str, Any]:
        """All of it as plain Python values, `${ENV}` filled in. Raises ConfigError."""
        return cast(dict[str, Any], self._plain(self._tree, ()))

    def _plain(self, node: Any, loc: Loc) -> Any:
        if isinstance(node, TaggedScalar) or (isinstance(node, (CommentedMap, CommentedSeq)) and node.tag.value):
            raise self.error(loc, "a value that begins with ! must stand in quotes")
        if isinstance(node, Mapping):
            return {str(key): self._plain(value, (*loc, str(key))) for key, value in node.items()}
        if isinstance(node, Sequence) and not isinstance(node, str):
            return [self._plain(value, (*loc, index)) for index, value in enumerate(node)]
        return self._filled(node, loc) if isinstance(node, str) else node

    def _filled(self, text: str, loc: Loc) -> str | None:
        if "${" in VARIABLE.sub("", text):
            raise self.error(loc, "${ begins a variable of the environment: ${NAME} or ${NAME:-default}")
        names = tuple(match[1] for match in VARIABLE.finditer(text))
        if not names:
            return text
        self.variables[loc] = names
        # One that comes out empty is not there, as a key without a value.
        return VARIABLE.sub(lambda match: self._variable(match, loc), text) or None

    def _variable(self, match: re.Match[str], loc: Loc) -> str:
        name, default = match.groups()
        value = os.environ.get(name) or default
        if value is None:
            raise self.error(
                loc, f"the environment variable {name} is not set: set it, or write ${{{name}:-default}}"
            )
        return str(value)
