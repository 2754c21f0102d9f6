"""Copies of the source with one thing changed, to be run as real processes."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

from tests.running import ROOT

PARTS = ("proxy", "addons", "storage")


def copied(to: Path) -> Path:
    """A copy of the source, what was built included, and what was compiled: Python sees what is changed since."""
    for part in PARTS:
        shutil.copytree(ROOT / part, to / part)
    return to


def methods(file: Path, names: set[str]) -> list[tuple[str, str]]:
    """(class, method) of every method in a file with one of these names."""
    return [
        (each.name, method.name)
        for each in ast.parse(file.read_text()).body
        if isinstance(each, ast.ClassDef)
        for method in each.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.name in names
    ]


def plant(file: Path, cls: str, method: str, statement: str) -> None:
    """Make `statement` the first of a method."""
    text = file.read_text()
    for each in ast.parse(text).body:
        if isinstance(each, ast.ClassDef) and each.name == cls:
            for inner in each.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name == method:
                    lines = text.splitlines(keepends=True)
                    first = inner.body[0]
                    lines.insert(first.lineno - 1, " " * first.col_offset + statement + "\n")
                    file.write_text("".join(lines))
                    return
    raise LookupError(f"{cls}.{method} is not in {file}")
