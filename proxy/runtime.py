"""What the addons of one worker share."""

from __future__ import annotations

import hashlib
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
    """The recorder's file. Its name holds its hash, so that a browser may keep it for ever."""

    content: bytes
    name: str

    @classmethod
    def load(cls) -> Recorder:
        """Read the built file. Raises NotBuilt."""
        try:
            content = (BUILT / "recorder.js").read_bytes()
        except FileNotFoundError:
            raise NotBuilt("the recorder is not built: run `make install`, which needs npm") from None
        return cls(content, f"recorder.{hashlib.sha256(content).hexdigest()[:16]}.js")


@dataclass(frozen=True, slots=True)
class Runtime:
    """Configuration and the parts that hooks reach for."""

    config: Config
    recorder: Recorder
    tokens: Tokens
    pool: Pool
    switch: Switch
