"""The printed catalogue: one page of PDF with a picture of each article, made here as pictures.py draws them."""

from __future__ import annotations

from functools import cache

from proxy.demo.pictures import rgb
from proxy.demo.wares import ARTICLES, euro

SCALE = 18
"""Pixels for each of a drawing's. The pictures are not compressed, so that the file is worth resuming."""

ACROSS = 3
HEAD = "Altwarenhandel Kessler & Sohn - Katalog"


@cache
def pdf() -> bytes:
    """The catalogue as PDF 1.3."""
    pictures = [_picture(item.picture) for item in ARTICLES.values()]
    names = " ".join(f"/B{at} {6 + at} 0 R" for at in range(len(pictures)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> /XObject << " + names.encode() + b" >> >> >>",
        _stream("", _drawing()),
        font,
        *pictures,
    ]
    out, places = b"%PDF-1.3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))


def _drawing() -> bytes:
    """The page's content: the head, and each article in its cell."""
    parts = [_text(40, 790, 20, HEAD)]
    for at, (nr, item) in enumerate(ARTICLES.items()):
        x, y = 40 + 175 * (at % ACROSS), 600 - 240 * (at // ACROSS)
        parts += [
            f"q 150 0 0 150 {x} {y} cm /B{at} Do Q",
            _text(x, y - 16, 9, item.name),
            _text(x, y - 30, 9, f"Art.-Nr. {nr}   {euro(item.price)} Euro"),
        ]
    return "\n".join(parts).encode("cp1252")


def _text(x: int, y: int, size: int, text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {size} Tf {x} {y} Td ({escaped}) Tj ET"


def _picture(name: str) -> bytes:
    width, height, pixels = rgb(name, SCALE)
    kind = "/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return _stream(f"{kind} /Width {width} /Height {height}", pixels)


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
