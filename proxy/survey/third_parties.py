"""The third parties whose scripts, pixels, frames and styles a page loads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from proxy.survey import collectors
from proxy.survey.collectors import Collector
from proxy.survey.tree import elements

UNKNOWN: Final = "unknown third party"
_LOADED: Final = {
    "script": ("src", "script"),
    "img": ("src", "pixel"),
    "iframe": ("src", "frame"),
    "frame": ("src", "frame"),
    "embed": ("src", "frame"),
    "object": ("data", "frame"),
    "link": ("href", "style"),
}
"""tag -> the attribute that loads something, and what that is"""
_RELS: Final = frozenset(("stylesheet", "preload", "modulepreload", "icon"))
_HOST: Final = re.compile(r"[a-z0-9.-]{1,253}")
_SECOND_LEVEL: Final = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"))
"""What stands below a country's name where others register: example.co.uk."""
LONGEST: Final = 200_000
"""Characters of an inline script that are read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A third party on a page: `how` it gets in (script, inline script, pixel, frame, style)."""

    name: str
    host: str
    how: str
    collects: str

    @property
    def known(self) -> bool:
        """Whether it is one of the table."""
        return self.name != UNKNOWN


def third_parties(root: Any, url: str, own: Sequence[str]) -> list[Seen]:
    """Those of a page at `url`; hosts that share a domain with one of `own` are the site's."""
    domains = {_domain(host) for host in (*own, host_of(urlsplit(url))) if host}
    base = next(
        (urljoin(url, each.get("href")) for each in root.iter("base") if _joins(url, each.get("href"))), url
    )
    seen = dict[Seen, None]()
    for element in elements(root):
        for each, host, how in _loads(element, base):
            foreign = bool(host) and _domain(host) not in domains
            if each and (foreign or how == "inline script"):
                seen[Seen(each.name, host, how, each.collects)] = None
            elif foreign and how in ("script", "frame", "inline script", "pixel"):
                seen[Seen(UNKNOWN, host, how, "")] = None
    return list(seen)


def _loads(element: Any, base: str) -> Iterator[tuple[Collector | None, str, str]]:
    if element.tag == "script" and not element.get("src"):
        for each, host in collectors.in_script((element.text or "")[:LONGEST]):
            yield each, host, "inline script"
        return
    name, how = _LOADED.get(element.tag, ("", ""))
    address = element.get(name) if name else None
    if not address or (element.tag == "link" and not _RELS & set(element.get("rel", "").lower().split())):
        return
    parts = _joins(base, address)
    if parts is None or not (host := host_of(parts)):
        return
    known = collectors.at(host, parts.path.lstrip("/"))
    if known or how != "pixel" or _tiny(element):
        yield known, host, how


def _tiny(image: Any) -> bool:
    """Whether it is there to be asked for, and not to be seen."""
    return image.get("width") in ("0", "1") and image.get("height") in ("0", "1")


def _joins(base: str, address: str | None) -> SplitResult | None:
    try:
        parts = urlsplit(urljoin(base, (address or "").strip()))
    except ValueError:
        return None
    return parts if address and parts.scheme in ("http", "https") else None


def host_of(parts: SplitResult) -> str:
    """The host in lower case and ASCII; "" where it is none."""
    try:
        host = (parts.hostname or "").strip(".")
        host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    return host if _HOST.fullmatch(host) else ""


def _domain(host: str) -> str:
    """What was registered, by a rule of thumb: the last two labels, or three below co.uk and its like."""
    labels = host.lower().lstrip("*.").split(".")
    if labels[-1].isdigit():
        return host
    few = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-few:])
