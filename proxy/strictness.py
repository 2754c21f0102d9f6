"""Since when a site's pages are told what they are told today, as far as it is stricter than before.

Selectors, page rules and the question for consent are followed in the browser, by the page that is open there: a
page from before a change goes on by the old ones, and the number of a `safe` selector means another today. So what
comes from it counts no more. A token tells how old a page is at most; it is asked for when the page has loaded.

The supervisor notes it, at the start and at each reload, in a file of the data folder: a restart changes as much.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from proxy.config import Config, Site

NAME = "strictness"


def since(data: Path) -> Mapping[str, float]:
    """Site -> time (seconds since 1970) from which on its pages are good. Raises OSError, ValueError."""
    return {name: told["since"] for name, told in _read(data).items()}


def note(config: Config, now: float) -> None:
    """Compare with what was told before, and remember. Raises OSError."""
    try:
        known = _read(config.data)
    except ValueError:  # damaged: nobody knows what older pages were told
        known = {site.name: {} for site in config.sites}
    for site in config.sites:
        before, told = known.get(site.name), _told(site)
        since = 0.0 if before is None else now if _stricter(before, told) else before["since"]
        known[site.name] = {**told, "since": since}
    draft = config.data / f".{NAME}.{os.getpid()}"
    draft.write_bytes(orjson.dumps(known))
    draft.replace(config.data / NAME)


def _read(data: Path) -> dict[str, dict[str, Any]]:
    try:
        read = orjson.loads((data / NAME).read_bytes())
    except FileNotFoundError:
        return {}
    if not (isinstance(read, dict) and all(isinstance(told, dict) for told in read.values())):
        raise ValueError("not what was written")
    return read


def _told(site: Site) -> dict[str, Any]:
    return {
        "sensitive": site.sensitive,
        "exclude": site.exclude,
        "safe": site.safe,
        "pages": site.pages.include,
        "no_pages": site.pages.exclude,
        "consent": site.consent.mode,
    }


def _stricter(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    try:
        gained = any(set(now[key]) - set(before[key]) for key in ("sensitive", "exclude", "no_pages"))
        lost = set(before["pages"]) - set(now["pages"])
        renumbered = list(now["safe"][: len(before["safe"])]) != before["safe"]
        return bool(gained or lost or renumbered or now["consent"] != before["consent"])
    except KeyError:
        return True
