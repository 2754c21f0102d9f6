"""The documents say what is: each key, each command, each decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from proxy.cli import cli
from proxy.config import Config, Site
from proxy.page.reasons import REASONS
from tests.running import ROOT

INJECTION = (ROOT / "docs" / "injection.md").read_text()
PROMISES = INJECTION + (ROOT / "docs" / "privacy.md").read_text()
HANDBOOK = (ROOT / "docs" / "configuration.md").read_text()
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTEXT.md", "CHANGELOG.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))


def keys(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Dotted names of all keys with a value of their own."""
    for name, field in model.model_fields.items():
        inner = [
            each for each in (field.annotation, *getattr(field.annotation, "__args__", ())) if _is_model(each)
        ]
        if inner and inner[0] is not Site:
            yield from keys(inner[0], f"{path}{name}.")
        else:
            yield f"{path}{name}"


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@pytest.mark.parametrize("key", [*keys(Config), *keys(Site)])
def test_each_key_stands_in_the_handbook(key: str) -> None:
    prefix = "storage." if key.startswith("storage.") else ""
    short = key.removeprefix(prefix)
    if short.startswith("record.text."):
        short = "record.text"
    assert f"`{short}`" in HANDBOOK or f"`{key}`" in HANDBOOK or key == "sites", key


def test_each_command_stands_in_the_changes() -> None:
    said = (ROOT / "CHANGELOG.md").read_text()
    for command in cli.commands:
        assert re.search(rf"\b{command}\b", said), command


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_every_named_file_is_there(document: Path) -> None:
    text = document.read_text()
    for link in re.findall(r"\]\((?!https?://)([^)#]+)\)", text):
        assert (document.parent / link).exists(), link
    for name in re.findall(r"\b((?:proxy|addons|storage|recorder|tests)/[\w/.]+\.(?:py|ts))\b", text):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("test", sorted(set(re.findall(r"`(tests/[\w/.]+::\w+)`", PROMISES))))
def test_each_test_that_a_promise_names_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(), re.MULTILINE), test


def test_each_promise_of_a_page_and_each_reason_has_a_row() -> None:
    rows = [line for line in INJECTION.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, 26))
    assert all("`" in row.split("|")[3] for row in rows)
    assert set(re.findall(r"^\| `(\w+)` \|", INJECTION, re.MULTILINE)) == set(REASONS)


@pytest.mark.parametrize("case", sorted(set(re.findall(r"`(tests/cases/[\w/.]+)`", PROMISES))))
def test_each_case_that_a_promise_names_is_there(case: str) -> None:
    assert (ROOT / case).is_file()
