"""NTLM and Negotiate log a connection in: it stays with its visitor, also behind a proxy that visitors share."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from mitmproxy.http import Headers

from proxy.logins import asks, goes_on, logs_in
from tests.conftest import Worker, configured, working
from tests.running import wait_for
from tests.upstream import Seen, Upstream, response
from tests.wire import Answer, Visitor


class Domain:
    """An upstream that greets whoever its connection is logged in for: first message, challenge, answer to it."""

    def __init__(self) -> None:
        self.connections: list[socket.socket] = []
        self._users: dict[int, str] = {}
        self._challenges: dict[int, str] = {}

    def __call__(self, request: Seen, connection: socket.socket) -> None:
        if connection not in self.connections:
            self.connections.append(connection)
        number = self.connections.index(connection)
        scheme, _, said = (request.header("Authorization") or "").partition(" ")
        step, _, rest = said.partition(".")
        challenge = f"challenge{number}"
        if step == "first":
            self._challenges[number] = challenge
            return self._deny(connection, f"{scheme} {challenge}=")
        if step == "answer" and self._challenges.pop(number, None) == rest.split(".")[0]:
            self._users[number] = rest.split(".")[1]
        if number not in self._users:
            return self._deny(connection, "NTLM")
        if request.target == "GET /forbidden":
            return self._deny(connection, "NTLM")
        return connection.sendall(response(f"for {self._users[number]}".encode(), type="text/plain"))

    def _deny(self, connection: socket.socket, challenge: str) -> None:
        fields = [f"WWW-Authenticate: {challenge}", 'WWW-Authenticate: Basic realm="a, NTLM"']
        connection.sendall(response(b"log in", *fields, type="text/plain", status="401 Unauthorized"))


@pytest.fixture
def domain(upstream: Upstream) -> Domain:
    made = Domain()
    upstream.replies |= dict.fromkeys(("/", "/forbidden"), made)
    return made


@pytest.fixture
def shared(upstream: Upstream, domain: Domain) -> Iterator[Worker]:
    """A worker behind a proxy that many visitors share."""
    with working(configured(upstream.url, trusted_proxies=["127.0.0.1"])) as made:
        yield made


def ask(
    visitor: Visitor,
    *said: str,
    of: str = "203.0.113.1",
    scheme: str = "NTLM",
    path: str = "/",
    method: str = "GET",
) -> Answer:
    """A request of the visitor at an address, with what it says in its handshake."""
    credentials = [f"Authorization: {scheme} {each}" for each in said]
    return visitor.get(path, f"X-Forwarded-For: {of}", *credentials, method=method)


def first(visitor: Visitor, of: str = "203.0.113.1", scheme: str = "NTLM") -> str:
    """The first leg; the challenge."""
    answer = ask(visitor, "first", of=of, scheme=scheme)
    assert answer.status == 401
    return (answer.header("WWW-Authenticate") or "").split(" ")[1].rstrip("=")


@pytest.mark.parametrize("scheme", ["NTLM", "Negotiate", "negotiate"])
def test_a_visitor_logs_in_and_stays_logged_in(domain: Domain, worker: Worker, scheme: str) -> None:
    with Visitor(worker.port) as visitor, Visitor(worker.port) as other:
        assert ask(visitor).status == 401
        challenge = first(visitor, scheme=scheme)
        assert ask(visitor, f"answer.{challenge}.anna", scheme=scheme).body == b"for anna"
        assert ask(visitor).body == b"for anna", "NTLM is slow when each request logs in"
        assert ask(other).status == 401
    assert len(domain.connections) == 2


@pytest.mark.parametrize("scheme", ["NTLM", "ntlm", "Negotiate"])
def test_behind_a_shared_proxy_a_login_lasts_for_its_own_answer(
    domain: Domain, shared: Worker, scheme: str
) -> None:
    with Visitor(shared.port) as proxy:
        challenge = first(proxy, scheme=scheme)
        assert ask(proxy, f"answer.{challenge}.anna", scheme=scheme).body == b"for anna"
        assert ask(proxy, of="203.0.113.2").status == 401
        assert ask(proxy).status == 401, "the same address may be another visitor"
    assert domain.connections[0] is not domain.connections[1]


def test_behind_a_shared_proxy_nobody_comes_between_the_legs_of_a_handshake(
    domain: Domain, shared: Worker
) -> None:
    with Visitor(shared.port) as proxy:
        anna = first(proxy, of="203.0.113.1")
        berta = first(proxy, of="203.0.113.2")
        assert ask(proxy, of="203.0.113.3").status == 401
        assert ask(proxy, f"answer.{berta}.berta", of="203.0.113.2").body == b"for berta"
        assert ask(proxy, of="203.0.113.1").status == 401
        assert ask(proxy, f"answer.{anna}.anna", of="203.0.113.1").body == b"for anna"
        assert ask(proxy, of="203.0.113.3").status == 401


def test_behind_a_shared_proxy_a_401_without_a_challenge_ends_a_login_too(domain: Domain, shared: Worker) -> None:
    """Logged in, and not allowed to see this page: the connection is nobody else's all the same."""
    with Visitor(shared.port) as proxy:
        challenge = first(proxy)
        assert ask(proxy, f"answer.{challenge}.anna", path="/forbidden").status == 401
        assert ask(proxy, "whatever").status == 401, "a visitor of the same address"
        assert ask(proxy, of="203.0.113.2").status == 401


def test_behind_a_shared_proxy_a_log_in_by_post_is_closed_after_its_answer(domain: Domain, shared: Worker) -> None:
    with Visitor(shared.port) as proxy:
        challenge = first(proxy)
        assert ask(proxy, f"answer.{challenge}.anna", method="POST").body == b"for anna"
        wait_for(lambda: domain.connections[0].fileno() == -1, 5, "still open")


def test_handshakes_that_nobody_ends_do_not_pile_up(domain: Domain, shared: Worker) -> None:
    with Visitor(shared.port) as proxy:
        for number in range(20):
            first(proxy, of=f"203.0.113.{number}")
        wait_for(lambda: sum(each.fileno() != -1 for each in domain.connections) <= 8, 5, "all are open")
        assert ask(proxy, of="203.0.113.99").status == 401


def test_what_is_a_log_in_and_what_a_challenge() -> None:
    def headers(name: str, *values: str) -> Headers:
        return Headers([(name.encode(), value.encode()) for value in values])

    for value in ("NTLM TlRMTVNTUAAB", "negotiate YII=", " Negotiate  YII=", "NTLM"):
        assert logs_in(headers("Authorization", value)), value
    for value in ("Basic TlRMOm5lZ290aWF0ZQ==", "Bearer NTLM", "NTLMX a", ""):
        assert not logs_in(headers("Authorization", value)), value
    assert asks(headers("WWW-Authenticate", 'Basic realm="x"', "NTLM"))
    assert asks(headers("WWW-Authenticate", "Negotiate, NTLM"))
    assert not asks(headers("WWW-Authenticate", "Basic realm=NTLM"))
    assert goes_on(headers("WWW-Authenticate", "NTLM TlRMTVNTUAAC=="))
    assert goes_on(headers("WWW-Authenticate", "Negotiate oRQw=, Basic realm=x"))
    assert not goes_on(headers("WWW-Authenticate", "Negotiate, NTLM"))
    assert not goes_on(headers("WWW-Authenticate", "Negotiate", "NTLM"))
