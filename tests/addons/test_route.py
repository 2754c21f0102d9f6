"""X-Forwarded-* is believed of the named proxies, and of nobody else."""

from __future__ import annotations

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
