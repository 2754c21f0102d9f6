"""What is waited for, and how much is taken."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from proxy.config.shape import Shape
from proxy.config.units import Disk, Patience


class Limits(Shape):
    """Bounds that an operator may have to move; all others are fixed."""

    head: Patience = 30.0
    """A visitor's connection is closed when a request's head, TLS included, takes longer."""
    idle: Patience = 75.0
    """... and when nothing is asked for so long."""
    connect: Patience = 10.0
    """Upstream's connection, TLS included, must stand by then; otherwise the visitor gets a 502."""
    silence: Patience = 600.0
    """A request that waits so long without a byte from anybody is answered 504; some reports take their time."""
    connections: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    """Connections of visitors that one worker holds; for one more, the one idle longest is closed."""
    spool: Disk = 2**30
    """Disk for batches that wait for storage; beyond it recorders are told to try again later."""
