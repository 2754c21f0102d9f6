"""Addresses and numbers by which somebody is reached."""

from __future__ import annotations

import pytest

from proxy.privacy.contacts import emails, ips, is_phone, numbers


@pytest.mark.parametrize(
    "value",
    [
        "+49 30 901820",
        "0049 30 901820",
        "0171 2345678",
        "030/901820",
        "(030) 901820",
        "+1 212-736-5000",
        "07911 123456",
    ],
)
def test_phone_numbers(value: str) -> None:
    assert is_phone(value)


@pytest.mark.parametrize(
    "value",
    [
        "10115",
        "24.12.2024",
        "2024-12-24",
        "01/02/2024",
        "1.299,00",
        "12345678",
        "0000000",
        "100000000",
        "+5",
        "0,5",
    ],
)
def test_what_is_no_phone_number(value: str) -> None:
    assert not is_phone(value)


def test_an_address_is_found_in_its_whole_length() -> None:
    text = "an erna.fink+shop@post.fink.example, von 10.1.2.3."
    assert [text[start:end] for start, end in emails(text)] == ["erna.fink+shop@post.fink.example"]
    assert [text[start:end] for start, end in ips(text)] == ["10.1.2.3"]


def test_a_long_number_goes_to_its_end_and_a_date_before_it_stays() -> None:
    text = "24.12.2024 " + "4711" * 20
    assert [text[start:end] for start, end in numbers(text)] == ["4711" * 20]
