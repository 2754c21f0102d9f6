"""Where we listen, and how it is kept from being read along."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import model_validator

from proxy.config.names import Port
from proxy.config.shape import Misplaced, Shape


class Tls(Shape):
    """PEM files of a certificate chain and its key; both or neither."""

    cert: Path | None = None
    """PEM file of the certificate and its chain."""
    key: Path | None = None
    """PEM file of the certificate's key."""

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.cert is None) != (self.key is None):
            there = "cert" if self.key is None else "key"
            raise Misplaced("a certificate needs its key and the other way round: give cert and key", there)
        return self

    def __bool__(self) -> bool:
        return self.cert is not None


class Listen(Shape):
    """An address, and how it is kept from being read along."""

    host: str = "127.0.0.1"
    """Address to listen on; one that others can reach needs TLS, a proxy in front, or `plain: true`."""
    port: Port = 8080
    """Port to listen on."""
    tls: Tls = Tls()
    """Certificate and key: TLS ends here."""
    plain: bool = False
    """True says that plain HTTP on an address that others can reach is meant."""


class VisitorsListen(Listen):
    """Where visitors arrive."""

    http2: bool = False
    """True offers HTTP/2 beside HTTP/1.1; needs tls."""

    @model_validator(mode="after")
    def _over_tls(self) -> Self:
        if self.http2 and not self.tls:
            raise Misplaced("http2 needs tls with cert and key: browsers speak HTTP/2 over TLS only", "http2")
        return self


class StorageListen(Listen):
    """Where the dashboard and the ingest answer."""

    port: Port = 8090
    """Port to listen on."""


class Admin(Shape):
    """Where /livez, /readyz and /metrics answer."""

    host: str = "127.0.0.1"
    """Address to listen on; keep it on loopback, for it asks for no password."""
    port: Port = 9090
    """Port to listen on."""
