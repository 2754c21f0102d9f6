"""Account numbers of every country."""

from __future__ import annotations

import pytest
from stdnum import iban

from proxy.privacy.ibans import LENGTHS, ibans

KNOWN = (
    "AT611904300234573201",
    "BE68539007547034",
    "CH9300762011623852957",
    "CZ6508000000192000145399",
    "DK5000400440116243",
    "ES9121000418450200051332",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "IT60X0542811101000000123456",
    "MT84MALT011000012345MTLCAST001S",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "PL61109010140000071219812874",
    "SE4550000000058398257466",
)


@pytest.mark.parametrize("number", KNOWN)
@pytest.mark.parametrize("gap", ["", " ", "-", "  ", "."])
def test_numbers_of_many_countries_however_grouped(number: str, gap: str) -> None:
    written = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    assert list(ibans(f"an {written} zahlen")) == [(3, 3 + len(written))]
    assert list(ibans(written.lower())) == [(0, len(written))]


def test_the_lengths_are_the_registrys() -> None:
    assert all(
        iban.is_valid(number, check_country=False) and LENGTHS[number[:2]] == len(number) for number in KNOWN
    )


def test_two_in_a_row_are_two() -> None:
    assert len(list(ibans("DE89370400440532013000 DE89370400440532013000"))) == 2


def test_a_wrong_check_digit_or_structure_is_none() -> None:
    assert list(ibans("DE88370400440532013000")) == []
    assert list(ibans("NO93 8601 1117 94")) == []
