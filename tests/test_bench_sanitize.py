"""What bench/sanitize measures is what it says: a page of that size, texts of that length."""

from __future__ import annotations

from bench.hostile import HOSTILE
from bench.sanitize import typed, whole
from bench.snapshot import batch
from proxy.privacy.batch import decode
from proxy.privacy.nodes import dumped


def test_a_snapshot_has_its_size_and_is_the_same_for_the_same_number() -> None:
    body = batch(100_000, 4)
    assert batch(100_000, 4) == body != batch(100_000, 5)
    page = decode(body).events[1]["data"]["node"]
    assert 100_000 <= len(dumped(page)) < 800_000


def test_a_snapshot_is_kept_and_its_passwords_are_told() -> None:
    result = whole(batch(100_000))
    assert result.events == 2 and "password" in {finding.kind for finding in result.findings}


def test_typed_values_are_stripped_and_remembered() -> None:
    assert sum(finding.count for finding in whole(typed(40)).findings) == 40


def test_hostile_texts_have_their_length() -> None:
    assert all(abs(len(made(1000)) - 1000) <= 1 for made in HOSTILE.values())
