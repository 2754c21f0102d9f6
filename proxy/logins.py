"""Logins that are of a connection, not of a request: NTLM, and Negotiate in most servers (RFC 4559, 6). Pure.

The answer to a request with credentials may leave the upstream connection logged in as that visitor. A visitor's
own connection has upstream connections of its own, and may keep them; one that a proxy shares between visitors
keeps them only while a handshake goes on.
"""

from __future__ import annotations

import re

from mitmproxy.http import Headers

CREDENTIALS = re.compile(r"\s*(?:NTLM|Negotiate)(?:\s|$)", re.IGNORECASE)
CHALLENGE = re.compile(r"(?:^|,)\s*(?:NTLM|Negotiate)\s*(?:,|$|\s)", re.IGNORECASE)
GOES_ON = re.compile(r"(?:^|,)\s*(?:NTLM|Negotiate)\s+[A-Za-z0-9+/._~-]+=*\s*(?:,|$)", re.IGNORECASE)


def logs_in(request: Headers) -> bool:
    """Whether a request logs its connection in."""
    return any(CREDENTIALS.match(value) for value in request.get_all("Authorization"))


def asks(response: Headers) -> bool:
    """Whether a 401 asks for a login of the connection."""
    return any(CHALLENGE.search(value) for value in response.get_all("WWW-Authenticate"))


def goes_on(response: Headers) -> bool:
    """Whether a 401 is a step of a handshake: a challenge with a token."""
    return any(GOES_ON.search(value) for value in response.get_all("WWW-Authenticate"))
