"""Raw batch in, `SanitizedBatch` out. Nothing else can make one, so what takes one cannot be given a raw batch.

The type's guarantee survives the disk: `seal` writes it with a keyed MAC, `unseal` takes nothing else.
"""

from __future__ import annotations

import gc
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import orjson
import zstandard

from proxy.privacy.batch import Batch
from proxy.privacy.echo import Exhausted
from proxy.privacy.memory import Memory
from proxy.privacy.nodes import dumped
from proxy.privacy.policy import Policy
from proxy.privacy.steps import STEPS, is_marked
from proxy.privacy.values import find
from proxy.privacy.work import Work

_TOKEN: Final = object()
_MAC: Final = 32
_LEVEL: Final = 3
MAX_OUT: Final = 64 << 20
"""Bytes of events, as the storage takes them: masks may be longer than what they stand for."""
MARK: Final = 'data-milchglas="mask"'


class BadSeal(Exception):
    """Bytes that `seal` did not write with this key."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sensitive field that nobody marked. `page` is a path, `count` the values removed in this batch."""

    page: str
    selector: str
    kind: str
    rule: str
    mark: str
    count: int


@dataclass(frozen=True)
class SanitizedBatch:
    """What may be stored. `body`: zstd of NDJSON, one rrweb event a line; `started`, `ended`: ms since 1970;
    `counts`: rule -> values it removed; `mask`: nodes to mask at the source; `snapshot`: a full one is wanted."""

    site: str
    recording: str
    view: str
    seq: int
    started: int
    ended: int
    events: int
    body: bytes
    page: str
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    mask: tuple[int, ...]
    snapshot: bool
    token: Any = None

    def __post_init__(self) -> None:
        if self.token is not _TOKEN:
            raise TypeError("only sanitize() and unseal() make a SanitizedBatch")
        object.__setattr__(self, "token", None)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a SanitizedBatch travels sealed, not pickled")


def sanitize(batch: Batch, policy: Policy, memory: Memory) -> SanitizedBatch:
    """All that may stay of `batch`, and nothing else. Never throws for what a batch holds."""
    work = Work.on(batch, policy, memory)
    view = work.view
    if batch.seq != view.walked + 1:  # one is missing, late or here again: what was before it is not known
        view.forget_page()
    view.walked = max(view.walked, batch.seq)
    try:
        with uncollected():
            for step in STEPS:
                step(work)
        lines = [dumped(event) for event in work.events]
        if sum(map(len, lines)) > MAX_OUT:
            raise OverflowError
        memory.echoes.begin()
        findings, mask, page = _findings(work), _mask(work), _shown(work, work.page)
    except Exception:  # a fault of ours: nothing of the batch leaves, nor the message, which may quote it
        view.forget_page()
        work.counts["dropped:error"] += len(batch.events)
        lines, findings, mask, page = [], (), tuple(sorted(batch.fields)), ""
    return SanitizedBatch(
        site=policy.site,
        recording=batch.recording,
        view=batch.view,
        seq=batch.seq,
        started=batch.started,
        ended=batch.ended,
        events=len(lines),
        body=zstandard.ZstdCompressor(level=_LEVEL).compress(b"".join(line + b"\n" for line in lines)),
        page=page,
        counts=MappingProxyType({rule: n for rule, n in sorted(work.counts.items()) if n}),
        findings=findings,
        mask=mask,
        snapshot=not view.known and not view.oversized,
        token=_TOKEN,
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cyclic collector: a batch makes no cycles, and looking for them goes through all of it.

    Whoever decodes the batch, too, does so within this.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _mask(work: Work) -> tuple[int, ...]:
    """Fields of the batch whose values do not stay and that no mark covers yet."""
    return tuple(sorted(node for node in work.cards if not is_marked(work, node) and not work.may_keep(node)))


def _findings(work: Work) -> tuple[Finding, ...]:
    """Sensitive fields of the batch that nobody marked and whose values do not stay.

    One without a removed value is told once in a view, for a developer should hear of it all the same.
    """
    found = []
    path = _shown(work, urlsplit(work.view.page).path) if work.view.page else ""
    for node, card in sorted(work.cards.items(), key=lambda item: item[0]):
        verdict = work.verdict(node)
        if not verdict.sensitive and node in work.proofs:
            verdict = work.proofs[node]
        if not verdict.sensitive or is_marked(work, node) or work.may_keep(node):
            continue
        selector = _unsuspicious(work, card.selector)
        count = work.stripped[node]
        if not count and (selector, verdict.kind) in work.view.reported:
            continue
        if len(work.view.reported) < 1000:
            work.view.reported.add((selector, verdict.kind))
        found.append(Finding(path, selector, verdict.kind, verdict.rule, MARK, count))
    return tuple(found[:200])


def _unsuspicious(work: Work, selector: str) -> str:
    """A selector may quote a value that an attribute holds."""
    return "" if find(selector) or _shown(work, selector) != selector else selector


def _shown(work: Work, text: str) -> str:
    """A text beside the events without the echoes in it."""
    try:
        return work.memory.echoes.clean(text)
    except Exhausted:
        return ""


def seal(batch: SanitizedBatch, key: bytes) -> bytes:
    """Bytes that only `unseal` with the same key (at most 64 bytes) takes."""
    head = {name: getattr(batch, name) for name in _HEAD}
    head["counts"] = dict(batch.counts)
    text = orjson.dumps(head)
    content = len(text).to_bytes(4, "big") + text + batch.body
    return _mac(content, key) + content


def unseal(data: bytes, key: bytes) -> SanitizedBatch:
    """What was sealed; `BadSeal` when the bytes are not what `seal` wrote with this key."""
    mac, content = data[:_MAC], data[_MAC:]
    if not hmac.compare_digest(mac, _mac(content, key)):
        raise BadSeal("the seal does not hold")
    size = int.from_bytes(content[:4], "big")
    head = orjson.loads(content[4 : 4 + size])
    head["counts"] = MappingProxyType(head["counts"])
    head["findings"] = tuple(Finding(**finding) for finding in head["findings"])
    head["mask"] = tuple(head["mask"])
    return SanitizedBatch(**head, body=content[4 + size :], token=_TOKEN)


_HEAD: Final = tuple(name for name in SanitizedBatch.__dataclass_fields__ if name not in ("body", "token"))


def _mac(content: bytes, key: bytes) -> bytes:
    return blake2b(content, key=key, digest_size=_MAC, person=b"milchglas-batch").digest()
