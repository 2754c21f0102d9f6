"""Who may add to a recording: a signed, expiring token bound to site and recording."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from proxy.files import write_once

EXPIRES = 3600
"""Seconds for which a token may send batches; the recorder then calls `start` once more."""

KEY_BYTES = 32

CONTINUES = 24 * 3600
"""Seconds for which an old token may be shown to `start` to go on with the visit."""


class Tokens:
    """Issues and checks tokens. All workers of a machine share the key, and it outlives a restart."""

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeTimedSerializer(
            key, salt=b"milchglas recording", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def issue(self, site: str, recording: str) -> str:
        """A new token for this recording of this site."""
        token = self._signer.dumps([site, recording])
        return token if isinstance(token, str) else token.decode()

    def allows(self, token: str, site: str, recording: str, seconds: int = EXPIRES) -> bool:
        """Whether the token was issued for just this, no longer than `seconds` ago."""
        try:
            return bool(self._signer.loads(token, max_age=seconds) == [site, recording])
        except (BadSignature, SignatureExpired, ValueError):
            return False


def new_id() -> str:
    """A recording's id: 128 random bits, `[A-Za-z0-9_-]{22}`, and never like an option: `export -c FILE ID`."""
    while (made := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return made


def key_of(data: Path) -> bytes:
    """The signing key in the data folder, made at the first start. Raises OSError."""
    return write_once(data / "key", secrets.token_bytes(KEY_BYTES))


def derived(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that no two uses share one (32 bytes)."""
    return hashlib.blake2b(purpose.encode(), key=key, digest_size=32).digest()
