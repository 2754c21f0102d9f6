"""`milchglas survey --live`: pages of the site's own server, and nothing but them."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from proxy.commands.survey import survey
from proxy.page.coding import decoder
from tests.certificates import certificate, encrypted
from tests.proxy.demo.conftest import running_shop
from tests.upstream import Seen, Upstream, response

LOGIN = b"<!doctype html><input type=password name=pw value=Kuckuck0>"


@pytest.fixture
def folder(tmp_path: Path, upstream: Upstream) -> Path:
    configure(tmp_path, upstream.url)
    return tmp_path


def configure(folder: Path, upstream: str, more: str = "") -> None:
    (folder / "milchglas.yaml").write_text(
        "version: 1\nsites:\n  - name: altshop\n    hosts: [shop.example.com]\n"
        f"    upstream: {upstream}\n    pages: {{exclude: [/intern/*]}}\n{more}"
    )


def run(folder: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(survey, ["-c", str(folder / "milchglas.yaml"), "--live", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def facts(folder: Path, *words: str, code: int = 0) -> Any:
    return json.loads(run(folder, "--json", *words, code=code).stdout)


def asked(upstream: Upstream) -> list[str]:
    return [each.target for each in upstream.seen]


def test_only_the_given_pages_are_fetched_as_a_visitor_would(folder: Path, upstream: Upstream) -> None:
    upstream.page("/login.php", LOGIN + b"<a href=/b.php>b</a>", "Set-Cookie: sid=1")
    found = facts(folder, "https://shop.example.com/login.php", "https://shop.example.com/b.php?nr=1")
    assert asked(upstream) == ["GET /login.php", "GET /b.php?nr=1"]
    first, second = upstream.seen
    assert first.header("host") == "shop.example.com" and first.header("x-forwarded-proto") == "https"
    assert "text/html" in str(first.header("accept")) and second.header("cookie") is None
    assert (first.body, second.body) == (b"", b"")
    assert [each["selector"] for each in found["sites"][0]["fields"]] == ['input[name="pw"]']
    assert found["sites"][0]["not_injected"] == [] and found["broken"] == []
    assert found["sites"][0]["notes"] == ["answered with an error: /b.php?nr=xxxxxx (404)"]


def test_without_addresses_it_is_the_first_page_and_a_path_will_do(folder: Path, upstream: Upstream) -> None:
    upstream.page("/", LOGIN)
    run(folder)
    run(folder, "/")
    run(folder, f"{upstream.url}/")
    assert asked(upstream) == ["GET /", "GET /", "GET /"]
    assert {each.header("host") for each in upstream.seen} == {"shop.example.com"}


LINKS = b"""<!doctype html><a href=/a.php>1</a><a href='a.php?nr=1'>2</a><a href='/a.php?nr=2'>3</a>
<a href=https://shop.example.com/c.php#x>4</a><a href=//other.example.com/d.php>5</a><a href=/intern/e.php>6</a>
<a href=/logout.php>7</a><a href='/korb.php?loeschen=1'>8</a><a href=/f.pdf>9</a><a rel=nofollow href=/g.php>10</a>
<a href='javascript:x'>11</a><a href='http://['>12</a><a href=/_milchglas/x>13</a><a href=mailto:a@b.example>14</a>
<form method=post action=/h.php></form><form action=/i.php></form><script src=/j.js></script><img src=/k.png>
<frame src=/l.php><a href='/m n.php'>15</a>"""


def test_links_are_followed_within_the_site_as_deep_as_it_is_said(folder: Path, upstream: Upstream) -> None:
    upstream.page("/", LINKS)
    upstream.page("/c.php", b"<!doctype html><a href=/deep.php>x</a>")
    run(folder, "--depth", "1")
    assert asked(upstream) == [
        "GET /",
        "GET /a.php",
        "GET /a.php?nr=1",
        "GET /c.php",
        "GET /l.php",
        "GET /m%20n.php",
    ]
    upstream.seen.clear()
    run(folder, "--depth", "2")
    assert asked(upstream)[-1] == "GET /deep.php"


def test_no_more_pages_are_asked_for_than_it_is_said(folder: Path, upstream: Upstream) -> None:
    upstream.page("/", b"<!doctype html>" + b"".join(b"<a href=/%c.php>x</a>" % (97 + each) for each in range(20)))
    run(folder, "--depth", "9", "--pages", "5")
    assert len(upstream.seen) == 5


def test_a_redirect_is_followed_within_the_site_only(folder: Path, upstream: Upstream) -> None:
    def to(where: str) -> bytes:
        return response(b"", f"Location: {where}", status="302 Found")

    upstream.replies |= {"/": to("/a?x=1"), "/a": to("https://other.example.com/"), "/round": to("/round?n=1")}
    upstream.replies["/own"] = to(f"{upstream.url}/login.php")
    upstream.page("/login.php", LOGIN)
    run(folder, "/", "/own", "/round?n=1")
    assert asked(upstream) == ["GET /", "GET /a?x=1", "GET /own", "GET /login.php", "GET /round?n=1"]
    assert {each.header("host") for each in upstream.seen} == {"shop.example.com"}


def test_a_wildcard_host_lets_no_link_to_elsewhere_in(folder: Path, upstream: Upstream) -> None:
    text = (folder / "milchglas.yaml").read_text()
    (folder / "milchglas.yaml").write_text(text.replace("[shop.example.com]", '["*"]'))
    upstream.page("/", b"<!doctype html><a href=https://other.example.com/d.php>5</a><a href=/e.php>6</a>")
    run(folder, "https://anything.example/", "--depth", "2")
    assert asked(upstream) == ["GET /", "GET /e.php"]
    assert upstream.seen[1].header("host") == "anything.example"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://other.example.com/a?t=Kuckuck0", "no site claims other.example.com"),
        ("ftp://shop.example.com/", "is no address"),
        ("https://u:Kuckuck0@shop.example.com/", "is no address"),
    ],
)
def test_an_address_of_no_site_is_refused_before_anything_is_asked(
    folder: Path, upstream: Upstream, url: str, why: str
) -> None:
    done = run(folder, "https://shop.example.com/", url, code=1)
    assert why in done.output and "Kuckuck0" not in done.output and upstream.seen == []


def test_what_cannot_be_had_is_named_and_the_rest_goes_on(folder: Path, upstream: Upstream) -> None:
    def broken(_: Seen, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx")
        connection.close()

    upstream.replies["/a"] = broken
    upstream.replies["/b"] = b"nonsense\r\n\r\n"
    upstream.page("/c", LOGIN)
    found = facts(folder, "/a?t=Kuckuck0", "/b", "/c", code=1)
    assert [each["place"] for each in found["broken"]] == [
        "live entry 1 GET http://shop.example.com/a?t=xxxxxx",
        "live entry 2 GET http://shop.example.com/b",
    ]
    assert len(found["sites"][0]["fields"]) == 1


def test_a_server_that_is_not_there_is_said_with_what_helps(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    configure(folder, f"http://127.0.0.1:{port}")
    found = facts(folder, code=1)
    assert found["sites"] == [] and "milchglas check" in found["broken"][0]["why"]


def test_a_server_over_tls_is_asked_only_when_it_proves_itself(folder: Path) -> None:
    pair = certificate(folder, "innen.example")
    with encrypted(pair) as server:
        configure(folder, f"https://127.0.0.1:{server.port}")
        (broken,) = facts(folder, code=1)["broken"]
        assert "certificate is not accepted" in broken["why"] and server.requests == []
        tls = f"    upstream_tls: {{ca: {pair.cert}, name: innen.example}}\n"
        configure(folder, f"https://127.0.0.1:{server.port}", tls)
        assert "no page of a site" in run(folder, code=1).output, "it answers with text"
        assert len(server.requests) == 1 and server.names[-1] == "innen.example"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_compressed_page_is_read(folder: Path, upstream: Upstream, coding: str) -> None:
    body = decoder(coding).encoder().whole(LOGIN)
    upstream.page("/", body, f"Content-Encoding: {coding}")
    (site,) = facts(folder)["sites"]
    assert len(site["fields"]) == 1 and site["not_injected"] == []


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    with running_shop() as port:
        yield f"http://127.0.0.1:{port}"


def test_the_demo_shop_is_told_what_to_mark(folder: Path, shop: str) -> None:
    configure(folder, shop)
    site = facts(folder, "--depth", "3")["sites"][0]
    told = {each["selector"]: (each["kind"], each["pages"]) for each in site["fields"]}
    assert told["#pw"] == ("password", ["/login.php"])
    assert told['input[name="gebdat"]'] == ("birth_date", ["/kasse1.php"])
    assert {"/kasse1.php", "/login.php"} <= set(told['input[name="sid"]'][1])
    assert not [each for each in told if re.search(r"\[name=.(q|menge|gutschein)", each)], "harmless ones"
    assert site["pages"] >= 12 and site["not_injected"] == [] and site["collectors"] == []
