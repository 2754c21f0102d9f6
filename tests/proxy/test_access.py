"""Each request has a line when it ends, however it ends, and no line says what a visitor would not want said."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from proxy.access import Facts, path_of
from tests.canaries import traces_in_bytes
from tests.certificates import certificate
from tests.conftest import configured, working
from tests.running import Milchglas, wait_for
from tests.sender import Sender, snapshot
from tests.upstream import Seen, Upstream, response, serving
from tests.wire import Visitor
from tests.wire2 import Visitor2

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"
CANARY = "Kanarienvogel7"
HOST = "Host: shop.example.com"


class Logged:
    """A running Milchglas and its access log."""

    def __init__(self, milchglas: Milchglas, upstream: Upstream) -> None:
        self.milchglas, self.upstream, self.port = milchglas, upstream, milchglas.port
        self.file = milchglas.folder / "access.log"

    def lines(self) -> list[dict[str, Any]]:
        every = [orjson.loads(line) for line in self.file.read_bytes().splitlines()]
        return [line for line in every if line.get("event") == "request"]

    def line(self, path: str) -> dict[str, Any]:
        """The line of a request for this path, once it is there."""
        wait_for(lambda: any(line.get("path") == path for line in self.lines()), 10, f"no line for {path}")
        (found,) = [line for line in self.lines() if line.get("path") == path]
        return found

    def request(self, data: bytes) -> bytes:
        """Send bytes as they are; the answer's head and body."""
        with Visitor(self.port) as visitor:
            visitor.send(data)
            answer = visitor.read()
            return answer.head + answer.body


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logged]:
    folder = tmp_path_factory.mktemp("logged")
    with serving() as upstream:
        away = {"name": "away", "hosts": ["away.example.com"], "upstream": "http://127.0.0.1:9"}
        milchglas = Milchglas(folder, upstream.url, {"site": {"hosts": ["shop.example.com"]}})
        milchglas.config["sites"].append(away)
        milchglas.config |= {
            "workers": 2,
            "trusted_proxies": ["127.0.0.1"],
            "log": {"access": True, "file": str(folder / "access.log")},
        }
        try:
            milchglas.start()
            yield Logged(milchglas, upstream)
        finally:
            milchglas.close()


def test_a_page_has_its_line(logged: Logged) -> None:
    logged.upstream.page("/page", PAGE)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    with Visitor(logged.port) as visitor:
        answer = visitor.get(
            "/page", "X-Request-ID: given-by-the-front", f"traceparent: 00-{trace}-00f067aa0ba902b7-01"
        )
    line = logged.line("/page")
    assert {key: line[key] for key in ("site", "method", "status", "page", "request", "trace", "parent")} == {
        "site": "altshop",
        "method": "GET",
        "status": 200,
        "page": "injected",
        "request": "given-by-the-front",
        "trace": trace,
        "parent": "00f067aa0ba902b7",
    }
    assert line["bytes"] == len(answer.body)
    assert 0 < line["upstream_seconds"] <= line["seconds"] < 10
    assert "cut_off" not in line
    (seen,) = [each for each in logged.upstream.seen if each.target == "GET /page"]
    assert seen.header("traceparent") == f"00-{trace}-{line['span']}-01"


def test_a_page_that_is_left_alone_says_why_and_a_file_is_no_page(logged: Logged) -> None:
    logged.upstream.page("/left", b"no markup")
    logged.upstream.page("/file.css", b"a{}", type="text/css")
    with Visitor(logged.port) as visitor:
        visitor.get("/left")
        visitor.get("/file.css")
    assert logged.line("/left")["page"] == "not_html"
    assert "page" not in logged.line("/file.css")


def test_a_visitor_who_goes_in_the_midst_is_said_to_have_gone(logged: Logged) -> None:
    go_on = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n12345")
        go_on.wait(20)

    logged.upstream.replies["/gone"] = reply
    with Visitor(logged.port) as visitor:
        visitor.send(f"GET /gone HTTP/1.1\r\n{HOST}\r\n\r\n".encode())
        visitor.head()
        assert visitor.more() == b"12345"
    line = logged.line("/gone")
    go_on.set()
    assert (line["status"], line["bytes"], line["cut_off"]) == (200, 5, "visitor")


def test_a_visitor_who_goes_before_an_answer_has_a_line_without_status(logged: Logged) -> None:
    asked = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        asked.set()
        connection.recv(1)

    logged.upstream.replies["/impatient"] = reply
    with Visitor(logged.port) as visitor:
        visitor.send(f"GET /impatient HTTP/1.1\r\n{HOST}\r\n\r\n".encode())
        assert asked.wait(10)
    line = logged.line("/impatient")
    assert "status" not in line
    assert line["cut_off"] == "visitor"


def test_an_answer_that_upstream_breaks_off_is_said_to_be_upstreams(logged: Logged) -> None:
    logged.upstream.replies["/broken"] = lambda _, connection: (
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n12345"),
        connection.close(),
    )[1]
    logged.request(f"GET /broken HTTP/1.1\r\n{HOST}\r\n\r\n".encode())
    line = logged.line("/broken")
    assert (line["status"], line["bytes"], line["cut_off"]) == (200, 5, "upstream")
    assert logged.milchglas.metric('milchglas_requests_cut_off_total{by="upstream",site="altshop"}') == 1
    assert logged.milchglas.metric('milchglas_upstream_errors_total{error="broken",site="altshop"}') == 1


def test_an_upstream_that_is_away_has_lines_and_is_counted(logged: Logged) -> None:
    answer = logged.request(b"GET /away HTTP/1.1\r\nHost: away.example.com\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502 ")
    line = logged.line("/away")
    assert (line["site"], line["status"]) == ("away", 502)
    assert "upstream_seconds" not in line
    assert line["request"].encode() in answer
    assert logged.milchglas.metric('milchglas_upstream_errors_total{error="connect",site="away"}') == 1


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET nonsense HTTP/1.1\r\nHost: shop.example.com\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000, 431),
        (b"GET /unclaimed HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        (b"POST /_milchglas/start HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 999999\r\n\r\n", 413),
    ],
)
def test_what_is_refused_has_a_line_and_is_counted(logged: Logged, head: bytes, status: int) -> None:
    """Also where the head could not be read. The id is that of the error page."""
    before = refusals(logged)
    answer = logged.request(head)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    request = answer.partition(b"request id ")[2].strip().decode()
    wait_for(lambda: any(line["request"] == request for line in logged.lines()), 10, "no line")
    (line,) = [line for line in logged.lines() if line["request"] == request]
    assert line["status"] == status
    assert "evil" not in orjson.dumps(line).decode()
    wait_for(lambda: refusals(logged) == before + 1, 10, "not counted")


def refusals(logged: Logged) -> float:
    lines = logged.milchglas.get_admin("/metrics").splitlines()
    return sum(
        float(line.rpartition(" ")[2])
        for line in lines
        if line.startswith("milchglas_requests_total{") and 'status="4xx"' in line
    )


def test_a_websocket_has_its_line_when_it_ends(logged: Logged) -> None:
    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        connection.sendall(connection.recv(100))

    logged.upstream.replies["/socket"] = reply
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA"
    with Visitor(logged.port) as visitor:
        visitor.send(f"GET /socket HTTP/1.1\r\n{HOST}\r\n{upgrade}\r\n\r\n".encode())
        assert b" 101 " in visitor.head()
        visitor.send(b"hello")
        assert visitor.more() == b"hello"
    line = logged.line("/socket")
    assert (line["status"], line["bytes"]) == (101, 5)
    assert "cut_off" not in line


def test_our_own_paths_have_lines(logged: Logged) -> None:
    assert Sender(logged.port).send(snapshot()).status == 202
    wait_for(lambda: any(own(line) == 202 for line in logged.lines()), 10, "no line for a batch")
    assert any(own(line) == 200 for line in logged.lines())
    assert logged.milchglas.metric('milchglas_requests_total{path="own",site="altshop",status="2xx"}') >= 2


def own(line: dict[str, Any]) -> int | None:
    """The status of a request below our path."""
    return line["status"] if line.get("path", "").startswith("/_milchglas/") else None


def test_a_line_holds_nothing_of_a_visitor(logged: Logged) -> None:
    logged.upstream.replies["/secret"] = response(b"ok", f"Set-Cookie: sid={CANARY}")
    about = (
        f"Cookie: sid={CANARY}",
        f"Authorization: Bearer {CANARY}",
        f"Referer: http://a.example/?{CANARY}",
        f"User-Agent: {CANARY}",
        "X-Forwarded-For: 203.0.113.77",
    )
    for target in (
        f"/secret?q={CANARY}&{CANARY}",
        f"/secret/reset/{CANARY}",
        f"/secret/{CANARY}@example.org/",
        f"/secret#{CANARY}",
        f"/secret;jsessionid={CANARY}",
        f"http://{CANARY}:{CANARY}@shop.example.com/secret/userinfo",
    ):
        with Visitor(logged.port) as visitor:
            visitor.get(target, *about)
    with Visitor(logged.port) as visitor:
        visitor.get("/secret/last", method=CANARY.upper())
    assert logged.line("/secret/last")["method"] == "OTHER"
    text = logged.file.read_bytes() + logged.milchglas.log.read_bytes()
    assert b"/secret" in text
    assert traces_in_bytes(text, CANARY) == []
    assert CANARY.lower().encode() not in text.lower()
    assert b"203.0.113.77" not in text
    assert b"127.0.0.1" not in b"".join(
        line for line in logged.file.read_bytes().splitlines() if b'"request"' in line
    )


def test_a_long_path_is_cut_where_no_piece_of_a_value_is_left() -> None:
    assert path_of(b"/a/" + b"x" * 2000) == "/a/"


def test_lines_for_people_are_one_line_each(tmp_path: Path, upstream: Upstream) -> None:
    milchglas = Milchglas(tmp_path, upstream.url)
    milchglas.config["log"] = {"access": True, "format": "text"}
    try:
        milchglas.start()
        with Visitor(milchglas.port) as visitor:
            visitor.get("/seen?q=geheim")
        wait_for(lambda: "path=/seen?q=" in milchglas.log.read_text(), 10, "no line")
        (line,) = [line for line in milchglas.log.read_text().splitlines() if "path=/seen" in line]
        assert "status=404" in line
        assert "geheim" not in line
    finally:
        milchglas.close()


def test_without_the_key_no_request_is_logged(tmp_path: Path, upstream: Upstream) -> None:
    milchglas = Milchglas(tmp_path, upstream.url)
    try:
        milchglas.start()
        with Visitor(milchglas.port) as visitor:
            visitor.get("/unseen")
    finally:
        assert milchglas.stop() == 0
    assert "draining" in milchglas.log.read_text()
    assert "unseen" not in milchglas.log.read_text()


def test_a_reload_switches_it_on_and_into_another_file(tmp_path: Path, upstream: Upstream) -> None:
    milchglas = Milchglas(tmp_path, upstream.url)
    file = tmp_path / "access.log"
    try:
        milchglas.start()
        with Visitor(milchglas.port) as visitor:
            visitor.get("/before")
            milchglas.config["log"] = {"access": True, "file": str(file)}
            milchglas.write()
            assert milchglas.command("reload").returncode == 0
            visitor.get("/after")
        wait_for(lambda: file.exists() and '"/after"' in file.read_text(), 10, "no line")
        assert "/before" not in file.read_text()
        wait_for(lambda: "configuration reloaded" in file.read_text(), 10, "the supervisor stays where it was")
        assert milchglas.metric('milchglas_reloads_total{outcome="done"}') == 1
        for path, refused in (("/_other", 1), ("/_milchglas", 0)):  # it cannot change by a reload
            milchglas.config["path"] = path
            milchglas.write()
            assert milchglas.command("reload").returncode == refused
            assert milchglas.metric("milchglas_configuration_refused") == refused
    finally:
        milchglas.close()


def test_each_stream_of_an_http2_visitor_has_its_line(
    upstream: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Facts] = []
    monkeypatch.setattr("proxy.access._write", said.append)
    upstream.page("/h2", PAGE)
    waiting = threading.Event()

    def reply(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n12345")
        waiting.wait(20)

    upstream.replies["/reset"] = reply
    pair = certificate(tmp_path, "shop.example.com")
    listen = {"tls": {"cert": str(pair.cert), "key": str(pair.key)}, "http2": True}
    with working(configured(upstream.url, listen=listen)) as worker, Visitor2(worker.port, pair) as visitor:
        assert visitor.get("/h2").status == 200
        stream = visitor.ask("/reset")
        visitor.until(lambda: visitor.streams[stream].body == b"12345")
        visitor.h2.reset_stream(stream)
        visitor.flush()
        wait_for(lambda: len(said) == 2, 10, "no line")
        waiting.set()
    facts = [(each["path"], each["status"], each.get("cut_off"), each.get("page")) for each in said]
    assert facts == [("/h2", 200, None, "injected"), ("/reset", 200, "visitor", None)]


def test_a_fault_while_telling_breaks_no_page(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Facts) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("proxy.access._write", fail)
    upstream.page("/", PAGE)
    with working(configured(upstream.url)) as worker, Visitor(worker.port) as visitor:
        assert visitor.get("/").complete
        assert visitor.get("/").complete
