"""Responses of our own: plain, short, saying nothing of what we are built on."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from mitmproxy import http

from proxy import ids

Fields = tuple[tuple[bytes, bytes], ...]

PLAIN: Fields = ((b"Cache-Control", b"no-store"), (b"X-Content-Type-Options", b"nosniff"))


def answer(status: int, body: bytes, media_type: str, *extra: tuple[bytes, bytes]) -> http.Response:
    """A response with exact length; `extra` fields come last."""
    head = (
        (b"Content-Type", media_type.encode()),
        (b"Content-Length", b"%d" % len(body)),
        *(PLAIN if not any(key.lower() == b"cache-control" for key, _ in extra) else PLAIN[1:]),
        *extra,
    )
    return http.Response(
        b"HTTP/1.1", status, HTTPStatus(status).phrase.encode(), http.Headers(head), body, None, 0, 0
    )


def plain(status: int, text: str, *extra: tuple[bytes, bytes]) -> http.Response:
    """A line of text."""
    return answer(status, f"{text}\n".encode(), "text/plain; charset=utf-8", *extra)


def json(status: int, facts: Mapping[str, Any], *extra: tuple[bytes, bytes]) -> http.Response:
    """A JSON object."""
    return answer(status, orjson.dumps(facts), "application/json", *extra)


def refusal(request_id: str) -> http.Response:
    """What every request under our path is answered until something succeeds (rule 2)."""
    response = plain(503, f"not available, try again later\nrequest id {request_id}", (b"Retry-After", b"5"))
    return named(response, request_id)


ERRORS = {
    400: "the request could not be understood",
    413: "the request is too large",
    421: "no site is served here under this name",
    431: "the request's head is too large",
    502: "the site's server cannot be reached at the moment",
    504: "the site's server does not answer",
}


def error(status: int, request_id: str) -> http.Response:
    """An error page of ours; the connection ends with it, where that is the request's own."""
    text = ERRORS.get(status, HTTPStatus(status).phrase.lower())
    page = plain(status, f"{status}: {text}\nrequest id {request_id}", (b"Connection", b"close"))
    return named(page, request_id)


def named(response: http.Response, request_id: str) -> http.Response:
    """The response with the id by which our log knows the request."""
    response.headers[ids.FIELD] = request_id
    return response
