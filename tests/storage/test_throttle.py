"""Waiting grows with failures, is forgotten with time, and good tries are forgiven."""

from __future__ import annotations

from storage.throttle import FORGET_SECONDS, REMEMBERED, RULES, Throttle


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_delay_doubles_up_to_its_longest():
    delays = [RULES["pair"].delay(n) for n in (0, 2, 3, 4, 5, 50)]
    assert delays == [0, 0, 1, 2, 4, 300]


def test_a_try_counts_when_it_begins_so_that_many_at_once_gain_nothing():
    throttle = Throttle(Clock())
    waits = [throttle.begin("a", "1", stranger=False) for _ in range(10)]
    assert waits == [0, 0, 0, *[1] * 7]


def test_waiting_is_enough():
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(3):
        throttle.begin("a", "1", stranger=False)
    clock.now += 1
    assert throttle.begin("a", "1", stranger=False) == 0
    assert throttle.begin("a", "1", stranger=False) == 2


def test_a_good_try_is_forgiven_and_an_hour_forgets():
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(3):
        throttle.begin("a", "1", stranger=False)
    throttle.succeeded("a", "1")
    assert throttle.begin("a", "1", stranger=False) == 0
    for _ in range(3):
        throttle.begin("b", "1", stranger=False)
    clock.now += FORGET_SECONDS + 1
    assert [throttle.begin("b", "1", stranger=False) for _ in range(3)] == [0, 0, 0]


def test_one_account_does_not_slow_down_another():
    throttle = Throttle(Clock())
    for _ in range(9):
        throttle.begin("a", "1", stranger=True)
    assert throttle.begin("b", "1", stranger=True) == 0


def test_memory_is_bounded():
    throttle = Throttle(Clock())
    for n in range(REMEMBERED + 100):
        throttle.begin(f"a{n}", f"{n}", stranger=True)
    assert len(throttle._counts) <= REMEMBERED
