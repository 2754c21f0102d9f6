"""The token by which the proxy proves itself at ingest. Both processes import this: no aiohttp in here."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from proxy.config import Config
from storage.fault import StorageFault


def token(config: Config) -> str:
    """The ingest token: `storage.token`, the content of `storage.token_file`, or embedded storage's own.

    Embedded storage makes its own at first start, `<data>/storage/token`, readable by its user only.
    Raises StorageFault when a file cannot be read, is empty, or cannot be made.
    """
    if config.storage.token is not None:
        text, source = config.storage.token.get_secret_value(), "storage.token"
    else:
        path = config.storage.token_file or config.data / "storage" / "token"
        text, source = _read(path, make=config.storage.token_file is None), str(path)
    if not text.strip():
        raise StorageFault(f"{source} is empty: put a long random text there, the same for proxy and storage")
    return text.strip()


def _read(path: Path, *, make: bool) -> str:
    try:
        if make and not path.exists():
            _make(path)
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise StorageFault(f"cannot read the storage token {path}: {reason}") from None


def _make(path: Path) -> None:
    # Proxy and storage may both be the first to start: whoever links first wins, nobody sees half a file.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
