"""The pure parts of bench/: what a figure says, when a target is missed, and the pages that are measured."""

from __future__ import annotations

import gzip
import zlib
from io import StringIO

import pytest
from rich.console import Console

from bench import bomb
from bench.contenders import LXML, NGINX, OFF, OURS, STOCK
from bench.figures import AtLeast, AtMost, Figure, table
from bench.html import SIZES, page
from bench.rates import TARGETS, Rate, compared


def test_a_ratio_is_judged_by_its_median() -> None:
    assert not Figure("ratio", (0.1, 1.6, 1.7), target=AtLeast(1.5)).missed
    assert Figure("ratio", (1.4, 1.4, 9.0), target=AtLeast(1.5)).missed


def test_a_bound_is_judged_by_its_worst_value() -> None:
    assert not Figure("wait", (1, 2, 10), target=AtMost(10)).missed
    assert Figure("wait", (1, 2, 10.1), target=AtMost(10)).missed


def test_a_figure_without_a_target_misses_none() -> None:
    figure = Figure("wait", (1e9,))
    assert not figure.missed
    assert figure.row()[4] == ""


def test_the_table_tells_median_spread_target_and_verdict() -> None:
    console = Console(file=StringIO(), width=120, record=True)
    console.print(table([Figure("ours to theirs", (1.2, 1.3, 40.0), target=AtLeast(1.5), beside="so many")]))
    said = console.export_text().splitlines()[1].split("  ")
    assert [cell.strip() for cell in said if cell.strip()] == [
        *("ours to theirs", "1.30", "1.20 .. 40.0", "≥ 1.5", "missed", "so many")
    ]


def test_a_ratio_is_one_of_the_same_round() -> None:
    rounds = [
        {OURS: Rate(300, 10), STOCK: Rate(100, 30)},
        {OURS: Rate(30, 10), STOCK: Rate(10, 30)},  # the machine was busy
        {OURS: Rate(400, 10), STOCK: Rate(100, 30)},
    ]
    ours, ratio = compared("34k", "gzip", rounds)
    assert ours.values == (300, 30, 400)
    assert ratio.values == (3, 3, 4)
    assert ratio.target == AtLeast(1.5)
    assert "of CPU each, ratio 3.00" in ratio.beside


def test_only_the_34_kb_page_has_targets_and_nginx_has_none() -> None:
    rounds = [{name: Rate(100, 10) for name in (OURS, OFF, STOCK, LXML, NGINX)}]
    for size in SIZES:
        for coding in ("identity", "gzip"):
            aimed = [figure for figure in compared(size, coding, rounds) if figure.target]
            assert len(aimed) == (3 if size == "34k" else 0)
    assert len(TARGETS) == 6


@pytest.mark.parametrize("size", SIZES.values())
def test_a_page_has_its_size_and_shrinks_as_pages_do(size: int) -> None:
    text = page(size)
    assert len(text) == size
    assert text != page(size, 1)
    assert 2 < size / len(gzip.compress(text, 6)) < 5


@pytest.mark.parametrize("name", ["zeros", "page"])
def test_a_bomb_is_whole_gzip(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bomb, "SIZE", 2)
    sent = bomb.bomb.__wrapped__(name)
    text = zlib.decompress(sent, wbits=31)  # which looks at checksum and length
    assert text.endswith(bytes(2 * bomb.MIB))
    assert text.startswith(b"<!doctype html>")
    assert len(sent) < len(text) / 4
