"""ETags of our own hold upstream's validators, whole; those of untouched responses are remembered, to a bound."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.facts import Headers
from proxy.page.validators import KNOWN, LONGEST, Known, Tags, Validators

TAGS = Tags("0123abcd")
DATE = "Mon, 01 Jan 2001 00:00:00 GMT"
OPAQUE = st.text(
    st.characters(codec="latin-1", exclude_characters='"', exclude_categories=["Cc", "Zs"]), max_size=60
)
DATES = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(4000, 1, 1)).map(
    lambda at: at.strftime("%a, %d %b %Y %H:%M:%S GMT")
)


def none(validator: str) -> bool:
    return False


def of(*pairs: tuple[str, str]) -> Validators:
    return Validators.of(Headers((name.encode(), value.encode("latin-1")) for name, value in pairs))


@given(opaque=OPAQUE, weak=st.booleans(), modified=st.just(DATE) | st.just("") | DATES)
def test_every_validator_comes_back_as_it_was(opaque: str, weak: bool, modified: str) -> None:
    validators = of(("ETag", f'{"W/" if weak else ""}"{opaque}"'), ("Last-Modified", modified))
    tag = TAGS.wrapped(validators)
    assert tag.startswith('W/"') and tag.count('"') == 2
    assert TAGS.unwrapped(tag) == validators
    assert Tags("other").unwrapped(tag) is None


@pytest.mark.parametrize(
    "etag", ["abc", '"a"b"', "", 'w/"a"', "'a'", '"a', '"' + "x" * LONGEST + '"', '"a b"', '"a\tb"']
)
def test_an_etag_that_is_none_is_given_up(etag: str) -> None:
    assert of(("ETag", etag)) == Validators()


@pytest.mark.parametrize(
    "date",
    [
        "yesterday",
        "Monday, 01-Jan-01 00:00:00 GMT",
        "Tue, 01 Jan 2001 00:00:00 GMT",
        "0",
        "Thu, 01 Jan 1969 00:00:00 GMT",
        "Wed, 01 Jan 4500 00:00:00 GMT",
    ],
)
def test_a_date_that_could_not_be_written_again_is_given_up(date: str) -> None:
    assert of(("Last-Modified", date)) == Validators()


def test_without_validators_there_is_no_etag_of_ours() -> None:
    assert TAGS.wrapped(Validators()) == ""


@pytest.mark.parametrize(
    "tag",
    [
        '"mg1"',
        'W/"mg1.0123abcd"',
        'W/"mg1.0123abcd..s"',
        'W/"mg1.0123abcd.fffffffffffff.s.a"',
        'W/"mg2.0123abcd..s.a"',
        "*",
        "",
    ],
)
def test_what_is_no_etag_of_ours_holds_nothing(tag: str) -> None:
    assert TAGS.unwrapped(tag) is None


def test_of_several_tags_all_of_ours_are_translated_and_the_rest_dropped() -> None:
    one, two = TAGS.wrapped(Validators('"1"')), TAGS.wrapped(Validators('W/"2"', DATE))
    old = Tags("old").wrapped(Validators('"3"'))
    found = TAGS.conditions(
        Headers([(b"If-None-Match", f'"plain", {one}, {old}'.encode()), (b"if-none-match", two.encode())]),
        knows=lambda validator: True,
        revoked=none,
    )
    assert [tag for _, tag in found.kept] == [one, two]
    assert found.pairs == ((b"If-None-Match", b'"1", W/"2"'), (b"If-Modified-Since", DATE.encode()))


def test_any_version_is_left_as_a_wish() -> None:
    headers = Headers([(b"If-None-Match", b"*"), (b"If-Modified-Since", DATE.encode())])
    assert TAGS.conditions(headers, none, none).pairs == headers.pairs


def test_what_is_remembered_is_bounded_and_the_latest() -> None:
    known = Known()
    for number in range(KNOWN + 2):
        known.add("/", Validators(f'"{number}"'))
        assert known.has("/", '"0"')  # asked for again and again
    assert not known.has("/", '"1"') and known.has("/", f'"{KNOWN + 1}"')
