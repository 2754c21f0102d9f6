"""The shop as a whole is what it claims to be: legacy."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import re
import socket

import pytest
from aiohttp import ClientSession

from proxy.demo.layout import TEMPLATES
from proxy.demo.shop import serve

PAGES = (
    *(
        "/",
        "/suche.php?q=uhr",
        "/artikel.php?nr=1003",
        "/korb.php",
        "/login.php",
        "/kasse1.php",
        "/kasse2.php",
    ),
    *("/kasse3.php", "/danke.php", "/grusskarte.php", "/impressum.php", "/datenschutz.php"),
    *("/hilfe.php", "/hilfe_themen.php", "/hilfe_text.php?thema=versand", "/neuigkeiten.php", "/reklamation.php"),
)
LINK = re.compile(r'(?:href|src)="(/[^"]*)"')
MARKS = re.compile(
    r"data-(?!karte)|rr-|-mask|-block|-ignore|sensitive|sentry|ph-|hj-|milchglas|autocomplete", re.IGNORECASE
)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_latin_1_and_says_so_in_one_place(visitor, path: str) -> None:
    status, headers, body = await visitor.get(path)
    assert status == 200 and headers["content-type"].startswith("text/html")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    in_header, in_meta = "charset" in headers["content-type"], b"charset=iso-8859-1" in body
    assert in_header is not in_meta


async def test_every_link_and_frame_leads_somewhere(visitor) -> None:
    links = {link for path in PAGES for link in LINK.findall(await visitor.text(path))}
    assert {
        "/hilfe.php",
        "/neuigkeiten.php",
        "/reklamation.php",
        "/preisliste.php",
        "/katalog.pdf",
        "/rechnung.php",
    } <= links
    assert {link: (await visitor.get(link))[0] for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_comes_gzipped_when_asked(visitor, path: str) -> None:
    plain = (await visitor.get(path))[2]
    _, headers, packed = await visitor.get(path, Accept_Encoding="gzip, deflate, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == plain


async def test_some_pages_have_a_length_and_one_is_chunked(visitor) -> None:
    framing = {path: "content-length" in (await visitor.get(path))[1] for path in PAGES}
    assert not framing["/"] and all(known for path, known in framing.items() if path != "/")


async def test_pages_are_of_their_time(visitor) -> None:
    pages = [await visitor.text(path) for path in PAGES]
    assert all("<font" in page and "bgcolor" in page and "<table" in page for page in pages)
    assert 0 < sum(page.startswith("<!DOCTYPE") for page in pages) < len(pages) / 2


def test_nobody_has_marked_a_field() -> None:
    for name, text in TEMPLATES.items():
        assert not MARKS.search(text), name


async def test_it_serves_until_cancelled() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shop = asyncio.create_task(serve("127.0.0.1", port))
    async with ClientSession() as session:
        for _ in range(100):
            with contextlib.suppress(OSError):
                async with session.get(f"http://127.0.0.1:{port}/") as answer:
                    assert answer.status == 200
                    break
            await asyncio.sleep(0.02)
        else:
            pytest.fail("the shop did not answer")
    shop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await shop
