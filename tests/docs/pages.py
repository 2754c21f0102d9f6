"""What stands in the handbook to be typed: its pages, their blocks of code, the commands in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.running import ROOT

DOCS = ROOT / "docs"
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTEXT.md", "CHANGELOG.md")]
DOCUMENTS += sorted(DOCS.rglob("*.md"))

FENCE = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    +(.+)$", re.MULTILINE)
INLINE = re.compile(r"`(milchglas [^`]+)`")
SHELL = ("", "sh", "console")


@dataclass(frozen=True)
class Block:
    """A fenced block. `language` is the word after its fence."""

    language: str
    text: str
    line: int


def blocks(document: Path) -> list[Block]:
    """All fenced blocks, in order."""
    text, made = document.read_text(), []
    for found in FENCE.finditer(text):
        inner = re.sub(rf"^{found[1]}", "", found[3], flags=re.MULTILINE)
        made.append(Block(found[2], inner, text[: found.start()].count("\n") + 1))
    return made


def prose(document: Path) -> str:
    """All that stands in no fence."""
    return FENCE.sub("", document.read_text())


def lines(document: Path) -> Iterator[str]:
    """Each line that begins with `milchglas` in a block for the shell, and each such piece of code in the text."""
    for block in blocks(document):
        if block.language in SHELL:
            yield from (each.removeprefix("$ ") for each in block.text.splitlines())
    text = prose(document)
    yield from INDENTED.findall(text)
    yield from (each.replace("\n", " ") for each in INLINE.findall(text))


def commands(document: Path) -> list[list[str]]:
    """The words of every `milchglas` command, without pipes, comments, and the brackets of what is optional."""
    found = []
    for line in lines(document):
        if not line.startswith("milchglas "):
            continue
        lexer = shlex.shlex(re.sub(r"[\[\]]|\.\.\.|…", " ", line), posix=True, punctuation_chars="<>|;&")
        lexer.whitespace_split = True
        words = list(lexer)
        end = next((at for at, word in enumerate(words) if set(word) <= set("<>|;&")), len(words))
        found.append(words[1:end])
    return found


def anchors(document: Path) -> set[str]:
    """Of the headings, as they are made where the source is browsed."""
    headings = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}
