"""The shape of the configuration: what an operator writes, checked and typed. Pure.

A key that is not here is an error; a value that is not built yet is refused by its `Literal`.
Every model is frozen and picklable, for it travels to the worker, sanitizer and storage processes.
"""

from __future__ import annotations

import ipaddress
import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import cssselect
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

NAME = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*"
Port = Annotated[int, Field(ge=0, le=65535)]


def _selector(text: str) -> str:
    try:
        cssselect.parse(text)
    except cssselect.SelectorError as error:
        raise ValueError(f"{text!r} is not a CSS selector: {error}") from None
    return text


def _punycode(name: str) -> str:
    """A host name as it goes over the wire."""
    if name.isascii():
        return name
    try:
        wire = name.encode("idna")
    except UnicodeError:
        wire = b""
    # Python knows the rules of 2003, which turn ß into ss; browsers do not.
    if not wire or wire.decode("idna") != unicodedata.normalize("NFC", name.lower()):
        raise ValueError(f"{name!r} cannot be turned into punycode without doubt: write its xn-- form")
    return wire.decode()


def _upstream(text: str) -> str:
    parts = urlsplit(text)
    try:
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of the port
        right = False
    if not right:
        raise ValueError("an upstream is http://host:port or https://host:port")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise ValueError("an upstream has no path, query or user: the visitor's own path is kept")
    return f"{parts.scheme}://{_punycode(parts.netloc)}"


def _storage_url(text: str) -> str:
    if text == "embedded":
        return text
    parts = urlsplit(text)
    if parts.scheme == "https" and parts.hostname:
        return text.rstrip("/")
    if parts.scheme == "http" and parts.hostname and is_loopback(parts.hostname):
        return text.rstrip("/")
    raise ValueError("storage.url is `embedded`, https://host:port, or http:// on loopback")


def _own_path(text: str) -> str:
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", text):
        raise ValueError("path begins with / and has letters, digits, . _ ~ - only, as in /_milchglas")
    return text


def _host(text: str) -> str:
    if text == "*":
        return text
    if text.startswith("[") and text.endswith("]"):
        with suppress(ValueError):
            return f"[{ipaddress.IPv6Address(text[1:-1])}]"
    wire = _punycode(text).removesuffix(".").lower()
    if not re.fullmatch(rf"(\*\.)?{NAME}", wire):
        raise ValueError(
            "a host is a name without port, *.name for every name below it, an IPv6 address in brackets, or *"
        )
    return wire


def _certified(text: str) -> str:
    wire = _punycode(text).lower()
    if not re.fullmatch(NAME, wire):
        raise ValueError("upstream_tls.name is one name, without port, that stands in the certificate")
    return wire


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        raise ValueError(f"{text!r} is not an IP address or network") from None


def is_loopback(host: str) -> bool:
    """Whether a listener on `host` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


Selector = Annotated[str, AfterValidator(_selector)]
Host = Annotated[str, AfterValidator(_host)]
Network = Annotated[str, AfterValidator(_network)]


class Shape(BaseModel):
    """Base of all parts: unknown keys are errors, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Tls(Shape):
    """PEM files of a certificate chain and its key; both or neither."""

    cert: Path | None = None
    key: Path | None = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.cert is None) != (self.key is None):
            raise ValueError("a certificate needs its key and the other way round: give cert and key")
        return self

    def __bool__(self) -> bool:
        return self.cert is not None


class Listen(Shape):
    """An address, and how it is kept from being read along."""

    host: str = "127.0.0.1"
    port: Port = 8080
    tls: Tls = Tls()
    plain: bool = False


class VisitorsListen(Listen):
    """Where visitors arrive."""

    http2: bool = False

    @model_validator(mode="after")
    def _over_tls(self) -> Self:
        if self.http2 and not self.tls:
            raise ValueError("http2 needs tls with cert and key: browsers speak HTTP/2 over TLS only")
        return self


class Admin(Shape):
    """Where /livez, /readyz and /metrics answer."""

    host: str = "127.0.0.1"
    port: Port = 9090


class Text(Shape):
    """What stays readable in page text; False masks it."""

    numbers: bool = False
    emails: bool = False
    ips: bool = False


class Record(Shape):
    """What is recorded of a visit."""

    forms: Literal["none", "harmless", "personal"] = "none"
    text: Text | Literal["mask"] = Text()
    visit: Literal["tab", "page"] = "tab"
    sample: Annotated[float, Field(ge=0, le=1)] = 1.0


# Most robots say that they are one; the others here load pages with their scripts, and would be recorded.
BOTS = (
    *("bot", "crawl", "spider", "slurp", "facebookexternalhit", "mediapartners-google", "bingpreview"),
    *("lighthouse", "pingdom", "uptime", "statuscake", "site24x7", "phantomjs"),
)


class Pages(Shape):
    """Which pages get the snippet: shell patterns over the URL path (exclude wins), robots by name, bytes."""

    include: tuple[str, ...] = ("/*",)
    exclude: tuple[str, ...] = ()
    bots: tuple[Annotated[str, Field(min_length=1), AfterValidator(str.lower)], ...] = BOTS
    max_size: Annotated[int, Field(ge=1)] = 32 * 1024 * 1024


class Consent(Shape):
    """Whether a visitor is asked, and what counts as a refusal."""

    mode: Literal["none", "notice", "opt-in"] = "none"
    respect_gpc: bool = True
    notice_url: str | None = None


class UpstreamTls(Shape):
    """How an upstream over TLS proves itself, where the system's authorities and its host are not it."""

    ca: Path | None = None
    name: Annotated[str, AfterValidator(_certified)] | None = None

    def __bool__(self) -> bool:
        return self != UpstreamTls()


class Site(Shape):
    """One legacy site, chosen by Host."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)]
    upstream: Annotated[str, AfterValidator(_upstream)]
    upstream_tls: UpstreamTls = UpstreamTls()
    map_addresses: bool = True
    enabled: bool = True
    record: Record = Record()
    sensitive: tuple[Selector, ...] = ()
    exclude: tuple[Selector, ...] = ()
    safe: tuple[Selector, ...] = ()
    pages: Pages = Pages()
    consent: Consent = Consent()

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.upstream_tls and not self.upstream.startswith("https:"):
            raise ValueError("upstream_tls is for an upstream at https://, and this one is plain HTTP")
        return self

    @model_validator(mode="after")
    def _informed(self) -> Self:
        if self.record.forms == "personal" and not self.consent.notice_url:
            raise ValueError(
                "record.forms: personal records personal data, and whoever does must inform: "
                "set consent.notice_url to the site's own privacy page"
            )
        return self


class StorageListen(Listen):
    """Where the dashboard and the ingest answer."""

    port: Port = 8090


class Storage(Shape):
    """Where recordings are kept."""

    url: Annotated[str, AfterValidator(_storage_url)] = "embedded"
    token: SecretStr | None = None
    token_file: Path | None = None
    region: str = "local"
    listen: StorageListen = StorageListen()
    require_second_factor: bool = True

    @property
    def embedded(self) -> bool:
        return self.url == "embedded"

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.token is not None and self.token_file is not None:
            raise ValueError("give token or token_file, not both")
        if not self.embedded and self.token is None and self.token_file is None:
            raise ValueError("a storage service of its own needs token or token_file")
        return self


class Config(Shape):
    """The whole of one YAML file."""

    version: Literal[1]
    listen: VisitorsListen = VisitorsListen()
    trusted_proxies: tuple[Network, ...] = ()
    admin: Admin = Admin()
    workers: Annotated[int, Field(ge=1, le=64)] | Literal["auto"] = 1
    sanitizers: Annotated[int, Field(ge=1, le=64)] | Literal["auto"] = "auto"
    data: Path = Path("data")
    path: Annotated[str, AfterValidator(_own_path)] = "/_milchglas"
    csp: Literal["adapt", "skip"] = "adapt"
    debug: bool = False
    sites: Annotated[tuple[Site, ...], Field(min_length=1)]
    storage: Storage = Storage()

    @model_validator(mode="after")
    def _distinct_sites(self) -> Self:
        names, hosts = set[str](), set[str]()
        for site in self.sites:
            if site.name in names:
                raise ValueError(f"two sites are named {site.name!r}")
            names.add(site.name)
            for host in site.hosts:
                if host in hosts:
                    raise ValueError(f"host {host!r} is claimed twice")
                hosts.add(host)
        return self

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        for name, listen in (("listen", self.listen), ("storage.listen", self.storage.listen)):
            if not (listen.tls or listen.plain or is_loopback(listen.host) or self.trusted_proxies):
                raise ValueError(
                    f"{name}.host {listen.host} is not loopback and has no TLS: give {name}.tls, name the "
                    f"proxy in front in trusted_proxies, or say {name}.plain: true"
                )
        return self

    @property
    def worker_count(self) -> int:
        """Proxy worker processes; `auto` is one per core."""
        return self.workers if self.workers != "auto" else os.cpu_count() or 1

    @property
    def sanitizer_count(self) -> int:
        """Sanitizer processes; `auto` is one for two cores."""
        return self.sanitizers if self.sanitizers != "auto" else max(1, (os.cpu_count() or 1) // 2)

    def site(self, name: str) -> Site | None:
        """The site of that name."""
        return next((site for site in self.sites if site.name == name), None)
