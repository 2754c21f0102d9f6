"""How things stand now: what is read when somebody asks, rather than counted."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from cryptography import x509

from proxy.config import Config, Site, Tls
from proxy.delivery.spool import Level, Spool
from proxy.metrics import FAULTS, FINDINGS, INJECTED, RELOADS, UPSTREAM_ERRORS
from proxy.switch import Switch

type Readiness = Callable[[], Mapping[str, bool]]
"""Part by part, whether it works. Storage is no part: pages and batches go on without it."""


@dataclass(frozen=True)
class Disk:
    """Of the data folder, in bytes."""

    free: int
    size: int


@dataclass(frozen=True)
class Now:
    """`None`: it cannot be read."""

    at: float
    up: Mapping[str, bool]
    spool: Level | None
    spool_limit: int
    disk: Disk | None
    certificates: Mapping[str, float]
    """Listener -> when the certificate that it uses expires, in seconds since 1970."""
    off: Mapping[str, str]
    """Site -> what switched it off, or ""."""
    refused: bool = False
    """Whether the configuration file was changed and refused, so that what is in place is older."""


class Watching:
    """Reads it. `configured` is told each configuration that is taken: a certificate counts as it is in use."""

    def __init__(self, config: Config, spool: Spool, readiness: Readiness) -> None:
        self._spool, self._readiness = spool, readiness
        self.started = time.time()
        # Of embedded storage, which reads it at its start only.
        self._storages = _expiry(config.storage.listen.tls) if config.storage.embedded else None
        self.configured(config)

    def refused(self) -> None:
        """The file was read again, and is not in place."""
        self._refused = True

    def configured(self, config: Config) -> None:
        """This configuration is in place."""
        self._config, self._switch, self._refused = config, Switch(config), False
        ends = {"listen": _expiry(config.listen.tls), "storage.listen": self._storages}
        self._certificates = {name: at for name, at in ends.items() if at}
        # A series that begins with its first count has no increase for an alert to see.
        for site in config.sites:
            INJECTED.labels(site.name)
            for kind in ("secret", "personal"):
                FINDINGS.labels(site.name, kind)
            for error in ("connect", "timeout", "broken"):
                UPSTREAM_ERRORS.labels(site.name, error)
        for outcome in ("done", "refused"):
            RELOADS.labels(outcome)
        for process in (*self._readiness(), *(["storage"] if config.storage.embedded else [])):
            FAULTS.labels(process)

    @property
    def config(self) -> Config:
        """What is in place."""
        return self._config

    def ready(self) -> Mapping[str, bool]:
        """Part by part."""
        return self._readiness()

    def now(self) -> Now:
        """Read everything. Does not raise."""
        disk = None
        with suppress(OSError):
            used = shutil.disk_usage(self._config.data)
            disk = Disk(used.free, used.total)
        return Now(
            at=time.time(),
            up=dict(self._readiness()),
            spool=self._level(),
            spool_limit=self._config.limits.spool,
            disk=disk,
            certificates=self._certificates,
            off={site.name: self._off(site) for site in self._config.sites},
            refused=self._refused,
        )

    def waiting(self) -> int | None:
        """Batches in the spool; None: it cannot be read."""
        level = self._level()
        return None if level is None else level.batches

    def _level(self) -> Level | None:
        with suppress(sqlite3.Error, OSError):
            return self._spool.level()
        return None

    def _off(self, site: Site) -> str:
        if not site.enabled:
            return "the configuration"
        if self._switch.off(site.name):
            return "the kill switch"
        return "record.mode: shadow" if site.record.mode == "shadow" else ""


def _expiry(tls: Tls) -> float | None:
    if tls.cert is None:
        return None
    with suppress(OSError, ValueError):
        chain = x509.load_pem_x509_certificates(tls.cert.read_bytes())
        return min(each.not_valid_after_utc.timestamp() for each in chain)
    return None
