"""Whether a value can be read in what a recorder has sent, however that is packed. Pure."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

from tests.canaries import spellings

_BASE64_FIELD = re.compile(rb"(?:^|[&\n])data=([A-Za-z0-9+/%]+)")
_GZIP, _ZLIB = b"\x1f\x8b\x08", re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def opened(body: bytes) -> Iterator[str]:
    """A body as text, and every compressed stream in it."""
    for at in _packed(body):
        stream = zlib.decompressobj(wbits=47)  # gzip or zlib
        try:
            yield _text(stream.decompress(body[at:]))
        except zlib.error:
            continue
    for field in _BASE64_FIELD.finditer(body):
        yield _text(base64.b64decode(unquote_to_bytes(field[1]) + b"=="))
    yield _text(body)


def _packed(body: bytes) -> Iterator[int]:
    at = body.find(_GZIP)
    while at >= 0:
        yield at
        at = body.find(_GZIP, at + 1)
    yield from (found.start() for found in _ZLIB.finditer(body))


def _text(data: bytes) -> str:
    """Its bytes as characters, with the escapes of JSON, also of JSON within JSON, undone."""
    text = data.decode("utf-8", "replace")
    return text.replace("\\\\", "\\").replace('\\"', '"').replace("\\u0026", "&").replace("\\/", "/")


_NUMBER: Final = re.compile(r"[\d.]+")


def told(value: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts holds the whole value, in any spelling: a part may be a word of the page."""
    if _NUMBER.fullmatch(value):  # a part of a longer number is none
        pattern = re.compile(rf"(?<![\d.]){re.escape(value)}(?![\d.])")
        return any(pattern.search(text) for text in texts)
    forms = spellings(value)
    return any(form in text for text in texts for form in forms)
