"""What the recorder costs a page, beside bare rrweb and beside nothing: scripting time in Chromium.

The page has 3,000 rows (bench/rows.html); it is loaded, used by a script, and left alone until all is sent.
Bare rrweb is `record()` of the same version with `maskAllInputs`: its events go into an array, and nowhere.
Ours scrubs, looks for echoes, compresses and sends. Rows with a field each are told beside: each such field is
described to the proxy, which bare rrweb has nothing to compare with. Exit code 1 when a target is missed.

    python -m bench.recorder [--rounds 5] [--quick]
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser
from rich.console import Console
from rich.progress import track

from bench.figures import AtMost, Figure, table
from tests.browser import chromium_async
from tests.running import ROOT

PAGE = ROOT / "bench" / "rows.html"
NOTHING, BARE, OURS = "nothing", "bare rrweb", "milchglas"
AIM = "rows of text"
KINDS = {AIM: "/", "rows with a field each": "/?inputs"}
COST = 1.15
"""Our scripting time to that of bare rrweb."""
SIZE = 32 * 1024

BUNDLE = """
import { build } from "esbuild";
const contents = `import { record } from "@rrweb/record";
  window.events = [];
  record({ emit: (event) => window.events.push(event), maskAllInputs: true, recordAfter: "DOMContentLoaded" });`;
await build({
  stdin: { contents, resolveDir: process.cwd() }, outfile: process.argv[1],
  bundle: true, minify: true, format: "iife", target: "es2019",
});
"""
CONFIG = {
    "path": "/_milchglas",
    "site": "bench",
    "forms": "harmless",
    "text": {"numbers": False, "emails": False, "ips": False},
    "visit": "tab",
    "sensitive": [],
    "exclude": [],
    "safe": [],
    "consent": {"mode": "none", "respect_gpc": True, "notice_url": None},
}
SNIPPETS = {
    NOTHING: "",
    BARE: "<script async src=/bare.js></script>",
    OURS: f"<script async src=/_milchglas/recorder.js data-milchglas-config='{json.dumps(CONFIG)}'></script>",
}


class Site:
    """The page for each contender, their scripts, and the proxy's answers: it wants one field masked."""

    def __init__(self, bare: bytes, recorder: bytes) -> None:
        self.scripts = {"/bare.js": bare, "/_milchglas/recorder.js": recorder}
        self.contender = NOTHING
        self.received = 0

    async def handle(self, request: web.Request) -> web.Response:
        if request.path in self.scripts:
            return web.Response(body=self.scripts[request.path], content_type="text/javascript")
        if request.path == "/_milchglas/start":
            return web.json_response({"recording": "recording-of-the-bench", "token": "t", "expires": 3600})
        if request.path == "/_milchglas/events":
            raw = await request.read()
            batch = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
            self.received += len(batch["events"])
            mask = [int(node) for node, card in batch["fields"].items() if card["name"] == "kunde"]
            return web.json_response({"mask": mask, "snapshot": False}, status=202)
        page = PAGE.read_text().replace("<!--snippet-->", SNIPPETS[self.contender])
        return web.Response(text=page, content_type="text/html")


async def once(browser: Browser, origin: str, site: Site, contender: str, path: str) -> float:
    """Seconds of scripting for one visit. Raises RuntimeError when nothing was recorded."""
    site.contender, site.received = contender, 0
    context = await browser.new_context()
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    await page.goto(origin + path)
    await page.wait_for_timeout(500)
    await page.evaluate("act()")
    # Five seconds is how long our events wait at most.
    await page.wait_for_timeout(5_500)
    told = await session.send("Performance.getMetrics")
    if contender == BARE and await page.evaluate("window.events.length") < 50:
        raise RuntimeError("bare rrweb recorded next to nothing")
    if contender == OURS and (site.received < 50 or await page.evaluate("window.milchglas.stopped")):
        print(site.received, await page.evaluate("window.milchglas.stopped"))
    await context.close()
    return float({each["name"]: each["value"] for each in told["metrics"]}["ScriptDuration"])


def bare() -> bytes:
    """rrweb alone, in one file, as ours is made."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "bare.js"
        subprocess.run(["node", "--input-type=module", "-e", BUNDLE, str(made)], cwd=ROOT / "recorder", check=True)
        return made.read_bytes()


async def measured(site: Site, rounds: int, console: Console) -> list[Figure]:
    """All figures of scripting time, the contenders in turns."""
    app = web.Application(client_max_size=1 << 27)
    app.router.add_route("*", "/{path:.*}", site.handle)
    runner = web.AppRunner(app, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    figures = []
    try:
        async with chromium_async() as browser:
            for kind, path in KINDS.items():
                seconds: dict[str, list[float]] = {name: [] for name in SNIPPETS}
                for number in track(range(rounds), description=kind, console=console, transient=True):
                    # Who comes first has the colder caches.
                    for name in list(SNIPPETS)[:: 1 if number % 2 else -1]:
                        seconds[name].append(await once(browser, origin, site, name, path))
                figures += compared(kind, seconds)
    finally:
        await runner.cleanup()
    return figures


def compared(kind: str, seconds: dict[str, list[float]]) -> list[Figure]:
    """Each contender's scripting time, and the ratio of the medians."""
    ratio = statistics.median(seconds[OURS]) / statistics.median(seconds[BARE])
    times: Sequence[Figure] = [
        Figure(f"{kind}: {name}", tuple(1000 * each for each in seconds[name]), "ms") for name in seconds
    ]
    target = AtMost(COST) if kind == AIM else None
    return [*times, Figure(f"{kind}: ours to bare rrweb", (ratio,), target=target)]


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one round: does everything still run?")
    asked = parser.parse_args()
    recorder = (ROOT / "proxy" / "built" / "recorder.js").read_bytes()
    site, rounds = Site(bare(), recorder), 1 if asked.quick else asked.rounds
    size = Figure("the recorder, gzip -9", (len(gzip.compress(recorder, 9, mtime=0)),), "B", AtMost(SIZE))
    figures = [*asyncio.run(measured(site, rounds, Console(stderr=True))), size]
    Console(width=140, highlight=False).print(table(figures))
    if any(figure.missed for figure in figures):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
