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
from functools import lru_cache, partial
from typing import Final
from urllib.parse import unquote

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
_SUSPECT: Final = re.compile(r"[@;%]|[0-9](?:[ ./()\-]{0,2}[0-9]){6}|eyJ")
_SUSPECT_PAGE: Final = re.compile(_SUSPECT.pattern + r"|[A-Za-z0-9_~+=\-]{16}")
"""What a path must have to hold anything that is masked; most have none of it."""
_PLAIN_FILE: Final = re.compile(
    r"(?:(?:https?:)?//[A-Za-z0-9.\-]+(?::[0-9]{1,5})?/|/)?[A-Za-z_.\-/]*+[0-9]{0,6}+[A-Za-z_.\-/]*+"
)
"""The address of a file in which nothing is masked: of letters, and of one short number at most."""
_PARAMETER: Final = re.compile(r"([A-Za-z_\-]{1,15})=[^&]+")
"""One parameter whose name is none of a person's."""
_SEARCH: Final = re.compile(
    r"(?i)search|suchen?|recherche|busca(r|dor)?|cerca|ricerca|zoeken|szukaj|hled(at|ej)|s[oø]k|soeg|q"
)
"""Words of a path behind which a search term stands."""
_SECRET: Final = re.compile(
    r"(?i)reset|token|verif|confirm|activat|aktivier|bestaetig|invit|einlad|unsubscribe|abmeld|pass|pwd|kennwort|magic|auth"
    r"|session|sid|key|code|otp|recover|recuper|mot-de-passe|contrase|haslo|heslo|wachtwoord|losen"
)
"""Beginnings of words of a path behind which a token may stand."""
_LIKE_A_CODE: Final = re.compile(r"\d\w*[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]|\d{5}")
_IMAGE: Final = re.compile(r"\s*data:image/[a-z0-9.+\-]+[;,]", re.IGNORECASE)
MAX_PICTURE: Final = 32_768
"""Characters of a picture within an address; a larger one is more likely the visitor's than the site's."""
_CSS_URL: Final = re.compile(
    r"""url\(\s*+(?:(?:"([^"]*+)"?|'([^']*+)'?|([^()"']*+))\s*+(?:\)|\Z)|[^)]{0,500}+\)?)""", re.IGNORECASE
)
"""Possessive, and bounded where it may fail: linear. The style's end closes what is open; the malformed goes."""
_ODD_CSS_URL: Final = re.compile(
    rf"""url\((?!"(?:{_PLAIN_FILE.pattern})"\)|'(?:{_PLAIN_FILE.pattern})'\))""", re.IGNORECASE
)
"""One that is more than a plain file's in quotes."""
_IMPORT: Final = re.compile(r"""(@import\s+)(["'])([^"']*)\2""", re.IGNORECASE)
_ESCAPED_URL: Final = re.compile(
    r"(?:u|\\0{0,4}[57]5\s?)(?:r|\\0{0,4}[57]2\s?)(?:l|\\0{0,4}[46]c\s?)\(", re.IGNORECASE
)
_IMAGE_SET: Final = re.compile(r"image-set\([^;{}]*", re.IGNORECASE)
_CANDIDATE: Final = re.compile(r"[\s,]*([^\s,]\S*)([^,]*)")
_SIZE: Final = re.compile(r"[0-9.]{1,12}[wxh]( [0-9]{1,9}h)?")
_CONTENT: Final = re.compile(r"(?:content|--[\w-]{1,100})\s*+:[^;{}]*+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]{2}")
_STRING: Final = re.compile(r""""[^"]*+"?|'[^']*+'?""")


def mask_url(url: str, *, page: bool = False, image: bool = False) -> str | None:
    """The address without what it says about a person; None when nothing of it may stay.

    `page`: the address of a page rather than of a file, so tokens and search terms in the path are masked, too.
    `image`: the place shows a picture, so a small `data:image/...` stays.
    """
    if not page and _PLAIN_FILE.fullmatch(url) and "eyJ" not in url:  # most are: the rest would change nothing
        return url
    if not url.isprintable():
        url = url.translate(_IGNORED)
    if "\\" in url:  # as browsers read it
        url = url.replace("\\", "/")
    if scheme := _SCHEME.match(url):
        name = scheme.group(1).lower()
        if name in _GONE:
            return url if image and len(url) <= MAX_PICTURE and _IMAGE.match(url) else None
        if name not in ("http", "https"):
            whole = url.strip().lower() in ("about:blank", "about:srcdoc")
            return url if whole else f"{name}:{MASK}"
        if not url.startswith("//", scheme.end()):
            url = f"{name}://{url[scheme.end() :].lstrip('/')}"
    address, hash_, fragment = url.partition("#")
    path, mark, query = address.partition("?")
    masked = _known_path(path, page) if len(path) < 200 else _path(path, page)
    if mark:
        masked += "?" + _query(query)
    return f"{masked}#{MASK if fragment else ''}" if hash_ else masked


def _query(query: str) -> str:
    if simple := _PARAMETER.fullmatch(query):
        return f"{simple[1]}={MASK}"
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


_known_path: Final = lru_cache(maxsize=4096)(_path)
"""The links of a page differ in their parameters more than in their paths."""


def _segments(path: str, page: bool) -> str:
    if not (_SUSPECT_PAGE if page else _SUSPECT).search(path) and not (
        page and any(len(part) < 32 and _tells(part) for part in path.split("/")[:-1])
    ):
        return path
    kept, before = [], ""
    for part in path.split("/"):
        name, semicolon, _ = part.partition(";")  # ;jsessionid=...
        plain = unquote(unquote(name)) if "%" in name else name
        told = page and _is_told(before, plain)
        flagged = told or _flagged(plain, token=page) or (plain is not name and _flagged(name, token=page))
        kept.append((MASK if flagged else name) + (semicolon + MASK if semicolon else ""))
        before = plain
    return "/".join(kept)


@lru_cache(maxsize=4096)
def _tells(word: str) -> bool:
    """Whether a search term or a token may stand behind this part of a path."""
    return bool(_SEARCH.fullmatch(word) or _SECRET.match(word))


def _is_told(before: str, part: str) -> bool:
    """Whether the word before it in the path says that a part is a search term, or a token by its looks."""
    return bool(part) and bool(_SEARCH.fullmatch(before) or (_SECRET.match(before) and _LIKE_A_CODE.search(part)))


def _flagged(part: str, *, token: bool) -> bool:
    names = SECRET_NAMES | ({"email", "number"} if token else {"email"})
    return bool(find(part, names)) or (token and bool(_TOKEN.fullmatch(part)))


def mask_srcset(text: str) -> str:
    """A `srcset` with each of its addresses masked; the candidates that may not stay are left out."""
    kept = []
    for candidate in _CANDIDATE.finditer(text):
        masked = mask_url(candidate[1].rstrip(","))
        size = candidate[2].strip() if candidate[2] else ""
        if masked is not None and (not size or _SIZE.fullmatch(size)):
            kept.append(f"{masked} {size}".strip())
    return ", ".join(kept)


def mask_css(css: str, *, content: bool = False) -> str:
    """Style text with its addresses masked; with `content`, generated text of letters or digits is masked, too."""
    if "\\" in css:
        css = _ESCAPED_URL.sub("url(", css)
    low = css.lower() if "(" in css or "@" in css else ""
    if "url(" in low and ("eyj" in low or _ODD_CSS_URL.search(css)):
        css = _CSS_URL.sub(partial(_css_url, text=not content), css)
    if "image-set(" in low:
        css = _IMAGE_SET.sub(lambda m: _STRING.sub(_address_string, m[0]), css)
    if "@import" in low:
        css = _IMPORT.sub(lambda m: f"{m[1]}{m[2]}{mask_url(m[3]) or ''}{m[2]}", css)
    return _CONTENT.sub(lambda m: mask_strings(m[0]), css) if content and ":" in css else css


def _address_string(match: re.Match[str]) -> str:
    return '"' + (mask_url(match[0].strip("\"'"), image=True) or "").replace('"', "%22") + '"'


def mask_strings(css: str) -> str:
    """Style text with its strings of letters or digits masked; the escapes by which icon fonts are used stay."""
    return _STRING.sub(lambda m: f'"{MASK}"' if _WORD.search(m[0]) and "\\" not in m[0] else m[0], css)


def _css_url(match: re.Match[str], *, text: bool) -> str:
    url = next((g for g in match.groups() if g is not None), "").strip()
    if url.startswith("#"):  # a part of the page itself, as in filter: url(#blur)
        return match[0]
    masked = mask_url(url, image=text or "svg" not in url[:30].lower())
    return "none" if masked is None else 'url("' + masked.replace('"', "%22") + '")'
