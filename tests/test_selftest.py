"""`milchglas selftest` before real sites in a real Chromium: what it types, says, and leaves alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import mutants
from tests.browser import require_chromium
from tests.running import ROOT, Milchglas, wait_for
from tests.selftest_pages import Shop, shop_serving, with_pages
from tests.trees import copied
from tests.upstream import Upstream, serving

require_chromium()
pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

SHOP = "https://shop.example.com"


def selftest(milchglas: Milchglas, *words: str, tree: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command; `words` that begin with a slash are pages of the shop."""
    asked = [part for word in words for part in (["--url", SHOP + word] if word.startswith("/") else [word])]
    line = [sys.executable, "-m", "proxy", "selftest", "-c", str(milchglas.file), *asked]
    env = {**os.environ, "PYTHONPATH": str(tree)}
    return subprocess.run(line, capture_output=True, text=True, cwd=tree, env=env, timeout=300)


def pages(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """What `--json` prints."""
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["pages"]
    return found


def verdicts(page: dict[str, Any]) -> dict[str, str]:
    """selector -> verdict"""
    return {line["selector"]: line["verdict"] for line in page["fields"]}


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shop_serving() as made:
        yield made


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with serving() as made:
        yield made


@pytest.fixture(scope="module")
def mutant(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    def made(name: str) -> Path:
        tree = copied(tmp_path_factory.mktemp("tree"))
        mutants.apply(name, tree)
        return tree

    return made


def test_of_the_shop_secrets_go_harmless_values_stay_and_nothing_is_sent_or_touched(
    shop: Shop, tmp_path: Path
) -> None:
    milchglas = Milchglas(tmp_path, shop.url)
    milchglas.data.mkdir()
    (milchglas.data / "key").write_bytes(b"the operator's own key, untouched")
    before = milchglas.data.stat().st_mtime_ns
    done = selftest(milchglas, "/", "/korb.php", "/login.php", "/kasse1.php", "/kasse2.php", "/grusskarte.php")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    said = {tuple(line.split()[:2]): line for line in lines}
    for page, name in (
        *(("/kasse1.php", name) for name in ("vname", "nname", "str", "plz", "ort", "gebdat", "mail", "tel")),
        *(("/kasse2.php", name) for name in ("knr", "inhaber", "gueltig", "cvc", "ktonr", "mtan")),
        ("/login.php", "kndnr"),
    ):
        assert said[page, f'input[name="{name}"]'].endswith("forms: harmless, must go   removed")
    assert said["/login.php", "#pw"].endswith("removed")
    assert said["/korb.php", "#rabattcode"].endswith("removed")
    assert said["/grusskarte.php", "#karte"].endswith("removed")
    assert any('/neuigkeiten.php > input[name="nlmail"]' in line and line.endswith("removed") for line in lines)
    assert said["/", 'input[name="q"]'].endswith("may stay  kept")
    assert said["/korb.php", 'input[name="gutschein"]'].endswith("may stay  kept")
    assert "LEAKED" not in done.stdout and "lost" not in lines[-1] and "pages: 6; " in lines[-1]
    assert set(shop.methods) == {"GET"}
    assert [path.name for path in milchglas.data.iterdir()] == ["key"]
    assert milchglas.data.stat().st_mtime_ns == before


def test_what_gets_through_is_named_with_its_place(
    shop: Shop, tmp_path: Path, mutant: Callable[[str], Path]
) -> None:
    done = selftest(Milchglas(tmp_path, shop.url), "/kasse3.php", "--json", tree=mutant("unknown_kept"))
    assert done.returncode == 1
    (page,) = pages(done)
    assert verdicts(page)['textarea[name="bemerkung"]'] == "got through"
    assert verdicts(page)['input[name="q"]'] == "kept"
    (line,) = [line for line in page["fields"] if line["selector"] == 'textarea[name="bemerkung"]']
    assert (line["kind"], line["class"], line["must"]) == ("free_text", "unknown", "go")
    assert line["where"].startswith("input")


def test_the_answer_to_a_form_is_looked_at_too(shop: Shop, tmp_path: Path, mutant: Callable[[str], Path]) -> None:
    tree = mutant("echo_off")
    done = selftest(Milchglas(tmp_path, shop.url), "/kasse2.php", "--submit", "--json", tree=tree)
    assert done.returncode == 1
    (page,) = pages(done)
    # The next page of the checkout repeats it: there it is text, and no field's.
    assert verdicts(page)['input[name="inhaber"]'] == "got through"
    assert "snapshot" in next(
        line["where"] for line in page["fields"] if line["selector"] == 'input[name="inhaber"]'
    )


def test_fields_of_every_type_are_filled_in_also_in_frames_and_shadow_roots(
    upstream: Upstream, tmp_path: Path
) -> None:
    milchglas = Milchglas(tmp_path, with_pages(upstream).url)
    done = selftest(milchglas, "/formular", "--json")
    (page,) = pages(done)
    assert done.returncode == 0, page
    told = verdicts(page)
    removed = ("knr", "kw", "c1", "geb", "alter", "iban", "schatten", "rtel", "darin", "spaeter")
    expected = dict.fromkeys((f'input[name="{name}"]' for name in removed), "removed")
    expected |= dict.fromkeys(('textarea[name="diagnose"]', 'select[name="konf"]', "#c2", "#brief"), "removed")
    kept = ('input[name="q"]', 'select[name="sort"]', 'input[name="agb"][value="ja"]')
    expected |= dict.fromkeys(kept, "kept")
    expected |= {'input[name="zu"]': "not tested", 'input[name="verborgen"]': "not recorded"}
    assert told == expected
    notes = {line["selector"]: line["note"] for line in page["fields"] if line["note"]}
    assert notes == {'input[name="zu"]': "nobody can change it", 'input[name="iban"]': "mark:mask"}


def test_a_page_that_sends_by_itself_is_kept_from_it(upstream: Upstream, tmp_path: Path) -> None:
    done = selftest(Milchglas(tmp_path, with_pages(upstream).url), "/unruhig", "--json")
    (page,) = pages(done)
    assert done.returncode == 0, page
    assert set(verdicts(page).values()) == {"removed"} and len(page["fields"]) == 7
    assert page["blocked"] > 40, "two at each key of the first field, one at each of four more"
    assert [seen.target for seen in upstream.seen] == ["GET /unruhig"]


def test_with_submit_each_form_is_sent_once_and_no_canary_is_printed(upstream: Upstream, tmp_path: Path) -> None:
    two = (
        b"<form action=/eins method=post><input name=a></form><form action=/zwei method=post><input name=b></form>"
    )
    upstream.page("/zwei-formulare", b"<html><head></head><body>" + two + b"</body></html>")
    upstream.page("/eins", b"<html><head></head><body>Danke</body></html>")
    upstream.page("/zwei", b"<html><head></head><body>Danke</body></html>")
    done = selftest(Milchglas(tmp_path, upstream.url), "/zwei-formulare", "--submit")
    assert done.returncode == 0, done.stdout
    posts = [seen for seen in upstream.seen if seen.target.startswith("POST")]
    assert [post.target for post in posts] == ["POST /eins", "POST /zwei"]
    for post in posts:
        name, _, value = post.body.decode().partition("=")
        assert name in "ab" and len(value) > 8
        assert value[:4] not in done.stdout + done.stderr


def test_the_site_is_asked_as_by_its_visitors(upstream: Upstream, tmp_path: Path) -> None:
    selftest(Milchglas(tmp_path, with_pages(upstream).url), "/rahmen")
    (seen,) = upstream.seen
    assert seen.header("Host") == "shop.example.com"
    assert seen.header("X-Forwarded-Proto") == "https"


def test_pages_that_cannot_be_tested_are_named_with_the_reason(upstream: Upstream, tmp_path: Path) -> None:
    upstream.page("/intern/x", b"<html><head></head><body><input name=a></body></html>")
    upstream.page("/bild", b"\x89PNG", type="image/png")
    milchglas = Milchglas(tmp_path, upstream.url, {"site": {"hosts": ["shop.example.com"]}})
    milchglas.config["sites"][0]["pages"] = {"exclude": ["/intern/*"]}
    down = {"name": "down", "hosts": ["down.example.com"], "upstream": "http://127.0.0.1:9"}
    milchglas.config["sites"].append(down)
    milchglas.write()
    more = ("--url", "https://down.example.com/", "--url", "https://nobody.example.com/")
    done = selftest(milchglas, "/fehlt", "/intern/x", "/bild", "/_milchglas/start", *more, "--json")
    assert done.returncode == 1
    assert {page["url"].removeprefix(SHOP): page["reason"] for page in pages(done)} == {
        "/fehlt": "status 404",
        "/intern/x": "it is not recorded: page_rule",
        "/bild": "it is no HTML page",
        "/_milchglas/start": "this path is Milchglas's own",
        "https://down.example.com/": "status 502",
        "https://nobody.example.com/": "no site of the configuration has this host",
    }


def test_links_are_followed_as_far_as_asked(upstream: Upstream, tmp_path: Path) -> None:
    for page, links in {
        "/": ("/a", "/bild", "//else.example/x", "/#top"),
        "/a": ("/b", "/"),
        "/b": ("/c",),
    }.items():
        body = "".join(f"<a href='{link}'>x</a>" for link in links)
        upstream.page(page, f"<html><head></head><body>{body}<input name=q></body></html>".encode())
    upstream.page("/bild", b"\x89PNG", type="image/png")
    done = selftest(Milchglas(tmp_path, upstream.url), "/", "--depth", "1", "--json")
    assert done.returncode == 0
    assert [page["url"] for page in pages(done)] == [f"{SHOP}/", f"{SHOP}/a"]


def test_with_forms_personal_a_personal_value_is_no_fault(upstream: Upstream, tmp_path: Path) -> None:
    upstream.page("/", "<html><head></head><body>Straße <input name=strasse> PIN <input name=pin>".encode())
    site = {"record": {"forms": "personal"}, "consent": {"notice_url": "https://shop.example.com/datenschutz"}}
    done = selftest(Milchglas(tmp_path, upstream.url, {"site": site}), "/", "--json")
    assert done.returncode == 0
    assert verdicts(pages(done)[0]) == {'input[name="strasse"]': "kept", 'input[name="pin"]': "removed"}


def test_a_missing_playwright_or_browser_is_said_with_the_remedy(upstream: Upstream, tmp_path: Path) -> None:
    milchglas = Milchglas(tmp_path, upstream.url)
    done = selftest(milchglas, "/", "--browser=/nowhere/chromium")
    assert (done.returncode, done.stderr) == (1, "milchglas: there is no browser at /nowhere/chromium\n")
    done = selftest(milchglas, "/", "--browser=/bin/false")
    assert done.returncode == 1 and "or give --browser PATH" in done.stderr
    (tmp_path / "playwright").mkdir()
    (tmp_path / "playwright" / "__init__.py").write_text("raise ImportError")
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    line = [sys.executable, "-m", "proxy", "selftest", "-c", str(milchglas.file), "--url", SHOP]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60)
    assert (done.returncode, done.stderr) == (
        1,
        "milchglas: the self-test needs Playwright: pip install 'milchglas[selftest]'\n",
    )


def test_ended_early_it_leaves_nothing_behind(shop: Shop, tmp_path: Path) -> None:
    milchglas = Milchglas(tmp_path, shop.url)
    with tempfile.TemporaryDirectory() as folder:  # tmp_path is too long for the name of a socket
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": folder}
        line = [sys.executable, "-m", "proxy", "selftest", "-c", str(milchglas.file), "--url", SHOP]
        process = subprocess.Popen(line, cwd=ROOT, env=env)
        wait_for(lambda: shop.methods, 60, "it asks for no page")
        process.terminate()
        assert process.wait(60) == 1
        assert not list(Path(folder).glob("milchglas-*"))


@pytest.mark.parametrize(
    "url", ["shop.example.com/kasse", "ftp://shop.example.com/", "https://shop.example.com:0/"]
)
def test_what_is_no_address_is_refused(url: str, tmp_path: Path) -> None:
    done = selftest(Milchglas(tmp_path, "http://127.0.0.1:9"), "--url", url)
    assert done.returncode == 1
    assert done.stderr.startswith(f"milchglas: {url!r} is no address")
