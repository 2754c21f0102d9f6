"""Who is measured: ours, ours without the snippet, and what else stands before a site to put a script into it.

Each has one process for the pages, and gets the same requests for the same upstream.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # publishes none

from bench import lxml_addon
from bench.html import SIZES
from bench.processes import free_port, running, worker_of
from bench.upstream import NUMBERS, body
from bench.visitor import Visitor
from proxy.page.snippet import MARKER

OURS, OFF, STOCK, LXML, NGINX = "milchglas", "milchglas, off", "mitmdump", "mitmdump + lxml", "nginx sub_filter"
HOST, OFF_HOST, ODD_HOST = "shop.example", "off.example", "odd.example"
"""Sites of our proxy: with the snippet; switched off; before the upstream in this process (bench/scripted.py)."""

NGINX_SCRIPT = '<script src="/tracker.js"></script>'
NGINX_CONFIG = """
daemon off; master_process off; pid {folder}/pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream site {{ server 127.0.0.1:{upstream}; keepalive 32; }}
  server {{
    listen 127.0.0.1:{port};
    gzip on;
    location / {{
      proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection "";
      # sub_filter looks for its text in the bytes as they come, so gzip is asked of nobody.
      proxy_set_header Accept-Encoding "";
      sub_filter '</head>' '{script}</head>'; sub_filter_once on;
    }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """One of them, running. `right` judges a decoded answer, given what upstream may have sent."""

    name: str
    port: int
    host: str
    process: psutil.Process
    right: Callable[[bytes, Sequence[bytes]], bool]

    def check(self) -> None:
        """Raises SystemExit when an answer is not what it has to be."""
        with Visitor(self.port, self.host) as visitor:
            for name in SIZES:
                sent = [body(name, number, gzipped=False) for number in range(NUMBERS)]
                for headers, coding in ((), ""), (("Accept-Encoding: gzip",), "gzip"):
                    head, answer = visitor.get(f"/{name}", *headers)
                    fine = (head[""], head.get("content-encoding", "")) == ("200", coding)
                    if not fine or not self.right(gzip.decompress(answer) if coding else answer, sent):
                        raise SystemExit(f"{self.name}: the answer for /{name} {coding} is not what it has to be")


@dataclass(frozen=True, slots=True)
class Ours:
    """Our proxy as the other measurements need it."""

    port: int
    admin: int
    worker: psutil.Process


def _untouched(answer: bytes, sent: Sequence[bytes]) -> bool:
    return answer in sent


def _inserted(answer: bytes, sent: Sequence[bytes]) -> bool:
    at = answer.find(b"<script async")
    end = answer.find(b"</script>", at) + len(b"</script>")
    return MARKER.encode() in answer[at:end] and answer[:at] + answer[end:] in sent


def _written_anew(answer: bytes, sent: Sequence[bytes]) -> bool:
    return answer.count(lxml_addon.SCRIPT.encode()) == 1 and len(answer) > len(sent[0])


def _replaced(answer: bytes, sent: Sequence[bytes]) -> bool:
    script = NGINX_SCRIPT.encode()
    return answer.count(script) == 1 and answer.replace(script, b"") in sent


@contextmanager
def contenders(folder: Path, odd: int) -> Iterator[tuple[Ours, list[Contender]]]:
    """All of them, each of which has been checked. `odd` is the port of the upstream in this process."""
    for need in ("wrk", "nginx"):
        if not shutil.which(need):
            raise SystemExit(f"bench.page needs {need}: apt install {need}")
    python, mitmdump = sys.executable, str(Path(sys.executable).with_name("mitmdump"))
    upstream, ours, admin, dashboard, stock, lxml, nginx = (free_port() for _ in range(7))
    (folder / "milchglas.yaml").write_text(
        f"version: 1\nlisten: {{port: {ours}}}\nadmin: {{port: {admin}}}\ndata: {folder / 'data'}\nsites:\n"
        f"  - {{name: bench, hosts: ['*'], upstream: 'http://127.0.0.1:{upstream}'}}\n"
        f"  - {{name: 'off', hosts: [{OFF_HOST}], upstream: 'http://127.0.0.1:{upstream}', enabled: false}}\n"
        f"  - {{name: odd, hosts: [{ODD_HOST}], upstream: 'http://127.0.0.1:{odd}',\n"
        "     pages: {max_size: 1000000000}}\n"
        f"storage: {{listen: {{port: {dashboard}}}}}\n"
    )
    (folder / "nginx.conf").write_text(
        NGINX_CONFIG.format(folder=folder, upstream=upstream, port=nginx, script=NGINX_SCRIPT)
    )
    mode = ("-q", "--set", f"confdir={folder / 'mitmproxy'}", "--mode", f"reverse:http://127.0.0.1:{upstream}")
    addon = str(Path(lxml_addon.__file__))
    with ExitStack() as stack:

        def start(*line: str, port: int) -> psutil.Process:
            return stack.enter_context(running(*line, port=port))

        start(python, "-m", "bench.upstream", str(upstream), port=upstream)
        supervisor = start(python, "-m", "proxy", "run", "-c", str(folder / "milchglas.yaml"), port=ours)
        worker = worker_of(supervisor)
        dumping = start(mitmdump, *mode, "-p", str(stock), port=stock)
        parsing = start(mitmdump, *mode, "-s", addon, "-p", str(lxml), port=lxml)
        replacing = start("nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf"), port=nginx)
        runs = [
            Contender(OURS, ours, HOST, worker, _inserted),
            Contender(OFF, ours, OFF_HOST, worker, _untouched),
            Contender(STOCK, stock, HOST, dumping, _untouched),
            Contender(LXML, lxml, HOST, parsing, _written_anew),
            Contender(NGINX, nginx, HOST, replacing, _replaced),
        ]
        for contender in runs:
            contender.check()
        yield Ours(ours, admin, worker), runs
