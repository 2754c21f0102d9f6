"""The end of each request: counted, and, where the configuration says so, a line in the log.

A line names no visitor: no address, no cookie, no user, and no value of a query. A path is masked as the address
of a recorded page is (proxy/privacy/urls.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import orjson
from mitmproxy import http
from prometheus_client import Counter

from proxy import log
from proxy.config import Log
from proxy.exchange import NOBODY, PAGE, TRACE, Exchange
from proxy.metrics import CUT_OFF, REQUESTS, UPSTREAM
from proxy.privacy.urls import mask_url
from proxy.trace import Trace

type Facts = Mapping[str, Any]

LONGEST = 1024
"""Characters of a path that are looked at; of a longer one, the part that they cut is left out."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})

_write: Callable[[Facts], None] | None = None


def configure(settings: Log) -> None:
    """Say lines from now on as the configuration wants them, or none."""
    global _write  # as loggers are, of a process
    _write = {"json": _json, "text": _text}[settings.format] if settings.access else None


def ended(exchange: Exchange, flow: http.HTTPFlow, site: str | None, own: bool, request_id: str) -> None:
    """A request has ended, whatever became of it."""
    name = site or NOBODY
    _counter(name, own, exchange.status // 100).inc()
    if exchange.cut_off:
        CUT_OFF.labels(name, exchange.cut_off).inc()
    upstream = exchange.answered - exchange.asked if exchange.asked and exchange.answered else None
    if upstream is not None:
        UPSTREAM.labels(name).observe(upstream)
    if _write:
        trace: Trace | None = flow.metadata.get(TRACE)
        facts = {
            "site": site,
            "method": flow.request.method if flow.request.method in METHODS else "OTHER",
            "path": path_of(flow.request.data.path),
            "status": exchange.status or None,
            "bytes": exchange.bytes,
            "seconds": round(time.perf_counter() - exchange.started, 6),
            "upstream_seconds": upstream and round(upstream, 6),
            "page": flow.metadata.get(PAGE),
            "cut_off": exchange.cut_off or None,
            "request": request_id,
            "trace": trace and trace.id,
            "span": trace and trace.span,
            "parent": (trace and trace.parent) or None,
        }
        _write({key: value for key, value in facts.items() if value is not None})


def refused(status: int, request_id: str) -> None:
    """A request that was refused by its head, before a stream was made for it."""
    _counter(NOBODY, False, status // 100).inc()
    if _write:
        _write({"status": status, "request": request_id})


def path_of(target: bytes) -> str:
    """What may be said of a request's target."""
    text = target.decode("utf-8", "backslashreplace")
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition("/")[0] + "/"
    return mask_url(text, page=True) or ""


@cache
def _counter(site: str, own: bool, status: int) -> Counter:
    return REQUESTS.labels(site, "own" if own else "site", f"{status}xx" if status else "none")


def _json(facts: Facts) -> None:
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    log.line(orjson.dumps({"timestamp": now, "part": "access", "event": "request", **facts}).decode())


def _text(facts: Facts) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    # One line whatever the path holds.
    log.line(f"{now} " + " ".join(f"{key}={value}" for key, value in facts.items()).translate(_ONE_LINE))


_ONE_LINE = dict.fromkeys((*range(32), 127, 133, 8232, 8233), "·")
