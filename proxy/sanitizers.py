"""The sanitizer processes: a raw batch goes in, an answer for the recorder comes out.

Sanitizing and the spool's commit happen in one process, so a raw batch is nowhere but in its memory, and only
there it is inflated. A recording is pinned to one process by its id's hash, for what is remembered of it
(verdicts, echoes) is in that process alone. A worker chooses by the recorder's hint in the query; when the
hint was wrong, the process says where the batch belongs. What waits is committed together: one sync.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Line
from pathlib import Path
from typing import Any

from proxy import frames, log, strictness
from proxy.config import Config
from proxy.delivery.spool import Spool, SpoolFull
from proxy.frames import MISDIRECTED, pin
from proxy.metrics import BATCHES, FAULTS, FINDINGS, LINES_LOST, REMOVED, SANITIZING
from proxy.orders import Take, follow
from proxy.privacy.batch import Batch, Refused, decode
from proxy.privacy.kinds import CLASS_OF
from proxy.privacy.memory import Memories
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import SanitizedBatch, sanitize, uncollected
from proxy.process import begin, until_terminated
from proxy.tokens import Tokens, derived

GROUP = 32
"""Batches that share a commit at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one raw batch, and, where it is 202, what goes to the spool."""

    status: int
    answer: Mapping[str, Any]
    outcome: str
    batch: SanitizedBatch | None = None


class Sanitizer:
    """What one process does with a batch; no I/O but the spool's."""

    def __init__(self, config: Config, index: int, key: bytes) -> None:
        self._index, self._processes = index, config.sanitizer_count
        self._sites = {site.name: site for site in config.sites}
        self._policies = {site.name: Policy.of(site) for site in config.sites}
        self._since = strictness.since(config.data)
        self._tokens = Tokens(derived(key, "tokens"))
        self._memories = Memories()
        self._spool = Spool(config.data / "spool", derived(key, "spool"), config.limits.spool)

    def prepare(self, config: Config) -> Take:
        """Make ready to judge by another configuration. What is remembered of recordings stays."""
        sites = {site.name: site for site in config.sites}
        policies = {site.name: Policy.of(site) for site in config.sites}

        def take() -> None:
            self._since = strictness.since(config.data)
            self._sites, self._policies = sites, policies
            log.change(config.log)

        return take

    def judge(self, site: str, encoding: str, body: bytes) -> Verdict:
        """Decode, check and sanitize one batch. Never raises: what throws is dropped and counted."""
        try:
            with uncollected():
                return self._judge(site, decode(body, encoding))
        except Refused as refused:
            return Verdict(refused.status, {"error": refused.reason}, refused.reason)
        except Exception as error:
            log.get("sanitizer").error("batch dropped", **log.fault(error))
            FAULTS.labels("sanitizer").inc()
            return Verdict(400, {"error": "refused"}, "fault")

    def _judge(self, site: str, batch: Batch) -> Verdict:
        if (other := pin(batch.recording, self._processes)) != self._index:
            return Verdict(MISDIRECTED, {"process": other}, "misdirected")
        if self._outdated(site, batch):
            # Not 410, which would end the whole visit; not 403, for a new token makes its page no younger.
            return Verdict(400, {"error": "outdated"}, "outdated")
        if not self._tokens.allows(batch.token, site, batch.recording):
            return Verdict(403, {"error": "token"}, "token")
        if not (known := self._sites.get(site)) or not known.records:
            return Verdict(410, {"error": "not recorded"}, "stopped")
        memory = self._memories.get(batch.recording)
        if memory.seen(batch.view, batch.seq):
            return Verdict(202, {"mask": [], "snapshot": False}, "again")
        clean = sanitize(batch, self._policies[site], memory)
        return Verdict(202, {"mask": list(clean.mask), "snapshot": clean.snapshot}, "accepted", clean)

    def _outdated(self, site: str, batch: Batch) -> bool:
        """Whether its page was told less than pages are told today (proxy/strictness.py)."""
        since = int(self._since.get(site, 0))
        if not since:
            return False
        now, who = int(time.time()), (batch.token, site, batch.recording)
        # A token tells whole seconds; one of the very second counts as older.
        return self._tokens.allows(*who, now) and not self._tokens.allows(*who, now - since - 1)

    def commit(self, verdicts: Sequence[Verdict]) -> list[Verdict]:
        """Put what was accepted on disk, synced; where that fails, the verdicts become refusals."""
        clean = [verdict.batch for verdict in verdicts if verdict.batch]
        try:
            if clean:
                self._spool.add(clean)
        except SpoolFull:
            return [_withdrawn(verdict, 429, "spool full") for verdict in verdicts]
        except (OSError, sqlite3.Error) as error:
            log.get("sanitizer").error("spool fails", **log.fault(error))
            return [_withdrawn(verdict, 503, "spool") for verdict in verdicts]
        except Exception as error:
            if len(verdicts) > 1:  # of one batch: the others must not fall with it
                return [each for verdict in verdicts for each in self.commit([verdict])]
            log.get("sanitizer").error("batch dropped", **log.fault(error))
            FAULTS.labels("sanitizer").inc()
            return [_withdrawn(verdict, 400, "fault") for verdict in verdicts]
        for batch in clean:
            self._memories.get(batch.recording).accept(batch.view, batch.seq)
            for rule, number in batch.counts.items():
                REMOVED.labels(rule).inc(number)
            for finding in batch.findings:
                FINDINGS.labels(batch.site, CLASS_OF[finding.kind]).inc()
        return list(verdicts)


def _withdrawn(verdict: Verdict, status: int, outcome: str) -> Verdict:
    return Verdict(status, {"error": outcome}, outcome) if verdict.batch else verdict


@dataclass(frozen=True, slots=True)
class Job:
    """A raw batch that waits in a process, and where its answer goes."""

    id: int
    site: str
    encoding: str
    body: bytes
    writer: asyncio.StreamWriter


async def serve(config: Config, index: int, key: bytes, socket: Path, line: Line) -> None:
    """Judge what comes over the socket, until cancelled. Orders come over `line`."""
    sanitizer = Sanitizer(config, index, key)
    # Bounded: when the process can't keep up, the workers' writes wait, and they refuse with 503.
    jobs: asyncio.Queue[Job] = asyncio.Queue(maxsize=GROUP)

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head, body = await frames.read(reader)
                await jobs.put(Job(head["id"], head["site"], head["encoding"], body, writer))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the worker is gone, and the visitor with it
        finally:
            writer.close()

    socket.unlink(missing_ok=True)  # noqa: ASYNC240  once, before anything is served
    server = await asyncio.start_unix_server(receive, socket)
    async with server, asyncio.TaskGroup() as tasks:
        tasks.create_task(follow(line, sanitizer.prepare))
        while True:
            group = [await jobs.get()]
            while len(group) < GROUP and not jobs.empty():
                group.append(jobs.get_nowait())
            verdicts = []
            for job in group:
                with SANITIZING.time():
                    verdicts.append(sanitizer.judge(job.site, job.encoding, job.body))
            for job, verdict in zip(group, sanitizer.commit(verdicts), strict=True):
                if verdict.status != MISDIRECTED:
                    BATCHES.labels(verdict.outcome).inc()
                head = {"id": job.id, "status": verdict.status, "answer": dict(verdict.answer)}
                job.writer.write(frames.pack(head))
            del group


def main(config: Config, index: int, key: bytes, socket: Path, line: Line) -> None:
    """Entry of the process."""
    begin("sanitizer")
    with log.served(config.log, LINES_LOST.inc):
        until_terminated(serve(config, index, key, socket, line))
