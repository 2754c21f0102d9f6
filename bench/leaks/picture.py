"""The table as a picture: how much of what a visitor typed each recorder gives away. SVG, for the README. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

type Bar = tuple[str, int, int | None]
"""Recorder, values out as it comes, values out with forms recorded; None where it cannot."""

_WIDTH, _LEFT, _ROW, _TOP = 760, 130, 44, 64
_LABELS: Final = ("as it comes", "with form contents recorded")
_COLOURS: Final = ("#9db4c8", "#c0392b")


def picture(bars: Sequence[Bar], most: int) -> str:
    """Two bars a recorder, of `most` at most."""
    height = _TOP + _ROW * len(bars) + 16
    scale = (_WIDTH - _LEFT - 90) / most
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        'font-family="system-ui, sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#fff"/>',
        f'<text x="16" y="26" font-size="15" font-weight="600">'
        f"Of {most} sensitive values typed into unmarked fields, so many get out</text>",
    ]
    for column, (label, colour) in enumerate(zip(_LABELS, _COLOURS, strict=True)):
        x = _LEFT + column * 130
        parts.append(f'<rect x="{x}" y="38" width="11" height="11" fill="{colour}"/>')
        parts.append(f'<text x="{x + 17}" y="48">{label}</text>')
    for row, (name, *values) in enumerate(bars):
        top = _TOP + row * _ROW
        parts.append(f'<text x="{_LEFT - 10}" y="{top + 20}" text-anchor="end">{escape(name)}</text>')
        for line, (value, colour) in enumerate(zip(values, _COLOURS, strict=True)):
            y = top + line * 16
            width = max(1.5, (value or 0) * scale)
            said = "cannot record forms" if value is None else str(value)
            parts.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="13" rx="2" fill="{colour}"/>')
            parts.append(f'<text x="{_LEFT + width + 6:.1f}" y="{y + 11}" font-size="12">{said}</text>')
    return "\n".join([*parts, "</svg>\n"])
