"""Who asks, said to upstream: X-Forwarded-*, X-Request-ID, traceparent.

The destination is set before (proxy/stream.py).
"""

from __future__ import annotations

import ipaddress

from mitmproxy import http

from proxy import ids
from proxy.exchange import TRACE
from proxy.runtime import Runtime
from proxy.stream import ALONE, VISITOR, route_of
from proxy.trace import PARENT, STATE, begun, continued

OURS = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", ids.FIELD.lower().encode())


class Forwarded:
    """Believes X-Forwarded-* of the named proxies only, and passes on what it knows itself."""

    def __init__(self, runtime: Runtime) -> None:
        self._trusted = [ipaddress.ip_network(network) for network in runtime.config.trusted_proxies]

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Set the visitor's address and the request's id on the flow, and X-Forwarded-* for upstream."""
        headers = flow.request.headers
        peer = flow.client_conn.peername[0]
        trusted = self._trusts(peer)
        before = headers.get("X-Forwarded-For", "") if trusted else ""
        flow.metadata[VISITOR] = self._visitor(peer, before)
        if not trusted:
            flow.metadata[ALONE] = True
        elif ids.sound(given := headers.get(ids.FIELD, "")):
            flow.metadata[ids.METADATA] = given
        trace = (continued(headers.get(PARENT, "")) if trusted else None) or begun()
        flow.metadata[TRACE] = trace
        if route_of(flow).upstream is None:
            return
        headers[PARENT] = trace.header
        if not trace.parent:
            headers.pop(STATE, None)  # of a trace that is not gone on with
        if any(b"_" in name for name, _ in headers.fields):
            headers.fields = tuple(pair for pair in headers.fields if not _mistaken(pair[0]))
        headers["X-Forwarded-For"] = f"{before}, {peer}" if before else peer
        if not (trusted and "X-Forwarded-Proto" in headers):
            headers["X-Forwarded-Proto"] = "https" if flow.client_conn.tls else "http"
        if not (trusted and "X-Forwarded-Host" in headers):
            headers["X-Forwarded-Host"] = headers.get("Host", "")

    def _visitor(self, peer: str, forwarded: str) -> str:
        """The last address that a proxy of ours did not vouch for."""
        for address in (part.strip() for part in reversed(forwarded.split(",")) if part.strip()):
            if not self._trusts(peer):
                break
            peer = address
        return peer

    def _trusts(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(ip in network for network in self._trusted)


def _mistaken(name: bytes) -> bool:
    """Whether CGI and WSGI, which know no difference between a dash and an underscore, take it for one of ours."""
    return b"_" in name and name.lower().replace(b"_", b"-") in OURS
