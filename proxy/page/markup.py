"""HTML tokens out of bytes, as far as the way to the end of the head needs them.

Works on every ASCII-compatible charset and follows https://html.spec.whatwg.org/multipage/parsing.html#tokenization
to the letter where it matters: where a token ends. A token that is not there whole is no token yet, so the result
does not depend on how the stream was split.
"""

from __future__ import annotations

import html
import re
from enum import Enum, auto
from typing import NamedTuple

SPACE = re.compile(rb"[\t\n\f\r ]*+")

# A `=` opens a value only after a name; elsewhere it begins a name. Quotes count only at the start of a value.
_NAME = rb"(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"
_VALUE = rb"(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\t\n\f\r >]*+)"
_EQUALS = rb"[\t\n\f\r ]*+=[\t\n\f\r ]*+"
_TAG = re.compile(
    rb"</?([A-Za-z][^\t\n\f\r />]*+)(?:[\t\n\f\r /]++|"
    + _NAME
    + rb"(?:"
    + _EQUALS
    + _VALUE
    + rb"|(?!"
    + _EQUALS
    + rb")))*+>"
)
_TAG_NAME = re.compile(rb"<[^\t\n\f\r />]*+")
_ATTRIBUTE = re.compile(rb"(" + _NAME + rb")(?:" + _EQUALS + rb"(" + _VALUE + rb"))?+")
_SCRIPT = re.compile(rb"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_COMMENT_START = re.compile(rb"<!---?>")
_COMMENT_END = re.compile(rb"--!?>")

RAW_TEXT = frozenset({b"title", b"style", b"script", b"noscript", b"noframes"})
"""Elements of the head whose content is text; browsers with scripting read noscript so, too."""

_RAW_END = {
    name: re.compile(rb"</" + name + rb"(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW_TEXT - {b"script"}
}


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    COMMENT = auto()
    DOCTYPE = auto()
    START = auto()
    END = auto()


class Token(NamedTuple):
    """One token: bytes [start, end) of the page, and the lower-case name of a tag."""

    kind: Kind
    start: int
    end: int
    name: bytes = b""


def next_token(data: bytearray, at: int, *, xml: bool = False) -> Token | None:
    """The token at or after `at`, white space skipped; None when more bytes are needed to tell.

    Text is reported by its first byte only: where text begins, the head is over.
    """
    at = _end(SPACE, data, at)
    if at >= len(data):
        return None
    if data[at] != 0x3C:
        return Token(Kind.TEXT, at, at + 1)
    if at + 1 >= len(data):
        return None
    after = data[at + 1]
    if after == 0x21:
        return _declaration(data, at, xml)
    if after == 0x3F:
        return _until(b"?>" if xml else b">", data, at, Kind.COMMENT)
    if after == 0x2F:
        if at + 2 >= len(data):
            return None
        if not _letter(data[at + 2]):
            return _until(b">", data, at, Kind.COMMENT)
    elif not _letter(after):
        return Token(Kind.TEXT, at, at + 1)
    tag = _TAG.match(data, at)
    if tag is None:
        return None
    return Token(Kind.END if after == 0x2F else Kind.START, at, tag.end(), tag[1].lower())


def raw_text_end(data: bytearray, at: int, name: bytes) -> int | None:
    """Where the end tag begins that closes the raw text which begins at `at`; None when it is not there yet."""
    if name == b"script":
        return _script_end(data, at)
    found = _RAW_END[name].search(data, at)
    return found.start() if found else None


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag: lower-case names, references resolved; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag, _end(_TAG_NAME, tag, 0), len(tag) - 1):
        value = match[2] or b""
        if value[:1] in (b'"', b"'"):
            value = value[1:-1]
        found.setdefault(match[1].decode("latin-1").lower(), html.unescape(value.decode("latin-1")))
    return found


def _end(pattern: re.Pattern[bytes], data: bytes | bytearray, at: int) -> int:
    match = pattern.match(data, at)
    return match.end() if match else at


def _letter(byte: int) -> bool:
    return 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A


def _until(mark: bytes, data: bytearray, at: int, kind: Kind) -> Token | None:
    end = data.find(mark, at + 2)
    return None if end < 0 else Token(kind, at, end + len(mark))


def _declaration(data: bytearray, at: int, xml: bool) -> Token | None:
    """`<!...`: a comment, a doctype, a CDATA section, or what browsers read as a comment."""
    head = bytes(data[at : at + 9]).lower()
    if head.startswith(b"<!--"):
        short = None if xml else _COMMENT_START.match(data, at)
        end = short or re.compile(b"-->" if xml else _COMMENT_END.pattern).search(data, at + 4)
        return Token(Kind.COMMENT, at, end.end()) if end else None
    if xml and head == b"<![cdata[":
        return Token(Kind.TEXT, at, at + 1)
    kind = Kind.DOCTYPE if head == b"<!doctype" else Kind.COMMENT
    if b"<!--".startswith(head):
        return None
    return _until(b">", data, at, kind)


def _script_end(data: bytearray, at: int) -> int | None:
    """The end of a script, which may hold `<!-- <script> </script> -->` (the script data escaped states)."""
    depth = 0  # 0 script data, 1 escaped, 2 double escaped
    while found := _SCRIPT.search(data, at):
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
    return None
