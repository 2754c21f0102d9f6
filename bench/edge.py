"""A whole page load through nginx: with Milchglas by the shipped files, and with nginx's own `sub_filter` instead.

Whoever fetches a document and 30 assets has nothing in the cache: a new visitor, with a connection and a TLS
handshake. Browsers ask in HTTP/2, all at once (h2load); one after the other in HTTP/1.1 (wrk) is shown beside.
What counts is the CPU time of nginx and of Milchglas's worker; the site's is left out. The worker has a core of
its own and all the rest another one: caches that a busy neighbour empties are not measured. Each round measures
all ways, and a ratio is one of the same round. Needs `nginx`, `wrk` and `h2load` (in Debian's nghttp2-client).
Exit code 1 when the target is missed. `python -m bench.edge [--quick]`
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import itertools
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # publishes none
from rich.console import Console

from bench.contenders import NGINX_SCRIPT
from bench.figures import AtLeast, Figure, table
from bench.html import SIZES, page
from bench.processes import cpu, free_port, running, worker_of
from bench.upstream import LEVEL, Connection
from proxy.page.snippet import MARKER
from tests.certificates import certificate
from tests.deploy.fronts import NAME, Front, shipped, standing
from tests.running import Milchglas

ALONE, SPLIT, WHOLE = "nginx with sub_filter", "nginx and milchglas, split", "nginx and milchglas, whole"
TARGET = AtLeast(0.77)
"""Page loads per CPU second, split, to those of nginx alone: a page load costs at most 1.3 times as much."""

VISITORS = 8
"""At once."""

DOCUMENT = "34k"
KIB = 1024
ASSETS = (
    *((f"/stil{number}.css", "style", 18 * KIB) for number in range(4)),
    *((f"/skript{number}.js", "script", 45 * KIB) for number in range(7)),
    *((f"/schrift{number}.woff2", "font", 34 * KIB) for number in range(3)),
    *((f"/zeichen{number}.png", "image", 4 * KIB) for number in range(6)),
    *((f"/ware{number}.jpg", "image", 45 * KIB) for number in range(9)),
    ("/kopf.jpg", "image", 170 * KIB),
)
"""Path, what the browser says that it is for, and bytes as they are sent.

37 KiB each, as in the median page of the HTTP Archive (Web Almanac 2024, Page Weight: 2,652 KB in 71 requests).
"""
KINDS = {"style": "text/css", "script": "text/javascript", "font": "font/woff2", "image": "image/jpeg"}

# nginx as its manual has it, for a site that is to get a script into its pages; TLS as in our files.
SUB_FILTER = f"""
upstream site {{ server 127.0.0.1:8000; keepalive 32; }}
upstream nobody {{ server 127.0.0.1:8080; }}
server {{
  server_name {NAME};
  listen 80; listen [::]:80; listen 443 ssl http2; listen [::]:443 ssl http2;
  ssl_certificate /etc/ssl/milchglas.pem; ssl_certificate_key /etc/ssl/milchglas.pem;
  ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:alone:10m; ssl_session_tickets off;
  gzip on;
  location / {{
    proxy_pass http://site; proxy_http_version 1.1;
    proxy_set_header Connection ""; proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
    # sub_filter looks for its text in the bytes as they come, so gzip is asked of nobody.
    proxy_set_header Accept-Encoding "";
    sub_filter '</head>' '{NGINX_SCRIPT}</head>'; sub_filter_once on;
  }}
}}
"""

# One thing after the other; the last request of a page load ends the connection.
WRK = """
function init()
  local function ask(path, dest, connection)
    return wrk.format("GET", path, {["Host"] = "%s", ["Accept-Encoding"] = "gzip",
      ["Sec-Fetch-Dest"] = dest, ["Connection"] = connection})
  end
  asked, at = {%s}, 0
end
function request()
  at = at %% #asked + 1
  return asked[at]
end
"""

WANTED = ((f"/{DOCUMENT}", "document"), *((path, dest) for path, dest, _ in ASSETS))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the site, running."""

    name: str
    front: Front
    processes: Sequence[psutil.Process]

    def used(self) -> float:
        """CPU seconds so far."""
        return sum(cpu(process) for process in self.processes)


@contextmanager
def ways(folder: Path) -> Iterator[list[Way]]:
    """All of them before one site; each has been checked."""
    site, pair = free_port(), certificate(folder, NAME)
    milchglas = Milchglas(folder, f"http://127.0.0.1:{site}", {"trusted_proxies": ["127.0.0.1"]})
    psutil.Process().cpu_affinity([0])  # and what is started from here on
    with ExitStack() as stack:
        stack.enter_context(running(sys.executable, "-m", "bench.edge", "--site", str(site), port=site))
        stack.callback(milchglas.close)
        milchglas.start()
        assert milchglas.process
        worker = worker_of(psutil.Process(milchglas.process.pid))
        worker.cpu_affinity([(psutil.cpu_count() or 1) - 1])
        made: list[Way] = []
        for name, shape, text, others in (
            (ALONE, "nginx-whole", SUB_FILTER, []),
            (SPLIT, "nginx-split", shipped("nginx-split"), [worker]),
            (WHOLE, "nginx-whole", shipped("nginx-whole"), [worker]),
        ):
            own = folder / str(len(made))
            front = stack.enter_context(standing(shape, own, pair, milchglas=milchglas.port, site=site, text=text))
            nginx = psutil.Process(front.process.pid)
            made.append(Way(name, front, [nginx, *nginx.children(), *others]))
            check(made[-1])
        yield made


def check(way: Way) -> None:
    """Raises SystemExit when a page or an asset is not what it has to be."""
    script = (NGINX_SCRIPT if way.name == ALONE else MARKER).encode()
    with way.front.visitor() as visitor:
        for path, dest, size in ((f"/{DOCUMENT}", "document", 0), *ASSETS):
            body = visitor.get(path, f"Sec-Fetch-Dest: {dest}").body
            if not (len(body) == size if size else script in body and len(body) > SIZES[DOCUMENT]):
                raise SystemExit(f"{way.name}: the answer for {path} is not what it has to be")


def by_wrk(folder: Path, port: int, loads: int) -> int:
    """Page loads in HTTP/1.1: how many. Raises SystemExit when something did not come."""
    lua = folder / "page.lua"
    ends = ["keep-alive"] * len(ASSETS) + ["close"]
    calls = (f'ask("{path}", "{dest}", "{end}")' for (path, dest), end in zip(WANTED, ends, strict=True))
    lua.write_text(WRK % (NAME, ", ".join(calls)))
    line = [
        "wrk",
        "-t1",
        f"-c{VISITORS}",
        f"-d{max(1, loads // 100)}s",
        "-s",
        str(lua),
        f"https://127.0.0.1:{port}/",
    ]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    count = re.search(r"(\d+) requests in", said)
    if "Non-2xx" in said or "Socket errors" in said or not count:
        raise SystemExit(f"requests failed\n{said}")
    return int(count[1]) // len(WANTED)


def by_h2load(folder: Path, port: int, loads: int) -> int:
    """Page loads in HTTP/2: how many. What a thing is for it does not say: its path does.

    Raises SystemExit when something did not come.
    """
    uris = folder / "uris"
    uris.write_text("".join(f"https://{NAME}:{port}{path}\n" for path, _ in WANTED))
    wanted = VISITORS * len(WANTED)
    line = ["h2load", "-n", str(wanted), "-c", str(VISITORS), "-m", "100", "-i", str(uris)]
    line += [f"--connect-to=127.0.0.1:{port}", "-H", "Accept-Encoding: gzip"]
    for _ in range(loads // VISITORS):
        said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
        if f" {wanted} 2xx" not in said:
            raise SystemExit(f"requests failed\n{said}")
    return loads // VISITORS * VISITORS


PROTOCOLS = {"HTTP/2": by_h2load, "HTTP/1.1": by_wrk}


def cost(way: Way, protocol: str, folder: Path, loads: int) -> float:
    """CPU milliseconds for a page load."""
    before = way.used()
    count = PROTOCOLS[protocol](folder, way.front.port, loads)
    return (way.used() - before) * 1000 / count


type Round = Mapping[tuple[str, str], float]
"""CPU milliseconds by protocol and way."""


def measured(rounds: int, loads: int, progress: Callable[[str], None]) -> list[Figure]:
    """Measure; `progress` is told of each round."""
    with tempfile.TemporaryDirectory() as name, ways(Path(name)) as all_ways:
        found: list[Round] = []
        for number in range(rounds + 1):  # the first one warms up
            order = all_ways if number % 2 else all_ways[::-1]
            costs = {
                (each, way.name): cost(way, each, Path(name), loads if number else VISITORS)
                for each in PROTOCOLS
                for way in order
            }
            if number:
                found.append(costs)
                progress(
                    f"round {number} of {rounds}: {costs['HTTP/2', SPLIT] / costs['HTTP/2', ALONE]:.2f} times"
                )
    return [figure for protocol in PROTOCOLS for figure in compared(protocol, found)]


def compared(protocol: str, rounds: Sequence[Round]) -> list[Figure]:
    """Page loads per CPU second of each way, and ours to those of nginx alone."""
    figures = [
        Figure(f"{protocol}: {name}", tuple(1000 / each[protocol, name] for each in rounds), "page loads/CPU s")
        for name in (ALONE, SPLIT, WHOLE)
    ]
    for name in (SPLIT, WHOLE):
        ratios = tuple(each[protocol, ALONE] / each[protocol, name] for each in rounds)
        target = TARGET if (protocol, name) == ("HTTP/2", SPLIT) else None
        costs = f"costs {1 / statistics.median(ratios):.2f} times as much"
        figures.append(Figure(f"{protocol}: {name}, to nginx alone", ratios, target=target, beside=costs))
    return figures


async def serve(port: int) -> None:
    """The site: the document, in gzip to whoever accepts it, and the assets."""

    def answer(body: bytes, kind: str, *more: str) -> Iterator[bytes]:
        head = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more, "", ""]
        return itertools.repeat("\r\n".join(head).encode() + body)

    text, path = page(SIZES[DOCUMENT]), f"/{DOCUMENT}".encode()
    packed = answer(gzip.compress(text, LEVEL), "text/html", "Content-Encoding: gzip")
    responses = {(path, False): answer(text, "text/html"), (path, True): packed}
    for name, dest, size in ASSETS:
        for accepted in (False, True):
            responses[name.encode(), accepted] = answer(bytes(size), KINDS[dest])
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(responses), "127.0.0.1", port, backlog=1024
    )
    await server.serve_forever()


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loads", type=int, default=160, help="of the page, for each way in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one short round: does everything still run?")
    parser.add_argument("--site", type=int, metavar="PORT", help="be the site")
    asked = parser.parse_args()
    if asked.site:
        asyncio.run(serve(asked.site))
        return
    if asked.quick:
        asked.loads, asked.rounds = VISITORS, 1
    figures = measured(asked.rounds, asked.loads, Console(stderr=True, highlight=False).print)
    Console(width=150, highlight=False).print(table(figures))
    if any(figure.missed for figure in figures):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
