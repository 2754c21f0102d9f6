"""Which visitors of a site are recorded, as far as their browsers do not say it: its own people, and the sample.

Whether a visitor belongs to the sample is told by a keyed hash of address and User-Agent: all workers agree, and
all pages of a visit; whoever belongs to a small sample belongs to a larger one; and nothing is kept anywhere. It
is drawn anew each day (UTC), so that not the same people are recorded again and again.
"""

from __future__ import annotations

import hashlib
import ipaddress
from contextlib import suppress

from proxy.config import Site
from proxy.page.facts import Headers

DAY = 86_400


class Visitors:
    """Of one site. `key` is a secret that all workers share."""

    def __init__(self, site: Site, key: bytes) -> None:
        self._networks = [ipaddress.ip_network(network) for network in site.staff.networks]
        self._cookies = frozenset(site.staff.cookies)
        self._sample, self._site = site.record.sample, site.name
        self._key = key

    def refusal(self, address: str, headers: Headers, now: float) -> str | None:
        """Why a visitor gets no snippet, or None. `address` is the visitor's, `now` in seconds since 1970."""
        if self.staff(address, headers):
            return "staff"
        return None if self.sampled(address, headers, now) else "sample"

    def staff(self, address: str, headers: Headers) -> bool:
        """Whether it is one of the site's own people, as `staff` tells them."""
        if self._cookies and any(
            crumb.partition("=")[0].strip() in self._cookies
            for value in headers.all("cookie")
            for crumb in value.split(";")
        ):
            return True
        return bool(self._networks) and self._inside(address)

    def _inside(self, address: str) -> bool:
        # A proxy in front may add a port (RFC 7239, 6), and an IPv6 socket tells IPv4 in its own way.
        for text in (address, address.rpartition(":")[0]):
            with suppress(ValueError):
                ip = ipaddress.ip_address(text.strip("[]"))
                ip = getattr(ip, "ipv4_mapped", None) or ip
                return any(ip in network for network in self._networks)
        return False

    def sampled(self, address: str, headers: Headers, now: float) -> bool:
        """Whether a visitor belongs to the share that is recorded."""
        if self._sample in (0, 1):
            return self._sample == 1
        who = f"{self._site}\n{int(now // DAY)}\n{address}\n{headers.one('user-agent')}"
        drawn = hashlib.blake2b(who.encode(), key=self._key, digest_size=8).digest()
        return int.from_bytes(drawn) < self._sample * 2**64
