"""How addons for mitmproxy put a script into a page: read it with lxml, append the element, write it out again."""

from __future__ import annotations

from lxml import etree, html
from mitmproxy import http

SCRIPT = "/tracker.js"


class Inject:
    """For `mitmdump -s`. mitmproxy takes the coding off the page, and puts it on again."""

    def response(self, flow: http.HTTPFlow) -> None:
        """Every page."""
        assert flow.response
        if not flow.response.headers.get("Content-Type", "").startswith("text/html"):
            return
        document = html.document_fromstring(flow.response.content)
        etree.SubElement(document.head, "script", src=SCRIPT)
        flow.response.content = html.tostring(document, encoding="utf-8", doctype="<!doctype html>")


addons = [Inject()]
