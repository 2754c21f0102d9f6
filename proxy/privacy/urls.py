"""Addresses and style sheets: what of them may stay. Scheme, host, path and parameter names do; values do not.

| part | kept |
|---|---|
| scheme | http, https, none; of others the scheme alone; of javascript:, blob:, data: nothing, but pictures |
| user | no |
| host | yes |
| path | yes, but for segments that values.py flags, and, in a page's address, tokens |
| parameter | its name |
| fragment | no |
"""

from __future__ import annotations

import re
from typing import Final

from proxy.privacy.values import SECRET_NAMES, find

MASK: Final = "••••••"
"""What stands where something was removed; always of this length."""

_SCHEME: Final = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_IGNORED: Final = dict.fromkeys(map(ord, "\t\n\r"))
"""Browsers read over them: java<tab>script."""
_GONE: Final = frozenset(("javascript", "vbscript", "data", "blob", "file", "filesystem"))
_TOKEN: Final = re.compile(
    r"(?=[^.]*\d)(?=[^.]*[A-Za-z])[A-Za-z0-9_~\-]{16,}|[A-Za-z0-9_\-]{32,}|[A-Za-z0-9+=_\-]{24,}={1,2}"
)
_SUSPECT: Final = re.compile(r"[@;]|%40|[0-9](?:[ ./()\-]{0,2}[0-9]){6}|eyJ")
_SUSPECT_PAGE: Final = re.compile(_SUSPECT.pattern + r"|[A-Za-z0-9_~+=\-]{16}")
"""What a path must have to hold anything that is masked; most have none of it."""
_IMAGE: Final = re.compile(r"\s*data:image/[a-z0-9.+\-]+[;,]", re.IGNORECASE)
_CSS_URL: Final = re.compile(
    r"""url\(\s*+(?:(?:"([^"]*+)"?|'([^']*+)'?|([^()"']*+))\s*+(?:\)|\Z)|[^)]{0,500}+\)?)""", re.IGNORECASE
)
"""Possessive, and bounded where it may fail: linear. The style's end closes what is open; the malformed goes."""
_IMPORT: Final = re.compile(r"""(@import\s+)(["'])([^"']*)\2""", re.IGNORECASE)
_CONTENT: Final = re.compile(r"(?:content|--[\w-]{1,100})\s*+:[^;{}]*+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]{2}")
_STRING: Final = re.compile(r""""[^"]*+"?|'[^']*+'?""")


def mask_url(url: str, *, page: bool = False, image: bool = False) -> str | None:
    """The address without what it says about a person; None when nothing of it may stay.

    `page`: the address of a page rather than of a file, so a long token in the path is masked, too.
    `image`: the place shows a picture, so `data:image/...` stays.
    """
    if not url.isprintable():
        url = url.translate(_IGNORED)
    if scheme := _SCHEME.match(url):
        name = scheme.group(1).lower()
        if name in _GONE:
            return url if image and _IMAGE.match(url) else None
        if name not in ("http", "https"):
            whole = url.strip().lower() in ("about:blank", "about:srcdoc")
            return url if whole else f"{name}:{MASK}"
    address, _, fragment = url.partition("#")
    path, mark, query = address.partition("?")
    masked = _path(path, page)
    if mark:
        masked += "?" + _query(query)
    return masked + ("#" + MASK if fragment else "#" if url.endswith("#") else "")


def _query(query: str) -> str:
    pairs = []
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        if not equals:  # `?q` alone may be a value: a name says so by its `=`
            pairs.append(MASK if name else "")
        elif _SUSPECT_PAGE.search(name) and _flagged(name, token=True):
            pairs.append(f"{MASK}={MASK}")
        else:
            pairs.append(f"{name}={MASK if value else ''}")
    return "&".join(pairs)


def _path(path: str, page: bool) -> str:
    head, slashes, rest = path.partition("//")
    if slashes and (not head or head.endswith(":")):
        host, slash, tail = rest.partition("/")
        return f"{head}//{host.rpartition('@')[2]}{slash}{_segments(tail, page)}"
    return _segments(path, page)


def _segments(path: str, page: bool) -> str:
    if not (_SUSPECT_PAGE if page else _SUSPECT).search(path):
        return path
    return "/".join([_segment(part, page) for part in path.split("/")])


def _segment(part: str, page: bool) -> str:
    name, semicolon, _ = part.partition(";")  # ;jsessionid=...
    return (MASK if _flagged(name, token=page) else name) + (semicolon + MASK if semicolon else "")


def _flagged(part: str, *, token: bool) -> bool:
    names = SECRET_NAMES | ({"email", "number"} if token else {"email"})
    return bool(find(part, names)) or (token and bool(_TOKEN.fullmatch(part)))


def mask_srcset(text: str) -> str:
    """A `srcset` with each of its addresses masked; the candidates that may not stay are left out."""
    kept = []
    for candidate in re.split(r",\s+", text):
        address, space, size = candidate.strip().partition(" ")
        masked = mask_url(address)
        if masked is not None:
            kept.append(masked + space + size)
    return ", ".join(kept)


def mask_css(css: str, *, content: bool = False) -> str:
    """Style text with its addresses masked; with `content`, generated text of letters or digits is masked, too."""
    if "url(" in css or "URL(" in css:
        css = _CSS_URL.sub(_css_url, css)
    if "@import" in css:
        css = _IMPORT.sub(lambda m: f"{m[1]}{m[2]}{mask_url(m[3]) or ''}{m[2]}", css)
    return _CONTENT.sub(lambda m: mask_strings(m[0]), css) if content and ":" in css else css


def mask_strings(css: str) -> str:
    """Style text with its strings of letters or digits masked; the escapes by which icon fonts are used stay."""
    return _STRING.sub(lambda m: f'"{MASK}"' if _WORD.search(m[0]) and "\\" not in m[0] else m[0], css)


def _css_url(match: re.Match[str]) -> str:
    url = next((g for g in match.groups() if g is not None), "").strip()
    if url.startswith("#"):  # a part of the page itself, as in filter: url(#blur)
        return match[0]
    masked = mask_url(url, image=True)
    return "none" if masked is None else 'url("' + masked.replace('"', "%22") + '")'
