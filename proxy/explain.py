"""What becomes of one request, and by which rules: asked of the very code that serves it. Pure.

What upstream answers is not known here, so of a page only what its request decides can be told.
"""

from __future__ import annotations

import difflib
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from proxy.config import Config, Site
from proxy.page.eligible import REQUEST_RULES, request_refusal
from proxy.page.facts import Headers, Request
from proxy.page.reasons import REASONS
from proxy.page.snippet import Snippet
from proxy.page.visitors import Visitors
from proxy.routes import Routes, name

type Pair = tuple[str, str]

NAVIGATION = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
}
"""What browsers send when somebody follows a link, for the rules that look at it."""


class Unclaimed(Exception):
    """No site claims the host: the request is answered 421. `nearest` is the most similar host of a site."""

    def __init__(self, host: str, nearest: str) -> None:
        super().__init__(host)
        self.host, self.nearest = host, nearest


class NotAUrl(Exception):
    """It is no address of a page."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One request. `refusal` is a label of proxy/page/reasons.py, or None where the page may get the snippet."""

    site: Site
    host: str
    """The entry of the site's hosts that claims it."""
    path: str
    own: str | None
    """What is asked for below our path; then upstream is not asked."""
    include: str | None
    exclude: str | None
    """The patterns of `pages` that match; both may, and `exclude` wins."""
    refusal: str | None
    snippet: str

    @property
    def because(self) -> str:
        """The refusal in a sentence."""
        return REASONS[self.refusal] if self.refusal else ""


def explain(
    config: Config,
    url: str,
    src: str,
    *,
    method: str = "GET",
    headers: Sequence[Pair] = (),
    address: str = "",
    off: bool = False,
) -> Explained:
    """What becomes of a request for `url`. `src` is the recorder's path, `off` whether its site is switched off.

    `address` is the visitor's. Raises NotAUrl, Unclaimed.
    """
    origin, host, target = _parted(url)
    route = Routes(config).find(host, target.encode())
    site = route.site
    if site is None:
        known = [each for site in config.sites for each in site.hosts]
        raise Unclaimed(name(host), next(iter(difflib.get_close_matches(name(host), known, n=1, cutoff=0)), ""))
    request, pages = Request(method, target, Headers(_sent(host, headers)), origin), site.pages
    return Explained(
        site=site,
        host=_claiming(config, site, host),
        path=request.path,
        own=route.own,
        include=next((each for each in pages.include if not _left_out(request, site, [each], [])), None),
        exclude=next((each for each in pages.exclude if _left_out(request, site, ["/*"], [each])), None),
        refusal="disabled"
        if off
        else request_refusal(request, site) or _for_nobody(site, address, request.headers),
        snippet=Snippet(site, config.path, src).render().decode(),
    )


def site_of(config: Config, url: str) -> Site | None:
    """The site that claims the URL's host. Raises NotAUrl."""
    _, host, target = _parted(url)
    return Routes(config).find(host, target.encode()).site


def _parted(url: str) -> tuple[str, str, str]:
    """Origin, Host and request target, as a browser sends them."""
    try:
        parts = urlsplit(url)
        right = (
            parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
        )
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:  # of the port, of brackets, of a name that cannot be
        right = False
    if not right:
        raise NotAUrl
    target = quote(parts.path or "/", safe=string.punctuation)
    if parts.query:
        target += "?" + quote(parts.query, safe=string.punctuation)
    return f"{parts.scheme}://{host}", host, target


def _sent(host: str, headers: Sequence[Pair]) -> list[tuple[bytes, bytes]]:
    given = {key.lower() for key, _ in headers}
    usual: Mapping[str, str] = {"Host": host, **NAVIGATION}
    pairs = [pair for pair in usual.items() if pair[0].lower() not in given]
    return [
        (key.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for key, value in (*pairs, *headers)
    ]


def _claiming(config: Config, site: Site, host: str) -> str:
    """The one of the site's hosts by which it is found: alone, it would find it, too."""
    for each in sorted(site.hosts, key=lambda host: (host == "*", host.startswith("*"), -len(host))):
        alone = config.model_copy(update={"sites": (site.model_copy(update={"hosts": (each,)}),)})
        if Routes(alone).find(host, b"/").site:
            return each
    raise AssertionError("a site is found by one of its hosts")


def _for_nobody(site: Site, address: str, headers: Headers) -> str | None:
    """What keeps the snippet from this visitor, or from all; whom a sample takes is drawn when they come."""
    if Visitors(site, b"").staff(address, headers):
        return "staff"
    if site.record.sample == 0:
        return "sample"
    return "shadow" if site.record.mode == "shadow" else None


def _left_out(request: Request, site: Site, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """What the rule over paths would say, were these the site's patterns."""
    pages = site.pages.model_copy(update={"include": tuple(include), "exclude": tuple(exclude)})
    refuses = next(rule.refuses for rule in REQUEST_RULES if rule.reason == "page_rule")
    return refuses(request, site.model_copy(update={"pages": pages}))
