"""Which site a request is for, and whether it is for us. Pure."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from proxy.config import Config, Site

# A name or an address, and a port; so no user, no list of two Host fields (RFC 9112, 3.2).
HOST = re.compile(r"(?:[A-Za-z0-9._~%-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")

MIB = 1024 * 1024

# What lives under our path, and how many bytes of request body each may bring.
BODY_LIMITS = {"events": 10 * MIB, "start": 4096}
BODY_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes.

    `own` is what is asked for below our path (`events`, `recorder.abc.js`), None for everything of the site.
    `site` is None when no site claims the Host.
    """

    site: Site | None
    own: str | None

    @property
    def upstream(self) -> Upstream | None:
        """The site's server; None for what never reaches it."""
        return Upstream.of(self.site) if self.site and self.own is None else None

    @property
    def body_limit(self) -> int | None:
        """Bytes of request body; None: unlimited, for it streams through."""
        return None if self.upstream else BODY_LIMITS.get(self.own or "", BODY_LIMIT)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Address of a site's own server."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, site: Site) -> Upstream:
        """The address in a site's configuration."""
        parts = urlsplit(site.upstream)
        return cls(parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


class Routes:
    """The sites of a configuration by Host: an exact name, then the longest wildcard, then `*`."""

    def __init__(self, config: Config) -> None:
        self._path = config.path.encode()
        self._plain = resolved(self._path)
        self._hosts = {host: site for site in config.sites for host in site.hosts}

    def find(self, host: str, path: bytes) -> Route:
        """The route of a request with this Host (a port may follow it) and request target."""
        site = self._site(name(host)) if HOST.fullmatch(host) else None
        return Route(site, self._own(path))

    def _site(self, host: str) -> Site | None:
        if site := self._hosts.get(host):
            return site
        rest = host
        while "." in rest:
            rest = rest.partition(".")[2]
            if site := self._hosts.get(f"*.{rest}"):
                return site
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
    """A Host header without its port, lower-case, without a trailing dot."""
    host = host.strip().lower()
    if not host.startswith("["):
        host = host.partition(":")[0]
    elif "]" in host:
        host = host[: host.index("]") + 1]
    return host.rstrip(".")
