"""The bundled shop through the proxy: a page is upstream's bytes and one insertion, all else is untouched."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest

from tests.conftest import Worker, configured, working
from tests.proxy.demo.conftest import MULTIPART, multipart, running_shop
from tests.upstream import Upstream
from tests.wire import Answer, Visitor

PATHS = [
    "/",
    "/suche.php?q=Koffer",
    "/artikel.php?nr=1003",
    "/korb.php",
    "/login.php",
    "/kasse1.php",
    "/kasse2.php",
    "/kasse3.php",
    "/danke.php",
    "/grusskarte.php",
    "/impressum.php",
    "/datenschutz.php",
    "/hilfe.php",
    "/hilfe_themen.php",
    "/hilfe_text.php?thema=versand",
    "/neuigkeiten.php",
    "/reklamation.php",
]
NO_PAGES = [
    *("/skript.js", "/bilder/uhr.png", "/lager.php?nr=1003", "/nirgends.php"),
    *("/preisliste.php", "/katalog.pdf", "/rechnung.php"),
]
NAVIGATION = ("Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate")
PHOTO = bytes(range(256)) * 4000


@pytest.fixture(scope="module")
def shop() -> Iterator[int]:
    with running_shop() as port:
        yield port


@pytest.fixture(scope="module")
def proxied(shop: int) -> Iterator[Worker]:
    with working(configured(f"http://127.0.0.1:{shop}")) as worker:
        yield worker


@pytest.fixture(scope="module")
def cookie(shop: int) -> str:
    """One visit of the shop: its pages hold a token of it."""
    with Visitor(shop) as visitor:
        found = re.match(r"[^;]+", visitor.get("/").header("Set-Cookie") or "")
    assert found
    return f"Cookie: {found[0]}"


def body(answer: Answer) -> bytes:
    assert answer.status == 200
    assert answer.complete
    return gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body


def without_snippet(page: bytes) -> bytes:
    """A page less its one insertion."""
    start = page.index(b"<script async")
    end = page.index(b"</script>", start) + len(b"</script>")
    assert b"data-milchglas-config=" in page[start:end]
    return page[:start] + page[end:]


def assert_same(sent: Answer, got: Answer) -> None:
    """Nothing is changed but the time."""
    changing = ("Date:",)
    assert [line for line in got.lines if not line.startswith(changing)] == [
        line for line in sent.lines if not line.startswith(changing)
    ]
    assert (got.status, got.body, got.complete) == (sent.status, sent.body, True)


@pytest.mark.parametrize("coding", ["gzip", "identity"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_upstreams_bytes_and_one_insertion(
    shop: int, proxied: Worker, cookie: str, path: str, coding: str
) -> None:
    asked = (cookie, f"Accept-Encoding: {coding}")
    with Visitor(shop) as direct, Visitor(proxied.port) as through:
        sent, got = direct.get(path, *asked), through.get(path, *asked)
    assert got.header("Content-Encoding") == sent.header("Content-Encoding")
    assert without_snippet(body(got)) == body(sent)


@pytest.mark.parametrize("path", NO_PAGES)
def test_what_is_no_page_is_upstreams_to_the_byte(shop: int, proxied: Worker, cookie: str, path: str) -> None:
    with Visitor(shop) as direct, Visitor(proxied.port) as through:
        asked = (cookie, *NAVIGATION)
        assert_same(direct.get(path, *asked), through.get(path, *asked))


def test_a_page_to_be_saved_gets_no_snippet(proxied: Worker, cookie: str) -> None:
    with Visitor(proxied.port) as through:
        answer = through.get("/rechnung.php", cookie, *NAVIGATION)
    assert (answer.header("Content-Type"), answer.status) == ("text/html", 200)
    assert b"<html>" in answer.body and b"milchglas" not in answer.body


def test_a_frameset_keeps_its_frames_and_each_gets_its_own_snippet(proxied: Worker, cookie: str) -> None:
    with Visitor(proxied.port) as through:
        page = body(through.get("/hilfe.php", cookie, *NAVIGATION))
        assert page.index(b"<script async") < page.index(b"</head>") < page.index(b"<frameset")
        frames = re.findall(rb'<frame src="([^"]+)"', page)
        assert len(frames) == 2
        for frame in frames:
            framed = body(through.get(frame.decode(), cookie, "Sec-Fetch-Dest: frame", "Sec-Fetch-Mode: navigate"))
            assert b"milchglas" not in without_snippet(framed)


def test_an_inline_frame_gets_its_own_snippet(proxied: Worker, cookie: str) -> None:
    with Visitor(proxied.port) as through:
        framed = body(
            through.get("/neuigkeiten.php", cookie, "Sec-Fetch-Dest: iframe", "Sec-Fetch-Mode: navigate")
        )
    assert b"milchglas" not in without_snippet(framed)


@pytest.mark.parametrize("asked", ["bytes=0-99", "bytes=1000000-", "bytes=-7", "bytes=99999999-", "bytes=0-1,3-4"])
def test_a_part_of_a_download_is_upstreams_to_the_byte(
    shop: int, proxied: Worker, cookie: str, asked: str
) -> None:
    with Visitor(shop) as direct, Visitor(proxied.port) as through:
        fields = (cookie, *NAVIGATION, f"Range: {asked}")
        sent = direct.get("/katalog.pdf", *fields)
        assert sent.status == {"bytes=99999999-": 416, "bytes=0-1,3-4": 200}.get(asked, 206)
        assert_same(sent, through.get("/katalog.pdf", *fields))


def test_a_download_that_broke_off_is_resumed(shop: int, proxied: Worker, cookie: str) -> None:
    with Visitor(shop) as direct:
        whole = direct.get("/katalog.pdf", cookie)
    with Visitor(proxied.port) as first:
        first.send(f"GET /katalog.pdf HTTP/1.1\r\nHost: shop.example.com\r\n{cookie}\r\n\r\n".encode())
        first.head()
        got = b""
        while len(got) < 300_000:
            more = first.more()
            assert more
            got += more
    with Visitor(proxied.port) as second:
        rest = second.get("/katalog.pdf", cookie, f"Range: bytes={len(got)}-", f"If-Range: {whole.header('ETag')}")
    assert rest.status == 206
    assert got + rest.body == whole.body


def test_an_upload_arrives_byte_for_byte(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/reklamation.php", b"<html><head></head><body>danke</body></html>")
    sent = multipart({"kdname": "Jürgen"}, ("Krug größer.png", PHOTO))
    with Visitor(worker.port) as through:
        answer = through.get(
            "/reklamation.php", f"Content-Type: {MULTIPART}", *NAVIGATION, method="POST", body=sent
        )
    (seen,) = upstream.seen
    assert seen.body == sent and seen.header("Content-Type") == MULTIPART
    assert b"<script async" in answer.body


@pytest.mark.parametrize(("photo", "said"), [(PHOTO, b"Krug.png, 1024000 Bytes"), (PHOTO * 4, b"zu gro\xdf")])
def test_the_answer_to_an_upload_is_a_page_like_others(
    shop: int, proxied: Worker, cookie: str, photo: bytes, said: bytes
) -> None:
    with Visitor(shop) as direct:
        found = re.search(rb'name="sid" value="(\w+)"', body(direct.get("/reklamation.php", cookie)))
        assert found
        form = {"sid": found[1].decode(), "kdname": "Jürgen", "bestnr": "KS-1", "mangel": "Sprung"}
        sent = multipart(form, ("Krug.png", photo))
        asked = (cookie, f"Content-Type: {MULTIPART}", *NAVIGATION)
        original = body(direct.get("/reklamation.php", *asked, method="POST", body=sent))
    with Visitor(proxied.port) as through:
        page = body(through.get("/reklamation.php", *asked, method="POST", body=sent))
    assert said in original
    assert without_snippet(page) == original
