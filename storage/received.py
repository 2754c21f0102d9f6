"""One PUT of the proxy, checked and typed: key, facts of the headers, findings. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from storage.lines import LATEST, Malformed

ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
SITE = re.compile(r"[A-Za-z0-9_-]{1,64}")
SEQ = re.compile(r"0|[1-9][0-9]{0,14}")
PAGE_LIMIT = 2048

Count = Annotated[int, Field(ge=0, lt=2**53)]
Rule = Annotated[str, StringConstraints(max_length=120)]


class Finding(BaseModel):
    """A sensitive field that nobody marked, as the sanitizer reported it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    page: Annotated[str, StringConstraints(max_length=4096)]
    selector: Annotated[str, StringConstraints(max_length=4096)]
    kind: Annotated[str, StringConstraints(max_length=64)]
    rule: Rule
    mark: Rule
    count: Count


@dataclass(frozen=True)
class Received:
    """A batch's key and what the headers say of it; times in ms since 1970, 0 if unknown."""

    recording: str
    view: str
    seq: int
    site: str
    page: str
    started: int
    ended: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]


_COUNTS: TypeAdapter[dict[Rule, Count]] = TypeAdapter(dict[Rule, Count])
_FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])


def receive(path: Mapping[str, str], headers: Mapping[str, str]) -> Received:
    """The batch that a request speaks of. Raises Malformed, which names the part and quotes nothing."""
    for name in ("recording", "view"):
        if not ID.fullmatch(path[name]):
            raise Malformed(f"{name} is not an id")
    if not SEQ.fullmatch(path["seq"]):
        raise Malformed("seq is not a number")
    if headers.get("Content-Encoding", "").lower() != "zstd":
        raise Malformed("Content-Encoding is not zstd")
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/x-ndjson":
        raise Malformed("Content-Type is not application/x-ndjson")
    site = headers.get("Milchglas-Site", "")
    if not SITE.fullmatch(site):
        raise Malformed("Milchglas-Site is not a site's name")
    counts = _json(headers, "Milchglas-Counts", _COUNTS, "{}")
    return Received(
        recording=path["recording"],
        view=path["view"],
        seq=int(path["seq"]),
        site=site,
        # PostgreSQL knows no NUL in a text.
        page=unquote(headers.get("Milchglas-Page", ""))[:PAGE_LIMIT].replace("\0", ""),
        started=_time(headers, "Milchglas-Started"),
        ended=_time(headers, "Milchglas-Ended"),
        counts=counts,
        findings=_json(headers, "Milchglas-Findings", _FINDINGS, "[]"),
    )


def _time(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "0")
    if not SEQ.fullmatch(text) or int(text) >= LATEST:
        raise Malformed(f"{name} is not a time in milliseconds")
    return int(text)


def _json[T](headers: Mapping[str, str], name: str, shape: TypeAdapter[T], default: str) -> T:
    try:
        return shape.validate_python(orjson.loads(headers.get(name, default)))
    except (orjson.JSONDecodeError, ValidationError):
        raise Malformed(f"{name} is not of its shape") from None
