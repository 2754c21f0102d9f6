"""Where recordings are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import model_validator

from proxy.config.listen import StorageListen
from proxy.config.names import StorageUrl, Token
from proxy.config.shape import Misplaced, Shape


class Storage(Shape):
    """Where recordings are kept."""

    url: StorageUrl = "embedded"
    """`embedded` for a storage service beside the proxy, or https://host of one elsewhere."""
    token: Token | None = None
    """By which the proxy proves itself to a storage service elsewhere; embedded storage makes its own."""
    token_file: Path | None = None
    """A file that holds the token, instead."""
    region: str = "local"
    """Where storage stands; nothing is forwarded to a store that does not prove to be there."""
    listen: StorageListen = StorageListen()
    """Where the dashboard and the ingest answer."""
    require_second_factor: bool = True
    """A one-time code after the password."""

    @property
    def embedded(self) -> bool:
        """Whether the supervisor runs it."""
        return self.url == "embedded"

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.token is not None and self.token_file is not None:
            raise Misplaced("give token or token_file, not both", "token_file")
        if not self.embedded and self.token is None and self.token_file is None:
            raise Misplaced("a storage service of its own needs storage.token or storage.token_file", "url")
        return self
