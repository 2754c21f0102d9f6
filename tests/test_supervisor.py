"""The supervisor: it ends in order whenever it is asked, and what it starts works together and stays whole."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
import urllib.error

import psutil
import pytest

from tests.running import Milchglas, answers, wait_for
from tests.sender import Sender, snapshot
from tests.upstream import Seen, Upstream
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"


def family(milchglas: Milchglas) -> list[psutil.Process]:
    assert milchglas.process
    return psutil.Process(milchglas.process.pid).children(recursive=True)


def named(milchglas: Milchglas, name: str) -> list[psutil.Process]:
    found = []
    for each in family(milchglas):
        try:
            if each.name() == f"mg-{name}":
                found.append(each)
        except psutil.NoSuchProcess:
            pass
    return found


def ready(milchglas: Milchglas) -> bool:
    try:
        return bool(milchglas.get_admin("/readyz"))
    except urllib.error.HTTPError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", [0.0, 0.03, 0.06, 0.1, 0.5])
def test_asked_to_end_during_its_start_it_does_and_says_nothing_odd(
    milchglas: Milchglas, number: signal.Signals, moment: float
) -> None:
    milchglas.start(ready=False, dashboard=False)  # its port is open, its fork server is not there yet
    time.sleep(moment)
    before = family(milchglas)
    assert milchglas.process
    os.killpg(milchglas.process.pid, number)
    assert milchglas.process.wait(20) == 0
    assert "Traceback" not in milchglas.log.read_text()
    wait_for(lambda: not any(each.is_running() for each in before), 5, "a process goes on alone")


def test_at_the_end_requests_under_way_are_whole_and_new_visitors_are_refused_at_once(
    upstream: Upstream, milchglas: Milchglas
) -> None:
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n12345")
        go_on.wait(20)
        connection.sendall(b"67890")

    upstream.replies["/slow"] = reply
    milchglas.start()
    with Visitor(milchglas.port) as visitor, Visitor(milchglas.port) as idle:
        visitor.send(b"GET /slow HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
        visitor.head()
        assert visitor.more() == b"12345"
        assert milchglas.process
        milchglas.process.send_signal(signal.SIGTERM)
        assert idle.more() == b""
        wait_for(lambda: not answers(milchglas.port), 3, "new visitors are left to wait")
        assert milchglas.process.poll() is None
        go_on.set()
        assert visitor.more() == b"67890"
        assert visitor.more() == b""
    assert milchglas.process.wait(10) == 0


def test_two_workers_and_two_sanitizers_are_one_proxy(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE)
    milchglas.config |= {"workers": 2, "sanitizers": 2}
    milchglas.start()
    assert len(named(milchglas, "worker")) == 2
    for _ in range(20):
        with Visitor(milchglas.port) as visitor:
            assert visitor.get("/").body != PAGE
    # A token of one worker is good for the other, and each finds the recording's sanitizer.
    senders = [Sender(milchglas.port) for _ in range(8)]
    for sender in senders:
        for _ in range(2):
            assert sender.send(snapshot()).status == 202
    assert milchglas.metric('milchglas_pages_injected_total{site="altshop"}') == 20
    assert milchglas.metric('milchglas_batches_total{outcome="accepted"}') == 16
    for worker in named(milchglas, "worker"):
        worker.kill()
    wait_for(lambda: len(named(milchglas, "worker")) == 2, 10, "workers are not rebuilt")
    with Visitor(milchglas.port) as visitor:
        assert visitor.get("/").body != PAGE
    assert milchglas.metric('milchglas_pages_injected_total{site="altshop"}') == 21
    milchglas.wait_spool_empty()
    assert {each["id"] for each in milchglas.recordings()} == {sender.recording for sender in senders}
    assert milchglas.stop() == 0


def test_it_is_not_ready_while_a_worker_does_not_serve(milchglas: Milchglas) -> None:
    milchglas.config |= {"workers": 2}
    milchglas.start()
    named(milchglas, "worker")[0].kill()
    wait_for(lambda: not ready(milchglas), 5, "a worker that is not there counts as ready")
    wait_for(lambda: ready(milchglas), 10, "it does not become ready again")
    assert len(named(milchglas, "worker")) == 2


def test_when_the_fork_server_dies_nothing_runs_twice(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE)
    milchglas.start()
    (server,) = [each for each in family(milchglas) if "forkserver" in " ".join(each.cmdline()[:4])][:1]
    wait_for(lambda: len(named(milchglas, "storage")) == 1, 10, "storage does not start")  # ready is without it
    old = named(milchglas, "worker") + named(milchglas, "sanitizer") + named(milchglas, "storage")
    assert len(old) == 3
    server.kill()
    wait_for(lambda: not any(each.is_running() for each in old), 10, "an old process goes on")

    def works() -> bool:
        with Visitor(milchglas.port) as visitor:
            return visitor.get("/").body != PAGE and Sender(milchglas.port).send(snapshot()).status == 202

    wait_for(works, 20, "nothing works again")
    assert milchglas.stop() == 0
    assert "Traceback" not in milchglas.log.read_text()
