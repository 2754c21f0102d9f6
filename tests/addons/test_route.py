"""X-Forwarded-* is believed of the named proxies, and of nobody else."""

from __future__ import annotations

from proxy.trace import continued
from tests.conftest import Worker, configured, working
from tests.upstream import Upstream
from tests.wire import Visitor

FORGED = ("X-Forwarded-For: 10.9.9.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example")


def test_a_strangers_forwarding_is_replaced_by_what_we_know(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.get("/", *FORGED)
    seen = upstream.seen[0]
    assert seen.header("X-Forwarded-For") == "127.0.0.1"
    assert seen.header("X-Forwarded-Proto") == "http"
    assert seen.header("X-Forwarded-Host") == "shop.example.com"
    assert seen.header("Host") == "shop.example.com"


def test_a_trusted_proxys_forwarding_is_kept_and_its_address_added(upstream: Upstream) -> None:
    config = configured(upstream.url, trusted_proxies=["127.0.0.0/8"])
    with working(config) as worker, Visitor(worker.port) as visitor:
        visitor.get("/", *FORGED)
    seen = upstream.seen[0]
    assert seen.header("X-Forwarded-For") == "10.9.9.9, 127.0.0.1"
    assert seen.header("X-Forwarded-Proto") == "https"
    assert seen.header("X-Forwarded-Host") == "evil.example"


def test_a_spelling_that_upstream_may_take_for_ours_does_not_pass(upstream: Upstream, worker: Worker) -> None:
    """CGI and WSGI know no difference between a dash and an underscore."""
    with Visitor(worker.port) as visitor:
        visitor.get("/", "X_Forwarded_For: 10.9.9.9", "x-Request_ID: forged", "X_Other: stays")
    seen = upstream.seen[0]
    assert seen.header("X_Other") == "stays"
    assert (seen.header("X_Forwarded_For"), seen.header("x-Request_ID")) == (None, None)


TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACED = (f"traceparent: 00-{TRACE}-00f067aa0ba902b7-00", "tracestate: vendor=1")


def test_a_strangers_trace_is_replaced_by_one_of_ours(upstream: Upstream, worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        visitor.get("/", *TRACED)
    seen = upstream.seen[0]
    assert TRACE not in (seen.header("traceparent") or "")
    assert continued(seen.header("traceparent") or "")
    assert seen.header("tracestate") is None


def test_a_trusted_proxys_trace_goes_on_with_a_span_of_ours(upstream: Upstream) -> None:
    config = configured(upstream.url, trusted_proxies=["127.0.0.0/8"])
    with working(config) as worker, Visitor(worker.port) as visitor:
        visitor.get("/", *TRACED)
        visitor.get("/", "traceparent: 00-nonsense", "tracestate: vendor=1")
    first, second = upstream.seen
    given = first.header("traceparent") or ""
    assert given.startswith(f"00-{TRACE}-")
    assert given.endswith("-00")
    assert "00f067aa0ba902b7" not in given
    assert first.header("tracestate") == "vendor=1"
    assert continued(second.header("traceparent") or "")
    assert second.header("tracestate") is None
