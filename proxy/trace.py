"""W3C trace context (www.w3.org/TR/trace-context): which trace a request belongs to. Pure.

Milchglas is one span of it: what comes has its parent's id, what goes to upstream has ours. Nothing is sent to a
collector of traces; the ids are in the access log.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple

PARENT, STATE = "traceparent", "tracestate"

# 2.2.2 and 3.2.2: lower case; a later version may have more behind it, and never is ff.
_PARENT = re.compile(r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


class Trace(NamedTuple):
    """One request's place in a trace: the trace's id, our span's, the parent's or "", and whether it is kept."""

    id: str
    span: str
    parent: str
    sampled: bool

    @property
    def header(self) -> str:
        """`traceparent` for upstream, version 00."""
        return f"00-{self.id}-{self.span}-{'01' if self.sampled else '00'}"


def begun() -> Trace:
    """A trace that begins here; it is said to be kept, as one that began at upstream would usually be."""
    made = os.urandom(24).hex()
    return Trace(made[:32], made[32:], "", sampled=True)


def continued(traceparent: str) -> Trace | None:
    """The next span of a trace; None where the field is not as version 00 of the specification says."""
    found = _PARENT.fullmatch(traceparent.strip(" \t"))
    if not found or (found[1] == "00" and found[5]):
        return None
    return Trace(found[2], os.urandom(8).hex(), found[3], sampled=bool(int(found[4], 16) & 1))
