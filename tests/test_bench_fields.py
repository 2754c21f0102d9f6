"""Labelled field cards: our own, and what the bench makes of a file of them."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import pytest

from bench import fields as bench
from proxy.privacy.kinds import CLASS_OF, PERSONAL, SECRET

CASES = sorted((Path(__file__).parent / "cases" / "fields").glob("*.jsonl"))
LINES = [line for path in CASES for line in path.read_bytes().splitlines()]


def test_our_own_cards_are_labelled_as_the_kinds_say() -> None:
    cards = [orjson.loads(line) for line in LINES]
    assert len(cards) > 1500 and len(set(LINES)) == len(LINES)
    assert all(card["sensitive"] == (CLASS_OF[card["kind"]] in (SECRET, PERSONAL)) for card in cards)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_our_own_cards_are_told(path: Path) -> None:
    rows = bench.judged(path.read_bytes().splitlines())
    assert bench.recall(rows) >= 0.95
    assert bench.precision(rows) >= 0.93


def test_of_all_our_own_cards_few_are_mistaken() -> None:
    rows = bench.judged(LINES)
    assert bench.recall(rows) >= 0.98
    assert bench.precision(rows) >= 0.98


def card(kind: str, sensitive: bool, **keys: str) -> bytes:
    return orjson.dumps({"corpus": "c", "site": "s", "kind": kind, "sensitive": sensitive, **keys})


def test_a_missed_secret_is_named_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [card("password", True, name="xq17"), *(card("email", True, name="email") for _ in range(99))]
    (tmp_path / "cards").write_bytes(b"\n".join(lines))
    monkeypatch.setattr(sys, "argv", ["bench.fields", str(tmp_path / "cards")])
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert ended.value.code == 1
    assert "missed: password of c / s / xq17" in capsys.readouterr().out


def test_a_line_without_a_label_is_named() -> None:
    with pytest.raises(SystemExit, match="line 2"):
        bench.judged([card("email", True), b'{"name": "x"}'])
