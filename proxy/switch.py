"""The kill switch: a site can be switched off while everything runs, and stays so over a restart.

A file of the site's name in the data folder's `off` says it, so that all workers know at once and no message can
get lost. `enabled: false` in the configuration holds whatever the files say.
"""

from __future__ import annotations

import os

from proxy.config import Config


class Switch:
    """Which sites are off. Names of sites are file names by their pattern (config.Site.name)."""

    def __init__(self, config: Config) -> None:
        self._folder = config.data / "off"
        self._files = {site.name: self._folder / site.name for site in config.sites}

    def off(self, site: str) -> bool:
        """Whether nothing of this site is to be recorded. Asked for each page; does not raise for a known site."""
        return os.path.exists(self._files[site])  # noqa: PTH110  Path.exists raises when a folder is closed to us

    def turn_off(self, site: str) -> None:
        """Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._files[site].touch()

    def turn_on(self, site: str) -> None:
        """Raises OSError."""
        self._files[site].unlink(missing_ok=True)
