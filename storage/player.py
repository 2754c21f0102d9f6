"""One recording: its player, and its events for the player and for export."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from proxy import log
from storage import audit, blobs, findings, headers, recordings, transport
from storage.gate import SESSION
from storage.keys import BLOBS, DATABASE
from storage.pages import render

LOG = log.get("player")
# From here on the player asks before it loads: the browser holds all of it (delivery.md section 4).
HEAVY_BYTES = 30_000_000
# Playing again so soon after is the same look at the recording.
SAME_LOOK_SECONDS = 600.0


def routes() -> list[web.RouteDef]:
    return [
        web.get("/recordings/{recording}", page),
        web.get("/recordings/{recording}/events", events),
        web.get("/recordings/{recording}/export", export),
    ]


async def page(request: web.Request) -> web.Response:
    """The player with what was removed, what was found, and the views to jump to."""
    recording = await _recording(request)

    def ask(connection: Connection) -> dict[str, Any]:
        return {
            "views": recordings.timeline(connection, recording.id),
            "removals": recordings.removed(connection, recording.id),
            "findings": findings.of_recording(connection, recording.id),
            "watched": audit.watched(connection, recording.id),
            "changes": audit.changes(connection, recording.id),
        }

    facts = await request.app[DATABASE].read(ask)
    request[headers.POLICY] = headers.PLAYER
    return render(request, "player.html", recording=recording, heavy=HEAVY_BYTES, **facts)


async def events(request: web.Request) -> web.StreamResponse:
    """The events of a recording, or of one `?view=` of it, as a JSON array. Noted as seen by this account."""
    return await _stream(request, "view", {})


async def export(request: web.Request) -> web.StreamResponse:
    """The same as a file."""
    name = f'attachment; filename="{request.match_info["recording"]}.json"'
    return await _stream(request, "export", {"Content-Disposition": name})


async def _stream(request: web.Request, action: str, extra: dict[str, str]) -> web.StreamResponse:
    recording, database = await _recording(request), request.app[DATABASE]
    names = await database.read(recordings.blobs_in_order, recording.id, request.query.get("view"))
    email, address = request[SESSION].account.email, transport.address(request)
    recent = SAME_LOOK_SECONDS if action == "view" else 0.0
    await database.write(audit.note_look, action, email, recording.id, address, unless_within=recent)
    response = web.StreamResponse(headers=extra)
    response.content_type = "application/json"
    response.enable_compression()
    await response.prepare(request)
    pieces = recordings.array(request.app[BLOBS], names)
    try:
        while piece := await asyncio.to_thread(next, pieces, b""):
            await response.write(piece)
    except blobs.FAULTS as error:
        # The array is left open: the reader sees that it is not whole.
        LOG.error("blob", **log.fault(error))
        raise ConnectionResetError from None
    await response.write_eof()
    return response


async def _recording(request: web.Request) -> recordings.Recording:
    found = await request.app[DATABASE].read(recordings.find, request.match_info["recording"])
    if found is None:
        raise web.HTTPNotFound
    return found
