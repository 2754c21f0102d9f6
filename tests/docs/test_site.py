"""The handbook as a site: it builds without a warning, and asks nobody else for anything."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Request

from tests.browser import chromium, require, require_chromium
from tests.docs.pages import DOCS
from tests.docs.serving import served
from tests.running import ROOT

MKDOCS = Path(sys.executable).parent / "mkdocs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    require(MKDOCS, reason="needs mkdocs")
    folder = tmp_path_factory.mktemp("site")
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert not [each for each in done.stderr.splitlines() if each.startswith(("WARNING", "ERROR"))]
    return folder


def test_every_page_is_built_and_none_of_the_workshop(site: Path) -> None:
    for page in DOCS.rglob("*.md"):
        assert (site / page.relative_to(DOCS).with_suffix(".html")).is_file(), page
    assert (site / "files/config.example.yaml.txt").read_text() == (ROOT / "config.example.yaml").read_text()
    assert not (site / "theme").exists()


def _listed(asked: list[str], request: Request) -> None:
    asked.append(request.url)


@pytest.mark.browser
def test_it_fits_a_telephone_finds_what_is_searched_and_asks_nobody_else(site: Path) -> None:
    require_chromium()
    with served(site) as url, chromium() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 400, "height": 800}, color_scheme=scheme)
            asked = list[str]()
            page.on("request", partial(_listed, asked))
            for built in sorted(site.glob("*.html")):
                page.goto(f"{url}/{built.name}")
                assert page.evaluate("document.documentElement.scrollWidth") <= 400, built.name
            page.goto(f"{url}/index.html?q=spool")
            page.wait_for_selector("#mkdocs-search-results article a")
            assert all(each.startswith((url, "data:")) for each in asked)
            page.close()
