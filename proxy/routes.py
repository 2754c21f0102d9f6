"""Which site a request is for, and whether it is for us. Pure."""

from __future__ import annotations

import ipaddress
import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote_to_bytes, urlsplit

from proxy.config import Config, Site, UpstreamTls

# A name or an address, and a port; so no user, no list of two Host fields (RFC 9112, 3.2).
HOST = re.compile(r"(?:[A-Za-z0-9._~%-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")

DEFAULT_PORTS = {"http": 80, "https": 443}

MIB = 1024 * 1024

# What lives under our path, and how many bytes of request body each may bring.
BODY_LIMITS = {"events": 10 * MIB, "start": 4096}
BODY_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes.

    `own` is what is asked for below our path (`events`, `recorder.abc.js`), None for everything of the site.
    `site` is None when no site claims the Host; `upstream`, its server, for all that never reaches it.
    """

    site: Site | None
    own: str | None
    upstream: Upstream | None = None

    @property
    def body_limit(self) -> int | None:
        """Bytes of request body; None: unlimited, for it streams through."""
        return None if self.upstream else BODY_LIMITS.get(self.own or "", BODY_LIMIT)


class Peer(str):
    """An upstream's host, with what its certificate must prove.

    mitmproxy finds an open connection by host and port (HttpLayer.get_connection). Peers of one name are one
    only if they prove themselves alike: what one site trusts must not carry requests of another.
    """

    __slots__ = ("tls",)

    tls: UpstreamTls

    def __new__(cls, host: str, tls: UpstreamTls) -> Self:
        """Text of the host, as far as strings are compared."""
        made = super().__new__(cls, host)
        made.tls = tls
        return made

    def __eq__(self, other: object) -> bool:
        return str(self) == other and (not isinstance(other, Peer) or self.tls == other.tls)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Upstream:
    """Address of a site's own server."""

    scheme: str
    host: Peer
    port: int

    @classmethod
    def of(cls, site: Site) -> Upstream:
        """The address in a site's configuration."""
        parts = urlsplit(site.upstream)
        host = Peer(parts.hostname or "", site.upstream_tls)
        return cls(parts.scheme, host, parts.port or DEFAULT_PORTS[parts.scheme])


class Routes:
    """The sites of a configuration by Host: an exact name, then the longest wildcard, then `*`."""

    def __init__(self, config: Config) -> None:
        self._path = config.path.encode()
        self._plain = resolved(self._path)
        self._hosts = {plain(host): (site, Upstream.of(site)) for site in config.sites for host in site.hosts}

    def find(self, host: str, path: bytes) -> Route:
        """The route of a request with this Host (a port may follow it) and request target."""
        own = self._own(path)
        found = self._site(name(host)) if HOST.fullmatch(host) else None
        if not found:
            return Route(None, own)
        site, upstream = found
        return Route(site, own, upstream if own is None else None)

    def _site(self, host: str) -> tuple[Site, Upstream] | None:
        if found := self._hosts.get(host):
            return found
        rest = host
        while "." in rest:
            rest = rest.partition(".")[2]
            if found := self._hosts.get(f"*.{rest}"):
                return found
        return self._hosts.get("*")

    def _own(self, path: bytes) -> str | None:
        path = path.partition(b"?")[0]
        if path == self._path:
            return ""
        if path.startswith(self._path + b"/"):
            return path[len(self._path) + 1 :].decode("ascii", "replace")
        # Another spelling of our path is nothing of ours, but a server behind us might take it for the same.
        plain = resolved(path)
        return "" if plain == self._plain or plain.startswith(self._plain + b"/") else None


def resolved(path: bytes) -> bytes:
    """A path as the most lenient server reads it: decoded, one slash, no dots, no parameters, lower case."""
    path = unquote_to_bytes(path.partition(b"#")[0]).replace(b"\\", b"/").lower()
    return posixpath.normpath(b"/" + re.sub(rb";[^/]*", b"", path).lstrip(b"/"))


def name(host: str) -> str:
    """The plain name in a Host header."""
    host = host.strip()
    if host.startswith("["):
        return plain(host.partition("]")[0])
    return plain(host.partition(":")[0])


def plain(host: str) -> str:
    """A host as it is compared: lower case, no dot at its end, IPv6 without brackets and at its shortest."""
    host = host.lower().rstrip(".").strip("[]")
    if ":" in host:
        with suppress(ValueError):
            return str(ipaddress.IPv6Address(host))
    return host
