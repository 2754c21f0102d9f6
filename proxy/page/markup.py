"""HTML tokens out of bytes that are still coming in, as far as the way to the end of the head needs them.

Works on every ASCII-compatible charset and follows https://html.spec.whatwg.org/multipage/parsing.html#tokenization
to the letter where it matters: where a token ends. A token that is not there whole is no token yet, so the result
does not depend on how the stream was split; and what was looked through once is not looked through again, so the
time does not either.
"""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator
from enum import Enum, auto
from typing import NamedTuple

SPACE = re.compile(rb"[\t\n\f\r ]*+")


def whole_tag(space: re.Pattern[bytes], attributes: re.Pattern[bytes]) -> re.Pattern[bytes]:
    """A tag that is there whole and closes with `>`, and the white space before it."""
    return re.compile(rb"%b(<(/?)([A-Za-z][^\t\n\f\r />]*+)%b>)" % (space.pattern, attributes.pattern))


# A `=` opens a value only after a name; elsewhere it begins a name. Quotes count only at the start of a value.
_NAME = rb"(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"
_EQUALS = rb"[\t\n\f\r ]*+=[\t\n\f\r ]*+"
_QUOTED = rb"\"[^\"]*+\"|'[^']*+'"
_UNQUOTED = rb"(?![\"'])[^\t\n\f\r >]*+"

# Attributes that more bytes cannot make longer.
_ATTRIBUTES = re.compile(
    rb"(?:[\t\n\f\r /]++|%b(?:%b(?:%b|%b(?=[\t\n\f\r >]))|(?=[\t\n\f\r ]*+[^\t\n\f\r =])))*+"
    % (_NAME, _EQUALS, _QUOTED, _UNQUOTED)
)
_WHOLE_TAG = whole_tag(SPACE, _ATTRIBUTES)
_OPENED = re.compile(_NAME + _EQUALS + rb"([\"'])")
_QUOTE = {quote: re.compile(quote) for quote in (b'"', b"'")}
_TAG_NAME = re.compile(rb"</?([^\t\n\f\r />]*+)")
_ATTRIBUTE = re.compile(rb"(%b)(?:%b(%b|%b))?+" % (_NAME, _EQUALS, _QUOTED, _UNQUOTED))

_TEXT = re.compile(rb"[^<]++|<")
_TAG_END = re.compile(rb">")
_COMMENT_END = re.compile(rb"--!?>")
_XML_END = {b"<!--": re.compile(rb"-->"), b"<![CDATA[": re.compile(rb"\]\]>"), b"<?": re.compile(rb"\?>")}
_SCRIPT = re.compile(rb"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_RAW_END = {
    name: re.compile(rb"</" + name + rb"(?=[\t\n\f\r />])", re.IGNORECASE)
    for name in b"title style noscript noframes textarea xmp iframe noembed".split()
}
"""Elements whose content is text; browsers with scripting read noscript so, too. Script is another one."""

_LONGEST = 16
"""More bytes than the start of any pattern that `_search` looks for and whose end is not there yet."""

type Waiting[T] = Generator[None, None, T]
"""Goes on when more bytes have been added to the data, and returns a T in the end."""


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    COMMENT = auto()
    DOCTYPE = auto()
    START = auto()
    END = auto()


class Token(NamedTuple):
    """One token: bytes [start, end) of the page, and the lower-case name of a tag.

    Text is as much as is there: only where it begins does not depend on the split.
    """

    kind: Kind
    start: int
    end: int
    name: bytes = b""


def tokens(data: bytearray, at: int = 0, *, xml: bool = False) -> Iterator[Token | None]:
    """The tokens from `at` on, without the white space before them and the text of raw text elements.

    None: more bytes are needed. Append them to `data`, and go on.
    """
    while True:
        if whole := _WHOLE_TAG.match(data, at):  # as _token would find it, three times as fast
            token = Token(Kind.END if whole[2] else Kind.START, whole.start(1), whole.end(), whole[3].lower())
        else:
            token = yield from _token(data, at, xml)
        yield token
        at = token.end
        if token.kind is Kind.START and not xml:
            at = yield from _raw_text(data, at, token.name)


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag: lower-case names, references resolved; the first of a name counts."""
    found: dict[str, str] = {}
    name = _TAG_NAME.match(tag)
    for match in _ATTRIBUTE.finditer(tag, name.end() if name else 0, len(tag) - 1):
        value = match[2] or b""
        if value[:1] in (b'"', b"'"):
            value = value[1:-1]
        found.setdefault(match[1].decode("latin-1").lower(), _resolved(value.decode("latin-1")))
    return found


def _resolved(value: str) -> str:
    try:
        return html.unescape(value)
    except ValueError:  # a reference by a number of more than 4,300 digits, for which there is no character
        return value


def _search(pattern: re.Pattern[bytes], data: bytearray, at: int) -> Waiting[re.Match[bytes]]:
    while not (found := pattern.search(data, at)):
        at = max(at, len(data) - _LONGEST)
        yield
    return found


def _token(data: bytearray, at: int, xml: bool) -> Waiting[Token]:
    while (space := SPACE.match(data, at)) and space.end() == len(data):
        at = len(data)
        yield
    at = space.end() if space else at
    if data[at] != 0x3C:
        return _text(data, at)
    while len(data) < at + 2:
        yield
    after = data[at + 1]
    if after == 0x21:
        return (yield from _declaration(data, at, xml))
    if after == 0x3F:
        end = yield from _search(_XML_END[b"<?"] if xml else _TAG_END, data, at + 2)
        return Token(Kind.COMMENT, at, end.end())
    while after == 0x2F and len(data) < at + 3:
        yield
    if (data[at + 2] if after == 0x2F else after) in _LETTERS:
        return (yield from _tag(data, at))
    if after == 0x2F:
        end = yield from _search(_TAG_END, data, at + 2)
        return Token(Kind.COMMENT, at, end.end())
    return _text(data, at)


_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _text(data: bytearray, at: int) -> Token:
    found = _TEXT.match(data, at)
    return Token(Kind.TEXT, at, found.end() if found else at + 1)


def _tag(data: bytearray, start: int) -> Waiting[Token]:
    yield from _search(_TAG_END, data, start)
    name = _TAG_NAME.match(data, start)
    assert name
    at = name.end()
    while True:
        whole = _ATTRIBUTES.match(data, at)
        at = whole.end() if whole else at
        if data.startswith(b">", at):
            kind = Kind.END if data.startswith(b"</", start) else Kind.START
            return Token(kind, start, at + 1, name[1].lower())
        if opened := _OPENED.match(data, at):
            at = (yield from _search(_QUOTE[opened[1]], data, opened.end())).end()
        yield from _search(_TAG_END, data, at)


def _declaration(data: bytearray, at: int, xml: bool) -> Waiting[Token]:
    """`<!...`: a comment, a doctype, a CDATA section, or what browsers read as a comment."""
    marks = (b"<!--", b"<![CDATA[") if xml else (b"<!--",)
    while any(len(data) < at + len(mark) and mark.startswith(data[at:]) for mark in marks):
        yield
    mark = next((mark for mark in marks if data.startswith(mark, at)), b"")
    if xml and mark:
        end = yield from _search(_XML_END[mark], data, at + len(mark))
        return Token(Kind.COMMENT if mark == b"<!--" else Kind.TEXT, at, end.end())
    if mark:
        end = yield from _search(_COMMENT_END, data, at + 2)  # `<!-->` and `<!--->` are whole
        if end[0] == b"--!>" and end.start() < at + 4:  # `<!--!>` is not
            end = yield from _search(_COMMENT_END, data, at + 4)
        return Token(Kind.COMMENT, at, end.end())
    end = yield from _search(_TAG_END, data, at + 2)
    kind = Kind.DOCTYPE if data[at : at + 9].lower() == b"<!doctype" else Kind.COMMENT
    return Token(kind, at, end.end())


def _raw_text(data: bytearray, at: int, name: bytes) -> Waiting[int]:
    """Where the text that an element's start tag opens is over: at its end tag."""
    if name == b"script":
        return (yield from _script(data, at))
    if name not in _RAW_END:
        return at
    return (yield from _search(_RAW_END[name], data, at)).start()


def _script(data: bytearray, at: int) -> Waiting[int]:
    """The end of a script, which may hold `<!-- <script> </script> -->` (the script data escaped states)."""
    depth = 0  # 0 script data, 1 escaped, 2 double escaped
    while True:
        found = yield from _search(_SCRIPT, data, at)
        at = found.end()
        if found[0] == b"-->":
            depth = 0
        elif found[0] == b"<!--":
            depth = max(depth, 1)
            at -= 2  # `<!-->` opens and closes
        elif not found[1]:
            depth = 2 if depth else 0
        elif depth == 2:
            depth = 1
        else:
            return found.start()
