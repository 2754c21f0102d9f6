"""Which passwords are good enough, and that only the right one fits."""

from __future__ import annotations

import pytest

from storage import passwords


@pytest.mark.parametrize(
    "password", ["zebra im Flur", "a1!", "kX9$mmQ2", "ü" * 3 + "bergroß", "x" * 4 + "y z w" * 10]
)
def test_length_is_all_that_a_good_password_needs(password):
    if len(password) < 8:
        with pytest.raises(passwords.Weak):
            passwords.check(password, "ada@example.org")
    else:
        passwords.check(password, "ada@example.org")


@pytest.mark.parametrize(
    "password", ["Password123", "QWERTZUIOP", "12345678", "ada@example.org", "aaaaaaaaaaaa", "z" * 257]
)
def test_what_anybody_tries_first_is_refused(password):
    with pytest.raises(passwords.Weak):
        passwords.check(password, "ada@example.org")


def test_the_list_of_common_ones_holds_none_that_is_too_short_anyway():
    listed = passwords.COMMON.read_text("utf-8").split()
    assert len(listed) > 300
    assert len(set(listed)) == len(listed)
    assert all(len(word) >= passwords.SHORTEST and word == word.casefold() for word in listed)


async def test_only_the_right_password_fits():
    kept = passwords.digest("vier alte Fahrräder")
    assert await passwords.matches("vier alte Fahrräder", kept)
    assert not await passwords.matches("vier alte Fahrräde", kept)
    assert not await passwords.matches("vier alte Fahrräder", None)
    assert not await passwords.matches("vier alte Fahrräder", "no hash at all")


def test_made_passwords_differ_and_are_good():
    made = {passwords.generate() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.check(password, "ada@example.org")
