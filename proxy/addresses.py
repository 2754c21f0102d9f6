"""Upstream's own address in the heads of its answers, replaced by the visitor's. Pure.

A server that builds URLs from where it listens sends visitors to a host that they can't reach. Only the text of
an address changes: no URL is taken apart and written again.

Requests need no way back: Host is kept, so that what `Origin`, `Referer` and WebDAV's `Destination` name is the
host that upstream is asked for.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from proxy.routes import DEFAULT_PORTS, Upstream, name, plain

type Fields = tuple[tuple[bytes, bytes], ...]

HOST = r"([a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::([0-9]{0,5}))?"
ORIGIN = re.compile(rf"(https?)://({HOST})", re.I | re.A)
# An authority without user, up to what may follow it; a quote ends the URL of a Refresh.
URL = re.compile(rf"(?:(https?):)?//{HOST}(?=[/?#'\"]|\s*\Z)".encode(), re.I)
# Seconds, a separator, perhaps `url=`, perhaps a quote (HTML, "shared declarative refresh steps").
REFRESH = re.compile(rb"\s*[0-9.]+(?:\s*[;,]|\s)\s*(?:url\s*=\s*)?['\"]?", re.I)
# Attributes end at a semicolon, in quotes too (RFC 6265, 5.2); a comma means nothing.
DOMAIN = re.compile(rb"(;[ \t]*domain[ \t]*=[ \t]*)([^; \t]+)(?=[ \t]*(?:;|\Z))", re.I)


@dataclass(frozen=True, slots=True)
class Public:
    """A site's address as a visitor has it; `origin` and `authority` are its text."""

    origin: str
    authority: str
    host: str
    port: int

    @classmethod
    def of(cls, origin: str) -> Self | None:
        """From scheme://host[:port]; None for what is no such thing."""
        if not (parts := ORIGIN.fullmatch(origin)):
            return None
        port = int(parts[4] or DEFAULT_PORTS[parts[1].lower()])
        return cls(origin, parts[2], name(parts[2]), port)

    @property
    def domain(self) -> str | None:
        """What a cookie may name as its domain; None for an address or a bare name: browsers disagree on them."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return self.host if "." in self.host else None
        return None


def mapped(fields: Fields, upstream: Upstream, origin: str) -> Fields:
    """A response's header fields for a visitor at `origin`; the same where nothing names upstream."""
    if not any(key.lower() in RULES for key, _ in fields) or not (public := Public.of(origin)):
        return fields
    return tuple((key, RULES.get(key.lower(), _kept)(value, upstream, public)) for key, value in fields)


def _kept(value: bytes, _: Upstream, __: Public) -> bytes:
    return value


def _location(value: bytes, upstream: Upstream, public: Public) -> bytes:
    return _url(value, 0, upstream, public)


def _refresh(value: bytes, upstream: Upstream, public: Public) -> bytes:
    before = REFRESH.match(value)
    return _url(value, before.end(), upstream, public) if before else value


def _url(value: bytes, at: int, upstream: Upstream, public: Public) -> bytes:
    """The value with the URL that begins `at` a place mapped."""
    if not (url := URL.match(value, at)):
        return value
    scheme, host, port = (part.decode() if part else "" for part in url.groups())
    if not _own(scheme.lower() or upstream.scheme, plain(host), port, upstream, public):
        return value
    new = public.origin if scheme else f"//{public.authority}"
    return value[:at] + new.encode() + value[url.end() :]


def _own(scheme: str, host: str, port: str, upstream: Upstream, public: Public) -> bool:
    """Whether an address is upstream's own."""
    default = DEFAULT_PORTS[scheme]
    number = int(port or default)
    if number != upstream.port:
        return False
    if host == public.host:
        # It differs in the scheme only where its port is the scheme's own: that is meant, and would loop.
        return number not in (public.port, default)
    return host == plain(upstream.host)


def _cookie(value: bytes, upstream: Upstream, public: Public) -> bytes:
    def attribute(found: re.Match[bytes]) -> bytes:
        domain = plain(found[2].decode("latin-1").removeprefix("."))
        if not _covers(domain, plain(upstream.host)) or _covers(domain, public.host):
            return found[0]
        return found[1] + public.domain.encode() if public.domain else b""

    return DOMAIN.sub(attribute, value)


def _covers(domain: str, host: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


RULES: dict[bytes, Callable[[bytes, Upstream, Public], bytes]] = {
    b"location": _location,
    b"content-location": _location,
    b"refresh": _refresh,
    b"set-cookie": _cookie,
}
