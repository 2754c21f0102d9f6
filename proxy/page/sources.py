"""Source lists of a Content-Security-Policy: does one of them cover a URL?

Source of facts: https://www.w3.org/TR/CSP3/#match-url-to-source-list and the sections it refers to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):$", re.IGNORECASE)
_HOST = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?"
    r"(?P<host>\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)"
    r"(?::(?P<port>[0-9]+|\*))?"
    r"(?P<path>/[^\s;,?#]*)?$",
    re.IGNORECASE,
)
_NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'$", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def nonces(sources: Sequence[str]) -> list[str]:
    """The nonces that a source list names, in order."""
    return [match[1] for match in map(_NONCE.match, sources) if match]


def covers(sources: Sequence[str], url: str) -> bool:
    """Whether a source list lets a page on the URL's own origin fetch that URL. No redirect is followed."""
    return any(_matches(source, url) for source in sources)


def _matches(source: str, url: str) -> bool:
    parts = urlsplit(url)
    if source.lower() == "'self'":
        return True  # everything that we ask for is on the page's own origin
    if source == "*":
        return parts.scheme in _PORTS
    if scheme := _SCHEME.match(source):
        return _scheme(scheme[1], parts.scheme)
    host = _HOST.match(source)
    return bool(
        host
        and _scheme(host["scheme"] or parts.scheme, parts.scheme)
        and _host(host["host"].lower(), (parts.hostname or "").lower())
        and _port(host["port"], parts.port, parts.scheme)
        and _path(host["path"] or "", parts.path)
    )


def _scheme(allowed: str, scheme: str) -> bool:
    return scheme == allowed.lower() or (allowed.lower(), scheme) == ("http", "https")


def _host(allowed: str, host: str) -> bool:
    if allowed == "*":
        return True
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed


def _port(allowed: str | None, port: int | None, scheme: str) -> bool:
    actual = port or _PORTS[scheme]
    if allowed is None:
        return actual == _PORTS[scheme]
    return allowed == "*" or int(allowed) == actual or (allowed == "80" and actual == 443)


def _path(allowed: str, path: str) -> bool:
    if allowed in ("", "/"):
        return True
    allowed, path = unquote(allowed), unquote(path)
    return path.startswith(allowed) if allowed.endswith("/") else path == allowed
