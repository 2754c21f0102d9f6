"""Whom the site counts as its own, and who belongs to the sample."""

from __future__ import annotations

import pytest

from proxy.page.facts import Headers
from proxy.page.visitors import DAY, Visitors
from tests.conftest import configured

KEY = b"k" * 32
NOBODY = Headers()


def visitors(**site: object) -> Visitors:
    return Visitors(configured("http://127.0.0.1:1", site=site).sites[0], KEY)


@pytest.mark.parametrize(
    ("address", "staff"),
    [
        ("10.1.2.3", True),
        ("10.1.2.3:4711", True),
        ("::ffff:10.1.2.3", True),
        ("2001:db8::7", True),
        ("[2001:db8::7]:4711", True),
        ("192.0.2.1", True),
        ("192.0.2.2", False),
        ("11.1.2.3", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_who_comes_from_a_network_of_the_staff_is_staff(address: str, staff: bool) -> None:
    of = visitors(staff={"networks": ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]})
    assert (of.refusal(address, NOBODY, 0) == "staff") == staff


@pytest.mark.parametrize(
    ("cookies", "staff"),
    [
        (["BACKOFFICE=1"], True),
        (["a=b; BACKOFFICE=; c=d"], True),
        (["a=b", "BACKOFFICE"], True),
        (["BACKOFFICE2=1; a=BACKOFFICE"], False),
        (["backoffice=1"], False),
        ([], False),
    ],
)
def test_who_has_a_cookie_of_the_staff_is_staff(cookies: list[str], staff: bool) -> None:
    headers = Headers((b"Cookie", each.encode()) for each in cookies)
    assert (visitors(staff={"cookies": ["BACKOFFICE"]}).refusal("1.2.3.4", headers, 0) == "staff") == staff


def belongs(share: float, number: int, now: float = 0) -> bool:
    address = f"192.0.{number // 256}.{number % 256}"
    return visitors(record={"sample": share}).refusal(address, NOBODY, now) is None


def test_the_sample_is_the_share_asked_for_and_all_of_a_smaller_one_belong_to_a_larger() -> None:
    small, large = ({number for number in range(4000) if belongs(share, number)} for share in (0.01, 0.1))
    assert 15 < len(small) < 70
    assert 320 < len(large) < 480
    assert small < large


def test_a_visit_keeps_its_lot_all_day_and_gets_another_the_next() -> None:
    today, evening, tomorrow = (
        [number for number in range(300) if belongs(0.5, number, now)] for now in (0, DAY - 1, DAY)
    )
    assert today == evening != tomorrow


def test_two_browsers_at_one_address_are_drawn_by_themselves() -> None:
    of = visitors(record={"sample": 0.5})
    agents = [Headers([(b"User-Agent", f"Browser/{number}".encode())]) for number in range(100)]
    assert len({of.refusal("192.0.2.1", agent, 0) for agent in agents}) == 2


@pytest.mark.parametrize(("share", "refusal"), [(0, "sample"), (1, None)])
def test_none_is_nobody_and_all_is_everybody(share: float, refusal: str | None) -> None:
    of = visitors(record={"sample": share})
    assert {of.refusal(f"192.0.2.{number}", NOBODY, 0) for number in range(256)} == {refusal}
