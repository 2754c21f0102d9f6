"""Where the proxy's batches arrive: each is stored once, synced, however often it is sent."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from importlib.metadata import PackageNotFoundError, version

from aiohttp import web
from sqlalchemy.exc import IntegrityError, OperationalError

from proxy import log
from storage import batches, blobs, lines, received
from storage.keys import BLOBS, CONFIG, DATABASE, TOKEN

LOG = log.get("ingest")
RETRY_SECONDS = "5"


def routes() -> list[web.RouteDef]:
    return [
        web.put("/api/v1/recordings/{recording}/{view}/{seq}", put),
        web.get("/api/v1/about", about),
    ]


async def about(request: web.Request) -> web.Response:
    """Which version this is, and where it says its disks stand."""
    return web.json_response({"version": _version(), "region": request.app[CONFIG].storage.region})


async def put(request: web.Request) -> web.Response:
    """Store one batch: 201 stored and synced, 200 the same again, 409 the same key with another body.

    Every refusal is JSON `{"error": reason}`; a reason never quotes what was sent. 503 may be tried again.
    """
    if not _authorized(request):
        return _refuse(401, "token")
    try:
        batch = received.receive(request.match_info, request.headers)
        body = await request.read()
        return await _store(request, batch, body)
    except web.HTTPRequestEntityTooLarge:
        return _refuse(413, f"more than {lines.WIRE_LIMIT} bytes")
    except lines.TooLarge as refusal:
        return _refuse(413, str(refusal))
    except lines.Malformed as refusal:
        return _refuse(400, str(refusal))
    except batches.Foreign:
        return _refuse(409, "the recording belongs to another site")
    except (OperationalError, *blobs.FAULTS) as error:
        LOG.error("not stored", **log.fault(error))
        return _refuse(503, "storage cannot write", {"Retry-After": RETRY_SECONDS})


async def _store(request: web.Request, batch: received.Received, body: bytes) -> web.Response:
    database = request.app[DATABASE]
    digest = hashlib.sha256(body).hexdigest()
    if stored := await database.read(batches.known, batch):
        return _repeated(stored, digest)
    facts = await asyncio.to_thread(lines.inspect, body)
    if not (facts.events or batch.started):
        raise lines.Malformed("neither an event nor Milchglas-Started")
    # The digest in the name: two different bodies that race for one key cannot overwrite each other's blob.
    name = f"{batch.recording}/{batch.view}-{batch.seq}-{digest[:16]}.zst"
    await request.app[BLOBS].put(name, body)
    try:
        await database.write(batches.add, batch, facts, digest, len(body), name)
    except IntegrityError:
        stored = await database.read(batches.known, batch)
        if stored is None:
            raise
        return _repeated(stored, digest)
    return web.json_response({"stored": True}, status=201)


def _repeated(stored: str, digest: str) -> web.Response:
    if stored == digest:
        return web.json_response({"stored": True})
    return _refuse(409, "another body is stored under this key")


def _authorized(request: web.Request) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    given = token.strip().encode("utf-8", "surrogateescape")
    return scheme.lower() == "bearer" and hmac.compare_digest(given, request.app[TOKEN].encode())


def _refuse(status: int, reason: str, headers: dict[str, str] | None = None) -> web.Response:
    if status != 503:
        LOG.warning("refused", status=status, reason=reason)
    return web.json_response({"error": reason}, status=status, headers=headers)


def _version() -> str:
    try:
        return version("milchglas")
    except PackageNotFoundError:
        return "0.1.0"
