"""Each problem is said when it is there, with its unit, and not when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from proxy.admin.minutes import Key, Minute
from proxy.admin.now import Disk, Now
from proxy.admin.problems import KNOWN, problems
from proxy.delivery.spool import Level

DAY = 86400.0
GIB = 1024**3
WELL = Now(
    at=1000 * DAY,
    up={"worker-0": True, "sanitizer-0": True},
    spool=Level(2, 40960, 1.5, 0),
    spool_limit=GIB,
    disk=Disk(50 * GIB, 100 * GIB),
    certificates={"listen": 1060 * DAY},
    off={"altshop": ""},
)
BUSY: Mapping[Key, float] = {
    ("requests", "altshop", "2xx"): 100,
    ("requests", "altshop", "5xx"): 3,
    ("upstream_errors", "altshop", "connect"): 3,
    ("pages_injected", "altshop"): 18,
    ("pages_skipped", "altshop", "csp"): 2,
    ("pages_skipped", "altshop", "bot"): 30,
    ("batches", "accepted"): 40,
    ("batches", "token"): 10,
    ("batches", "malformed JSON"): 1,
    ("findings", "altshop", "personal"): 2,
}
HOUR = [Minute(60.0 * number, BUSY, 2) for number in range(60)]


def lately(**counts: float) -> list[Minute]:
    """The hour, with this in each of its last five minutes; `a__b` is the key (a, b)."""
    more = {tuple(name.split("__")): number for name, number in counts.items()}
    return [*HOUR[:-5], *(Minute(minute.at, {**minute.counts, **more}, 2) for minute in HOUR[-5:])]


def now(**facts: Any) -> Now:
    return Now(**{**{name: getattr(WELL, name) for name in Now.__dataclass_fields__}, **facts})


def test_when_all_is_well_nothing_is_wrong() -> None:
    assert problems(WELL, HOUR) == []
    assert problems(WELL, [Minute(0.0, {}, None)]) == []


FOUND: list[tuple[str, Now, list[Minute], str]] = [
    ("MilchglasProcessDown", now(up={"worker-0": False, "worker-1": True}), HOUR, "worker-0 does not serve"),
    (
        "MilchglasDiskNearlyFull",
        now(disk=Disk(9 * GIB, 100 * GIB)),
        HOUR,
        "9.0 GiB of 100 GiB are free where the data folder is",
    ),
    (
        "MilchglasSpoolNearlyFull",
        now(spool=Level(9, int(0.9 * GIB), 1, 0)),
        HOUR,
        "The spool holds 922 MiB of 1.0 GiB",
    ),
    (
        "MilchglasSpoolOld",
        now(spool=Level(1200, 1, 7300, 0)),
        HOUR,
        "The oldest of 1,200 batches has waited 2 hours for storage",
    ),
    ("MilchglasSpoolOld", now(spool=None), HOUR, "The spool cannot be read"),
    ("MilchglasDeadLetters", now(spool=Level(0, 1, 0, 1)), HOUR, "Storage will never take 1 batch"),
    (
        "MilchglasCertificateExpires",
        now(certificates={"listen": 1013.5 * DAY}),
        HOUR,
        "The certificate of listen expires in 13 days",
    ),
    (
        "MilchglasCertificateExpires",
        now(certificates={"listen": 999 * DAY}),
        HOUR,
        "The certificate of listen expired 1 day ago",
    ),
    (
        "MilchglasReloadRefused",
        now(refused=True),
        HOUR,
        "The configuration file was refused, and the one before is still in place",
    ),
    (
        "MilchglasUpstreamFails",
        WELL,
        lately(upstream_errors__altshop__timeout=30),
        "altshop: its server failed 180 of 1,030 requests of the last 10 minutes",
    ),
    (
        "MilchglasInjectedShareDrops",
        WELL,
        lately(pages_skipped__altshop__csp=80),
        "altshop: 31% of the pages of the last 10 minutes got the snippet, 90% of those before",
    ),
    (
        "MilchglasUnmarkedSecrets",
        WELL,
        lately(findings__altshop__secret=1),
        "altshop: a secret field that nobody marked was stripped, 5 times in the last hour",
    ),
    (
        "MilchglasBatchesRefused",
        WELL,
        lately(batches__fault=40),
        "210 of 710 batches of the last 10 minutes were refused",
    ),
    (
        "MilchglasProcessDies",
        WELL,
        [*HOUR[:-1], Minute(0.0, {("faults", "sanitizer-0"): 1}, 2)],
        "sanitizer-0 ended unasked, once in the last hour",
    ),
    ("MilchglasFaults", WELL, lately(faults__Inject=2), "A fault of ours in Inject, 10 times in the last hour"),
    (
        "MilchglasLogLinesLost",
        WELL,
        lately(log_lines_lost=1000),
        "5,000 lines of the log were lost in the last hour",
    ),
]


@pytest.mark.parametrize(
    ("name", "state", "hour", "said"), FOUND, ids=[f"{each[0]}-{each[3][:12]}" for each in FOUND]
)
def test_a_problem_is_said_with_its_unit_and_nothing_else_is(
    name: str, state: Now, hour: list[Minute], said: str
) -> None:
    assert [(problem.name, problem.found) for problem in problems(state, hour)] == [(name, said)]


def test_each_known_problem_is_tried() -> None:
    assert {name for name, *_ in KNOWN} == {name for name, *_ in FOUND}


def test_pages_that_nobody_wanted_injected_and_sites_that_are_off_are_no_drop() -> None:
    assert problems(WELL, lately(pages_skipped__altshop__gpc=500)) == []
    assert problems(now(off={"altshop": "the kill switch"}), lately(pages_skipped__altshop__csp=80)) == []
