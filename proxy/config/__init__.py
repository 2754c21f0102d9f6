"""The shape of the configuration: what an operator writes, checked and typed. Pure.

A key that is not here is an error; a value that is not built yet is refused by its `Literal`.
Every model is frozen and picklable, for it travels to the worker, sanitizer and storage processes.
The text below a key is its description, for people and for editors (`milchglas schema`).
No message quotes a value: it may be a secret, and the place of the fault shows it anyway.
"""

from __future__ import annotations

from proxy.config.limits import Limits
from proxy.config.listen import Admin, Listen, StorageListen, Tls, VisitorsListen
from proxy.config.log import Log
from proxy.config.names import is_loopback
from proxy.config.shape import Misplaced, Shape
from proxy.config.site import Consent, Pages, Record, Site, Staff, Text, UpstreamTls
from proxy.config.storage import Storage
from proxy.config.whole import Config

__all__ = [
    "Admin",
    "Config",
    "Consent",
    "Limits",
    "Listen",
    "Log",
    "Misplaced",
    "Pages",
    "Record",
    "Shape",
    "Site",
    "Staff",
    "Storage",
    "StorageListen",
    "Text",
    "Tls",
    "UpstreamTls",
    "VisitorsListen",
    "is_loopback",
]
