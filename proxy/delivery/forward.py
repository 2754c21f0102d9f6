"""The forwarder: takes batches from the spool and puts them into storage, until each has arrived.

What an answer means is a table; nothing is dropped because storage is away or refuses us.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import quote

import aiohttp
import orjson

from proxy import log
from proxy.delivery.spool import Spool, Waiting
from proxy.metrics import FAULTS
from proxy.privacy.sanitize import SanitizedBatch

IDLE = 0.2
"""Seconds between two looks into an empty spool."""

LONGEST_PAUSE = 30.0

ROUND = 8
"""Batches taken from the spool at once."""


class Fate(Enum):
    """What becomes of a batch after an answer."""

    ARRIVED = "arrived"
    RETRY = "retry"
    PAUSE = "paused"
    DEAD = "dead"


FATES = MappingProxyType(
    {
        201: Fate.ARRIVED,
        200: Fate.ARRIVED,
        # The recorder sent a batch again after we had lost our memory of it: storage has the first one.
        409: Fate.ARRIVED,
        408: Fate.RETRY,
        429: Fate.RETRY,
        # It is about the batch, and will be tomorrow. 431: its findings do not fit.
        400: Fate.DEAD,
        413: Fate.DEAD,
        431: Fate.DEAD,
        501: Fate.DEAD,
    }
)


def fate(status: int) -> Fate:
    """What an answer of storage means for the batch."""
    # Anything else (401, 403, a gateway's 404 or redirect) refuses us, not the batch: an operator must act, and
    # nothing is lost meanwhile.
    return FATES.get(status, Fate.RETRY if status >= 500 else Fate.PAUSE)


def wait_of(retry_after: str) -> float:
    """Seconds that a Retry-After asks for (RFC 9110, 10.2.3: seconds or a date); 0 when it says neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        return parsedate_to_datetime(retry_after).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0


@dataclass(frozen=True, slots=True)
class Destination:
    """A storage service: its address, the token it knows us by, and the region it must prove."""

    url: str
    token: str = field(repr=False)
    region: str


class Forwarder:
    """Runs in the supervisor; `count` is told the fate of every attempt."""

    def __init__(self, spool: Spool, to: Destination, count: Callable[[Fate], None]) -> None:
        self._spool, self._to, self._count = spool, to, count
        self._proved = False
        self._pause = 0.5
        self._after = 0
        self._log = log.get("forward")

    async def run(self) -> None:
        """Forward until cancelled."""
        # Nothing of the environment: a proxy named there would be an address beside upstream and storage.
        timeout = aiohttp.ClientTimeout(total=60, connect=5)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
            while True:
                try:
                    sent = await self._round(session)
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    self._count(Fate.RETRY)
                    await self._rest("storage is away", error=type(error).__name__)
                except sqlite3.Error as error:
                    await self._rest("spool fails", error=type(error).__name__)
                except Exception as error:
                    # Of this batch, or a bug of ours: the others go on, for each round goes on behind it.
                    FAULTS.labels("forward").inc()
                    await self._rest("fault", 0, **log.fault(error))
                else:
                    if not sent:
                        await asyncio.sleep(IDLE)

    async def _round(self, session: aiohttp.ClientSession) -> int:
        # Round and round, so that a batch that storage can't take now holds up no other.
        waiting = await asyncio.to_thread(self._spool.take, ROUND, self._after)
        if not waiting and self._after:
            self._after = 0
            waiting = await asyncio.to_thread(self._spool.take, ROUND)
        for item in waiting:
            if not self._proved:
                await self._prove(session)
            if not self._proved:
                break
            self._after = item.id
            await self._send(session, item)
        return len(waiting)

    async def _prove(self, session: aiohttp.ClientSession) -> None:
        """Ask storage where it stands; nothing is forwarded to one that does not prove to be there."""
        async with session.get(f"{self._to.url}/api/v1/about", allow_redirects=False) as response:
            body = await response.content.read(4096)
        try:
            region = orjson.loads(body).get("region") if response.status == HTTPStatus.OK else None
        except (orjson.JSONDecodeError, AttributeError):
            region = None
        if region == self._to.region:
            self._proved = True
        else:
            self._count(Fate.PAUSE)
            await self._rest("storage does not prove its region", expected=self._to.region)

    async def _send(self, session: aiohttp.ClientSession, item: Waiting) -> None:
        url, headers = request(self._to, item.batch)
        async with session.put(url, data=item.batch.body, headers=headers, allow_redirects=False) as response:
            status, after = response.status, response.headers.get("Retry-After", "")
        what = fate(status)
        self._count(what)
        match what:
            case Fate.ARRIVED:
                await asyncio.to_thread(self._spool.drop, [item.id])
                self._pause = 0.5
            case Fate.DEAD:
                await asyncio.to_thread(self._spool.bury, item.id, f"status {status}")
            case Fate.RETRY | Fate.PAUSE:
                self._proved = False
                await self._rest("storage refuses", at_least=wait_of(after), status=status)

    async def _rest(self, why: str, at_least: float = 0, **facts: str | int) -> None:
        """Wait, longer each time, up to a bound."""
        self._proved = False
        seconds = min(max(self._pause, at_least), LONGEST_PAUSE)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._log.warning(why, seconds=seconds, **facts)
        await asyncio.sleep(seconds)


def request(to: Destination, batch: SanitizedBatch) -> tuple[str, dict[str, str]]:
    """URL and headers of the PUT of a batch (design.md section 5, storage ingest)."""
    findings = [
        {
            "page": finding.page,
            "selector": finding.selector,
            "kind": finding.kind,
            "rule": finding.rule,
            "mark": finding.mark,
            "count": finding.count,
        }
        for finding in batch.findings
    ]
    headers = {
        "Authorization": f"Bearer {to.token}",
        "Content-Type": "application/x-ndjson",
        "Content-Encoding": "zstd",
        "Milchglas-Site": batch.site,
        "Milchglas-Started": str(batch.started),
        "Milchglas-Ended": str(batch.ended),
        "Milchglas-Events": str(batch.events),
        "Milchglas-Page": quote(batch.page, safe=":/?&=%"),
        "Milchglas-Counts": _ascii(dict(batch.counts)),
        "Milchglas-Findings": _ascii(findings),
    }
    return f"{to.url}/api/v1/recordings/{batch.recording}/{batch.view}/{batch.seq}", headers


def _ascii(value: object) -> str:
    """JSON without a byte above 127, as a header needs it."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
