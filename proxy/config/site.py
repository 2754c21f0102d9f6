"""One legacy site: its hosts, its upstream, and what is recorded of a visit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from proxy.config.names import (
    Certified,
    CookieName,
    Glob,
    Host,
    Network,
    NoticeUrl,
    Part,
    Selector,
    SiteName,
    UpstreamUrl,
)
from proxy.config.shape import Misplaced, Shape
from proxy.config.units import PageSize


class Text(Shape):
    """What stays readable in page text; False masks it."""

    numbers: bool = False
    """Long numbers stay readable."""
    emails: bool = False
    """E-mail addresses stay readable."""
    ips: bool = False
    """IP addresses stay readable."""


class Record(Shape):
    """What is recorded of a visit."""

    mode: Literal["live", "shadow"] = "live"
    """`shadow`: nothing is put into pages or recorded; they are counted by what would become of them."""
    forms: Literal["none", "harmless", "personal"] = "none"
    """Values of fields: none, those of harmless fields, or of personal ones, too; secrets never."""
    text: Text | Literal["mask"] = Text()
    """What stays readable in page text; or `mask` for nothing at all."""
    visit: Literal["tab", "page"] = "tab"
    """`tab`: the pages of one tab are one recording (sessionStorage). `page`: nothing is stored in the browser."""
    sample: Annotated[float, Field(ge=0, le=1)] = 1.0
    """The share of visits that is recorded; the others' pages get no snippet."""


class Staff(Shape):
    """Visitors who get no snippet and are not recorded: the site's own people, monitoring."""

    networks: tuple[Network, ...] = ()
    """Addresses or networks that they come from; behind a proxy, as one of `trusted_proxies` tells it."""
    cookies: tuple[CookieName, ...] = ()
    """Names of cookies that only they have, whatever the value."""


# Most robots say that they are one; the others here load pages with their scripts, and would be recorded.
BOTS = (
    *("bot", "crawl", "spider", "slurp", "facebookexternalhit", "mediapartners-google", "bingpreview"),
    *("lighthouse", "pingdom", "uptime", "statuscake", "site24x7", "phantomjs"),
)


class Pages(Shape):
    """Which pages get the snippet: shell patterns over the URL path (exclude wins), robots by name, bytes."""

    include: tuple[Glob, ...] = ("/*",)
    """Shell patterns over the path of pages that get the snippet."""
    exclude: tuple[Glob, ...] = ()
    """Shell patterns over the path of pages that do not; wins over include."""
    bots: tuple[Part, ...] = BOTS
    """Parts of a User-Agent, in any case: who has one of them in it is a robot and gets no snippet."""
    max_size: PageSize = 32 * 2**20
    """A page that is larger by its Content-Length gets no snippet."""


class Consent(Shape):
    """Whether a visitor is asked, and what counts as a refusal."""

    mode: Literal["none", "notice", "opt-in"] = "none"
    """`notice`: a bar informs and offers to refuse. `opt-in`: nothing is recorded before a visitor agrees."""
    respect_gpc: bool = True
    """A visitor who sends Global Privacy Control gets no snippet."""
    notice_url: NoticeUrl | None = None
    """The site's own privacy page; needed for `forms: personal`."""


class UpstreamTls(Shape):
    """How an upstream over TLS proves itself, where the system's authorities and its host are not it."""

    ca: Path | None = None
    """PEM file of the authority that signed upstream's certificate, instead of the system's."""
    name: Certified | None = None
    """The name in upstream's certificate, where that is not its host."""

    def __bool__(self) -> bool:
        return self != UpstreamTls()


class Site(Shape):
    """One legacy site, chosen by Host."""

    name: SiteName
    """Stands in recordings, logs and metrics: letters, digits, _ and -."""
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)]
    """Names without port; `*.example.com` for all below it, `*` for any."""
    upstream: UpstreamUrl
    """The site's own server: http://host:port or https://host:port."""
    upstream_tls: UpstreamTls = UpstreamTls()
    """How an upstream at https:// proves itself."""
    map_addresses: bool = True
    """What names upstream's own address in its answers names the visitor's instead."""
    enabled: bool = True
    """False passes everything through and records nothing."""
    record: Record = Record()
    """What is recorded of a visit."""
    sensitive: tuple[Selector, ...] = ()
    """CSS selectors of fields, as if the site's developers had marked them."""
    exclude: tuple[Selector, ...] = ()
    """CSS selectors of what is not in the recording at all."""
    safe: tuple[Selector, ...] = ()
    """CSS selectors of fields that are harmless whatever the classifier says; never for secrets."""
    staff: Staff = Staff()
    """Visitors who are never recorded."""
    pages: Pages = Pages()
    """Which pages get the snippet."""
    consent: Consent = Consent()
    """Whether a visitor is asked, and what counts as a refusal."""

    @property
    def records(self) -> bool:
        """Whether pages get the snippet and batches are taken."""
        return self.enabled and self.record.mode == "live"

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.upstream_tls and not self.upstream.startswith("https:"):
            raise Misplaced(
                "upstream_tls is for an upstream at https://, and this one is plain HTTP", "upstream_tls"
            )
        return self

    @model_validator(mode="after")
    def _informed(self) -> Self:
        if self.record.forms == "personal" and not self.consent.notice_url:
            raise Misplaced(
                "forms: personal records personal data, and whoever does must inform: "
                "set consent.notice_url to the site's own privacy page",
                *("record", "forms"),
            )
        return self
