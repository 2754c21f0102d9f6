"""A batch as most are: of rrweb's events, each of its known shape. Its pages are read as `nodes` at once."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec import UNSET

from proxy.privacy.nodes import Serialized


class _Event(msgspec.Struct, tag_field="type", forbid_unknown_fields=True):
    timestamp: Any
    data: Any = UNSET
    delay: Any = UNSET


class _Loaded(_Event, tag=0): ...


class _Load(_Event, tag=1): ...


class _Page(msgspec.Struct, forbid_unknown_fields=True):
    node: Serialized
    initialOffset: Any = UNSET


class _Snapshot(_Event, tag=2):
    data: _Page


class _Change(_Event, tag=3): ...


class _Meta(_Event, tag=4): ...


class _Batch(msgspec.Struct):
    v: Any
    recording: Any
    view: Any
    seq: Any
    token: Any
    fields: Any
    events: list[_Loaded | _Load | _Snapshot | _Change | _Meta]


_DECODER: Final = msgspec.json.Decoder(_Batch)


def typed(body: bytes) -> dict[str, Any]:
    """The batch, as `orjson.loads` gives it but for the nodes of its full snapshots.

    Raises ValueError or RecursionError where it is no JSON, or an event or a node is of a shape that is not known.
    """
    batch = _DECODER.decode(body)
    raw = _shallow(batch)
    raw["events"] = [_shallow(event) for event in batch.events]
    for event in raw["events"]:
        if event["type"] == 2:
            event["data"] = _shallow(event["data"])
    return raw


def _shallow(struct: msgspec.Struct) -> dict[str, Any]:
    config = struct.__struct_config__
    said = {config.tag_field: config.tag} if config.tag_field else {}
    return said | {name: value for name, value in msgspec.structs.asdict(struct).items() if value is not UNSET}
