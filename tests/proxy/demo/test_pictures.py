"""The drawn pictures are files that decoders read."""

from __future__ import annotations

import struct
import zlib

import pytest

from proxy.demo.pictures import ART, PALETTE, SCALE, gif, png, rgb


@pytest.mark.parametrize("name", sorted(ART))
def test_drawings_are_rectangles_in_known_colours(name: str) -> None:
    rows = ART[name].strip("\n").split("\n")
    assert len({len(row) for row in rows}) == 1 and set("".join(rows)) <= set(PALETTE)


@pytest.mark.parametrize("name", sorted(ART))
def test_png(name: str) -> None:
    data = png(name)
    width, height = struct.unpack(">II", data[16:24])
    at = data.index(b"IDAT")
    size = struct.unpack(">I", data[at - 4 : at])[0]
    pixels = zlib.decompress(data[at + 4 : at + 4 + size])
    assert width == 16 * SCALE and len(pixels) == height * (1 + 3 * width)


def test_gif() -> None:
    data = gif("neu")
    assert data[:6] == b"GIF89a" and data[-1:] == b";"
    assert struct.unpack("<HH", data[6:10]) == (48, 24)


def test_a_picture_grows_by_whole_pixels() -> None:
    width, height, pixels = rgb("neu", 2)
    assert (width, height, len(pixels)) == (32, 16, 3 * 32 * 16)
    small = rgb("neu", 1)[2]
    assert [pixels[6 * at : 6 * at + 3] for at in range(16)] == [small[3 * at : 3 * at + 3] for at in range(16)]


def test_an_unknown_picture_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        png("x")
