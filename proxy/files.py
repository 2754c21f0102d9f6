"""The few files of ours that are not a database."""

from __future__ import annotations

import os
from pathlib import Path


def write_once(path: Path, content: bytes) -> bytes:
    """What the file holds, for this user's eyes only; written now with `content` when there is none yet.

    Atomic: of several processes that start at once, all get the same content. Raises OSError.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)  # of a crash; in a container every start has the same pid
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # what is sealed or signed with it must not outlive it
        finally:
            os.close(folder)
    return path.read_bytes()
