"""A name for each request, by which a visitor's complaint, our log and upstream's are brought together. Pure."""

from __future__ import annotations

import re
import secrets

FIELD = "X-Request-ID"
METADATA = "milchglas request id"

# As nginx, HAProxy, Envoy, Traefik and AWS make them; nothing that could be markup or a log line of its own.
PATTERN = re.compile(r"[A-Za-z0-9_.:=-]{8,128}")


def new() -> str:
    """A random id, safe in URLs."""
    return secrets.token_urlsafe(16)


def sound(text: str) -> bool:
    """Whether an id of somebody else can be used."""
    return PATTERN.fullmatch(text) is not None
