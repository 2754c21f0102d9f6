"""What visitors, the site and Milchglas see through each front, whole and split."""

from __future__ import annotations

import re
import socket
import threading

import pytest

from proxy.page.eligible import FILES
from proxy.page.snippet import MARKER
from tests.deploy.conftest import House
from tests.deploy.fronts import NAME, SPLIT, Front, shipped
from tests.running import wait_for
from tests.sender import SEARCH, Sender, snapshot, typed
from tests.upstream import Seen, Upstream, response
from tests.wire import Answer, Visitor
from tests.wire2 import Visitor2

PAGE = b"<!doctype html><html><head><title>Laden</title></head><body>Guten Tag</body></html>"
VISITOR = "127.0.0.7"
SWITCHED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"  # RFC 6455, 1.3, for the key that it has
)
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
MIB = 1024 * 1024


def through_milchglas(seen: Seen) -> bool:
    """Whether a request came to the site by Milchglas, which names the front that it came from."""
    return (seen.header("X-Forwarded-For") or "").endswith(", 127.0.0.1")


# ---- documents and assets


@pytest.mark.parametrize("said", ["document", "iframe", "frame", None])
def test_a_page_has_the_snippet_whether_the_browser_says_what_it_is_for_or_not(
    front: Front, site: Upstream, said: str | None
) -> None:
    site.page("/", PAGE)
    with front.visitor() as visitor:
        answer = visitor.get("/", *([f"Sec-Fetch-Dest: {said}"] if said else []))
    assert answer.status == 200
    assert MARKER.encode() in answer.body
    assert through_milchglas(site.seen[-1])


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/bild", ["Sec-Fetch-Dest: image"]),
        ("/daten", ["Sec-Fetch-Dest: empty"]),
        ("/stil.css", []),
        ("/STIL.CSS?v=41", []),
        ("/datei.woff2", ["Sec-Fetch-Dest: font"]),
        ("/ereignisse", ["Accept: text/event-stream"]),
    ],
)
def test_assets_go_straight_to_the_site_in_the_split_form_only(
    front: Front, site: Upstream, path: str, fields: list[str]
) -> None:
    site.replies[path.partition("?")[0]] = response(b"ok", type="text/plain")
    with front.visitor() as visitor:
        assert visitor.get(path, *fields).body == b"ok"
    assert through_milchglas(site.seen[-1]) == (not front.split)


def test_a_page_is_one_whatever_its_path_looks_like_where_the_browser_says_so(
    front: Front, site: Upstream
) -> None:
    site.page("/wiki/Datei:Bild.jpg", PAGE)
    with front.visitor() as visitor:
        answer = visitor.get("/wiki/Datei:Bild.jpg", "Sec-Fetch-Dest: document")
    assert MARKER.encode() in answer.body


@pytest.mark.parametrize("name", SPLIT)
def test_the_assets_of_a_file_are_those_that_milchglas_knows(name: str) -> None:
    text = shipped(name)
    if name.startswith("nginx"):
        named = "|".join(re.findall(r"\\\.\(\?:(\S+)\)\$", text))
        pattern = re.compile(rf"\.(?:{named})")
        assert all(pattern.fullmatch(file) for file in FILES)
        assert named.count("|") + 1 + named.count("?") + named.count("[34]") == len(FILES)
    else:
        words = {
            word.removeprefix("*")
            for line in text.splitlines()
            if " *.js" in line or "path_end" in line
            for word in line.split()
            if word.lstrip("*").startswith(".")
        }
        assert words == set(FILES)


# ---- who asks


def test_the_site_sees_the_visitors_address_and_nothing_that_a_visitor_claims(
    front: Front, site: Upstream
) -> None:
    site.page("/", PAGE)
    site.page("/stil.css", b"a{}", type="text/css")
    forged = [
        *("X-Forwarded-For: 198.51.100.1", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: evil.example"),
        *(
            "X-Real-IP: 198.51.100.1",
            "Forwarded: for=198.51.100.1",
            "X-Forwarded-Port: 1",
            "X-Request-ID: visitors",
        ),
        # CGI and WSGI take these for the same.
        *("X_Forwarded_For: 198.51.100.1", "X-Forwarded_For: 198.51.100.1", "X_Real_IP: 198.51.100.1"),
    ]
    with front.visitor(VISITOR) as visitor:
        for path in ("/", "/stil.css"):
            assert visitor.get(path, *forged).status == 200
            seen = site.seen[-1]
            by = [VISITOR, "127.0.0.1"] if through_milchglas(seen) else [VISITOR]
            assert (seen.header("X-Forwarded-For") or "").split(", ") == by
            assert seen.header("X-Forwarded-Proto") == "https"
            assert seen.header("X-Forwarded-Host") == NAME
            assert seen.header("Host") == NAME
            for word in (b"198.51.100.1", b"gopher", b"evil", b"visitors", b"X-Forwarded-Port"):
                assert word not in seen.head


def test_the_hosts_port_is_kept(front: Front, site: Upstream) -> None:
    site.page("/", PAGE)
    with front.visitor() as visitor:
        visitor.send(f"GET / HTTP/1.1\r\nHost: {NAME}:{front.port}\r\n\r\n".encode())
        assert visitor.read().status == 200
    assert site.seen[-1].header("X-Forwarded-Host") == site.seen[-1].header("Host") == f"{NAME}:{front.port}"


def test_a_redirect_to_the_sites_own_server_names_the_visitors_address(front: Front, site: Upstream) -> None:
    site.replies["/alt"] = response(b"", f"Location: {site.url}/neu", status="302 Found")
    with front.visitor() as visitor:
        answer = visitor.get("/alt")
    assert answer.header("Location") == f"https://{NAME}/neu"


def test_plain_http_is_sent_to_https(front: Front) -> None:
    with Visitor(front.plain) as visitor:
        answer = visitor.get("/seite?a=b")
    assert answer.status == 308
    assert (answer.header("Location") or "").startswith(f"https://{NAME}")
    assert (answer.header("Location") or "").endswith("/seite?a=b")


# ---- what is no page


def test_http_2_gets_pages_assets_and_keeps_the_visitors_address(front: Front, site: Upstream) -> None:
    site.page("/", PAGE)
    site.page("/stil.css", b"a{}", type="text/css")
    with Visitor2(front.port, front.pair) as visitor:
        assert MARKER.encode() in visitor.get("/", ("sec-fetch-dest", "document")).body
        assert visitor.get("/stil.css", ("sec-fetch-dest", "style")).body == b"a{}"
    assert [through_milchglas(seen) for seen in site.seen] == [True, not front.split]
    assert {seen.header("X-Forwarded-Host") for seen in site.seen} == {NAME}


def test_a_websocket_is_a_pipe_to_the_site(front: Front, site: Upstream) -> None:
    def echo(_: Seen, connection: socket.socket) -> None:
        connection.sendall(SWITCHED)
        while data := connection.recv(65536):
            connection.sendall(data)

    site.replies["/chat"] = echo
    with front.visitor() as visitor:
        visitor.send(
            f"GET /chat HTTP/1.1\r\nHost: {NAME}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        assert visitor.head().startswith(b"HTTP/1.1 101")
        for message in (b"\x82\x85\0\0\0\0Hallo", b"\x82\x85\0\0\0\0Adieu"):
            visitor.send(message)
            got = b""
            while len(got) < len(message):
                got += visitor.more()
            assert got == message
    assert through_milchglas(site.seen[-1]) == (not front.split)


def test_no_other_protocol_than_websocket_reaches_the_site(front: Front, site: Upstream) -> None:
    site.page("/", PAGE)
    site.page("/stil.css", b"a{}", type="text/css")
    with front.visitor() as visitor:
        for path in ("/", "/stil.css"):
            answer = visitor.get(
                path, "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABk"
            )
            assert answer.status in (200, 400)
    assert all(seen.header("Upgrade") is None for seen in site.seen)


@pytest.mark.parametrize("fields", [("Accept: text/event-stream", "Sec-Fetch-Dest: empty"), ()])
def test_events_arrive_as_they_are_sent(front: Front, site: Upstream, fields: tuple[str, ...]) -> None:
    arrived = threading.Event()

    def events(_: Seen, connection: socket.socket) -> None:
        connection.sendall(EVENTS + b"9\r\ndata: 1\n\n\r\n")
        assert arrived.wait(10)
        connection.sendall(b"9\r\ndata: 2\n\n\r\n0\r\n\r\n")

    site.replies["/ereignisse"] = events
    with front.visitor() as visitor:
        visitor.send("\r\n".join(["GET /ereignisse HTTP/1.1", f"Host: {NAME}", *fields, "", ""]).encode())
        head, got = visitor.head(), b""
        while b"data: 1" not in got:
            got += visitor.more()
        assert b"data: 2" not in got
        arrived.set()
        while b"data: 2" not in got:
            got += visitor.more()
    assert b"text/event-stream" in head


def test_an_upload_of_any_size_arrives_while_it_is_sent(front: Front, site: Upstream) -> None:
    site.replies["/hochladen"] = response(b"ok", type="text/plain")
    half = bytes(8 * MIB)
    with front.visitor() as visitor:
        visitor.send(
            f"POST /hochladen HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {2 * len(half)}\r\n\r\n".encode()
        )
        visitor.send(half)
        wait_for(lambda: bool(site.seen), 10, "the upload waits for its end")
        visitor.send(half)
        assert visitor.read().body == b"ok"
    assert len(site.seen[-1].body) == 2 * len(half)


def test_a_download_is_not_held_back(front: Front, site: Upstream) -> None:
    arrived = threading.Event()
    half = bytes(4 * MIB)

    def download(_: Seen, connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: %d\r\n\r\n" % (2 * len(half))
        )
        connection.sendall(half)
        assert arrived.wait(10)
        connection.sendall(half)

    site.replies["/alles"] = download
    with front.visitor() as visitor:
        visitor.send(f"GET /alles HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        visitor.head()
        got = 0
        while got < len(half) - 64 * 1024:
            got += len(visitor.more())
        arrived.set()
        while got < 2 * len(half):
            got += len(visitor.more())
    assert got == 2 * len(half)


# ---- our path


class SenderBehind(Sender):
    """A recorder whose page came by a front."""

    def __init__(self, front: Front) -> None:
        self._front = front
        super().__init__(front.port)

    def _post(self, name: str, body: bytes, *headers: str) -> Answer:
        with self._front.visitor() as visitor:
            return visitor.get(f"/_milchglas/{name}", *headers, method="POST", body=body)


def test_nothing_under_our_path_reaches_the_site_and_recordings_arrive(
    front: Front, house: House, site: Upstream
) -> None:
    known = {each["id"] for each in house.milchglas.recordings()}

    sender = SenderBehind(front)
    assert sender.send([*snapshot(), typed(10, "Besen")], {10: SEARCH}).status == 202
    house.milchglas.wait_spool_empty()
    assert [each["id"] for each in house.milchglas.recordings() if each["id"] not in known] == [sender.recording]
    with front.visitor() as visitor:
        for path in (
            "/_milchglas",
            "/_milchglas/",
            "/_milchglas/x.css",
            "/_MILCHGLAS/events",
            "//_milchglas/events",
        ):
            assert visitor.get(path, "Sec-Fetch-Dest: image").status in (308, 404), path
    assert site.seen == []
