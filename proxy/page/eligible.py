"""Which pages get the snippet, as far as the heads of request and response tell.

Two tables, read from top to bottom; the first rule that matches gives the reason. Anything doubtful is left
alone: a page without a recorder is a small loss, a broken page is not ours to make.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from proxy.config import Site
from proxy.page.coding import CODINGS
from proxy.page.facts import Headers, Request, Response

DOCUMENTS = frozenset({"document", "iframe", "frame"})
PAGES = frozenset({"text/html", "application/xhtml+xml"})

OPT_OUT_COOKIE = "milchglas=off"
"""What a visitor's browser says who shall not be recorded, such as a member of the staff."""

OPT_OUT_HEADER = "x-milchglas"
"""With `off` in it, in a request (a proxy in front says so) or a response (the site says so)."""

FETCHES = frozenset({"cors", "no-cors", "same-origin", "websocket"})
"""Values of Sec-Fetch-Mode with which nothing is shown."""

SCRIPTS_SAY = ("x-requested-with", "hx-request", "turbo-frame", "sec-fetch-mode")
INTEGRITY = ("integrity-policy", "integrity-policy-report-only")

# What browsers fetch with `Accept: */*` and have for long.
FILES = (
    *(".js", ".mjs", ".css", ".map", ".json", ".xml", ".txt", ".csv", ".wasm"),
    *(".png", ".gif", ".jpg", ".jpeg", ".webp", ".avif", ".svg", ".ico", ".bmp", ".cur"),
    *(".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".ogg", ".swf"),
    *(".pdf", ".zip", ".gz", ".doc", ".docx", ".xls", ".xlsx", ".exe", ".jar"),
)

# All labels of encodings that are not ASCII-compatible: https://encoding.spec.whatwg.org/#names-and-labels, with
# those that browsers never knew (UTF-32, UTF-7) because their bytes are no HTML to our eyes either.
FOREIGN_CHARSETS = frozenset(
    {
        *("utf-16", "utf-16le", "utf-16be", "utf16", "ucs-2", "iso-10646-ucs-2"),
        *("csunicode", "unicode", "unicodefeff", "unicodefffe"),
        *("utf-32", "utf-32le", "utf-32be", "utf32", "ucs-4", "utf-7", "utf7"),
        *("iso-2022-jp", "csiso2022jp", "iso-2022-kr", "csiso2022kr", "iso-2022-cn", "iso-2022-cn-ext"),
        *("hz-gb-2312", "replacement"),
    }
)


_PARAMETERS = re.compile(r";[^/]*")


@lru_cache(maxsize=1024)
def _pattern(globs: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(fnmatch.translate(glob) for glob in globs) or r"(?!)", flags)


def _spellings(path: str) -> set[str]:
    """A path as sent and as an upstream may read it, so that none of them gets past an exclusion.

    Such as %69ntern, //intern, intern;x=1 (RFC 3986, 3.3), and what Windows takes for a slash.
    """
    bare = _PARAMETERS.sub("", path)
    plain = {unquote(each, errors="replace") for each in (path, bare)}
    return {path, bare, *plain, *(_folded(each.replace("\\", "/")) for each in plain)}


def _folded(path: str) -> str:
    return posixpath.normpath("/" + path.lstrip("/")) + ("/" if path.endswith("/") and path != "/" else "")


def _left_out(request: Request, site: Site) -> bool:
    if not site.pages.exclude and "/*" in site.pages.include:
        return False
    paths = _spellings(request.path)
    # Upper and lower case are one to some upstreams.
    include, exclude = _pattern(site.pages.include), _pattern(site.pages.exclude, re.IGNORECASE)
    return any(map(exclude.match, paths)) or not any(map(include.match, paths))


def refused_by_visitor(headers: Headers, site: Site) -> bool:
    """Whether this head of a request says that its sender is not to be recorded."""
    return _opted_out(headers) or _gpc(headers, site) or _bot(headers.one("user-agent"), site.pages.bots)


def _opted_out(headers: Headers) -> bool:
    cookies = (value for value in headers.all("cookie") if OPT_OUT_COOKIE in value)
    return _says_off(headers) or any(
        crumb.strip() == OPT_OUT_COOKIE for value in cookies for crumb in value.split(";")
    )


def _says_off(headers: Headers) -> bool:
    return "off" in headers.tokens(OPT_OUT_HEADER)


def _gpc(headers: Headers, site: Site) -> bool:
    return site.consent.respect_gpc and "1" in headers.all("sec-gpc")


@lru_cache(maxsize=1024)
def _bot(agent: str, bots: tuple[str, ...]) -> bool:
    # Cubot makes phones, and their browsers say so.
    agent = agent.lower().replace("cubot", "")
    return any(bot in agent for bot in bots)


def _script_asks(headers: Headers) -> bool:
    # Android's WebView sends its app's package name (org.example.app) with every navigation: that one is a page.
    library, mode = headers.one("x-requested-with"), headers.one("sec-fetch-mode").lower()
    asks = library and "." not in library
    return bool(asks) or "hx-request" in headers or "turbo-frame" in headers or mode in FETCHES


def _never_shown(status: int) -> bool:
    # Redirects have bodies that nobody sees; 205 has none; 206 is a part; 207 and up are WebDAV's.
    return status not in (200, 201, 202, 203) and not 400 <= status <= 599


def _saved(headers: Headers) -> bool:
    # RFC 6266, 4.2: an unknown disposition is handled like `attachment`.
    return any(value.partition(";")[0].strip().lower() != "inline" for value in headers.all("content-disposition"))


def _checks_scripts(headers: Headers) -> bool:
    # https://www.w3.org/TR/SRI-2/#integrity-policy-section; the report-only one would report the recorder.
    return any("script" in value.lower() for name in INTEGRITY for value in headers.all(name))


def _stacked_or_unknown(codings: tuple[str, ...]) -> bool:
    return len(codings) > 1 or not set(codings) <= set(CODINGS)


class Rule[Head](NamedTuple):
    """One line of a table: whether `refuses`, and where a head has none of the headers `by`, it does not."""

    reason: str
    refuses: Callable[[Head, Site], bool]
    by: tuple[str, ...] = ()


REQUEST_RULES: tuple[Rule[Request], ...] = (
    Rule("disabled", lambda request, site: not site.enabled),
    Rule("opted_out", lambda request, site: _opted_out(request.headers), ("cookie", OPT_OUT_HEADER)),
    Rule("page_rule", _left_out),
    Rule("method", lambda request, site: request.method not in ("GET", "POST")),
    Rule(
        "not_a_document",
        lambda request, site: request.headers.one("sec-fetch-dest").lower() not in DOCUMENTS,
        ("sec-fetch-dest",),
    ),
    Rule("partial", lambda request, site: _script_asks(request.headers), SCRIPTS_SAY),
    Rule(
        "no_transform",
        lambda request, site: "no-transform" in request.headers.tokens("cache-control"),
        ("cache-control",),
    ),
    Rule("bot", lambda request, site: _bot(request.headers.one("user-agent"), site.pages.bots), ("user-agent",)),
    Rule("gpc", lambda request, site: _gpc(request.headers, site), ("sec-gpc",)),
)

RESPONSE_RULES: tuple[Rule[Response], ...] = (
    Rule("status", lambda response, site: _never_shown(response.status)),
    Rule("range", lambda response, site: True, ("content-range",)),
    Rule("attachment", lambda response, site: _saved(response.headers), ("content-disposition",)),
    Rule("media_type", lambda response, site: response.media_type not in PAGES),
    Rule("opted_out", lambda response, site: _says_off(response.headers), (OPT_OUT_HEADER,)),
    Rule(
        "no_transform",
        lambda response, site: "no-transform" in response.headers.tokens("cache-control"),
        ("cache-control",),
    ),
    Rule(
        "framing",
        lambda response, site: not set(response.headers.tokens("transfer-encoding")) <= {"chunked"},
        ("transfer-encoding",),
    ),
    Rule("trailer", lambda response, site: True, ("trailer", "signature")),
    Rule("coding", lambda response, site: _stacked_or_unknown(response.codings), ("content-encoding",)),
    Rule("charset", lambda response, site: response.charset in FOREIGN_CHARSETS),
    Rule("integrity", lambda response, site: _checks_scripts(response.headers), INTEGRITY),
    Rule("empty", lambda response, site: response.length == 0, ("content-length",)),
    Rule("size", lambda response, site: (response.length or 0) > site.pages.max_size, ("content-length",)),
)

REVOCATIONS = tuple(rule for rule in RESPONSE_RULES if rule.reason in ("opted_out", "no_transform", "integrity"))
"""What a 304 may say of a page that the visitor keeps."""


def request_refusal(request: Request, site: Site) -> str | None:
    """Why the page that this request asks for gets no snippet, or None."""
    return _refusal(REQUEST_RULES, request, site)


def response_refusal(response: Response, site: Site) -> str | None:
    """Why this response gets no snippet, or None. The Content-Security-Policy is csp.py's."""
    return _refusal(RESPONSE_RULES, response, site)


def revocation(response: Response, site: Site) -> str | None:
    """Why the page with the snippet that this 304 is about should be kept no longer, or None."""
    return _refusal(REVOCATIONS, response, site)


def _refusal[Head: (Request, Response)](rules: tuple[Rule[Head], ...], head: Head, site: Site) -> str | None:
    names = head.headers.names
    for reason, refuses, by in rules:
        if by and names.isdisjoint(by):
            continue
        if refuses(head, site):
            return reason
    return None


def asks_for_file(request: Request) -> bool:
    """Whether a visitor without Sec-Fetch-* most likely asks for something that is no page.

    Only to leave the validators of such a request alone: its response may still turn out to be a page.
    """
    if "sec-fetch-dest" in request.headers:
        return request.headers.one("sec-fetch-dest").lower() not in DOCUMENTS
    accepts = request.headers.tokens("accept")
    if any("html" in accepted for accepted in accepts):
        return False
    wants_anything = not accepts or accepts == ("*/*",)
    return not wants_anything or request.path.lower().endswith(FILES)


@lru_cache(maxsize=256)
def accept_encoding(value: str) -> str:
    """What upstream is told that the visitor accepts: the part of it that can be spliced.

    Weights are kept, so a visitor who refuses gzip is never sent it.
    """
    parts = [part.strip() for part in value.split(",") if part.strip()]
    named = {part.partition(";")[0].strip().lower(): part for part in parts}
    kept = [part for name, part in named.items() if name in CODINGS]
    if "*" in named:
        weight = named["*"].partition(";")[2]
        kept += [f"{name};{weight}" if weight else name for name in CODINGS if name not in named]
    return ", ".join(kept) or "identity"
