"""Entries of fixtures, or of a live site, run through the proxy and looked through."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import NamedTuple

from proxy.config import Config
from proxy.fixtures.entry import Entry, Left
from proxy.fixtures.replay import Replay
from proxy.survey.gather import Broken
from proxy.survey.pages import Page, as_surveyed, page, selectors


class Looked(NamedTuple):
    """What was found: pages, what could not be read, and the number of entries of other hosts."""

    pages: list[Page]
    broken: list[Broken]
    others: int


async def surveyed(config: Config, only: str | None, entries: AsyncIterable[Entry | Left]) -> Looked:
    """Look at each entry, of the site `only` if it is given. Raises NotBuilt."""
    player, chosen = Replay(as_surveyed(config)), {site.name: selectors(site) for site in config.sites}
    pages, broken, others = list[Page](), list[Broken](), 0
    async for entry in entries:
        result = await player.run(entry)
        site = config.site(result.site) if result.site else None
        if result.outcome == "broken":
            place = f"{result.place} {result.name}".strip()
            broken.append(Broken(place, result.meaning))
        elif result.outcome == "other":
            others += 1
        elif site and isinstance(entry, Entry) and only in (None, site.name):
            try:
                found = page(config, site, entry, result, chosen[site.name])
            except Exception as fault:  # whatever a stranger's page brings about: the others are looked at
                why = f"a fault of ours: {type(fault).__name__}"
                broken.append(Broken(f"{result.place} {result.name}", why))
                continue
            pages += [found] if found else []
    return Looked(pages, broken, others)
