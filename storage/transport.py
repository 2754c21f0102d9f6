"""What is known of the connection a request came by: encrypted or not, from which address, from which page."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

from storage.keys import CONFIG

COOKIE, SECURE_COOKIE = "milchglas", "__Host-milchglas"


def trusted(request: web.Request) -> bool:
    """Whether the peer is a proxy whose X-Forwarded-* headers are believed."""
    try:
        peer = ipaddress.ip_address(request.remote or "")
    except ValueError:
        return False
    return any(peer in ipaddress.ip_network(network) for network in request.app[CONFIG].trusted_proxies)


def secure(request: web.Request) -> bool:
    """Whether the browser's end of the connection is encrypted."""
    forwarded = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip()
    return request.secure or (trusted(request) and forwarded == "https")


def address(request: web.Request) -> str:
    """The address to count failures by and to write down: the last one that a trusted proxy added, or the peer."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if trusted(request) and forwarded:
        return forwarded[:64]
    return request.remote or ""


def own_page(request: web.Request) -> bool:
    """Whether a form came from a page of ours, as far as the browser says it.

    Browsers send Origin with every POST; ours is not "null" because the pages' Referrer-Policy is same-origin.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == ("https" if secure(request) else "http") and parts.netloc == request.host


def token(request: web.Request) -> str:
    """The token in the visitor's cookie, empty without one."""
    return request.cookies.get(SECURE_COOKIE if secure(request) else COOKIE, "")


def set_token(request: web.Request, response: web.StreamResponse, value: str) -> None:
    """Give the browser a token: for this browser session, this host, no script, no other site's form."""
    name, encrypted = (SECURE_COOKIE, True) if secure(request) else (COOKIE, False)
    response.set_cookie(name, value, path="/", secure=encrypted, httponly=True, samesite="Lax")
