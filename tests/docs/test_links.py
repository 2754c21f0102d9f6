"""Each link of the documents leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proxy.admin.problems import KNOWN
from proxy.page.reasons import REASONS
from tests.docs.pages import DOCS, DOCUMENTS, anchors, prose
from tests.running import ROOT

TROUBLE = (DOCS / "troubleshooting.md").read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_anchor_is_a_heading(document: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?://)([^)#\s]*)#([^)\s]+)\)", prose(document)):
        page = (document.parent / target) if target else document
        assert anchor in anchors(page), f"{target}#{anchor}"


def test_each_page_can_be_reached_from_the_first() -> None:
    seen, open_ = set[Path](), [DOCS / "index.md"]
    while open_:
        page = open_.pop()
        seen.add(page)
        links = re.findall(r"\]\((?!https?://)([^)#\s]+\.md)", page.read_text())
        open_ += {(page.parent / link).resolve() for link in links} - seen - set(open_)
    missing = {each.resolve() for each in DOCS.glob("*.md")} - seen
    assert not missing


def test_each_reason_has_a_remedy() -> None:
    table = TROUBLE.split("### Reasons")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", table, re.MULTILINE)
    assert rows == list(REASONS)


def test_each_problem_of_the_status_page_stands_in_the_handbook_with_its_own_remedy() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", TROUBLE.split("## The status page says")[1], re.M)
    assert [remedy for _, remedy in rows[1:]] == [remedy for _, _, remedy in KNOWN]


def test_each_target_of_make_that_a_page_names_is_there() -> None:
    made = (ROOT / "Makefile").read_text()
    for document in DOCUMENTS:
        for target in re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(), re.M):
            assert re.search(rf"^{target}:", made, re.M), target
