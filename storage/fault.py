"""The storage service cannot start, and the operator can do something about it."""

from __future__ import annotations


class StorageFault(Exception):
    """A message with its remedy, meant to be printed as it stands (exit 1)."""
