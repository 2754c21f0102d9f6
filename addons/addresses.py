"""Upstream's own address, in redirects and cookies, as visitors know it: proxy/addresses.py decides."""

from __future__ import annotations

from mitmproxy import http

from proxy.addresses import mapped
from proxy.stream import route_of


class Addresses:
    """Maps the head of each answer of an upstream, whatever its body is."""

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Replace upstream's address by the visitor's, before anybody decides on the head."""
        route = route_of(flow)
        if not (route.upstream and route.site and route.site.map_addresses and flow.response):
            return
        asked = flow.request.headers
        # addons/route has set both from what it believes.
        origin = f"{asked.get('X-Forwarded-Proto', '')}://{asked.get('X-Forwarded-Host', '')}"
        before = flow.response.headers.fields
        after = mapped(before, route.upstream, origin)
        if after != before:
            flow.response.headers = http.Headers(after)
