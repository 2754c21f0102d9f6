"""Property tests of this folder run on busy machines: how long one example takes says nothing there."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("page", deadline=None)
settings.load_profile("page")
