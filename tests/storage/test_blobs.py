"""What is acknowledged survives a power cut."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from storage.blobs import Blobs


def test_201_comes_after_the_blob_and_its_folders_are_synced(config, monkeypatch):
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    root = config.data / "blobs"
    asyncio.run(Blobs(root).put("recording/view-0.zst", b"x"))
    assert synced == [str(root / "recording/view-0.zst"), str(root / "recording"), str(root)]
