"""Each wrong file in tests/cases/config is answered as its first line says, and each message has a file."""

from __future__ import annotations

import ast
import io
import math
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from proxy.check import problems
from proxy.commands.check import line
from proxy.config import Config, Shape
from proxy.config.shape import part
from proxy.load import ConfigError, Loc, parse, read
from proxy.load.tree import NOT_YAML
from proxy.load.words import WORDS
from tests.running import ROOT
from tests.world import world

CASES = sorted((ROOT / "tests" / "cases" / "config").glob("*.yaml"))
SOURCES = [
    path for folder in ("config", "load", "check") for path in sorted((ROOT / "proxy" / folder).glob("*.py"))
]

SAID_BY_OTHERS = {
    re.escape("no such file; `config.example.yaml` is one to start from"),
    re.escape("is not UTF-8 text"),
    re.escape("cannot be read: ") + ".*",
}
"""Of a file that cannot hold its message: tests/proxy/load/test_load.py."""

FAULTS = {"ValueError", "Misplaced", "ConfigError", "error", "warning", "Failed"}

LESSER = {
    "# by a user who may not listen on ports below 1024": (
        ["setpriv", "--bounding-set=-net_bind_service"] if os.geteuid() == 0 else []
    ),
    "# by a user who may open 256 files": ["prlimit", "--nofile=256:256"],
}
"""How a case is tried that says so in its second line."""


def fields(model: type[Shape], path: Loc = ()) -> Iterator[Loc]:
    """All keys, as places in a file with one site."""
    for name, field in model.model_fields.items():
        at = (*path, name)
        yield at
        if inner := part(field):
            yield from fields(inner, (*at, 0) if name == "sites" else at)


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with world(tmp_path_factory.mktemp("world")) as variables, pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield variables


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_wrong_file_is_answered_with_place_and_remedy(case: Path, surroundings: Mapping[str, str]) -> None:
    head = string.Template(case.read_text().splitlines()[0]).safe_substitute(surroundings)
    place, _, message = head.removeprefix("# ").partition(" ")
    lesser = LESSER.get(case.read_text().splitlines()[1])
    said = _said(case) if lesser is None else _by_a_lesser_user(case, lesser)
    assert said == [f"{case}:{place}: {message}"]


def _said(case: Path) -> list[str]:
    try:
        loaded = read(case)
    except ConfigError as error:
        return [str(each) for each in (error, *error.others)]
    return [line(loaded.source, problem) for problem in problems(loaded.config)]


def _by_a_lesser_user(case: Path, lesser: list[str]) -> list[str]:
    line = [*lesser, sys.executable, "-m", "proxy", "check", "-c", str(case)]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, timeout=60)
    return done.stderr.splitlines()[:-1]


def test_each_message_has_a_file() -> None:
    heads = [case.read_text().splitlines()[0] for case in CASES]
    patterns = {pattern for path in SOURCES for pattern in _messages(path)}
    patterns |= {re.escape(words) for words in NOT_YAML.values()}
    patterns |= {re.sub(r"\\{.*?\\}", ".*", re.escape(words)) for words in WORDS.values()}
    assert len(patterns) > 90, "the messages are not found any more"
    missing = {each for each in patterns if not any(re.search(each, head) for head in heads)}
    assert missing - SAID_BY_OTHERS == set()


def _messages(path: Path) -> Iterator[str]:
    """A pattern for each text that a fault is made with; of a formatted one, what is fixed."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _name(node.func) in FAULTS:
            for argument in node.args:
                yield from _texts(argument)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)) if " " in text:
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".*" for each in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_texts(one), *_texts(other))


@pytest.mark.parametrize("field", [*fields(Config)], ids=lambda field: ".".join(map(str, field)))
def test_whatever_stands_at_a_key_is_answered_in_our_words(field: Loc) -> None:
    values: list[Any] = ["", " ", "x y", 10**30, -1, 1.5, math.nan, math.inf, True, None, [], [[]], {}, {"a": 1}]
    for wrong in values:
        tree = {"version": 1, "sites": [{"name": "a", "hosts": ["*"], "upstream": "http://127.0.0.1:8000"}]}
        node: Any = tree
        for key in field[:-1]:
            node = node[key] if isinstance(key, int) else node.setdefault(key, {})
        node[field[-1]] = wrong
        text = io.StringIO()
        YAML().dump(tree, text)
        with suppress(ConfigError):  # and nothing else
            parse(text.getvalue(), "file")
