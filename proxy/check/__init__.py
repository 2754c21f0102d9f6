"""Whether a configuration would work here: what it needs is looked at, and nothing is changed.

Without `offline`, upstreams and a storage service elsewhere are each asked one question. Nobody else is.
"""

from __future__ import annotations

from collections.abc import Iterator

from proxy.check import advice, certificates, ground, stores, upstreams
from proxy.check.problem import Problem
from proxy.config import Config

__all__ = ["Problem", "problems"]


def problems(config: Config, *, offline: bool = False) -> list[Problem]:
    """What would not work, or not well."""
    return list(_problems(config, offline))


def _problems(config: Config, offline: bool) -> Iterator[Problem]:
    yield from advice.problems(config)
    yield from certificates.problems(config)
    yield from ground.problems(config)
    yield from stores.problems(config, offline=offline)
    if not offline:
        yield from upstreams.problems(config)
