"""Source lists of a Content-Security-Policy: does one of them cover a URL on the page's own origin?

Source of facts: https://www.w3.org/TR/CSP3/#match-url-to-source-list and the sections it refers to. Where browsers
and that text differ, a source counts only when all of them let it: a needless source in a policy harms nobody, a
wrong "covered" shows as a violation. One thing they all do against the text: IPv4 addresses match as names do.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

_ORIGIN = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[^\[\]/:@\s]+)(?::([0-9]{1,5}))?", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?"
    r"(?P<host>\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?)"
    r"(?::(?P<port>[0-9]{1,5}|\*))?"
    r"(?P<path>/[^;,?#]*)?",
    re.IGNORECASE,
)
_NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_LOCAL = ("'", "data:", "blob:", "filesystem:")
"""How sources begin that name nobody on a network."""


class Url(NamedTuple):
    """A URL on the page's own origin. Of an origin that is none, all parts but the path are empty."""

    scheme: str
    host: str
    port: int | None
    """None where it is the scheme's own."""
    path: str

    @classmethod
    def of(cls, origin: str, path: str) -> Url:
        """For `origin` scheme://host[:port] and an absolute `path` without query."""
        match = _ORIGIN.fullmatch(origin)
        if not match:
            return cls("", "", None, path)
        scheme, host, port = match[1].lower(), match[2].lower(), int(match[3] or 0)
        return cls(scheme, host, port if port not in (0, _PORTS[scheme]) else None, path)


def nonces(sources: Collection[str]) -> tuple[str, ...]:
    """The nonces that a source list names, in order; a malformed one is none."""
    return tuple(match[1] for match in map(_NONCE.fullmatch, sources) if match)


def dynamic(sources: Collection[str]) -> bool:
    """Whether addresses in the list of a script directive count for nothing.

    https://www.w3.org/TR/CSP3/#strict-dynamic-usage
    """
    return any(source.lower() == "'strict-dynamic'" for source in sources)


def covers(sources: Collection[str], url: Url, *, redirected: bool = False) -> bool:
    """Whether a source list lets the page fetch the URL; after a redirect (`redirected`) paths do not count."""
    return any(_matches(source, url, redirected) for source in sources) and not _hashes_of_urls(sources)


def confined(sources: Collection[str], url: Url) -> bool:
    """Whether one more path on the URL's origin would let in nothing but that path.

    Browsers forget paths after a redirect (https://www.w3.org/TR/CSP3/#source-list-paths-and-redirects): whoever
    else the list names could send them to all of that origin. So it names nobody, or that origin already.
    """
    return all(source.lower().startswith(_LOCAL) for source in sources) or covers(sources, url, redirected=True)


def _hashes_of_urls(sources: Collection[str]) -> bool:
    # In Chromium addresses count for nothing beside them: https://developer.chrome.com/blog/script-src-hashes
    return any(source.lower().startswith("'url-") for source in sources)


def _matches(source: str, url: Url, redirected: bool) -> bool:
    return source.lower() == "'self'" if source.startswith("'") else _address(source, url, redirected)


@lru_cache(maxsize=4096)  # a site's policies name the same ones again and again
def _address(source: str, url: Url, redirected: bool) -> bool:
    if source == "*":
        return url.scheme in _PORTS
    if scheme := _SCHEME.fullmatch(source):
        return _scheme(scheme[1].lower(), url)
    match = _HOST.fullmatch(source)
    if not match:
        return False
    scheme_part = (match["scheme"] or url.scheme).lower()
    return (
        _scheme(scheme_part, url)
        and _host(match["host"].lower(), url.host)
        and _port(match["port"], url, upgraded=scheme_part != url.scheme)
        and (redirected or _path(match["path"] or "", url.path))
    )


def _scheme(allowed: str, url: Url) -> bool:
    # ws: stands for http:, too, in the text, but in no browser.
    return allowed == url.scheme or (allowed, url.scheme) == ("http", "https")


def _host(allowed: str, host: str) -> bool:
    if allowed == "*":
        return True
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed


def _port(allowed: str | None, url: Url, *, upgraded: bool) -> bool:
    """An upgrade takes the port from 80 to 443 with the scheme, or neither."""
    if allowed == "*":
        return True
    if allowed is None:
        return url.port is None
    if upgraded:
        return url.port is None and int(allowed) in (80, 443)
    return int(allowed) == (url.port or _PORTS[url.scheme])


def _path(allowed: str, path: str) -> bool:
    """A path that ends with a slash covers what is below it, another only itself; its pieces are decoded."""
    if allowed in ("", "/"):
        return True
    wanted, pieces = allowed.split("/"), path.split("/")
    if wanted[-1]:
        return len(wanted) == len(pieces) and _same(wanted, pieces)
    return len(wanted) <= len(pieces) and _same(wanted[:-1], pieces)


def _same(wanted: list[str], pieces: list[str]) -> bool:
    return all(unquote(one) == unquote(other) for one, other in zip(wanted, pieces, strict=False))
