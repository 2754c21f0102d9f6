"""A running installation, looked at from beside it: what its admin listener says, its storage, its log.

Bounds and remedies are those of the status page (proxy/admin/problems.py); what the file itself says is `check`'s.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

import orjson
from prometheus_client.parser import text_string_to_metric_families

from proxy.admin.now import Disk, Now
from proxy.admin.problems import problems
from proxy.admin.units import bytes_of, counted, seconds_of
from proxy.check.ask import Answer, Failed, ask
from proxy.config import Admin, Config, Listen
from proxy.delivery.spool import Level

PATIENCE = 5.0
"""Seconds for an answer of our own processes."""

METRICS = 4 * 2**20
"""Bytes of /metrics that are read."""

TAIL = 256 * 1024
"""Bytes at the log's end that are looked at."""

LAST = 5
"""Errors of the log that are shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One line: what was looked at, how it is, and what to do."""

    state: Literal["ok", "warning", "error"]
    about: str
    fact: str
    remedy: str = ""


def examined(config: Config) -> list[Seen]:
    """All that can be seen of it."""
    return list(_examined(config))


def _examined(config: Config) -> Iterator[Seen]:
    try:
        answer = ask(_address(config.admin), "/metrics", PATIENCE, most=METRICS)
        figures = Figures.of(answer.body.decode()) if answer.status == 200 else None
    except (Failed, ValueError):
        figures = None
    if figures is None:
        remedy = "start it with `milchglas run`, or give the file that it was started with"
        yield Seen("error", "milchglas", "its admin listener does not answer", remedy)
    else:
        yield from _running(figures)
    if config.storage.embedded and figures:
        yield _storage(config.storage.listen)
    yield from _log(config.log.file)


@dataclass(frozen=True, slots=True)
class Figures:
    """/metrics, by name and labels' values."""

    values: Mapping[tuple[str, ...], float]
    version: str

    @classmethod
    def of(cls, text: str) -> Figures:
        """Raises ValueError when it is none of ours."""
        values, build = {}, ""
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                values[sample.name, *sample.labels.values()] = sample.value
                if sample.name == "milchglas_build_info":
                    build = sample.labels["version"]
        if not build:
            raise ValueError("somebody else's")
        return cls(values, build)

    def one(self, name: str) -> float:
        """A figure without labels; 0 where it is not there."""
        return self.values.get((f"milchglas_{name}",), 0.0)

    def each(self, name: str) -> dict[str, float]:
        """Figures by their one label."""
        return {
            key[1]: value for key, value in self.values.items() if key[0] == f"milchglas_{name}" and len(key) == 2
        }

    def now(self) -> Now:
        """As the process that said them sees it."""
        has = ("milchglas_spool_batches",) in self.values
        level = Level(
            batches=int(self.one("spool_batches")),
            bytes=int(self.one("spool_bytes")),
            seconds=self.one("spool_oldest_seconds"),
            dead=int(self.one("dead_letters")),
        )
        return Now(
            at=time.time(),
            up={name: bool(up) for name, up in self.each("process_up").items()},
            spool=level if has else None,
            spool_limit=int(self.one("spool_limit_bytes")),
            disk=Disk(int(self.one("disk_free_bytes")), int(self.one("disk_size_bytes"))),
            certificates=self.each("certificate_expiry_timestamp_seconds"),
            off={site: "" if on else "switched off" for site, on in self.each("site_enabled").items()},
            refused=bool(self.one("configuration_refused")),
        )


def _running(figures: Figures) -> Iterator[Seen]:
    now, ours = figures.now(), version("milchglas")
    since = seconds_of(max(0.0, now.at - figures.one("start_timestamp_seconds")))
    if figures.version == ours:
        yield Seen("ok", "milchglas", f"version {ours}, started {since} ago")
    else:
        yield Seen("warning", "milchglas", f"version {figures.version} runs, {ours} is installed", "restart it")
    yield Seen("ok", "processes", ", ".join(sorted(name for name, up in now.up.items() if up)) or "none")
    if now.spool:
        size = f"{bytes_of(now.spool.bytes)} of {bytes_of(now.spool_limit)}"
        age = f", the oldest for {seconds_of(now.spool.seconds)}" if now.spool.batches else ""
        yield Seen("ok", "spool", f"{counted(now.spool.batches, 'batch', 'batches')} waiting{age}; {size}")
    if now.disk:
        yield Seen("ok", "disk", f"{bytes_of(now.disk.free)} of {bytes_of(now.disk.size)} free")
    for listener, at in now.certificates.items():
        yield Seen("ok", "certificate", f"{listener}: {(at - now.at) // 86400:.0f} days left")
    for site, off in now.off.items():
        yield Seen("ok", "site", f"{site}{f', {off}: nothing is recorded' if off else ''}")
    for part, number in figures.each("faults_total").items():
        if number:
            remedy = "the log has the place of each"
            yield Seen("warning", "faults", f"{part}: {counted(number, 'fault')} since it was started", remedy)
    for problem in problems(now, ()):
        state: Literal["warning", "error"] = "error" if problem.name == "MilchglasProcessDown" else "warning"
        yield Seen(state, "problem", problem.found, problem.remedy)


def _storage(listen: Listen) -> Seen:
    remedy = "the log says why it ends; `milchglas storage` alone shows it, too"
    try:
        # What its certificate is good for is its visitors' name, not this address: `check` looks at that.
        answer = ask(_address(listen), "/api/v1/about", PATIENCE, verify=False)
    except Failed as failed:
        return Seen("error", "storage", f"does not answer: {failed.why}", remedy)
    facts = _facts(answer)
    if not facts:
        return Seen("error", "storage", "somebody else answers in its place", "see who listens at storage.listen")
    return Seen("ok", "storage", f"version {facts.get('version')}, region {facts.get('region')}")


def _facts(answer: Answer) -> dict[str, Any]:
    try:
        facts = orjson.loads(answer.body) if answer.status == 200 else {}
    except orjson.JSONDecodeError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _address(listen: Listen | Admin) -> SplitResult:
    scheme = "https" if isinstance(listen, Listen) and listen.tls else "http"
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen.host, listen.host).strip("[]")  # noqa: S104  asked, not bound
    return urlsplit(f"{scheme}://{f'[{host}]' if ':' in host else host}:{listen.port}")


def _log(file: Path | None) -> Iterator[Seen]:
    """The last errors: lines of ours, which hold no recorded value."""
    if file is None:
        return
    try:
        with file.open("rb") as log:
            log.seek(max(0, file.stat().st_size - TAIL))
            lines = log.read(TAIL).splitlines()
    except OSError as fault:
        yield Seen("warning", "log", f"cannot be read ({fault.strerror})", "run this as a user who may")
        return
    last = deque[str](maxlen=LAST)
    for line in lines:
        try:
            facts = orjson.loads(line)
        except orjson.JSONDecodeError:  # the first one, cut; or log.format: text
            continue
        if isinstance(facts, dict) and facts.get("level") in ("error", "critical"):
            last.append(" ".join(f"{key}={value}" for key, value in facts.items() if key != "level"))
    yield from (Seen("warning", "log", each, "what it means: docs/watching.md") for each in last)
