"""Hosts, addresses, selectors: texts of the configuration that have a form of their own."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from contextlib import suppress
from typing import Annotated
from urllib.parse import urlsplit

import cssselect
from pydantic import AfterValidator, Field, SecretStr, WithJsonSchema

NAME = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*"
COOKIE = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # RFC 6265, 4.1.1
Port = Annotated[int, Field(ge=0, le=65535)]


def _selector(text: str) -> str:
    try:
        cssselect.parse(text)
    except cssselect.SelectorError:
        raise ValueError("must be a CSS selector, such as #kundennr or [name=konto]") from None
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
        raise ValueError("this name cannot be turned into punycode without doubt: write its xn-- form")
    return wire.decode()


def _upstream(text: str) -> str:
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of the port, or of brackets
        right = False
    if not right:
        raise ValueError("an upstream is http://host:port or https://host:port")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("an upstream has no path, query or user: the visitor's own path is kept")
    return f"{parts.scheme}://{_punycode(parts.netloc)}"


def _storage_url(text: str) -> str:
    if text == "embedded":
        return text
    try:
        parts = urlsplit(text)
        right = bool(parts.hostname) and parts.port != 0
    except ValueError:  # of the port, or of brackets
        right = False
    if not right or not (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    ):
        raise ValueError("storage.url is `embedded`, https://host:port, or http:// on loopback")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("a storage URL has no user, password or query: the proxy proves itself by storage.token")
    return text.rstrip("/")


def _notice_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        right = text.startswith("/") if not parts.scheme else parts.scheme in ("http", "https")
    except ValueError:  # of brackets
        right = False
    if not right or "@" in parts.netloc:
        raise ValueError("a privacy page is a path of the site, as /datenschutz, or https://..., without a user")
    return text


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
        raise ValueError("must be an IP address or network, such as 10.0.0.5 or 10.0.0.0/8") from None


def _site_name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text):
        raise ValueError("a site's name has letters, digits, _ and - only, 64 at most")
    return text


def _glob(text: str) -> str:
    if not text.startswith(("/", "*")):
        raise ValueError("a path begins with /, and so does a pattern of paths: /intern/*")
    return text


def _cookie(text: str) -> str:
    if not re.fullmatch(COOKIE, text):
        raise ValueError("must be a cookie's name, without its value, such as BACKOFFICE")
    return text


def _part(text: str) -> str:
    if not text:
        raise ValueError("an empty text is part of every User-Agent: leave it out")
    return text.lower()


def _secret(value: SecretStr) -> SecretStr:
    # A header carries it (RFC 6750, 2.1).
    if not re.fullmatch(r"[\x21-\x7e]+", value.get_secret_value()):
        raise ValueError("a token is one word of printable ASCII, such as `openssl rand -hex 32` prints")
    return value


def is_loopback(host: str) -> bool:
    """Whether a listener on `host` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _text(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern} | ({"examples": [*examples]} if examples else {}))


# The patterns are for editors, and no stricter than the code above.
Selector = Annotated[str, AfterValidator(_selector), _text(r"\S", "#kundennr", "[name=konto]")]
Host = Annotated[
    str, AfterValidator(_host), _text(r"^(\*|(\*\.)?[^\s:/*]+|\[[0-9A-Fa-f:.]+\])$", "shop.example.com", "*")
]
Network = Annotated[str, AfterValidator(_network), _text(r"^[0-9A-Fa-f:.]+(/[0-9.]+)?$", "10.0.0.5", "10.0.0.0/8")]
UpstreamUrl = Annotated[str, AfterValidator(_upstream), _text(r"^https?://[^\s/?#@]+/?$", "http://127.0.0.1:8000")]
StorageUrl = Annotated[
    str,
    AfterValidator(_storage_url),
    _text(r"^(embedded|https?://[^\s?#@]+)$", "embedded", "https://storage.example.com"),
]
NoticeUrl = Annotated[str, AfterValidator(_notice_url), _text(r"^(https?://|/)", "/datenschutz")]
OwnPath = Annotated[str, AfterValidator(_own_path), _text(r"^(/[A-Za-z0-9._~-]+)+$", "/_milchglas")]
Certified = Annotated[str, AfterValidator(_certified), _text(r"^[^\s:/]+$", "shop.internal")]
SiteName = Annotated[str, AfterValidator(_site_name), _text(r"^[A-Za-z0-9_-]{1,64}$", "altshop")]
Glob = Annotated[str, AfterValidator(_glob), _text(r"^[/*]", "/intern/*")]
CookieName = Annotated[str, AfterValidator(_cookie), _text(rf"^{COOKIE}$", "BACKOFFICE")]
Part = Annotated[str, AfterValidator(_part), _text(".", "bot")]
Token = Annotated[SecretStr, AfterValidator(_secret), _text(r"^[!-~]+$")]
