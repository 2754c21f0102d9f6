"""Certificates made for one test, an upstream that has one, and a visitor who checks one."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.upstream import response
from tests.wire import Visitor

OK = response(b"ok", type="text/plain")


@dataclass(frozen=True)
class Pair:
    """Files of a certificate and its key."""

    cert: Path
    key: Path


def certificate(
    folder: Path, *names: str, days: int = 1, since: int = -9, by: Pair | None = None, authority: bool = True
) -> Pair:
    """A certificate for these host names and addresses, signed by another or itself; good from and to in days."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    signer = key
    if by:
        issuer = x509.load_pem_x509_certificate(by.cert.read_bytes()).subject
        loaded = serialization.load_pem_private_key(by.key.read_bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        signer = loaded
    alternatives: list[x509.GeneralName] = []
    for name in names:
        try:
            alternatives.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            alternatives.append(x509.DNSName(name))
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + datetime.timedelta(days=since))
        .not_valid_after(today + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    pair = Pair(folder / f"{names[0]}.{days}.pem", folder / f"{names[0]}.{days}.key")
    pair.cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pair.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return pair


@dataclass
class Encrypted:
    """An upstream that speaks TLS: the names that it was called by, and what it was sent."""

    port: int
    names: list[str | None] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def encrypted(pair: Pair) -> Iterator[Encrypted]:
    """An upstream that answers every request, and keeps its connections open."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.cert, pair.key)
    context.sni_callback = lambda _, name, __: made.names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Encrypted(listener.getsockname()[1])

        def serve(plain: socket.socket) -> None:
            with plain, suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                while request := connection.recv(65536):
                    made.requests.append(request)
                    connection.sendall(OK)

        def accept() -> None:
            while True:
                try:
                    plain, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(plain,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield made


def over_tls(port: int, pair: Pair, *, alpn: tuple[str, ...] = ()) -> Visitor:
    """A visitor's connection over TLS."""
    context = ssl.create_default_context(cafile=str(pair.cert))
    if alpn:
        context.set_alpn_protocols(alpn)
    visitor = Visitor(port)
    visitor.socket = context.wrap_socket(visitor.socket, server_hostname="shop.example.com")
    return visitor
