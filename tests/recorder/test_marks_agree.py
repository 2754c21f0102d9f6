"""The recorder and the proxy know the same marks: each has its own table, and neither may lag behind."""

from __future__ import annotations

import re

from proxy.privacy import marks
from tests.running import ROOT

SOURCE = (ROOT / "recorder" / "src" / "marks.ts").read_text()


def names(table: str) -> set[str]:
    """The words in the string literals and the keys of one table of marks.ts."""
    found = re.search(rf"^const {table}\b.*?= (\{{.*?^\}});", SOURCE, re.DOTALL | re.MULTILINE)
    assert found
    if table == "VALUED":
        return set(re.findall(r'^  "([a-z-]+)": \{', found[1], re.MULTILINE))
    return {word for literal in re.findall(r'"([^"]*)"', found[1]) for word in literal.split()}


def test_both_know_the_same_attributes() -> None:
    assert names("BARE") | names("VALUED") == set(marks.NAMES)


def test_both_know_the_same_classes() -> None:
    ours = {name for name in names("CLASSES") if not name.startswith("dd-privacy-")}
    theirs = {name for name in marks.CLASSES if not name.startswith("dd-privacy-")}
    assert ours == theirs
