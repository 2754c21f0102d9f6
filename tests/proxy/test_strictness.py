"""Which changes of a site make what older pages send count no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from proxy import strictness
from proxy.config import Config
from tests.conftest import configured


def config(data: Path, **site: Any) -> Config:
    return configured("http://127.0.0.1:1", data=data, site=site)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"sensitive": ["#kundennr"]}),
        ({"sensitive": ["#a"]}, {"sensitive": ["#b"]}),
        ({}, {"exclude": [".chat"]}),
        ({"safe": ["#a", "#b"]}, {"safe": ["#b"]}),
        ({"safe": ["#a", "#b"]}, {"safe": ["#b", "#a"]}),
        ({}, {"pages": {"exclude": ["/intern/*"]}}),
        ({}, {"pages": {"include": ["/shop/*"]}}),
        ({}, {"consent": {"mode": "opt-in"}}),
        ({"consent": {"mode": "opt-in"}}, {"consent": {"mode": "notice"}}),
    ],
)
def test_what_makes_pages_stricter_counts_from_then_on(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any]
) -> None:
    strictness.note(config(tmp_path, **before), 1000.0)
    assert strictness.since(tmp_path) == {"altshop": 0.0}
    strictness.note(config(tmp_path, **after), 2000.0)
    assert strictness.since(tmp_path) == {"altshop": 2000.0}
    strictness.note(config(tmp_path, **after), 3000.0)
    assert strictness.since(tmp_path) == {"altshop": 2000.0}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"sensitive": ["#a", "#b"]}, {"sensitive": ["#b"]}),
        ({"exclude": [".chat"]}, {}),
        ({"safe": ["#a"]}, {"safe": ["#a", "#b"]}),
        ({"pages": {"exclude": ["/intern/*"]}}, {}),
        ({}, {"record": {"forms": "harmless"}, "upstream": "http://127.0.0.1:2"}),
    ],
)
def test_what_loosens_or_is_judged_here_ends_no_page(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any]
) -> None:
    strictness.note(config(tmp_path, **before), 1000.0)
    strictness.note(config(tmp_path, **after), 2000.0)
    assert strictness.since(tmp_path) == {"altshop": 0.0}


def test_a_site_that_comes_back_stricter_is_remembered(tmp_path: Path) -> None:
    strictness.note(config(tmp_path), 1000.0)
    strictness.note(config(tmp_path, name="neushop"), 2000.0)
    strictness.note(config(tmp_path, sensitive=["#a"]), 3000.0)
    assert strictness.since(tmp_path) == {"altshop": 3000.0, "neushop": 0.0}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"altshop": {}}', b'{"altshop": 7}'])
def test_where_the_file_is_damaged_no_older_page_counts(tmp_path: Path, content: bytes) -> None:
    (tmp_path / strictness.NAME).write_bytes(content)
    strictness.note(config(tmp_path), 1000.0)
    assert strictness.since(tmp_path) == {"altshop": 1000.0}


def test_a_folder_without_the_file_is_a_new_one(tmp_path: Path) -> None:
    assert strictness.since(tmp_path) == {}
