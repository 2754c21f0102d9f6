"""The whole of one YAML file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from proxy.config.limits import Limits
from proxy.config.listen import Admin, VisitorsListen
from proxy.config.log import Log
from proxy.config.names import Network, OwnPath, is_loopback
from proxy.config.shape import Misplaced, Shape
from proxy.config.site import Site
from proxy.config.storage import Storage


class Config(Shape):
    """The configuration of Milchglas."""

    version: Literal[1]
    """The version of this format: 1."""
    listen: VisitorsListen = VisitorsListen()
    """Where visitors arrive."""
    trusted_proxies: tuple[Network, ...] = ()
    """Addresses or networks in front of us whose X-Forwarded-* is believed."""
    admin: Admin = Admin()
    """Where /livez, /readyz and /metrics answer."""
    workers: Annotated[int, Field(ge=1, le=64)] | Literal["auto"] = 1
    """Processes that serve visitors; `auto`: one per core."""
    sanitizers: Annotated[int, Field(ge=1, le=64)] | Literal["auto"] = "auto"
    """Processes that strip secrets; `auto`: one for two cores."""
    data: Path = Path("data")
    """Folder for signing key, spool, embedded database and blobs; relative to the file."""
    path: OwnPath = "/_milchglas"
    """Everything of ours that the visitor's browser asks for; never reaches upstream."""
    csp: Literal["adapt", "skip"] = "adapt"
    """A page's policy that blocks us: `adapt` its header, or `skip` the page."""
    debug: bool = False
    """True: each page says in X-Milchglas-Page whether it has the snippet, or why not."""
    log: Log = Log()
    """What is logged, and where to."""
    limits: Limits = Limits()
    """What is waited for, and how much is taken."""
    sites: Annotated[tuple[Site, ...], Field(min_length=1)]
    """The sites, chosen by Host."""
    storage: Storage = Storage()
    """Where recordings are kept."""

    @model_validator(mode="after")
    def _distinct_sites(self) -> Self:
        names, hosts = set[str](), set[str]()
        for index, site in enumerate(self.sites):
            if site.name in names:
                raise Misplaced("another site has this name already", "sites", index, "name")
            names.add(site.name)
            for place, host in enumerate(site.hosts):
                if host in hosts:
                    raise Misplaced("this host is claimed already", "sites", index, "hosts", place)
                hosts.add(host)
        return self

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        for path, listen in ((("listen",), self.listen), (("storage", "listen"), self.storage.listen)):
            if not (listen.tls or listen.plain or is_loopback(listen.host) or self.trusted_proxies):
                name = ".".join(path)
                raise Misplaced(
                    f"others can reach this address, and it has no TLS: give {name}.tls, name the proxy in front "
                    f"in trusted_proxies, or say {name}.plain: true",
                    *(*path, "host"),
                )
        return self

    @model_validator(mode="after")
    def _distinct_ports(self) -> Self:
        ports = {self.listen.port}
        own = [("admin",), ("storage", "listen")] if self.storage.embedded else [("admin",)]
        for path, port in zip(own, (self.admin.port, self.storage.listen.port), strict=False):
            if port and port in ports:
                raise Misplaced("another listener of this file has this port", *path, "port")
            ports.add(port)
        return self

    @property
    def worker_count(self) -> int:
        """Proxy worker processes; `auto` is one per core."""
        return self.workers if self.workers != "auto" else os.cpu_count() or 1

    @property
    def sanitizer_count(self) -> int:
        """Sanitizer processes; `auto` is one for two cores."""
        return self.sanitizers if self.sanitizers != "auto" else max(1, (os.cpu_count() or 1) // 2)

    def site(self, name: str) -> Site | None:
        """The site of that name."""
        return next((site for site in self.sites if site.name == name), None)
