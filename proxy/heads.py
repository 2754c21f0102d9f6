"""Heads of HTTP/1: a request's, of one meaning or refused, and a response's, read as browsers read it. Pure.

mitmproxy 12.2 (mitmproxy/net/http/http1/read.py) takes requests that servers may read differently, is strict where
browsers are not, which would be a 502, and knows the options of a connection in lower case only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mitmproxy import http
from mitmproxy.net.http import http1

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9a-zA-Z]+")
CONTROL = re.compile(rb"[^\t\x20-\x7e\x80-\xff]")
CODINGS = frozenset({b"chunked", b"gzip", b"deflate", b"compress"})
# RFC 9110, 7.6.1: what else a visitor names in Connection, X-Forwarded-For say, a proxy behind us would drop.
OPTIONS = frozenset({"close", "keep-alive", "upgrade"})


def request(lines: list[bytes]) -> http.Request:
    """The request of a head's lines. Raises ValueError, also where servers would read a line differently."""
    # RFC 9112, 2.2 and 5.2: a lone CR and a folded line; RFC 9110, 5.5: control characters.
    if any(CONTROL.search(line) or line[:1] in (b" ", b"\t") for line in lines):
        raise ValueError("ambiguous")
    made = http1.read_request_head(lines)
    if made.http_version == "HTTP/1.1" and "Host" not in made.headers and not made.authority:
        raise ValueError("no host")  # RFC 9112, 3.2
    if made.headers.get("Transfer-Encoding", "chunked").lower() != "chunked":
        raise ValueError("coding")  # RFC 9112, 6.1: who does not know it takes the body for the next request
    return made


def mended(head: Sequence[bytes]) -> list[bytes]:
    """A response's head without what is no field, and with one framing where browsers see one."""
    first, *lines = head
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if line[:1] in (b" ", b"\t"):  # goes on with the field before it
            if fields:
                fields[-1][1].append(line)
        else:
            name = name.rstrip(b" \t")
            fields.append((name.lower() if colon and TOKEN.fullmatch(name) else b"", [name + colon + value]))
    coded = [line for name, line in fields if name == b"transfer-encoding"]
    coding = _coding(first, coded) if coded else []
    chunked = bool(coding)
    out: list[bytes] = [first]
    lengths: set[bytes] = set()  # `set[bytes]()` takes as long as all of a head
    for name, written in fields:
        if name == b"content-length":
            length = written[0].partition(b":")[2].strip()
            if chunked or not length or length in lengths:  # chunks win (RFC 9112, 6.3)
                continue
            lengths.add(length)
        if name == b"transfer-encoding":
            written, coding = coding, []
        if name:
            out += written
    return out


def _coding(first: bytes, fields: list[list[bytes]]) -> list[bytes]:
    """The line for these Transfer-Encoding fields, or none where browsers heed none."""
    if first.startswith(b"HTTP/1.0") or first.split()[1:2] == [b"204"]:  # RFC 9112, 6.1
        return []
    said = [each.strip().lower() for field in fields for each in b" ".join(field).partition(b":")[2].split(b",")]
    known = [each for each in dict.fromkeys(said) if each in CODINGS]
    if known == said and len(fields) == 1:
        return fields[0]
    return [b"Transfer-Encoding: " + b", ".join(known)] if known else []


def connection_close(version: str, fields: http.Headers) -> bool:
    """Whether a message is its connection's last (RFC 9112, 9.3)."""
    options = [each.strip().lower() for each in fields.get("Connection", "").split(",")]
    return "close" in options or not ("keep-alive" in options or version in ("HTTP/1.1", "HTTP/2.0"))


def reduce_options(fields: http.Headers) -> None:
    """Leave the options of a request's connection that mean the connection alone."""
    options = fields.get("Connection", "close")
    if options.lower() in OPTIONS:
        return
    if kept := [each for each in map(str.strip, options.split(",")) if each.lower() in OPTIONS]:
        fields["Connection"] = ", ".join(kept)
    else:
        del fields["Connection"]
