"""A certificate for the demo on this machine: made by itself, trusted by nobody until somebody says so."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from proxy.config import Tls
from proxy.files import write_once

DAYS = 30
SPARE = datetime.timedelta(days=1)
"""Less than this left, and it is made anew: a demo may run for a while."""

NAMES = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])


def certificate(folder: Path) -> Tls:
    """The files of a certificate for localhost and 127.0.0.1 and of its key, made when they are not there.

    Files that are expired or damaged, or do not fit each other, are replaced. Only this user can read them.
    Raises OSError.
    """
    tls = Tls(cert=folder / "localhost.crt", key=folder / "localhost.key")
    assert tls.cert and tls.key
    if not _good(tls.cert, tls.key):
        for file, content in zip((tls.cert, tls.key), _made(), strict=True):
            file.unlink(missing_ok=True)
            write_once(file, content)
    return tls


def _good(cert: Path, key: Path) -> bool:
    try:
        have = x509.load_pem_x509_certificate(cert.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        return False
    left = have.not_valid_after_utc - datetime.datetime.now(datetime.UTC)
    return left > SPARE and have.public_key() == private.public_key()


def _made() -> tuple[bytes, bytes]:
    """Certificate and key in PEM. It is no authority: whoever trusts it trusts it for this machine alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Milchglas demo")])
    now = datetime.datetime.now(datetime.UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(NAMES, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return cert.public_bytes(serialization.Encoding.PEM), key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
