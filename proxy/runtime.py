"""What the addons of one worker share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from proxy.config import Config
from proxy.pool import Pool
from proxy.switch import Switch
from proxy.tokens import Tokens

BUILT = Path(__file__).parent / "built"


class NotBuilt(Exception):
    """The recorder has not been built from its npm packages."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """The recorder's files: itself, and the consent bar that it loads where one is to be shown."""

    files: Mapping[str, bytes]
    """By name, which holds the hash of the content, so that a browser may keep it for ever."""

    @property
    def name(self) -> str:
        """The file that the snippet names."""
        return self.today("recorder") or ""

    def today(self, stem: str) -> str | None:
        """The name of the file that is so called, whatever hash an older page knows."""
        return next((name for name in self.files if name.startswith(f"{stem}.")), None)

    @classmethod
    def load(cls) -> Recorder:
        """Read the built files. Raises NotBuilt."""
        try:
            contents = {stem: (BUILT / f"{stem}.js").read_bytes() for stem in ("recorder", "consent")}
        except FileNotFoundError:
            raise NotBuilt("the recorder is not built: run `make install`, which needs npm") from None
        return cls({f"{stem}.{hashed(content)}.js": content for stem, content in contents.items()})


def hashed(content: bytes) -> str:
    """As recorder/build.mjs names the consent bar."""
    return hashlib.sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Runtime:
    """Configuration and the parts that hooks reach for."""

    config: Config
    recorder: Recorder
    tokens: Tokens
    pool: Pool
    switch: Switch
    sampling: bytes = b""
    """The key by which visits are drawn for the sample."""
