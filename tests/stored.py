"""Recordings in storage, put there without a running service, and what is on its disk."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import orjson

from proxy.config import Config
from storage import batches, commands, database, lines
from storage.blobs import Blobs
from storage.received import Finding, Received

RECORDING, VIEW = "recording-0000000001", "view-000000000001"
T0 = 1_760_000_000_000


def store(
    config: Config,
    events: list[dict[str, Any]],
    *,
    recording: str = RECORDING,
    view: str = VIEW,
    seq: int = 0,
    site: str = "altshop",
    page: str = "",
    counts: dict[str, int] | None = None,
    findings: tuple[Finding, ...] = (),
) -> None:
    """One batch, as ingest stores it."""
    body = lines.pack(map(orjson.dumps, events))
    digest = hashlib.sha256(body).hexdigest()
    name = f"{recording}/{view}-{seq}-{digest[:16]}.zst"
    received = Received(recording, view, seq, site, page, T0, T0, counts or {}, findings)
    Blobs(database.folder(config) / "blobs").write(name, body)
    with database.connect(config, write=True) as connection:
        batches.add(connection, received, lines.inspect(body), digest, len(body), name)


def events_of(config: Config, recording: str = RECORDING) -> list[dict[str, Any]]:
    """What an export gives."""
    events: list[dict[str, Any]] = orjson.loads(b"".join(commands.export(config, recording)))
    return events


def files(config: Config) -> list[Path]:
    """The blobs on disk."""
    return sorted((config.data / "storage" / "blobs").rglob("*.zst"))


def on_disk(config: Config) -> str:
    """All that storage has on disk, blobs inflated, as one text to look through."""
    folder = config.data / "storage"
    texts = [b"\n".join(lines.split(path.read_bytes())) for path in files(config)]
    texts += [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    return b"\n".join(texts).decode("utf-8", "replace")


def text_event(text: str, at: int = T0, node: int = 5) -> dict[str, Any]:
    """A text of the page that changed."""
    data = {"source": 0, "texts": [{"id": node, "value": text}], "attributes": [], "removes": [], "adds": []}
    return {"type": 3, "timestamp": at, "data": data}
