"""What the handbook says to type is what the command line takes, and what the configuration takes."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from proxy.cli import cli
from proxy.config import Config, Site
from tests.certificates import certificate
from tests.docs.pages import DOCS, DOCUMENTS, Block, blocks, commands
from tests.running import ROOT, Milchglas, merged

COMMANDS = (DOCS / "commands.md").read_text()
PLACEHOLDER = re.compile(r"[A-Z]+(?:\|[A-Z]+)?|N")
SYNOPSIS = ("FILE|SITE", "on|off", "off|on")
CHANGES = ROOT / "CHANGELOG.md"  # tells of the past, in half commands, too


def leaves(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield f"{path}{name}", command
            yield from leaves(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def parsed(command: click.Command, words: Sequence[str]) -> None:
    """Parse as a call would, and run nothing. Raises click.UsageError."""
    context = click.Context(command)
    given, rest, _ = command.make_parser(context).parse_args(list(words))
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if isinstance(value, str) and not PLACEHOLDER.fullmatch(value):
            parameter.type_cast_value(context, value)
    if isinstance(command, click.Group) and rest:
        parsed(found(command, rest[0]), rest[1:])
    elif rest:
        raise click.UsageError(f"too many words: {rest}")


def found(group: click.Group, name: str) -> click.Command:
    command = group.commands.get(name)
    if command is None:
        raise click.UsageError(f"no such command: {name}")
    return command


TYPED = [
    (document, words)
    for document in DOCUMENTS
    if document != CHANGES
    for words in commands(document)
    if words and not PLACEHOLDER.fullmatch(words[0]) and words[0] not in SYNOPSIS
]


@pytest.mark.parametrize(
    ("document", "words"), TYPED, ids=[f"{document.stem}: {' '.join(words)}" for document, words in TYPED]
)
def test_each_command_that_a_page_says_to_type_is_one(document: Path, words: list[str]) -> None:
    parsed(cli, words)


@pytest.mark.parametrize(
    "wrong", ["chekc", "check --fast", "on -c f shop more", "user -c f make", "notice --lang tlh"]
)
def test_a_command_that_is_none_would_be_found(wrong: str) -> None:
    with pytest.raises(click.UsageError):
        parsed(cli, wrong.split())


@pytest.mark.parametrize(("name", "command"), list(leaves(cli)), ids=[name for name, _ in leaves(cli)])
def test_each_command_and_each_of_its_options_stands_in_the_handbook(name: str, command: click.Command) -> None:
    first, _, rest = name.partition(" ")
    section = next(
        (each for each in COMMANDS.split("\n## ")[1:] if first in re.findall(r"\w+", each.partition("\n")[0])), ""
    )
    assert section, f"{first} has no section"
    assert re.search(rf"milchglas {first}\b.*\b{rest}\b", section), name
    for option in (each for each in command.params if isinstance(each, click.Option)):
        assert any(re.search(rf"(?<![\w-]){each}(?![\w-])", section) for each in option.opts), option.opts


YAMLS = [(document, block) for document in DOCUMENTS for block in blocks(document) if block.language == "yaml"]
NAMES = [f"{document.stem}:{block.line}" for document, block in YAMLS]


@pytest.mark.parametrize(("document", "block"), YAMLS, ids=NAMES)
def test_each_block_of_yaml_can_be_read(document: Path, block: Block) -> None:
    assert YAML(typ="safe").load(block.text) is not None


WHOLE = [
    (document, block)
    for document, block in YAMLS
    if {"version", "sites"} <= set(YAML(typ="safe").load(block.text) or ())
]


@pytest.mark.parametrize(
    ("document", "block"), WHOLE, ids=[f"{document.stem}:{block.line}" for document, block in WHOLE]
)
def test_each_whole_configuration_of_a_page_passes_check(document: Path, block: Block, tmp_path: Path) -> None:
    made = Milchglas(tmp_path, "http://127.0.0.1:1")
    config = YAML(typ="safe").load(block.text)
    pair = certificate(tmp_path, *(host for site in config["sites"] for host in site["hosts"]))
    for named in re.findall(r"[\w./-]+\.pem", block.text):
        (tmp_path / named).parent.mkdir(exist_ok=True)
        shutil.copy(pair.key if "key" in named else pair.cert, tmp_path / named)
    # Somebody on this machine may hold the ports that a page names.
    listening = {"listen": {"port": made.port}, "admin": {"port": made.admin}}
    made.config = merged(config, listening | {"storage": {"listen": {"port": made.dashboard}}})
    made.write()
    done = made.command("check", "--offline")
    assert done.returncode == 0, done.stderr


PARTS = [
    (document, block, keys)
    for document, block in YAMLS
    if (keys := YAML(typ="safe").load(block.text)) and set(keys) <= set(Site.model_fields)
]


@pytest.mark.parametrize(
    ("document", "block", "keys"), PARTS, ids=[f"{document.stem}:{block.line}" for document, block, _ in PARTS]
)
def test_each_part_of_a_site_that_a_page_shows_is_one(
    document: Path, block: Block, keys: dict[str, object]
) -> None:
    site = {"name": "shop", "hosts": ["*"], "upstream": "http://127.0.0.1:8000"}
    assert Config.model_validate({"version": 1, "sites": [site | keys]}).sites[0].name


HAR = """{"log": {"entries": [{
    "request": {"method": "GET", "url": "https://shop.example.com/", "headers": []},
    "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "text/html"}],
                 "content": {"text": "<!doctype html><title>Shop</title><p>Welcome"}}}]}}"""


def test_the_steps_that_the_recipe_for_ci_names_are_green_and_turn_red_by_a_change(tmp_path: Path) -> None:
    (whole, *_) = [
        block.text for block in blocks(DOCS / "recipes.md") if block.text.startswith("version: 1\nworkers")
    ]
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures/shop.har").write_text(HAR)
    made = Milchglas(tmp_path, "http://127.0.0.1:1")
    ports = {"admin": {"port": made.admin}, "storage": {"listen": {"port": made.dashboard}}}
    made.config = merged(YAML(typ="safe").load(whole), {"listen": {"port": made.port}} | ports)
    made.write()

    (update,) = [words for words in commands(DOCS / "recipes.md") if "--update" in words]
    assert run(tmp_path, update) == 0
    (recipe,) = [block for document, block in YAMLS if document.name == "recipes.md" and "jobs:" in block.text]
    steps = [step.get("run", "") for step in YAML(typ="safe").load(recipe.text)["jobs"]["replay"]["steps"]]
    lines = [shlex.split(step)[1:] for step in steps if step.startswith("milchglas ")]
    assert [run(tmp_path, line) for line in lines] == [0, 0, 0]
    assert "<testsuite" in (tmp_path / "replay.xml").read_text()

    made.config["sites"][0]["pages"] = {"exclude": ["/*"]}
    made.write()
    assert [run(tmp_path, line) for line in lines] == [0, 1, 0]


def run(folder: Path, words: Sequence[str]) -> int:
    """The exit code of a `milchglas` command that is typed in this folder."""
    line = [sys.executable, "-m", "proxy", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, timeout=60).returncode
