"""YAML text to `Config`: every error names file, line and column, and the remedy where one is known.

ruamel.yaml keeps the place of every key, pydantic says which key is wrong; this file joins the two.
No message holds a value that came from the environment.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from proxy.config import Config

type Loc = tuple[str | int, ...]

ENVIRONMENT = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")


@dataclass
class ConfigError(Exception):
    """What is wrong with a configuration file, where (line and column from 1), and what to do."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


def load(file: Path) -> Config:
    """Read and check a configuration file. Relative paths in it are relative to the file's folder.

    Raises ConfigError.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(str(file), 0, 0, "no such file; `config.example.yaml` is one to start from") from None
    except UnicodeDecodeError:
        raise ConfigError(str(file), 0, 0, "is not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(str(file), 0, 0, f"cannot be read: {error.strerror}") from None
    return parse(text, str(file), base=file.parent)


def parse(text: str, name: str, base: Path = Path()) -> Config:
    """Check the text of a configuration; `name` is how errors call it. Raises ConfigError."""
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = str(error.problem or "not YAML").splitlines()[0]
        raise ConfigError(name, line, column, f"not YAML: {problem}") from None
    except YAMLError:
        raise ConfigError(name, 1, 1, "not YAML") from None
    if not isinstance(tree, CommentedMap):
        raise ConfigError(name, 1, 1, "the file must be a mapping that begins with `version: 1`")
    try:
        plain = _plain(tree, (), tree, name)
        config = Config.model_validate(plain)
    except ValidationError as error:
        raise _explain(error, tree, name) from None
    return _rooted(config, base)


def _rooted(config: Config, base: Path) -> Config:
    """The same configuration with its relative paths made absolute."""

    def rooted(model: BaseModel) -> BaseModel:
        update: dict[str, Any] = {}
        for key in type(model).model_fields:
            value = getattr(model, key)
            if isinstance(value, Path) and not value.is_absolute():
                update[key] = (base / value).resolve()
            elif isinstance(value, BaseModel):
                update[key] = rooted(value)
            elif isinstance(value, tuple):
                update[key] = tuple(rooted(each) if isinstance(each, BaseModel) else each for each in value)
        return model.model_copy(update=update) if update else model

    return cast(Config, rooted(config))


def _plain(node: Any, loc: Loc, root: CommentedMap, name: str) -> Any:
    """The tree as plain Python values, `${ENV}` filled in."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value, (*loc, str(key)), root, name) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(value, (*loc, index), root, name) for index, value in enumerate(node)]
    if isinstance(node, str):
        return ENVIRONMENT.sub(lambda match: _environment(match, loc, root, name), node)
    return node


def _environment(match: re.Match[str], loc: Loc, root: CommentedMap, name: str) -> str:
    value = os.environ.get(match[1], match[2])
    if value is None:
        line, column = _place(root, loc)
        remedy = f"set it, or write ${{{match[1]}:-default}}"
        raise ConfigError(name, line, column, f"the environment variable {match[1]} is not set: {remedy}")
    return value


def _explain(error: ValidationError, root: CommentedMap, name: str) -> ConfigError:
    """The first problem in reading order, in the operator's words."""
    found = [(_written(item["loc"], root), item) for item in error.errors(include_url=False)]
    # A list whose one item is wrong is also reported as too short: only the deepest location was meant,
    # and so of a union (`text: mask | {...}`).
    inner = [(loc, item) for loc, item in found if not any(_below(other, loc) for other, _ in found)]
    # A misspelled key before the one that is missing because of it.
    loc, item = min(inner, key=lambda problem: (problem[1]["type"] == "missing", _place(root, problem[0])))
    line, column = _place(root, loc)
    key = ".".join(str(part) for part in loc) or "the file"
    kind = item["type"]
    if kind == "extra_forbidden":
        message = f"unknown key `{loc[-1]}`{_did_you_mean(str(loc[-1]), loc[:-1])}"
    elif kind == "missing":
        message = f"`{key}` is missing"
    elif kind == "value_error":
        message = f"`{key}`: {item['msg'].removeprefix('Value error, ')}"
    else:
        # The branches of a union complain each in its own way about the same place.
        branches = [_said(other) for where, other in inner if where == loc]
        message = f"`{key}`: {' or '.join(dict.fromkeys(branches))}"
    return ConfigError(name, line, column, message)


def _said(item: Mapping[str, Any]) -> str:
    """Pydantic's message, less the names of our classes."""
    text = "input should be a mapping" if item["type"] == "model_type" else item["msg"]
    return f"{text[0].lower()}{text[1:]}"


def _below(loc: Loc, parent: Loc) -> bool:
    return len(loc) > len(parent) and loc[: len(parent)] == parent


def _written(loc: Loc, root: CommentedMap) -> Loc:
    """A pydantic location without the parts that name a union's branch, as far as they stand in the file."""
    node: Any = root
    out: list[str | int] = []
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if (inner := _at(node, (part,))) is not None:
            node = inner
        elif not (last and isinstance(node, Mapping) and isinstance(part, str)) or "[" in str(part):
            continue
        out.append(part)
    return tuple(out)


def _at(root: Any, loc: Loc) -> Any:
    for part in loc:
        try:
            root = root[part]
        except (KeyError, IndexError, TypeError):
            return None
    return root


def _place(root: CommentedMap, loc: Loc) -> tuple[int, int]:
    """Line and column (from 1) of the deepest part of `loc` that stands in the file."""
    place, node = (1, 1), cast(Any, root)
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


def _did_you_mean(key: str, parent: Loc) -> str:
    close = difflib.get_close_matches(key, list(_keys(parent)), n=1)
    return f": did you mean `{close[0]}`?" if close else ""


def _keys(parent: Loc) -> Iterator[str]:
    """The keys that are known below `parent`."""
    node: dict[str, Any] = Config.model_json_schema()
    definitions = node["$defs"]
    for part in parent:
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
        for branch in (node, *node.get("anyOf", ()), *node.get("allOf", ())):
            if "$ref" in branch:
                node = definitions[branch["$ref"].rpartition("/")[2]]
                break
    yield from node.get("properties", {})
