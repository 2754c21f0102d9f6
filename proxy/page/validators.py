"""Validators of a page that has the snippet: an ETag of our own, made of upstream's and translated on the way up.

The page is not upstream's any more, so its ETag is not either, and Last-Modified would tell nobody that the
snippet has changed. But without any validator nothing could be answered 304 again. So:

- out: ETag and Last-Modified become `W/"mg1.VERSION.TIME.STRENGTH.TAG"`. VERSION stands for all that we put in.
- in: a tag of today's VERSION becomes what it holds. Every other one is dropped, and upstream sends the page anew:
  nobody keeps a page from before the snippet, or with an old one.
- what passed as it was keeps upstream's validators, and they are remembered, so that they are not dropped.
- where a 304 says that a page is to be left alone from now on, that is remembered, too, and the page sent anew.

https://www.rfc-editor.org/rfc/rfc9110#name-validator-fields
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import NamedTuple

from proxy.page.facts import Headers, Pairs

LONGEST = 512
"""Characters of an upstream ETag that we carry; a longer one is given up."""

KNOWN = 16_384
"""Validators that are remembered at a time; each takes about 100 bytes."""

CONDITIONS = (b"if-none-match", b"if-modified-since")
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_OURS = re.compile(r"mg1\.([^.]*)\.([0-9a-f]{0,9})\.([ws-])\.(.*)", re.DOTALL)
_DATE = "%a, %d %b %Y %H:%M:%S GMT"


class Validators(NamedTuple):
    """What upstream says of a response's version. "" for what is missing, or not as RFC 9110 wants it."""

    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, headers: Headers) -> Validators:
        """Those of a response's head."""
        if not headers.any_of(("etag", "last-modified")):
            return NONE
        etag, modified = headers.one("etag"), headers.one("last-modified")
        return cls(
            etag if _TAG.fullmatch(etag) and len(etag) <= LONGEST else "",
            modified if _seconds(modified) is not None else "",
        )


NONE = Validators()


class Conditions(NamedTuple):
    """The fields that upstream gets. `kept` are the pages with today's snippet that the visitor has: what upstream
    said of each, and our ETag. With any of them, a 304 will be about one."""

    pairs: Pairs
    kept: tuple[tuple[Validators, str], ...] = ()


class Tags:
    """The ETags of one site's pages. `version` changes with what is put into them: letters, digits, - and _."""

    def __init__(self, version: str) -> None:
        self._version = version

    def wrapped(self, validators: Validators) -> str:
        """Our ETag; "" where upstream has no validator."""
        if validators == NONE:
            return ""
        seconds = _seconds(validators.modified)
        time = "" if seconds is None else f"{seconds:x}"
        found = _TAG.fullmatch(validators.etag)
        strength = "-" if not found else "w" if found[1] else "s"
        return f'W/"mg1.{self._version}.{time}.{strength}.{found[2] if found else ""}"'

    def unwrapped(self, tag: str) -> Validators | None:
        """What an ETag of ours holds; None for one that is not, or of another version."""
        outer = _TAG.fullmatch(tag)
        inner = _OURS.fullmatch(outer[2]) if outer else None
        if not inner or inner[1] != self._version:
            return None
        weak = "W/" if inner[3] == "w" else ""
        etag = "" if inner[3] == "-" else f'{weak}"{inner[4]}"'
        return Validators(etag, _date(int(inner[2], 16)) if inner[2] else "")

    def conditions(
        self, headers: Headers, knows: Callable[[str], bool], revoked: Callable[[str], bool]
    ) -> Conditions:
        """The request that upstream gets.

        `knows` tells which validators belong to what passed as it was, `revoked` which to pages that should have
        the snippet no longer.
        """
        if not headers.any_of(("if-none-match", "if-modified-since")):
            return Conditions(headers.pairs)
        matches, since = headers.all("if-none-match"), headers.one("if-modified-since")
        if "*" in matches:
            return Conditions(headers.pairs)
        tags = [match[0] for match in _TAG.finditer(", ".join(matches))]
        ours = ((self.unwrapped(tag), tag) for tag in tags)
        kept = tuple((held, tag) for held, tag in ours if held and not revoked(held.etag or held.modified))
        if kept:
            etags = [held.etag for held, _ in kept if held.etag]
            since = next((held.modified for held, _ in kept if held.modified), "")
        else:
            etags = [tag for tag in tags if knows(tag)]
            since = since if (etags if matches else knows(since)) else ""
        conditions = [(b"If-None-Match", ", ".join(etags)), (b"If-Modified-Since", since)]
        return Conditions(
            (
                *(pair for pair in headers.pairs if pair[0].lower() not in CONDITIONS),
                *((name, value.encode("latin-1")) for name, value in conditions if value),
            ),
            kept,
        )


class Known:
    """Validators of responses of one kind, the last ones to be asked for or seen."""

    def __init__(self) -> None:
        self._seen: dict[int, None] = {}

    def add(self, target: str, validators: Validators) -> None:
        """Remember what a response to `target` said."""
        for each in filter(None, (validators.etag, validators.modified)):
            self._touch(hash((target, each)))

    def has(self, target: str, validator: str) -> bool:
        """Whether `validator` is one that a response to `target` said."""
        key = hash((target, validator))
        if key not in self._seen:
            return False
        self._touch(key)
        return True

    def _touch(self, key: int) -> None:
        self._seen.pop(key, None)
        self._seen[key] = None
        if len(self._seen) > KNOWN:
            del self._seen[next(iter(self._seen))]


def _date(seconds: int) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


@lru_cache(maxsize=1024)
def _seconds(date: str) -> int | None:
    """Unix time of an HTTP date that we can write again as it was (RFC 9110, 5.6.7); None for any other."""
    try:
        seconds = int(datetime.strptime(date, _DATE).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None
    return seconds if 0 <= seconds < 16**9 and _date(seconds) == date else None
