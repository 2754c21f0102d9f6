"""What the page part reads from heads."""

from __future__ import annotations

import pytest

from proxy.page.facts import Headers, Request, Response


def test_headers_are_found_in_any_case_and_all_of_them() -> None:
    headers = Headers([(b"Cache-Control", b"public"), (b"CACHE-control", b" No-Transform , max-age=1")])
    assert headers.all("cache-control") == ("public", "No-Transform , max-age=1")
    assert headers.tokens("cache-control") == ("public", "no-transform", "max-age=1")
    assert headers.one("cache-control") == "public"
    assert headers.one("etag") == "" and "etag" not in headers


def test_the_path_has_no_query() -> None:
    assert Request("GET", "/a/b?q=/c?d", Headers()).path == "/a/b"


@pytest.mark.parametrize(
    ("content_types", "media_type", "charset"),
    [
        ([b"text/html"], "text/html", ""),
        ([b'Text/HTML ; Charset="ISO-8859-1"'], "text/html", "iso-8859-1"),
        ([b"text/html; q=1;charset=utf-8"], "text/html", "utf-8"),
        ([b"text/html", b"text/html; charset=x"], "text/html", "x"),
        ([b"text/html", b"text/plain"], "", ""),
        ([], "", ""),
    ],
)
def test_media_type_and_charset(content_types: list[bytes], media_type: str, charset: str) -> None:
    response = Response(200, Headers((b"Content-Type", value) for value in content_types))
    assert (response.media_type, response.charset) == (media_type, charset)


def test_codings_are_listed_without_identity() -> None:
    response = Response(200, Headers([(b"Content-Encoding", b"identity, gzip"), (b"content-encoding", b"br")]))
    assert response.codings == ("gzip", "br")


def test_only_the_white_space_of_http_is_taken_off_a_value() -> None:
    """RFC 9110, 5.5. A no-break space at the start of a policy is a part of it to browsers."""
    headers = Headers([(b"A", b" \t\xa0b\x0b "), (b"B", b"\xa0")])
    assert (headers.one("a"), headers.one("b")) == ("\xa0b\x0b", "\xa0")
