"""Sizes and times are read and written as people do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.config.units import SIZES, TIMES, Unit, sizes, times

SIZE, TIME = sizes("1B", "1024TiB"), times("1ms", "365d")


@pytest.mark.parametrize(
    ("unit", "written", "number"),
    [
        (SIZE, "10MiB", 10 * 2**20),
        (SIZE, "1.5 GiB", 3 * 2**29),
        (SIZE, "1.1kB", 1100),
        (SIZE, "4096", 4096),
        (SIZE, 4096, 4096),
        (TIME, "5s", 5),
        (TIME, " 1.5h ", 5400),
        (TIME, "250ms", 0.25),
    ],
)
def test_a_number_with_its_unit_is_read(unit: Unit, written: object, number: float) -> None:
    assert unit.read(written) == number


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        *(
            (SIZE, each)
            for each in ("", "MiB", "10 mib", "10M", "1e3B", "-1B", "0B", "٣B", "1025TiB", True, None, -1)
        ),
        *((TIME, each) for each in ("5", 5, 5.0, "5 sec", "1h30m", "0s", "366d", "5S")),
    ],
)
def test_what_can_be_misread_is_refused(unit: Unit, written: object) -> None:
    with pytest.raises(ValueError, match="must be a number with its unit"):
        unit.read(written)


@given(st.integers(1, 2**40))
def test_a_size_is_written_as_it_is_read(number: int) -> None:
    assert SIZE.read(SIZE.text(number)) == number


@given(st.integers(1, 10**9))
def test_a_time_is_written_as_it_is_read(milliseconds: int) -> None:
    seconds = milliseconds / 1000
    assert TIME.read(TIME.text(seconds)) == pytest.approx(seconds, rel=1e-9)


def test_the_largest_unit_that_fits_is_written() -> None:
    assert [SIZE.text(number) for number in (1, 1000, 1024, 1536, 32 * 2**20, 10**9)] == [
        *("1B", "1kB", "1KiB", "1536B", "32MiB", "1GB")
    ]
    assert [TIME.text(number) for number in (0.1, 75, 600, 5400, 86400)] == ["100ms", "75s", "10m", "90m", "1d"]
    assert set(SIZES) & set(TIMES) == set()
