"""`python -m bench.leaks [--picture FILE] [--only RECORDER ...]`; exit code 1 when ours gives anything away."""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from bench.leaks.capture import RECORDERS, Site, site
from bench.leaks.fields import Field, fields
from bench.leaks.page import CONTROL, page
from bench.leaks.picture import picture
from bench.leaks.traces import opened, told
from bench.leaks.visit import visit
from tests.browser import chromium
from tests.running import ROOT, Milchglas

OURS = "Milchglas"
PACKAGES = {
    "rrweb": "rrweb",
    "rrweb-masked": "rrweb",
    "sentry": "@sentry/browser",
    "posthog": "posthog-js",
    "openreplay": "@openreplay/tracker",
    "datadog": "@datadog/browser-rum",
    "clarity": "clarity-js",
}
"""recorder -> its npm package"""
ONE_WAY = {"rrweb", "rrweb-masked", "clarity"}
"""They have no switch for forms: rrweb records them or not as it is called, Clarity never does."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one run gave away: of the values that are to go, and of those that are to stay."""

    sensitive: int
    harmless: int


@dataclass(frozen=True, slots=True)
class Row:
    """One recorder; `recorded` is None where forms cannot be switched on."""

    name: str
    version: str
    size: int
    default: Told
    recorded: Told | None


def count(texts: Sequence[str], typed: Sequence[Field]) -> Told:
    """Raises SystemExit when nothing was recorded at all."""
    if not any(CONTROL in text for text in texts):
        raise SystemExit("the page is not in what was sent: nothing was recorded, so nothing is shown")
    out = [field for field in typed if told(field.value, texts)]
    return Told(sum(not field.harmless for field in out), sum(field.harmless for field in out))


def theirs(browser: Browser, made: Site, name: str, typed: Sequence[Field], *, recorded: bool) -> Told:
    """What leaves the browser."""
    made.bodies.clear()
    switch = f"<script>recordForms = {str(recorded).lower()}</script>"
    made.html = page(typed, f"{switch}<script src=/recorder/{name}.js></script>")
    _visit(browser, made.url, typed)
    return count([text for body in made.bodies for text in opened(body)], typed)


def ours(browser: Browser, made: Site, forms: str, typed: Sequence[Field]) -> list[str]:
    """What the proxy has sent to storage."""
    made.html = page(typed, "")
    with tempfile.TemporaryDirectory() as folder:
        kept = {"record": {"forms": forms}, "consent": {"notice_url": f"{made.url}/datenschutz"}}
        milchglas = Milchglas(Path(folder), made.url, {"site": kept})
        milchglas.start()
        try:
            _visit(browser, milchglas.url, typed)
            milchglas.wait_spool_empty()
            events = [milchglas.export(each["id"]) for each in milchglas.recordings()]
            return [json.dumps(each, ensure_ascii=False) for each in events]
        finally:
            milchglas.close()


def _visit(browser: Browser, url: str, typed: Sequence[Field]) -> None:
    context = browser.new_context()
    visit(context.new_page(), url, typed)
    context.close()


def built(names: Sequence[str], console: Console) -> None:
    """The recorders, from npm. Raises SystemExit without npm."""
    if not names:
        return
    if not shutil.which("npm"):
        raise SystemExit("bench.leaks needs npm")
    folder = RECORDERS.parent
    console.print("installing the recorders")
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    for name in names:
        line = f"npx esbuild {name}.js --bundle --minify --format=iife --log-level=error --outfile=dist/{name}.js"
        subprocess.run(line.split(), cwd=folder, check=True)


def version(package: str) -> str:
    """Of an npm package as it is installed."""
    return str(json.loads((RECORDERS.parent / "node_modules" / package / "package.json").read_text())["version"])


def rows(browser: Browser, names: Sequence[str], typed: Sequence[Field], console: Console) -> list[Row]:
    """Every recorder, ours last."""
    out = []
    with site() as made:
        for name in names:
            console.print(name)
            size = len(gzip.compress((RECORDERS / f"{name}.js").read_bytes()))
            default = theirs(browser, made, name, typed, recorded=False)
            recorded = None if name in ONE_WAY else theirs(browser, made, name, typed, recorded=True)
            if name == "rrweb":
                recorded = default
            out.append(Row(name, version(PACKAGES[name]), size, default, recorded))
        console.print(OURS)
        size = len(gzip.compress((ROOT / "proxy" / "built" / "recorder.js").read_bytes()))
        default, recorded = (count(ours(browser, made, forms, typed), typed) for forms in ("none", "harmless"))
        out.append(Row(OURS, "", size, default, recorded))
    return out


def table(found: Sequence[Row], sensitive: int, harmless: int) -> Table:
    """One recorder a line."""
    out = Table(box=None, pad_edge=False)
    out.add_column("recorder")
    for column in ("script, gzip", "out, as it comes", "out, forms recorded", "harmless kept, forms recorded"):
        out.add_column(column, justify="right")
    for row in found:
        shown = ["cannot", ""]
        if row.recorded:
            shown = [f"{row.recorded.sensitive} of {sensitive}", f"{row.recorded.harmless} of {harmless}"]
        name = f"{row.name} {row.version}".strip()
        out.add_row(name, f"{row.size / 1024:.0f} KB", f"{row.default.sensitive} of {sensitive}", *shown)
    return out


def main() -> None:
    """Measure, print the table, draw it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=PACKAGES, default=list(PACKAGES))
    parser.add_argument("--picture", type=Path, help="an SVG file to draw it into")
    asked = parser.parse_args()
    console = Console(stderr=True, highlight=False)
    typed = fields()
    harmless = sum(field.harmless for field in typed)
    built(asked.only, console)
    with chromium() as browser:
        found = rows(browser, asked.only, typed, console)
    Console(width=120, highlight=False).print(table(found, len(typed) - harmless, harmless))
    if asked.picture:
        bars = [
            (row.name, row.default.sensitive, row.recorded.sensitive if row.recorded else None) for row in found
        ]
        asked.picture.write_text(picture(bars, len(typed) - harmless))
    mine = found[-1]
    kept = mine.recorded.harmless if mine.recorded else 0
    leaks = mine.default.sensitive + (mine.recorded.sensitive if mine.recorded else 0)
    if leaks or kept < harmless:
        raise SystemExit(f"{OURS}: {leaks} values given away, {kept} of {harmless} harmless ones kept")


if __name__ == "__main__":
    main()
