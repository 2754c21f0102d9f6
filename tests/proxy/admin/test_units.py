"""Numbers as people read them."""

from __future__ import annotations

import pytest

from proxy.admin.units import bytes_of, counted, seconds_of

KIB = 1024


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 bytes"),
        (1023, "1,023 bytes"),
        (KIB, "1.0 KiB"),
        (1536, "1.5 KiB"),
        (40 * KIB, "40 KiB"),
        (KIB**2 - 1, "1,024 KiB"),
        (KIB**3, "1.0 GiB"),
        (3 * KIB**5, "3,072 TiB"),
    ],
)
def test_bytes(number: int, said: str) -> None:
    assert bytes_of(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0.4, "0 seconds"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (7300, "2 hours"),
        (90000, "1 day"),
    ],
)
def test_seconds(number: float, said: str) -> None:
    assert seconds_of(number) == said


def test_counts_have_their_plural() -> None:
    assert [counted(number, "batch", "batches") for number in (0, 1, 1200)] == [
        "0 batches",
        "1 batch",
        "1,200 batches",
    ]
    assert counted(2, "page") == "2 pages"
