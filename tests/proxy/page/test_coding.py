"""Every coding: decoded in bounded slices whatever comes, left and taken up again, and back in the same coding."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from itertools import islice

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.codec import SLICE, Corrupt
from proxy.page.coding import CODINGS, decoder


def zstd_frames(body: bytes) -> bytes:
    half = len(body) // 2
    return zstandard.compress(body[:half]) + zstandard.compress(body[half:])


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKED: dict[str, tuple[str, Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "identity": ("identity", bytes, bytes),
    "gzip": ("gzip", gzip.compress, gzip.decompress),
    "x-gzip": ("x-gzip", gzip.compress, gzip.decompress),
    "deflate": ("deflate", zlib.compress, zlib.decompress),
    "bare deflate": ("deflate", bare, lambda wire: zlib.decompress(wire, wbits=-15)),
    "br": ("br", brotli.compress, brotli.decompress),
    "zstd": ("zstd", zstd_frames, lambda wire: zstandard.ZstdDecompressor().decompressobj().decompress(wire)),
}
SWELLING = [name for name in PACKED if name != "identity"]
BODIES = st.lists(
    st.binary(max_size=200)
    | st.tuples(st.binary(min_size=1, max_size=20), st.integers(1, 20_000)).map(lambda p: p[0] * p[1]),
    max_size=4,
).map(b"".join)


def test_every_coding_is_tried_here() -> None:
    assert {coding for coding, _, _ in PACKED.values()} == set(CODINGS)


@pytest.mark.parametrize("name", PACKED)
@given(body=BODIES, step=st.integers(1, 5000), stop=st.integers(1, 3))
def test_any_body_in_any_pieces_there_and_back(name: str, body: bytes, step: int, stop: int) -> None:
    coding, pack, unpack = PACKED[name]
    wire, stream, out = pack(body), decoder(coding), list[bytes]()
    for at in range(0, len(wire), step):
        out += islice(stream.decode(wire[at : at + step]), stop)  # left in the midst
        out += stream.decode(b"")
    assert b"".join(out) == body and stream.complete and stream.left == 0
    back = stream.encoder()
    assert unpack(back.encode(body) + back.flush() + back.finish()) == body
    assert unpack(stream.encoder().whole(body)) == body


@pytest.mark.parametrize("name", SWELLING)
def test_a_bomb_comes_in_slices(name: str) -> None:
    coding, pack, _ = PACKED[name]
    stream, largest, total = decoder(coding), 0, 0
    for piece in stream.decode(pack(bytes(20_000_000))):
        largest, total = max(largest, len(piece)), total + len(piece)
    assert total == 20_000_000 and largest <= 2 * SLICE


@pytest.mark.parametrize("name", SWELLING)
def test_what_was_not_looked_at_yet_is_told(name: str) -> None:
    coding, pack, _ = PACKED[name]
    wire = pack(b"".join(b"%d " % (number**7) for number in range(100_000)))
    stream = decoder(coding)
    next(stream.decode(wire))
    assert len(wire) / 2 < stream.left < len(wire)


@pytest.mark.parametrize("name", SWELLING)
def test_a_body_cut_short_is_not_complete(name: str) -> None:
    coding, pack, _ = PACKED[name]
    wire = pack(b"hallo" * 100)
    for cut in (0, 1, len(wire) // 2 - 1, len(wire) - 1):
        stream = decoder(coding)
        list(stream.decode(wire[:cut]))
        assert not stream.complete


@pytest.mark.parametrize("name", SWELLING)
@pytest.mark.parametrize("junk", [b"\n", b"\r\n\r\n", bytes(20), b"<!-- 12 ms -->" * 100])
@pytest.mark.parametrize("step", [1, 7, 300, 1_000_000])
@pytest.mark.parametrize("length", [1000, 90_000])
def test_what_follows_the_end_is_ignored_and_no_text_before_it_lost(
    name: str, junk: bytes, step: int, length: int
) -> None:
    coding, pack, _ = PACKED[name]
    body = (b"".join(b"%d " % number**5 for number in range(300)) + b" " * 90_000)[:length]
    wire, stream = pack(body) + junk, decoder(coding)
    out = [piece for at in range(0, len(wire), step) for piece in stream.decode(wire[at : at + step])]
    assert b"".join(out) == body and stream.complete


def test_a_long_brotli_body_is_not_read_again_for_what_follows_its_end() -> None:
    wire, stream, total = brotli.compress(bytes(50_000_000)) + b"\n", decoder("br"), 0
    with pytest.raises(Corrupt):
        for piece in stream.decode(wire):
            total += len(piece)
    assert total > 49_000_000


@pytest.mark.parametrize("name", SWELLING)
def test_other_bytes_are_corrupt(name: str) -> None:
    with pytest.raises(Corrupt):
        list(decoder(PACKED[name][0]).decode(b"<html><head>" + bytes(range(255, 0, -1))))


@pytest.mark.parametrize("name", SWELLING)
def test_the_encoder_gives_everything_at_each_flush(name: str) -> None:
    coding, pack, _ = PACKED[name]
    first = decoder(coding)
    list(first.decode(pack(b"")))  # what form it is
    back, reader = first.encoder(), decoder(coding)
    for text in (b"eins", b"zwei" * 50_000, b"drei"):
        assert b"".join(reader.decode(back.encode(text) + back.flush())) == text
    assert list(reader.decode(back.finish())) == [] and reader.complete


def test_a_zstd_window_that_browsers_refuse_is_corrupt() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    wire = stream.compress(b"x" * 200_000) + stream.flush()
    with pytest.raises(Corrupt):
        list(decoder("zstd").decode(wire))


def test_other_codings_are_not_known() -> None:
    with pytest.raises(KeyError):
        decoder("compress")
