"""TLS at both ends: the operator's certificate to visitors, and an upstream that must prove its name."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import configured, working
from tests.upstream import Upstream, response
from tests.wire import Visitor

OK = response(b"ok", type="text/plain")
KEY = ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Pair:
    """Files of a certificate and its key; the certificate is its own authority."""

    cert: Path
    key: Path


def certificate(folder: Path, *names: str, days: int = 1) -> Pair:
    """A self-made certificate for these host names and addresses."""
    alternatives: list[x509.GeneralName] = []
    for name in names:
        try:
            alternatives.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            alternatives.append(x509.DNSName(name))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=9))
        .not_valid_after(today + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(KEY, hashes.SHA256())
    )
    pair = Pair(folder / f"{names[0]}.{days}.pem", folder / f"{names[0]}.key")
    pair.cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pair.key.write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return pair


@contextmanager
def encrypted(pair: Pair) -> Iterator[tuple[int, list[str | None]]]:
    """An upstream that speaks TLS and answers each connection once; its port, and the names it was called by."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.cert, pair.key)
    context.sni_callback = lambda _, name, __: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    plain, _ = listener.accept()
                except OSError:
                    return
                with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65536)
                    connection.sendall(OK)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], names


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_an_upstream_with_a_certificate_for_its_name_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    pair = certificate(tmp_path, host)
    monkeypatch.setenv("SSL_CERT_FILE", str(pair.cert))
    with (
        encrypted(pair) as (port, names),
        working(configured(f"https://{host}:{port}")) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert visitor.get("/").body == b"ok"
    # A name, but not an address, is sent (RFC 6066, 3); it is the upstream's own, not the visitor's Host.
    assert names == ["localhost" if host == "localhost" else None]


@pytest.mark.parametrize("wrong", ["unknown authority", "other name", "other address", "expired"])
def test_an_upstream_that_does_not_prove_its_name_gets_no_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    host = "127.0.0.1" if wrong == "other address" else "localhost"
    names = {"other name": ("other.example",), "other address": ("127.0.0.2",)}.get(wrong, (host,))
    pair = certificate(tmp_path, *names, days=-1 if wrong == "expired" else 1)
    trusted = certificate(tmp_path, "ca.example") if wrong == "unknown authority" else pair
    if wrong == "unknown authority":
        trusted.cert.write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.cert))
    with (
        encrypted(pair) as (port, _),
        working(configured(f"https://{host}:{port}")) as worker,
        Visitor(worker.port) as visitor,
    ):
        answer = visitor.get("/?q=canary")
    assert answer.status == 502
    assert answer.body == b"502: the site's server cannot be reached at the moment\n"


def over_tls(port: int, pair: Pair, *, alpn: tuple[str, ...] = ()) -> Visitor:
    """A visitor's connection over TLS."""
    context = ssl.create_default_context(cafile=str(pair.cert))
    if alpn:
        context.set_alpn_protocols(alpn)
    visitor = Visitor(port)
    visitor.socket = context.wrap_socket(visitor.socket, server_hostname="shop.example.com")
    return visitor


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return certificate(tmp_path, "shop.example.com")


def test_visitors_arrive_over_tls_and_upstream_is_told(upstream: Upstream, pair: Pair) -> None:
    upstream.page("/", b"<!doctype html><html><head></head></html>")
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    with working(config) as worker, over_tls(worker.port, pair, alpn=("h2", "http/1.1")) as visitor:
        assert isinstance(visitor.socket, ssl.SSLSocket)
        assert visitor.socket.selected_alpn_protocol() == "http/1.1"
        for _ in range(2):
            assert b"<script async" in visitor.get("/").body
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200
    assert {seen.header("X-Forwarded-Proto") for seen in upstream.seen} == {"https"}


def test_a_visitor_without_tls_is_cut_off_and_the_next_one_served(upstream: Upstream, pair: Pair) -> None:
    upstream.replies["/"] = OK
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    with working(config) as worker:
        with Visitor(worker.port) as plain:
            plain.send(b"GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
            assert b"HTTP" not in plain.more()
        with over_tls(worker.port, pair) as visitor:
            assert visitor.get("/").body == b"ok"
    assert len(upstream.seen) == 1


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_older_than_1_2_is_refused(upstream: Upstream, pair: Pair) -> None:
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    context = ssl.create_default_context(cafile=str(pair.cert))
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with working(config) as worker, pytest.raises((ssl.SSLError, ConnectionError)):
        context.wrap_socket(
            socket.create_connection(("127.0.0.1", worker.port), 5), server_hostname="shop.example.com"
        )
