"""How a finding is mended: a mark in the page's HTML, or a selector in the configuration. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import Final

_FIELD: Final = re.compile(
    r"""(?:^|>\ )(?P<tag>[a-z][\w-]*)?
    (?:\#(?P<id>(?:[^\s\\>\[:]|\\[0-9a-fA-F]{1,6}\s?|\\.)+))?
    (?:\[name="(?P<name>(?:[^"\\]|\\.)*)"\])?
    (?::nth-of-type\(\d+\))?$""",
    re.VERBOSE,
)
"""The end of what recorder/src/selector.ts writes."""
_ESCAPE: Final = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")


def html(selector: str, mark: str) -> str:
    """The field's tag with the mark in it, as far as the selector tells what it looks like."""
    told = _FIELD.search(selector)
    if not told or not selector:
        return f"<… {mark}>"
    named = [f'{key}="{escape(_plain(told[key]))}"' for key in ("id", "name") if told[key]]
    return f"<{' '.join([told['tag'] or '…', *named, mark])}>"


def yaml(selector: str) -> str:
    """The line of the configuration that does the same where nobody can change the page; or nothing."""
    return "sensitive: ['" + selector.replace("'", "''") + "']" if selector else ""


def _plain(css: str) -> str:
    """An identifier or a string without its escapes (CSS Syntax 3, 4.3.7)."""
    return _ESCAPE.sub(lambda hit: chr(min(int(hit[1], 16), 0x10FFFF)) if hit[1] else hit[2], css)
