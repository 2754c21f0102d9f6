"""The snippet: one external script element, and the site's settings for the recorder as JSON in an attribute.

ASCII only, so that it is right in every ASCII-compatible charset. The characters that HTML or XML could trip
over stand as JSON escapes, so the attribute needs no entities and reads the same for both parsers.
"""

from __future__ import annotations

import json
import re
from typing import Any

from proxy.config import Site

MARKER = "data-milchglas-config"
_UNSAFE = re.compile(r"[&<>'\x7f]")
_SAFE_IN_ATTRIBUTE = re.compile(r"[A-Za-z0-9._~/+=-]*")


def settings(site: Site, path: str) -> dict[str, Any]:
    """What the recorder is told: the contract's keys."""
    return {
        "path": path,
        "site": site.name,
        "forms": site.record.forms,
        "text": site.record.text if isinstance(site.record.text, str) else site.record.text.model_dump(),
        "visit": site.record.visit,
        "sensitive": list(site.sensitive),
        "exclude": list(site.exclude),
        "safe": list(site.safe),
        "consent": site.consent.model_dump(mode="json"),
    }


class Snippet:
    """The snippet of one site, compiled once. Raises ValueError for a `src` or nonce that needs escaping."""

    def __init__(self, site: Site, path: str, src: str) -> None:
        text = json.dumps(settings(site, path), ensure_ascii=True, separators=(",", ":"))
        config = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
        self._tail = f" src=\"{_plain(src)}\" {MARKER}='{config}'></script>".encode("ascii")

    def render(self, *, xhtml: bool = False, nonce: str = "") -> bytes:
        """The element's bytes; `xhtml` gives every attribute a value, `nonce` is one of the page's own policy."""
        head = b'<script async=""' if xhtml else b"<script async"
        return head + (f' nonce="{_plain(nonce)}"'.encode("ascii") if nonce else b"") + self._tail


def _plain(text: str) -> str:
    if not _SAFE_IN_ATTRIBUTE.fullmatch(text):
        raise ValueError("only letters, digits and ._~/+=- can stand in the snippet")
    return text
