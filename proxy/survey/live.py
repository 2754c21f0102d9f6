"""Pages of the sites' own servers, asked for as a visitor would: plain GETs, no cookies, nothing posted.

Requests go to the site's upstream and nowhere else; a link is followed only within its site.
"""

from __future__ import annotations

import re
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import aiohttp
from yarl import URL

from proxy.config import Config, Site
from proxy.explain import NAVIGATION, NotAUrl, site_of
from proxy.fixtures import body
from proxy.fixtures.addresses import shown
from proxy.fixtures.entry import Answered, Asked, Entry, Left, Place
from proxy.page.eligible import FILES, request_refusal
from proxy.page.facts import Headers, Request
from proxy.routes import Routes
from proxy.survey.tree import parsed

SECONDS: Final = 60.0
"""For one answer, whole."""
LARGEST: Final = body.MOST
"""Bytes of an answer, as they come."""
AGENT: Final = "Mozilla/5.0 (X11; Linux x86_64) milchglas-survey"
_ACTS: Final = re.compile(
    r"(?i)log-?(?:out|off)|sign-?(?:out|off)|abmeld|ausloggen|delete|remove|lösch|loesch|entfern|cancel|storn|unsubscribe"
    r"|add-?to|addcart|deconnexion|uitloggen|supprimer|elimina|borrar|usun"
)
"""Links that may do something rather than show it: never followed."""
FOUND: Final = 1000
"""Links of one page that are looked at."""


class Unclaimed(Exception):
    """An address that is none of a site's; for the user to read."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One address as visitors see it, how many links from here may be followed, and how many redirects.

    One that is `named`, by the user or a redirect, is fetched even where only its values are new.
    """

    site: Site
    url: SplitResult
    depth: int
    named: bool = True
    redirects: int = 5


def wanted(config: Config, urls: tuple[str, ...], depth: int, only: str | None = None) -> list[_Wanted]:
    """The addresses to begin with: those given, or the first page of every site, or of `only`. Raises Unclaimed.

    A path alone is one of the only site; an address of an upstream is its site's.
    """
    sites = [site for site in config.sites if only in (None, site.name)]
    if not urls:
        return [_Wanted(site, urlsplit(_front(site)), depth) for site in sites]
    found = list[_Wanted]()
    for url in urls:
        whole = _front(sites[0]).rstrip("/") + url if url.startswith("/") and len(sites) == 1 else url
        try:
            whole = next((at for each in sites if (at := _instead_of_upstream(each, whole))), whole)
            site = site_of(config, whole)
        except NotAUrl:
            raise Unclaimed(f"{shown(url)} is no address: give it as in https://shop.example.com/kasse") from None
        if site is None:
            known = ", ".join(host for each in config.sites for host in each.hosts)
            raise Unclaimed(f"no site claims {urlsplit(whole).netloc}: it is none of {known}")
        found.append(_Wanted(site, urlsplit(whole), depth))
    return found


def _front(site: Site) -> str:
    host = next((each for each in site.hosts if "*" not in each), urlsplit(site.upstream).netloc)
    return f"{urlsplit(site.upstream).scheme}://{host}/"


def _instead_of_upstream(site: Site, url: str) -> str:
    """The address that visitors have instead of this one of upstream's; "" for any other."""
    front, upstream = _front(site), site.upstream.rstrip("/") + "/"
    return front + url.removeprefix(upstream) if url.startswith(upstream) else ""


async def entries(
    config: Config, first: list[_Wanted], most: int, tick: Callable[[int, int], object] = lambda done, total: None
) -> AsyncIterator[Entry | Left]:
    """What the servers answer, `most` requests at most; what cannot be had comes as a broken Left."""
    waiting, seen, asked = deque(first), set[str](), 0
    routes = Routes(config)
    limits = aiohttp.ClientTimeout(total=SECONDS, sock_connect=config.limits.connect)
    async with aiohttp.ClientSession(
        timeout=limits,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        skip_auto_headers=("User-Agent",),
    ) as session:
        while waiting and asked < most:
            each = waiting.popleft()
            address = each.url.geturl()
            if (address if each.named else shown(address)) in seen:
                continue
            seen |= {address, shown(address)}
            asked += 1
            got = await _get(session, each, asked)
            yield got
            if isinstance(got, Entry):
                waiting.extendleft(_redirected(routes, each, got))
                if each.depth > 0:
                    waiting.extend(_linked(config, routes, each, got))
            tick(asked, min(most, asked + len(waiting)))


async def _get(session: aiohttp.ClientSession, each: _Wanted, number: int) -> Entry | Left:
    url, site = each.url, each.site
    name, place = f"GET {shown(url.geturl())}", Place("live", number)
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    fields = {
        "Host": url.netloc,
        "User-Agent": AGENT,
        **NAVIGATION,
        "Accept-Encoding": "gzip, deflate, br, zstd",
        "X-Forwarded-Proto": url.scheme,
        "X-Forwarded-Host": url.netloc,
    }
    try:
        async with session.get(
            URL(site.upstream.rstrip("/") + target, encoded=True),
            headers=fields,
            allow_redirects=False,
            ssl=_context(site) if site.upstream.startswith("https:") else True,
            server_hostname=site.upstream_tls.name,
        ) as answer:
            data = await _read(answer)
            said = tuple(answer.raw_headers)
            answered = Answered(answer.status, answer.reason or "", said, data)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
        return Left(place, _why(fault), name, broken=True)
    if data is None:
        return Left(place, f"its answer is larger than {LARGEST // 2**20} MiB", name, broken=True)
    sent = tuple(
        (key.encode(), value.encode("latin-1", "replace")) for key, value in fields.items() if key[:2] != "X-"
    )
    return Entry(place, Asked("GET", url, sent, b""), answered)


async def _read(answer: aiohttp.ClientResponse) -> bytes | None:
    data = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        data += piece
        if len(data) > LARGEST:
            return None
    return bytes(data)


def _why(fault: Exception) -> str:
    """Never the fault's own text: it may quote the address."""
    if isinstance(fault, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return "upstream's certificate is not accepted: see upstream_tls, and `milchglas check`"
    if isinstance(fault, TimeoutError):
        return "upstream did not answer in time"
    if isinstance(fault, aiohttp.ClientConnectorError):
        return "upstream cannot be reached: start it, or see `milchglas check`"
    return "upstream's answer is no HTTP, or broke off"


def _context(site: Site) -> ssl.SSLContext:
    """As proxy/tls.py does it: the system's authorities, or those of a file alone. Raises OSError."""
    ca = site.upstream_tls.ca
    context = ssl.create_default_context(cafile=str(ca) if ca else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _redirected(routes: Routes, each: _Wanted, got: Entry) -> Iterator[_Wanted]:
    location = Headers(got.answered.fields).one("location")
    if 300 <= got.answered.status < 400 and location and each.redirects:
        to = _same_site(routes, each, location, each.url.geturl())
        if to:
            yield replace(each, url=to, named=True, redirects=each.redirects - 1)


def _linked(config: Config, routes: Routes, each: _Wanted, got: Entry) -> Iterator[_Wanted]:
    """The pages that a page links to, within its site. Of addresses that differ only in values one is wanted."""
    text = body.text(got.answered) if "html" in Headers(got.answered.fields).one("content-type").lower() else None
    root: Any = parsed(text.text) if text else None
    if root is None:
        return
    base = urljoin(each.url.geturl(), next((found.get("href", "") for found in root.iter("base")), ""))
    for link in list(root.iter("a", "area", "iframe", "frame"))[:FOUND]:
        address = link.get("href") or link.get("src") or ""
        if "nofollow" in link.get("rel", "").lower() or _ACTS.search(address):
            continue
        to = _same_site(routes, each, address, base)
        if to is None or to.path.lower().endswith(FILES) or (to.path + "/").startswith(config.path + "/"):
            continue
        asked = Request("GET", to.path or "/", Headers(), "")
        if request_refusal(asked, each.site.model_copy(update={"enabled": True})) != "page_rule":
            yield _Wanted(each.site, to, each.depth - 1, named=False)


def _same_site(routes: Routes, each: _Wanted, address: str, base: str) -> SplitResult | None:
    """Where an address leads to, as visitors see it; None where that is not this site."""
    try:
        to = urlsplit(urljoin(base, address.strip()))._replace(fragment="")
        if to.scheme not in ("http", "https") or "@" in to.netloc or not to.netloc.isascii():
            return None
        to.port  # noqa: B018  # raises for what is none
    except ValueError:
        return None
    if to.netloc.lower() == urlsplit(each.site.upstream).netloc.lower():
        to = to._replace(scheme=each.url.scheme, netloc=each.url.netloc)
    named = [host for host in each.site.hosts if host != "*"]
    own = to.netloc.lower() == each.url.netloc.lower() or (
        bool(named)
        and routes.find(to.netloc, (to.path or "/").encode()).site is each.site
        and "*" not in each.site.hosts
    )
    return to._replace(path=_quoted(to.path), query=_quoted(to.query)) if own else None


def _quoted(text: str) -> str:
    """As browsers send it."""
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~-._", errors="replace")
