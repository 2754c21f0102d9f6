"""A body is a batch within limits, or refused with a reason that quotes nothing of it."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import orjson
import pytest

from proxy.privacy.batch import MAX_BODY, MAX_WIRE, Refused, decode

GOOD: dict[str, Any] = {
    "v": 1,
    "recording": "r" * 16,
    "view": "v" * 64,
    "seq": 0,
    "token": "t",
    "fields": {
        "7": {"tag": "input", "name": "x" * 500, "label": 5, "unheard": "of", "dots": "yes", "title": None}
    },
    "events": [{"type": 3, "timestamp": 5, "data": {}}, {"type": 3, "timestamp": 2.5, "data": {}}],
}


def body(**changes: Any) -> bytes:
    return orjson.dumps({key: value for key, value in (GOOD | changes).items() if value is not ...})


def refused(data: bytes, encoding: str = "") -> Refused:
    with pytest.raises(Refused) as caught:
        decode(data, encoding)
    assert "geheim" not in caught.value.reason + str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("pack", "encoding"), [(bytes, ""), (gzip.compress, ""), (gzip.compress, "gzip"), (bytes, "identity")]
)
def test_plain_and_gzip_are_taken_by_header_or_magic_bytes(pack: Any, encoding: str) -> None:
    batch = decode(pack(body()), encoding)
    assert (batch.started, batch.ended, batch.seq) == (2, 5, 0)


def test_cards_are_cut_and_cleaned() -> None:
    card = decode(body()).fields[7]
    assert (len(card.name), card.label, card.dots, card.title) == (120, "5", False, "")


def test_half_an_emoji_is_no_reason_to_lose_a_batch() -> None:
    raw = body().replace(b'"data":{}', rb'"data":{"a":"x\ud83d","b":"\ud83d\ude00","c":"\\ud83d"}')
    assert decode(raw).events[0]["data"] == {"a": "x\ufffd", "b": "😀", "c": "\\ud83d"}


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": True},
        {"v": ...},
        {"recording": "geheim"},
        {"recording": "ä" * 16},
        {"view": "v" * 65},
        {"view": "v" * 15 + "\n"},
        {"seq": -1},
        {"seq": True},
        {"seq": 1.0},
        {"seq": "0"},
        {"token": ...},
        {"token": 7},
        {"fields": []},
        {"events": []},
        {"events": {}},
        {"events": ["geheim"]},
        {"events": [{"type": "geheim", "timestamp": 1}]},
        {"events": [{"type": True, "timestamp": 1}]},
        {"events": [{"type": 3}]},
        {"events": [{"type": 3, "timestamp": "geheim"}]},
        {"events": [{"type": 3, "timestamp": -5}]},
    ],
)
def test_a_wrong_shape_is_400(changes: dict[str, Any]) -> None:
    assert refused(body(**changes)).status == 400


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"geheim", ""),
        (b'{"v":', ""),
        (b"[" * 5000, ""),
        (body(), "gzip"),
        (body(), "br"),
        (gzip.compress(body()), "gzip, gzip"),
        (gzip.compress(gzip.compress(body())), "gzip"),
        (gzip.compress(body())[:-9], ""),
        (gzip.compress(body()) + b"geheim", ""),
        (gzip.compress(body()) * 2, ""),
        (b"\x1f\x8b\x08geheim", ""),
        (zlib.compress(body()), "deflate"),
    ],
)
def test_what_cannot_be_read_is_400(data: bytes, encoding: str) -> None:
    assert refused(data, encoding).status == 400


def test_too_much_is_413_before_it_is_held() -> None:
    assert refused(b" " * (MAX_WIRE + 1)).status == 413
    assert refused(gzip.compress(b" " * (MAX_BODY + 1))).status == 413
