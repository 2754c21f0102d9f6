"""A form with a file in it, read as it comes: nothing of the file is kept."""

from __future__ import annotations

from typing import NamedTuple

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from proxy.demo.visits import FORM_CHARSET, refuse_other_visits

MAX_FILE = 2 * 1024 * 1024
"""Bytes; PHP's own default (upload_max_filesize)."""

MAX_FIELD = 16 * 1024
MAX_FIELDS = 20

MALFORMED = (AssertionError, BadHttpMessage, RuntimeError, ValueError)
"""What aiohttp raises for what is no multipart form."""


class Upload(NamedTuple):
    """What came: the form's fields, and the file's name and size in bytes; not `whole` when it broke a limit."""

    fields: dict[str, str]
    file: str
    size: int
    whole: bool


async def uploaded(request: web.Request) -> Upload:
    """Read a multipart form up to its limits; what is beyond them stays unread.

    Raises HTTPBadRequest, and HTTPForbidden when the form is of another visit.
    """
    try:
        upload = await _read(request)
    except MALFORMED:
        raise web.HTTPBadRequest(text="Das Formular ist unvollständig angekommen.") from None
    refuse_other_visits(request, upload.fields)
    return upload


async def _read(request: web.Request) -> Upload:
    fields: dict[str, str] = {}
    file, size = "", 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or len(fields) == MAX_FIELDS:
            return Upload(fields, file, size, False)
        if part.filename:
            file = _latin(part.filename)
            while chunk := await part.read_chunk():
                size += len(chunk)
                if size > MAX_FILE:
                    return Upload(fields, file, size, False)
        elif part.filename is None:
            value = b""
            while chunk := await part.read_chunk():
                value += chunk
                if len(value) > MAX_FIELD:
                    return Upload(fields, file, size, False)
            fields[part.name or ""] = value.decode(FORM_CHARSET, "replace")
    return Upload(fields, file, size, True)


def _latin(name: str) -> str:
    """A file name as the browser meant it: it is sent in the page's charset, and aiohttp reads UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode(FORM_CHARSET, "replace")
