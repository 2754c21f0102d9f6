"""`explain` says of a request what the proxy does with it, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from proxy.commands.explain import explain as command
from proxy.commands.shared import Refusal
from proxy.config import Config
from proxy.explain import NotAUrl, Unclaimed, explain
from tests.conftest import working
from tests.upstream import Upstream
from tests.wire import Visitor

SRC = "/_milchglas/recorder.js"
CONFIG = Config.model_validate(
    {
        "version": 1,
        "sites": [
            {
                "name": "shop",
                "hosts": ["shop.example.com", "*.example.com", "bücher.example", "[::1]"],
                "upstream": "http://127.0.0.1:8000",
                "pages": {"include": ["/shop/*", "/news/*"], "exclude": ["/shop/intern/*"]},
            },
            {
                "name": "any",
                "hosts": ["*.deep.example.com"],
                "upstream": "http://127.0.0.1:8001",
                "enabled": False,
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("url", "site", "host"),
    [
        ("https://shop.example.com/shop/", "shop", "shop.example.com"),
        ("https://SHOP.example.com:8443/", "shop", "shop.example.com"),
        ("http://a.b.example.com", "shop", "*.example.com"),
        ("http://a.deep.example.com", "any", "*.deep.example.com"),
        ("http://bücher.example/", "shop", "xn--bcher-kva.example"),
        ("http://[0:0::1]/", "shop", "[::1]"),
    ],
)
def test_a_url_belongs_to_the_site_whose_host_is_most_exact(url: str, site: str, host: str) -> None:
    found = explain(CONFIG, url, SRC)
    assert (found.site.name, found.host) == (site, host)


@pytest.mark.parametrize(
    ("path", "include", "exclude", "refusal"),
    [
        ("/shop/a", "/shop/*", None, None),
        ("/news/ä b", "/news/*", None, None),
        ("/other", None, None, "page_rule"),
        ("/SHOP/a", None, None, "page_rule"),
        ("/shop/intern/a", "/shop/*", "/shop/intern/*", "page_rule"),
        ("/shop/%69NTERN/a?b=c", "/shop/*", "/shop/intern/*", "page_rule"),
    ],
)
def test_the_patterns_that_match_are_named(
    path: str, include: str | None, exclude: str | None, refusal: str | None
) -> None:
    found = explain(CONFIG, f"https://shop.example.com{path}", SRC)
    assert (found.include, found.exclude, found.refusal) == (include, exclude, refusal)


@pytest.mark.parametrize(
    ("method", "headers", "refusal"),
    [
        ("POST", [], None),
        ("PUT", [], "method"),
        ("GET", [("sec-gpc", "1")], "gpc"),
        ("GET", [("Cookie", "a=b; milchglas=off")], "opted_out"),
        ("GET", [("User-Agent", "Googlebot/2.1")], "bot"),
        ("GET", [("Sec-Fetch-Dest", "image")], "not_a_document"),
    ],
)
def test_a_request_is_judged_as_it_is_sent(
    method: str, headers: list[tuple[str, str]], refusal: str | None
) -> None:
    found = explain(CONFIG, "https://shop.example.com/shop/", SRC, method=method, headers=headers)
    assert found.refusal == refusal
    assert bool(found.because) == bool(refusal)


def test_a_site_that_is_off_gets_nothing() -> None:
    assert explain(CONFIG, "http://a.deep.example.com/", SRC).refusal == "disabled"
    assert explain(CONFIG, "http://shop.example.com/shop/", SRC, off=True).refusal == "disabled"


@pytest.mark.parametrize(
    ("keys", "address", "refusal"),
    [
        ({"staff": {"networks": ["10.0.0.0/8"]}}, "10.1.2.3", "staff"),
        ({"staff": {"networks": ["10.0.0.0/8"]}}, "192.0.2.1", None),
        ({"staff": {"cookies": ["BACKOFFICE"]}}, "", "staff"),
        ({"record": {"sample": 0}}, "", "sample"),
        ({"record": {"sample": 0.5}}, "", None),
        ({"record": {"mode": "shadow"}}, "", "shadow"),
    ],
)
def test_who_is_left_out_is_said(keys: dict[str, Any], address: str, refusal: str | None) -> None:
    site = {"name": "a", "hosts": ["*"], "upstream": "http://127.0.0.1", **keys}
    config = Config.model_validate({"version": 1, "sites": [site]})
    headers = [("Cookie", "BACKOFFICE=1")]
    assert explain(config, "http://a/", SRC, headers=headers, address=address).refusal == refusal


def test_a_host_that_nobody_claims_comes_with_the_nearest() -> None:
    with pytest.raises(Unclaimed) as caught:
        explain(CONFIG, "https://shop.exmple.com/", SRC)
    assert (caught.value.host, caught.value.nearest) == ("shop.exmple.com", "shop.example.com")


@pytest.mark.parametrize(
    "url", ["", "shop.example.com", "ftp://a", "http://", "http://a:99999/", "http://me:x@a/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(NotAUrl):
        explain(CONFIG, url, SRC)


def test_what_is_said_is_what_the_proxy_does(upstream: Upstream) -> None:
    site = CONFIG.sites[0].model_copy(update={"upstream": upstream.url})
    config = CONFIG.model_copy(update={"sites": (site,)})
    for path in ("/shop/a", "/other", "/shop/intern/a", "/SHOP/a", "/shop/%69ntern/a"):
        upstream.page(path, b"<!doctype html><html><head></head></html>")
    with working(config) as worker, Visitor(worker.port) as visitor:
        for path in upstream.replies:
            found = explain(config, f"http://shop.example.com{path}", SRC)
            injected = b"data-milchglas-config" in visitor.get(path).body
            assert injected == (found.refusal is None), path


def run(folder: Path, *words: str) -> Result:
    file = folder / "file.yaml"
    file.write_text(
        "version: 1\n"
        "data: ./data\n"
        "sites:\n"
        "  - name: shop\n"
        "    hosts: [shop.example.com]\n"
        "    upstream: http://127.0.0.1:8000\n"
        "    sensitive: ['#kundennr']\n"
        "    pages: {exclude: ['/intern/*']}\n"
    )
    return CliRunner().invoke(command, ["-c", str(file), *words])


def test_the_command_names_the_lines(tmp_path: Path) -> None:
    lines = run(tmp_path, "https://shop.example.com/a").output.splitlines()
    assert lines[0] == "site        shop, by its host shop.example.com (line 5)"
    assert lines[1] == "upstream    http://127.0.0.1:8000/a (line 6); Host stays as it is"
    assert lines[2] == "pages       include /* (default) matches, none of exclude does"
    assert lines[4].strip().startswith("<script async")
    assert lines[5] == "sensitive   #kundennr (line 7)"
    lines = run(tmp_path, "https://shop.example.com/intern/").output.splitlines()
    assert lines[2] == "pages       include /* (default) matches, and exclude /intern/* (line 8) wins"


@pytest.mark.parametrize(
    ("path", "said"),
    [("start", "begins a recording"), ("events", "batches"), ("recorder.0.js", "script"), ("nothing", "404")],
)
def test_what_is_below_our_path_never_reaches_upstream(tmp_path: Path, path: str, said: str) -> None:
    lines = run(tmp_path, f"https://shop.example.com/_milchglas/{path}").output.splitlines()
    assert said in lines[1]
    assert lines[2] == "upstream    is not asked"


def test_the_kill_switch_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "data" / "off").mkdir(parents=True)
    (tmp_path / "data" / "off" / "shop").touch()
    assert "none (disabled): `milchglas on` takes that back" in run(tmp_path, "https://shop.example.com/").output


def test_as_json_it_has_the_same(tmp_path: Path) -> None:
    found: Any = orjson.loads(
        run(tmp_path, "https://shop.example.com/a", "--json", "--header", "Sec-GPC: 1").output
    )
    assert (found["site"], found["refusal"], found["snippet"]) == ("shop", "gpc", None)
    assert found["selectors"]["sensitive"] == ["#kundennr"]
    assert found["pages"] == {"include": "/*", "exclude": None}


def test_a_mistake_is_said_in_one_line(tmp_path: Path) -> None:
    for words in (["https://shop.example.org/"], ["nonsense"], ["https://shop.example.com/", "--header", "x"]):
        done = run(tmp_path, *words)
        assert done.exit_code == Refusal.exit_code == 1
        assert len(done.output.splitlines()) == 1
    assert "(the nearest that is known is shop.example.com)" in run(tmp_path, "https://shop.example.org/").output
