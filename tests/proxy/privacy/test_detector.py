"""What a detector is."""

from __future__ import annotations

from proxy.privacy.kinds import CLASS_OF
from proxy.privacy.values import DETECTORS


def test_every_detector_proves_itself_and_tells_a_kind() -> None:
    assert all(d.match and d.clean and d.kind in CLASS_OF for d in DETECTORS)
    assert len({d.name for d in DETECTORS}) == len(DETECTORS)
