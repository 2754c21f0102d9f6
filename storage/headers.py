"""Security headers on every answer, and what a page may load.

Referrer-Policy is same-origin: it tells other sites as little as no-referrer does, but with no-referrer a browser
sends `Origin: null` with our own forms (Fetch, "append a request Origin header"), and the check of Origin is gone.
"""

from __future__ import annotations

from aiohttp import web

from storage import transport

_BASE = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
PAGES = _BASE + "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'"
# The replay frame inherits this. Recorded pages bring their own styles, inlined; nothing of theirs may be fetched.
PLAYER = (
    _BASE + "script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src data:; "
    "connect-src 'self'; frame-src 'none'"
)
POLICY: web.RequestKey[str] = web.RequestKey("policy", str)

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


async def add(request: web.Request, response: web.StreamResponse) -> None:
    """To be called before any response goes out."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", request.get(POLICY, PAGES))
    response.headers.setdefault("Cache-Control", "no-store")
    if transport.secure(request):
        response.headers.setdefault("Strict-Transport-Security", "max-age=63072000")
    response.headers["Server"] = "milchglas"
