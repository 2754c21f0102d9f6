"""What is wrong now, and what to do about it. The same names, bounds and remedies as deploy/alerts.yaml. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proxy.admin.minutes import Minute, summed
from proxy.admin.units import bytes_of, counted, seconds_of

if TYPE_CHECKING:
    from proxy.admin.now import Now  # which counts

SPOOL_AGE = 600.0
"""Seconds."""
NEARLY = 0.8
"""Share of a bound."""
DISK = 0.1
"""Share of the disk."""
EXPIRES = 14 * 86400.0
"""Seconds."""
REFUSED = 0.05
"""Share of batches."""
FAILED = 0.05
"""Share of requests."""
DROP = 0.5
"""Share of the injected share of before."""
FEW = 20
"""Of fewer pages, batches or requests no share is told."""
LATELY = 10
"""Minutes."""

NO_LOSS = frozenset(
    {
        *(
            "disabled",
            "opted_out",
            "page_rule",
            "bot",
            "gpc",
            "staff",
            "sample",
            "shadow",
        ),  # somebody wanted it so
        *(
            "method",
            "not_a_document",
            "partial",
            "status",
            "range",
            "attachment",
            "media_type",
            "empty",
        ),  # no page
    }
)
"""Reasons why a page is left alone that are no part of the injected share."""

PROCESS = re.compile(r"(?:worker|sanitizer)-\d+|storage")
"""Names of processes; every other part that has a fault is code."""

GOOD = frozenset({"accepted", "again", "stopped", "token", "outdated"})
"""Outcomes of batches that are as they should be: an expired token is fetched anew."""


@dataclass(frozen=True)
class Problem:
    """`name` is the alert's. `found` says what is seen, with its unit."""

    name: str
    found: str
    remedy: str


type Look = Callable[[Now, Sequence[Minute]], Iterator[str]]


def process_down(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    if down := [name for name, up in now.up.items() if not up]:
        yield f"{', '.join(down)} {'does' if len(down) == 1 else 'do'} not serve"


def process_dies(_: Now, hour: Sequence[Minute]) -> Iterator[str]:
    for part in _parts(hour):
        if PROCESS.fullmatch(part):
            yield f"{part} ended unasked, {_times(summed(hour, 'faults', part))} in the last hour"


def faults(_: Now, hour: Sequence[Minute]) -> Iterator[str]:
    for part in _parts(hour):
        if not PROCESS.fullmatch(part):
            yield f"A fault of ours in {part}, {_times(summed(hour, 'faults', part))} in the last hour"


def _parts(hour: Sequence[Minute]) -> list[str]:
    return sorted({key[1] for minute in hour for key in minute.counts if key[0] == "faults"})


def spool_old(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    if now.spool is None:
        yield "The spool cannot be read"
    elif now.spool.seconds > SPOOL_AGE:
        yield f"The oldest of {now.spool.batches:,} batches has waited {seconds_of(now.spool.seconds)} for storage"


def spool_full(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    if now.spool and now.spool.bytes > NEARLY * now.spool_limit:
        yield f"The spool holds {bytes_of(now.spool.bytes)} of {bytes_of(now.spool_limit)}"


def dead_letters(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    if now.spool and now.spool.dead:
        yield f"Storage will never take {counted(now.spool.dead, 'batch', 'batches')}"


def disk_full(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    if now.disk and now.disk.free < DISK * now.disk.size:
        yield f"{bytes_of(now.disk.free)} of {bytes_of(now.disk.size)} are free where the data folder is"


def certificate(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    for listener, at in now.certificates.items():
        if (left := at - now.at) < EXPIRES:
            said = f"expires in {seconds_of(left)}" if left > 0 else f"expired {seconds_of(-left)} ago"
            yield f"The certificate of {listener} {said}"


def reload_refused(now: Now, _: Sequence[Minute]) -> Iterator[str]:
    if now.refused:
        yield "The configuration file was refused, and the one before is still in place"


def injected_drops(now: Now, hour: Sequence[Minute]) -> Iterator[str]:
    for site, off in now.off.items():
        before, lately = wanted(hour[:-LATELY], site), wanted(hour[-LATELY:], site)
        if not off and min(before[1], lately[1]) >= FEW and _share(lately) < DROP * _share(before):
            yield (
                f"{site}: {_share(lately):.0%} of the pages of the last {LATELY} minutes got the snippet,"
                f" {_share(before):.0%} of those before"
            )


def wanted(minutes: Sequence[Minute], site: str) -> tuple[float, float]:
    """Pages with the snippet, and those that should have it."""
    injected = summed(minutes, "pages_injected", site)
    left = sum(
        n
        for minute in minutes
        for key, n in minute.counts.items()
        if key[:2] == ("pages_skipped", site) and key[2] not in NO_LOSS
    )
    return injected, injected + left


def _share(of: tuple[float, float]) -> float:
    return of[0] / of[1]


def unmarked_secrets(now: Now, hour: Sequence[Minute]) -> Iterator[str]:
    for site in now.off:
        if number := summed(hour, "findings", site, "secret"):
            yield f"{site}: a secret field that nobody marked was stripped, {_times(number)} in the last hour"


def batches_refused(_: Now, hour: Sequence[Minute]) -> Iterator[str]:
    lately = hour[-LATELY:]
    every = summed(lately, "batches")
    bad = every - sum(summed(lately, "batches", outcome) for outcome in GOOD)
    if every >= FEW and bad > REFUSED * every:
        yield f"{bad:,.0f} of {every:,.0f} batches of the last {LATELY} minutes were refused"


def upstream_fails(now: Now, hour: Sequence[Minute]) -> Iterator[str]:
    for site in now.off:
        lately = hour[-LATELY:]
        every, bad = summed(lately, "requests", site), summed(lately, "upstream_errors", site)
        if every >= FEW and bad > FAILED * every:
            yield f"{site}: its server failed {bad:,.0f} of {every:,.0f} requests of the last {LATELY} minutes"


def lines_lost(_: Now, hour: Sequence[Minute]) -> Iterator[str]:
    if number := summed(hour, "log_lines_lost"):
        yield f"{number:,.0f} lines of the log were lost in the last hour"


def _times(number: float) -> str:
    return "once" if number == 1 else f"{number:,.0f} times"


KNOWN: tuple[tuple[str, Look, str], ...] = (
    ("MilchglasProcessDown", process_down, "Look into the log for why it ends; it is started again by itself."),
    (
        "MilchglasDiskNearlyFull",
        disk_full,
        "Free space, or move `data`. When it is full, batches are refused; pages go on.",
    ),
    (
        "MilchglasSpoolNearlyFull",
        spool_full,
        "Bring storage back. At the limit recorders are told to try again later.",
    ),
    (
        "MilchglasSpoolOld",
        spool_old,
        "See whether storage runs and can be reached, and its token and region: the log says why it pauses.",
    ),
    (
        "MilchglasDeadLetters",
        dead_letters,
        "Compare versions of proxy and storage; the log has the status that storage gave.",
    ),
    ("MilchglasCertificateExpires", certificate, "Renew it, and run `milchglas reload`."),
    (
        "MilchglasReloadRefused",
        reload_refused,
        "Run `milchglas check`: it names the place in the file. Then reload.",
    ),
    (
        "MilchglasUpstreamFails",
        upstream_fails,
        "See to the site's own server; `milchglas check` tries to reach it.",
    ),
    (
        "MilchglasInjectedShareDrops",
        injected_drops,
        "See the reasons on the status page; `milchglas explain` takes an address apart.",
    ),
    (
        "MilchglasUnmarkedSecrets",
        unmarked_secrets,
        "Open Findings in the dashboard: it has the mark to add to the page.",
    ),
    (
        "MilchglasBatchesRefused",
        batches_refused,
        "See `milchglas_batches_total` by outcome; an old recorder or a firewall that changes bodies are usual.",
    ),
    (
        "MilchglasProcessDies",
        process_dies,
        "Look into the log for the process and its exit code; -9 is usually a lack of memory.",
    ),
    (
        "MilchglasFaults",
        faults,
        "Nothing left the proxy by it. Report type and place from the log: it is a bug of ours.",
    ),
    (
        "MilchglasLogLinesLost",
        lines_lost,
        "Whatever reads the log is too slow, or stands: see to it, or name a `log.file`.",
    ),
)
"""The worst first."""


def problems(now: Now, hour: Sequence[Minute]) -> list[Problem]:
    """All that is wrong; `hour` ends with the running minute."""
    return [Problem(name, found, remedy) for name, look, remedy in KNOWN for found in look(now, hour)]
