"""Numbers as people read them, with their unit. Pure."""

from __future__ import annotations

import math

STEPS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def bytes_of(number: float) -> str:
    """`1.5 MiB`."""
    if number < 1024:
        return f"{number:,.0f} bytes"
    power = min(4, int(math.log2(number) // 10))
    number /= 1024**power
    return f"{number:,.{number < 10:d}f} {'KMGT'[power - 1]}iB"


def seconds_of(number: float) -> str:
    """`3 hours`: the largest unit that fits."""
    for seconds, unit in STEPS:
        if number >= seconds or unit == "second":
            return counted(number // seconds, unit)
    raise AssertionError  # a second always fits


def counted(number: float, what: str, several: str = "") -> str:
    """`1 page`, `1,204 pages`."""
    return f"{number:,.0f} {what if number == 1 else several or what + 's'}"
