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
from urllib.parse import unquote

from proxy.config import Site
from proxy.page.facts import Headers, Request, Response

DOCUMENTS = frozenset({"document", "iframe", "frame"})

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


@lru_cache(maxsize=1024)
def _pattern(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(fnmatch.translate(glob) for glob in globs) or r"(?!)")


def _spellings(path: str) -> set[str]:
    """A path as sent and as an upstream may read it, so that %69ntern or //intern do not get past an exclusion."""
    plain = unquote(path, errors="replace")
    folded = posixpath.normpath("/" + plain.lstrip("/")) + ("/" if plain.endswith("/") and plain != "/" else "")
    return {path, plain, folded, path.partition(";")[0]}


def _left_out(request: Request, site: Site) -> bool:
    paths = _spellings(request.path)
    include, exclude = _pattern(site.pages.include), _pattern(site.pages.exclude)
    return any(map(exclude.match, paths)) or not any(map(include.match, paths))


def _script_asks(headers: Headers) -> bool:
    # Android's WebView sends its app's package name (org.example.app) with every navigation: that one is a page.
    library = headers.one("x-requested-with")
    return bool(library and "." not in library) or "hx-request" in headers or "turbo-frame" in headers


def _never_shown(status: int) -> bool:
    # Redirects have bodies that nobody sees; 205 has none; 206 is a part; 207 and up are WebDAV's.
    return status not in (200, 201, 202, 203) and not 400 <= status <= 599


def _saved(headers: Headers) -> bool:
    # RFC 6266, 4.2: an unknown disposition is handled like `attachment`.
    return any(value.partition(";")[0].strip().lower() != "inline" for value in headers.all("content-disposition"))


def _stacked_or_unknown(codings: tuple[str, ...]) -> bool:
    return codings not in ((), ("gzip",), ("x-gzip",))


REQUEST_RULES: tuple[tuple[str, Callable[[Request, Site], bool]], ...] = (
    ("disabled", lambda request, site: not site.enabled),
    ("page_rule", _left_out),
    ("method", lambda request, site: request.method not in ("GET", "POST")),
    (
        "not_a_document",
        lambda request, site: request.headers.one("sec-fetch-dest").lower() not in DOCUMENTS | {""},
    ),
    (
        "partial",
        lambda request, site: (
            _script_asks(request.headers)
            or request.headers.one("sec-fetch-mode").lower() in ("cors", "no-cors", "same-origin", "websocket")
        ),
    ),
    ("gpc", lambda request, site: site.consent.respect_gpc and "1" in request.headers.all("sec-gpc")),
)

RESPONSE_RULES: tuple[tuple[str, Callable[[Response], bool]], ...] = (
    ("status", lambda response: _never_shown(response.status)),
    ("range", lambda response: "content-range" in response.headers),
    ("attachment", lambda response: _saved(response.headers)),
    ("media_type", lambda response: response.media_type not in ("text/html", "application/xhtml+xml")),
    (
        "no_transform",
        lambda response: "no-transform" in response.headers.tokens("cache-control"),
    ),
    ("framing", lambda response: not set(response.headers.tokens("transfer-encoding")) <= {"chunked"}),
    ("trailer", lambda response: "trailer" in response.headers or "signature" in response.headers),
    ("coding", lambda response: _stacked_or_unknown(response.codings)),
    ("charset", lambda response: response.charset in FOREIGN_CHARSETS),
    ("integrity", lambda response: "script" in response.headers.one("integrity-policy").lower()),
)


def request_refusal(request: Request, site: Site) -> str | None:
    """Why the page that this request asks for gets no snippet, or None."""
    return next((reason for reason, refuses in REQUEST_RULES if refuses(request, site)), None)


def response_refusal(response: Response) -> str | None:
    """Why this response gets no snippet, or None. The Content-Security-Policy is csp.py's."""
    return next((reason for reason, refuses in RESPONSE_RULES if refuses(response)), None)


def accept_encoding(value: str | None) -> str | None:
    """What upstream is told that the visitor accepts: the part of it that can be spliced, gzip and identity.

    None (no header) stays None. Weights are kept, so a visitor who refuses gzip is never sent it.
    """
    if value is None:
        return None
    weights = {
        name.strip().lower(): weight.strip()
        for name, _, weight in (part.partition(";") for part in value.split(","))
        if name.strip()
    }
    kept = [(name, weights[name]) for name in ("gzip", "x-gzip", "identity") if name in weights]
    if "*" in weights:
        kept += [(name, weights["*"]) for name in ("gzip", "identity") if name not in weights]
    return ", ".join(f"{name};{weight}" if weight else name for name, weight in kept) or "identity"
