"""What the visitor's browser fetches from us: the recorder's files. What nobody serves under our path is 404."""

from __future__ import annotations

from mitmproxy import http

from proxy import answers
from proxy.runtime import Runtime
from proxy.stream import route_of

METHODS = {"start": "POST", "events": "POST"}

IMMUTABLE = (b"Cache-Control", b"public, max-age=31536000, immutable")
# A page from before an update asks for a file that is no more: it gets today's, and must not keep it.
OUTDATED = (b"Cache-Control", b"no-store")
# The page's own Cross-Origin-Embedder-Policy must not stop its own recorder.
SAME_ORIGIN = (b"Cross-Origin-Resource-Policy", b"same-origin")


class Assets:
    """GET and HEAD of `recorder.<hash>.js` and `consent.<hash>.js`; 404 and 405."""

    def __init__(self, runtime: Runtime) -> None:
        self._recorder = runtime.recorder

    def request(self, flow: http.HTTPFlow) -> None:
        """Answer what is not a batch or a start."""
        own = route_of(flow).own
        if own is None or route_of(flow).site is None:
            return
        stem, _, rest = own.partition(".")
        if rest.endswith("js") and (name := self._recorder.today(stem)):
            flow.response = self._file(flow.request.method, name, IMMUTABLE if own == name else OUTDATED)
        elif own not in METHODS:
            flow.response = answers.plain(404, "not found")
        elif flow.request.method != METHODS[own]:
            allow = (b"Allow", METHODS[own].encode())
            flow.response = answers.plain(405, "method not allowed", allow)

    def _file(self, method: str, name: str, keep: tuple[bytes, bytes]) -> http.Response:
        if method not in ("GET", "HEAD"):
            return answers.plain(405, "method not allowed", (b"Allow", b"GET, HEAD"))
        content = self._recorder.files[name]
        response = answers.answer(200, content, "text/javascript; charset=utf-8", keep, SAME_ORIGIN)
        if method == "HEAD":
            response.data.content = b""  # `.content` would correct the length
        return response
