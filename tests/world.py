"""What the configurations of tests/cases/config name: certificates, ports, servers, each with its fault.

They name it by variables of the environment, such as `${WORLD}/expired.pem` and `${TAKEN}`.
"""

from __future__ import annotations

import datetime
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization

from tests import upstream
from tests.certificates import Pair, certificate, encrypted
from tests.running import free_ports


@contextmanager
def world(folder: Path) -> Iterator[Mapping[str, str]]:
    """The environment variables."""
    with ExitStack() as stack:
        soon = _certificates(folder)
        (folder / "junk.pem").write_text("junk")
        for name in ("data", "open"):
            (folder / name).mkdir(mode=0o700)
        (folder / "open").chmod(0o755)
        _token(folder / "words", "two words", 0o600)
        _token(folder / "open-token", "0123456789abcdef", 0o644)
        taken = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        ports = dict(zip(("FREE_1", "FREE_2", "FREE_3", "CLOSED"), free_ports(4), strict=True))
        ports |= {"TAKEN": taken.getsockname()[1], "SILENT": silent.getsockname()[1]}
        ports["UPSTREAM"] = _upstream(stack, upstream.response(b"ok"))
        ports["BROKEN"] = _upstream(stack, upstream.response(b"", status="503 Service Unavailable"))
        ports["NOT_HTTP"] = stack.enter_context(_mail())
        about = upstream.response(b'{"version":"1","region":"left"}', type="application/json")
        ports["STORAGE"] = _upstream(stack, about, "/api/v1/about")
        ports["UPSTREAM_TLS"] = stack.enter_context(encrypted(soon)).port
        today = datetime.datetime.now(datetime.UTC)
        dates = {
            name: (today + datetime.timedelta(days=days)).strftime("%Y-%m-%d")
            for name, days in (("EXPIRED", -3), ("SOON", 5))
        }
        yield {"WORLD": str(folder), "FORBIDDEN": "81"} | dates | {name: str(port) for name, port in ports.items()}


def _certificates(folder: Path) -> Pair:
    """The one that expires soon."""
    name = "shop.example.com"
    for days, called in ((-3, "expired"), (90, "good"), (5, "soon")):
        pair = certificate(folder, name, days=days)
        pair.cert.rename(folder / f"{called}.pem")
        pair.key.rename(folder / f"{called}.key").chmod(0o600)
    early = certificate(folder, name, days=90, since=1)
    early.cert.rename(folder / "early.pem")
    early.key.rename(folder / "early.key").chmod(0o600)
    good = (folder / "good.key").read_bytes()
    (folder / "open.key").write_bytes(good)
    (folder / "open.key").chmod(0o644)
    locked = serialization.load_pem_private_key(good, None).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"passphrase"),
    )
    (folder / "locked.key").write_bytes(locked)
    return Pair(folder / "soon.pem", folder / "soon.key")


@contextmanager
def _mail() -> Iterator[int]:
    """A server that says who it is before it is asked anything, and not in HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    with listener.accept()[0] as connection:
                        connection.sendall(b"220 mail.example.com ESMTP\r\n")
                        connection.recv(65536)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def _token(file: Path, text: str, mode: int) -> None:
    file.write_text(text)
    file.chmod(mode)


def _upstream(stack: ExitStack, reply: bytes, path: str = "/") -> int:
    made = stack.enter_context(upstream.serving())
    made.replies[path] = reply
    port = urlsplit(made.url).port
    assert port
    return port
