"""Deflate in its wrappings, in and out as streams."""

from __future__ import annotations

import gzip
import zlib
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.codec import SLICE, Corrupt
from proxy.page.deflate import DeflateDecoder, GzipDecoder


def decoded(*chunks: bytes) -> bytes:
    stream = GzipDecoder()
    return b"".join(piece for chunk in chunks for piece in stream.decode(chunk))


def bodies() -> st.SearchStrategy[bytes]:
    swollen = st.tuples(st.binary(min_size=1, max_size=20), st.integers(1, 20_000)).map(lambda p: p[0] * p[1])
    return st.lists(st.binary(max_size=200) | swollen, max_size=4).map(b"".join)


@given(members=st.lists(bodies(), min_size=1, max_size=3), step=st.integers(1, 5000))
def test_any_number_of_members_in_any_pieces(members: list[bytes], step: int) -> None:
    wire = b"".join(map(gzip.compress, members))
    stream = GzipDecoder()
    pieces = [p for at in range(0, len(wire), step) for p in stream.decode(wire[at : at + step])]
    assert b"".join(pieces) == b"".join(members)
    assert stream.complete and max(map(len, pieces), default=0) <= SLICE


@given(body=bodies())
def test_a_decoder_left_in_the_midst_goes_on_where_it_was(body: bytes) -> None:
    stream, out = GzipDecoder(), list[bytes]()
    out += islice(stream.decode(gzip.compress(body)), 1)
    out += stream.decode(b"")
    assert b"".join(out) == body and stream.complete


def test_all_header_parts_are_skipped() -> None:
    deflate = zlib.compressobj(wbits=-15)
    body = deflate.compress(b"hallo") + deflate.flush()
    flags = 2 | 4 | 8 | 16
    head = b"\x1f\x8b\x08" + bytes([flags]) + b"\0" * 6 + b"\x03\0abc" + b"name\0" + b"comment\0" + b"\0\0"
    trailer = zlib.crc32(b"hallo").to_bytes(4, "little") + (5).to_bytes(4, "little")
    assert decoded(*[bytes([byte]) for byte in head + body + trailer]) == b"hallo"


def test_a_wrong_checksum_breaks_no_page() -> None:
    wire = bytearray(gzip.compress(b"hallo"))
    wire[-6] ^= 0xFF
    assert decoded(bytes(wire)) == b"hallo"


def test_what_follows_the_last_member_is_ignored() -> None:
    assert decoded(gzip.compress(b"hallo") + b"\0\0\0garbage", b"more") == b"hallo"


def test_a_last_byte_that_could_begin_another_member_is_ignored() -> None:
    stream = GzipDecoder()
    assert b"".join(stream.decode(gzip.compress(b"hallo") + b"\x1f")) == b"hallo"
    assert stream.complete


def test_a_body_cut_short_is_not_complete() -> None:
    wire = gzip.compress(b"hallo" * 100)
    for cut in (5, 15, len(wire) - 4):
        stream = GzipDecoder()
        list(stream.decode(wire[:cut]))
        assert not stream.complete


@pytest.mark.parametrize(
    "wire", [b"<html>", b"\x1f\x8b\x07" + b"\0" * 10, b"\x1f\x8b\x08" + b"\0" * 7 + b"\xff" * 9]
)
def test_what_is_no_gzip_is_corrupt(wire: bytes) -> None:
    with pytest.raises(Corrupt):
        decoded(wire)


def test_what_upstream_flushed_comes_out_at_once() -> None:
    up = zlib.compressobj(wbits=31)
    stream = GzipDecoder()
    for text in (b"eins", b"zwei", b"drei"):
        assert b"".join(stream.decode(up.compress(text) + up.flush(zlib.Z_SYNC_FLUSH))) == text


@given(pieces=st.lists(bodies(), max_size=5))
def test_the_encoder_gives_everything_at_each_flush(pieces: list[bytes]) -> None:
    stream, reader = GzipDecoder().encoder(), zlib.decompressobj(wbits=31)
    for piece in pieces:
        assert reader.decompress(stream.encode(piece) + stream.flush()) == piece
    reader.decompress(stream.finish())
    assert reader.eof and not reader.unused_data


@pytest.mark.parametrize("wbits", [15, -15])
@given(body=bodies(), step=st.integers(1, 5000))
def test_deflate_comes_in_two_forms_and_goes_back_in_the_same(wbits: int, body: bytes, step: int) -> None:
    packer = zlib.compressobj(wbits=wbits)
    wire = packer.compress(body) + packer.flush()
    stream = DeflateDecoder()
    pieces = [p for at in range(0, len(wire), step) for p in stream.decode(wire[at : at + step])]
    assert b"".join(pieces) == body and stream.complete
    back = stream.encoder()
    assert zlib.decompress(back.encode(body) + back.flush() + back.finish(), wbits=wbits) == body


def test_deflate_is_one_stream_and_what_follows_it_is_ignored() -> None:
    stream = DeflateDecoder()
    assert b"".join(stream.decode(zlib.compress(b"hallo") + b"garbage")) == b"hallo"
    assert list(stream.decode(b"more")) == [] and stream.complete


def test_a_preset_dictionary_is_corrupt() -> None:
    packer = zlib.compressobj(wbits=15, zdict=b"hallo")
    with pytest.raises(Corrupt):
        list(DeflateDecoder().decode(packer.compress(b"hallo") + packer.flush()))
