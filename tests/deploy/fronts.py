"""The shipped files of deploy/ as running servers: nginx, HAProxy and Caddy before a Milchglas and its site."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser import require
from tests.certificates import Pair
from tests.running import ROOT, answers, free_ports, wait_for
from tests.wire import Visitor

NAME = "shop.example.com"
"""The site's name, as the files have it."""

SHIPPED = {
    "nginx-whole": "nginx/whole.conf",
    "nginx-split": "nginx/split.conf",
    "haproxy-whole": "haproxy/whole.cfg",
    "haproxy-split": "haproxy/split.cfg",
    "caddy-whole": "caddy/whole.Caddyfile",
    "caddy-split": "caddy/split.Caddyfile",
}
ALL = tuple(SHIPPED)
SPLIT = tuple(name for name in SHIPPED if name.endswith("split"))

# nginx's file is a part of the server's: this is the rest, with nothing that decides about a request.
NGINX = """
daemon off; pid {folder}/pid; error_log stderr warn; worker_processes 1;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {file};
}}
"""
CADDY = "{{\n\thttp_port {plain}\n\thttps_port {port}\n\tadmin off\n\tskip_install_trust\n}}\n"


def shipped(name: str) -> str:
    """A file as it is shipped."""
    return (ROOT / "deploy" / SHIPPED[name]).read_text()


def filled(name: str, text: str, *, milchglas: int, site: int, port: int, plain: int, pem: Path) -> str:
    """A shipped file with this machine's ports and certificate in it: the only place where one is changed."""
    places = {"127.0.0.1:8080": f"127.0.0.1:{milchglas}", "127.0.0.1:8000": f"127.0.0.1:{site}"}
    places["/etc/ssl/milchglas.pem"] = str(pem)
    if name.startswith("nginx"):
        places |= {"listen 80;": f"listen 127.0.0.1:{plain};", "listen 443 ": f"listen 127.0.0.1:{port} "}
        places |= {"listen [::]:80;": "", "listen [::]:443 ssl http2;": ""}  # not every machine has IPv6
    elif name.startswith("haproxy"):
        places |= {"bind :80\n": f"bind 127.0.0.1:{plain}\n", "bind :443 ": f"bind 127.0.0.1:{port} "}
    for place, ours in places.items():
        assert place in text, place
        text = text.replace(place, ours)
    return CADDY.format(port=port, plain=plain) + text if name.startswith("caddy") else text


def command(name: str, file: Path) -> list[str]:
    """How the server is started in the foreground with a file of its."""
    if name.startswith("nginx"):
        around = file.with_name("nginx.conf")
        around.write_text(NGINX.format(folder=file.parent, file=file))
        return ["nginx", "-e", "stderr", "-p", str(file.parent), "-c", str(around)]
    if name.startswith("haproxy"):
        return ["haproxy", "-db", "-f", str(file)]
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]


@dataclass
class Front:
    """One of them, running."""

    name: str
    port: int
    plain: int
    pair: Pair
    process: subprocess.Popen[bytes]

    @property
    def split(self) -> bool:
        """Whether it sends assets straight to the site."""
        return self.name in SPLIT

    def visitor(self, source: str = "127.0.0.1") -> Visitor:
        """A visitor's connection over TLS, from an address of this machine."""
        context = ssl.create_default_context(cafile=str(self.pair.cert))
        visitor = Visitor(self.port)
        visitor.socket.close()
        raw = socket.create_connection(("127.0.0.1", self.port), 15, source_address=(source, 0))
        visitor.socket = context.wrap_socket(raw, server_hostname=NAME)
        return visitor


@contextmanager
def standing(
    name: str, folder: Path, pair: Pair, *, milchglas: int, site: int, text: str | None = None
) -> Iterator[Front]:
    """A front with the shipped file, or another, until the end of the block; skipped where it is not installed."""
    server = name.partition("-")[0]
    if not shutil.which(server):
        require(Path("/usr/sbin") / server, reason=f"needs {server}")
    port, plain = free_ports(2)
    folder.mkdir()
    pem = folder / "milchglas.pem"
    pem.write_bytes(pair.cert.read_bytes() + pair.key.read_bytes())
    file = folder / "front.conf"
    places = {"milchglas": milchglas, "site": site, "port": port, "plain": plain}
    file.write_text(filled(name, shipped(name) if text is None else text, pem=pem, **places))
    log = folder / "log.txt"
    with log.open("wb") as said:
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        process = subprocess.Popen(command(name, file), stdout=said, stderr=said, env=environment)
    try:
        wait_for(lambda: answers(port) or process.poll() is not None, 15, f"{name} does not start")
        assert process.poll() is None, log.read_text()
        yield Front(name, port, plain, pair, process)
    finally:
        process.terminate()
        process.wait(15)
