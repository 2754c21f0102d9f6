"""One question to a server, as the proxy would ask it: TCP, TLS that is verified, an answer in HTTP."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import SplitResult

from cryptography import x509

from proxy.config.units import seconds as duration

PORTS = {"http": 80, "https": 443}


class Failed(Exception):
    """No answer came; `why` in words for people."""

    def __init__(self, why: str, *, certificate: bool = False) -> None:
        super().__init__(why)
        self.why, self.certificate = why, certificate


@dataclass(frozen=True, slots=True)
class Answer:
    """The first bytes of an answer, and the certificate of who gave it."""

    status: int
    body: bytes
    certificate: x509.Certificate | None


def ask(
    url: SplitResult,
    target: str,
    seconds: float,
    *,
    host: str = "",
    ca: Path | None = None,
    name: str | None = None,
    verify: bool = True,
    most: int = 4096,
) -> Answer:
    """GET `target` once, no redirects, no cookies; `most` bytes of the answer's body are read.

    `ca` and `name` as in `upstream_tls`; `verify` is false for a listener of this machine's own. Raises Failed.
    """
    where = url.hostname or ""
    connection = HTTPConnection(where, url.port or PORTS[url.scheme], timeout=seconds)
    try:
        connection.connect()
        context = _context(ca, verify) if url.scheme == "https" else None
        certificate = _encrypted(connection, context, name or where) if context else None
        headers = {"Host": host or url.netloc, "User-Agent": "milchglas-check", "Connection": "close"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.read(most), certificate)
    except socket.gaierror:
        raise Failed("its name is not known here") from None
    except TimeoutError:
        raise Failed(f"no answer within {duration(seconds)}") from None
    except ssl.SSLCertVerificationError as fault:
        raise Failed(f"its certificate is not accepted ({fault.verify_message})", certificate=True) from None
    except ssl.SSLError as fault:
        raise Failed(f"no TLS ({(fault.reason or 'no reason').lower().replace('_', ' ')})") from None
    except OSError as fault:
        raise Failed(f"no connection ({fault.strerror or type(fault).__name__})") from None
    except HTTPException:
        raise Failed("it does not answer in HTTP") from None
    finally:
        connection.close()


def _context(ca: Path | None, verify: bool) -> ssl.SSLContext:
    """As proxy/tls.py does it: the system's authorities, or those of a file alone."""
    context = ssl.create_default_context(cafile=str(ca) if ca else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _encrypted(connection: HTTPConnection, context: ssl.SSLContext, name: str) -> x509.Certificate | None:
    connection.sock = encrypted = context.wrap_socket(connection.sock, server_hostname=name)
    with suppress(ValueError):
        return x509.load_der_x509_certificate(encrypted.getpeercert(True) or b"")
    return None
