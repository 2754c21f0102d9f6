"""A new configuration for the Milchglas that runs: by signal or command, for all or none, with nothing cut off."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.certificates import Pair, certificate, over_tls
from tests.running import Milchglas, wait_for
from tests.sender import PASSWORD, SEARCH, Sender, element, said, snapshot, text, typed
from tests.test_supervisor import named
from tests.trees import copied, plant
from tests.upstream import Seen, Upstream, response
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"


@pytest.fixture
def running(upstream: Upstream, milchglas: Milchglas) -> Milchglas:
    """Two workers and two sanitizers before a page."""
    upstream.page("/", PAGE)
    milchglas.config |= {"workers": 2, "sanitizers": 2}
    milchglas.start()
    return milchglas


def site(milchglas: Milchglas) -> dict[str, Any]:
    found: dict[str, Any] = milchglas.config["sites"][0]
    return found


def reloaded(milchglas: Milchglas) -> str:
    """Reload what is written; what the command says."""
    milchglas.write()
    done = milchglas.command("reload")
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(milchglas: Milchglas) -> str:
    """As `reloaded`, of a file that is refused."""
    milchglas.write()
    done = milchglas.command("reload")
    assert done.returncode == 1
    return done.stderr.strip()


def injected(milchglas: Milchglas) -> bool:
    with Visitor(milchglas.port) as visitor:
        return visitor.get("/").body != PAGE


def processes(milchglas: Milchglas) -> set[int]:
    return {each.pid for name in ("worker", "sanitizer", "storage") for each in named(milchglas, name)}


def test_a_changed_file_is_in_place_in_every_worker_when_the_command_returns(running: Milchglas) -> None:
    assert injected(running)
    before = processes(running)
    site(running)["enabled"] = False
    assert reloaded(running) == f"{running.file}: in place\n"
    assert not any(injected(running) for _ in range(12))
    site(running)["enabled"] = True
    reloaded(running)
    assert all(injected(running) for _ in range(12))
    assert processes(running) == before
    assert running.metric('milchglas_reloads_total{outcome="done"}') == 2


def test_sighup_does_the_same_also_when_it_comes_to_every_process(running: Milchglas) -> None:
    before = processes(running)
    site(running)["enabled"] = False
    running.write()
    assert running.process
    for pid in (running.process.pid, *before):
        subprocess.run(["kill", "-HUP", str(pid)], check=True)
    wait_for(lambda: not injected(running), 10, "nothing has changed")
    assert not any(injected(running) for _ in range(12))
    assert processes(running) == before


def test_a_file_that_is_wrong_changes_nothing_and_is_said_with_its_place(running: Milchglas) -> None:
    good = running.file.read_text()
    running.file.write_text(good + "wrokers: 2\n")
    done = running.command("reload")
    assert done.returncode == 1
    assert done.stderr.startswith(f"{running.file}:{len(good.splitlines()) + 1}:1: unknown key")
    assert running.process
    running.process.send_signal(signal.SIGHUP)  # which nobody checks before
    refusals = 'milchglas_reloads_total{outcome="refused"}'
    wait_for(lambda: running.metric(refusals) == 1, 10, "not refused")
    wait_for(lambda: "the old one stays" in running.log.read_text(), 5, "nothing is said")
    assert injected(running)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("workers", 3),
        ("sanitizers", 3),
        ("path", "/_other"),
        ("listen.port", 1),
        ("listen.tls", {"cert": "chain.pem", "key": "key.pem"}),
        ("admin.port", 1),
        ("storage.region", "eu-central-1"),
    ],
)
def test_a_key_that_cannot_change_is_named_with_its_place(running: Milchglas, key: str, value: object) -> None:
    at = running.config
    *above, last = key.split(".")
    for part in above:
        at = at[part]
    at[last] = value
    said = refused(running)
    assert re.match(rf"{re.escape(str(running.file))}:\d+:\d+: `{above[0] if above else last}", said)
    assert "cannot change by a reload" in said
    assert "restart Milchglas" in said
    assert injected(running)


def test_where_no_milchglas_runs_it_is_said(milchglas: Milchglas) -> None:
    said = refused(milchglas)
    assert said.startswith(f"milchglas: no Milchglas of this user runs on the data folder {milchglas.data}")


def test_another_file_is_refused(running: Milchglas, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    shutil.copy(running.file, other)
    running.file, first = other, running.file
    done = running.command("reload", "--json")
    assert done.returncode == 1
    assert orjson.loads(done.stdout) == {
        "done": False,
        "message": f"{other}: Milchglas runs with {first}; another file needs a restart",
    }


def test_what_one_worker_cannot_work_with_no_process_takes(upstream: Upstream, tmp_path: Path) -> None:
    tree = copied(tmp_path / "tree")
    of_one = '__import__("multiprocessing").current_process().name == "worker-1"'
    fails = f'if config.debug and {of_one}: raise ValueError("Kanarienvogel7")'
    plant(tree / "proxy" / "master.py", "Master", "prepared", fails)
    upstream.page("/", PAGE)
    milchglas = Milchglas(tmp_path, upstream.url, {"workers": 2}, tree)
    try:
        milchglas.start()
        milchglas.config["debug"], site(milchglas)["enabled"] = True, False
        assert refused(milchglas).startswith("worker-1: ValueError at ")
        assert all(injected(milchglas) for _ in range(12))
        assert "Kanarienvogel7" not in milchglas.log.read_text()
        milchglas.config["debug"] = False
        reloaded(milchglas)
        assert not any(injected(milchglas) for _ in range(12))
    finally:
        milchglas.close()


def test_a_worker_that_does_not_take_it_is_ended_and_its_successor_has_it(
    upstream: Upstream, tmp_path: Path
) -> None:
    tree = copied(tmp_path / "tree")
    file = tree / "proxy" / "worker.py"
    text = file.read_text()
    assert text.count("master.rules = rules") == 1
    file.write_text(text.replace("master.rules = rules", "raise RuntimeError"))
    upstream.page("/", PAGE)
    milchglas = Milchglas(tmp_path, upstream.url, {"workers": 2}, tree)
    try:
        milchglas.start()
        before = {each.pid for each in named(milchglas, "worker")}
        site(milchglas)["enabled"] = False
        reloaded(milchglas)
        wait_for(lambda: len(named(milchglas, "worker")) == 2, 10, "workers are not rebuilt")
        assert not before & {each.pid for each in named(milchglas, "worker")}
        assert not any(injected(milchglas) for _ in range(12))
    finally:
        milchglas.close()


def test_requests_downloads_and_uploads_under_way_are_whole(running: Milchglas, upstream: Upstream) -> None:
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n12345")
        go_on.wait(20)
        connection.sendall(b"67890")

    upstream.replies["/slow"] = reply
    with Visitor(running.port) as visitor, Visitor(running.port) as idle:
        assert idle.get("/").body != PAGE
        visitor.send(b"GET /slow HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
        visitor.head()
        assert visitor.more() == b"12345"
        site(running)["enabled"] = False
        reloaded(running)
        assert idle.get("/").body == PAGE  # the same connection, by the new configuration
        go_on.set()
        assert visitor.more() == b"67890"
        assert visitor.get("/").body == PAGE


def test_a_websocket_lives_on(running: Milchglas, upstream: Upstream) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        while data := connection.recv(65536):
            connection.sendall(data)

    upstream.replies["/ws"] = reply
    with Visitor(running.port) as visitor:
        visitor.send(b"GET /ws HTTP/1.1\r\nHost: a.de\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
        assert visitor.head().startswith(b"HTTP/1.1 101")
        site(running)["hosts"] = ["b.de"]
        reloaded(running)
        visitor.send(b"Guten Tag")
        assert visitor.more() == b"Guten Tag"
    with Visitor(running.port) as visitor:
        assert visitor.get("/").status == 421


def test_a_certificate_that_was_renewed_is_shown_to_new_visitors(
    upstream: Upstream, milchglas: Milchglas, tmp_path: Path
) -> None:
    old = certificate(tmp_path, "shop.example.com")
    first = Pair(tmp_path / "first.pem", old.key)
    shutil.copy(old.cert, first.cert)
    milchglas.config["listen"]["tls"] = {"cert": str(old.cert), "key": str(old.key)}
    upstream.page("/", PAGE)
    milchglas.start()
    with over_tls(milchglas.port, first) as before:
        certificate(tmp_path, "shop.example.com")
        reloaded(milchglas)
        with over_tls(milchglas.port, old) as visitor:
            assert visitor.get("/").status == 200
        with pytest.raises(ssl.SSLCertVerificationError):
            over_tls(milchglas.port, first)
        assert before.get("/").status == 200
    old.key.write_text("no key")
    assert "listen.tls" in refused(milchglas)
    with over_tls(milchglas.port, old) as visitor:
        assert visitor.get("/").status == 200


def test_what_was_secret_before_is_secret_after_it(running: Milchglas) -> None:
    sender = Sender(running.port)
    form = (element(10, "input", type="password"), element(12, "p", [text(13, "x")]))
    assert sender.send([*snapshot(*form), typed(10, "Kanarienvogel7")], {10: PASSWORD}).status == 202
    running.config["debug"] = True
    reloaded(running)
    answer = sender.send([said(13, "Kanarienvogel7 ist falsch")], {10: PASSWORD})
    assert (answer.status, orjson.loads(answer.body)["snapshot"]) == (202, False)
    running.wait_spool_empty()
    assert "Kanarienvogel7" not in str(running.export(sender.recording))
    assert "ist falsch" in str(running.export(sender.recording))


def test_an_open_page_of_a_laxer_configuration_is_judged_by_the_stricter_one(running: Milchglas) -> None:
    sender = Sender(running.port)
    page = [*snapshot(element(10, "input", type="search")), typed(10, "roter Schuh")]
    assert sender.send(page, {10: SEARCH}).status == 202
    site(running)["record"]["forms"] = "none"
    reloaded(running)
    assert sender.send([typed(10, "blauer Hut")], {10: SEARCH}).status == 202
    running.wait_spool_empty()
    stored = str(running.export(sender.recording))
    assert "roter Schuh" in stored
    assert "blauer Hut" not in stored


def test_a_page_that_knows_less_than_pages_are_told_today_counts_no_more(milchglas: Milchglas) -> None:
    milchglas.start(dashboard=False)
    sender = Sender(milchglas.port)
    assert sender.send(snapshot()).status == 202
    site(milchglas)["sensitive"] = ["#kundennr"]
    reloaded(milchglas)
    assert sender.send(snapshot()).status == 400
    milchglas.stop()  # and so it stays
    milchglas.start(dashboard=False)
    assert sender.send(snapshot()).status == 400
    assert milchglas.metric('milchglas_batches_total{outcome="outdated"}') == 1
    # Its tab's next page goes on; not within the same second, for a token tells no more.
    wait_for(lambda: Sender(milchglas.port).send(snapshot()).status == 202, 3, "new pages are refused")


def test_selectors_that_loosen_end_no_page(running: Milchglas) -> None:
    site(running)["sensitive"] = ["#a"]
    reloaded(running)
    wait_for(lambda: Sender(running.port).send(snapshot()).status == 202, 3, "new pages are refused")
    sender = Sender(running.port)
    site(running).update({"sensitive": [], "safe": ["#b"]})
    reloaded(running)
    assert sender.send(snapshot()).status == 202


def test_the_token_of_a_storage_elsewhere_may_change(upstream: Upstream, milchglas: Milchglas) -> None:
    about = b'{"version":"1","region":"local"}'
    upstream.replies["/api/v1/about"] = response(about, type="application/json")
    milchglas.config["storage"] = {"url": upstream.url, "token": "first-token"}
    milchglas.start(dashboard=False)
    assert Sender(milchglas.port).send(snapshot()).status == 202

    def tokens() -> set[str | None]:
        return {seen.header("Authorization") for seen in upstream.seen if seen.target.startswith("PUT")}

    wait_for(lambda: tokens() == {"Bearer first-token"}, 10, "nothing is forwarded")
    milchglas.config["storage"]["token"] = "second-token"
    reloaded(milchglas)
    wait_for(lambda: "Bearer second-token" in tokens(), 10, "the old token goes on")
    assert "-token" not in milchglas.log.read_text()
