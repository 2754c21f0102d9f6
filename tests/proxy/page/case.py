"""A file of tests/cases/page: a page, and the place of the snippet in it or the reason why there is none.

A file has a YAML head and then, after a `--- page` line, the page. In it `{{snippet}}` marks the place,
`{{900*x}}` stands for 900 times x (Python's escapes count, as in `{{1*\\x00}}`), and `{{900*?}}` for 900 letters
as they come, always the same. The head's keys:

    defends: the requirement, or the peer that gets it wrong
    mutant: the mistake that this case finds, a name of page_mutants.MUTANTS
    refused: the reason, when the page has to go out as it came
    status, content_type, headers: of the response; 200, text/html and none without
    request: headers of the visitor's request
    bytes: the Python codec of the page's bytes, utf-8 without
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "cases" / "page"
SNIPPET = "{{snippet}}"
_RUN = re.compile(r"\{\{(\d+)\*(.*?)\}\}")


def _run(found: re.Match[str]) -> str:
    if found[2] == "?":
        return "".join(random.Random(1).choices(ascii_lowercase, k=int(found[1])))
    return int(found[1]) * found[2].encode().decode("unicode_escape")


@dataclass(frozen=True)
class Case:
    """One case. `marked` is the page with SNIPPET where the snippet has to go, if anywhere."""

    name: str
    defends: str
    mutant: str
    marked: str
    refused: str = ""
    status: int = 200
    content_type: str = "text/html"
    headers: tuple[str, ...] = ()
    request: tuple[str, ...] = ()
    bytes: str = "utf-8"

    @classmethod
    def read(cls, path: Path) -> Case:
        """The case of a file. Raises TypeError for a key that is none."""
        head, _, page = path.read_text(encoding="utf-8").partition("--- page\n")
        facts = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in YAML(typ="safe").load(head).items()
        }
        marked = _RUN.sub(_run, page)
        case = cls(path.stem, marked=marked, **facts)
        assert (SNIPPET in page) is not bool(case.refused), path.stem
        return case

    @property
    def page(self) -> bytes:
        """Upstream's body."""
        return self.marked.replace(SNIPPET, "").encode(self.bytes)

    def injected(self, snippet: bytes) -> bytes:
        """The visitor's body."""
        return self.marked.encode(self.bytes).replace(SNIPPET.encode(), snippet)


CASES = [Case.read(path) for path in sorted(FOLDER.glob("*.txt"))]
