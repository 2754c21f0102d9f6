"""Fixtures that start the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Milchglas
from tests.upstream import Upstream, serving


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """An upstream that answers as the test says."""
    with serving() as made:
        yield made


@pytest.fixture
def milchglas(upstream: Upstream, tmp_path: Path) -> Iterator[Milchglas]:
    """A whole Milchglas before the upstream; the test starts it."""
    made = Milchglas(tmp_path, upstream.url)
    yield made
    made.close()
