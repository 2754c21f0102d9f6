"""The page part as a whole: one object for a site, one plan for a page.

pages = SitePages(site, path="/_milchglas", src="/_milchglas/recorder.0123abcd.js", csp="adapt")
reason = pages.refusal(request)              # at the request's head
plan = pages.plan(request, response)         # at the response's head: a reason (str) or a Plan
outcome = plan.rewrite.feed(chunk)           # until it is not None, or plan.rewrite.end()
headers = plan.headers(response_pairs, outcome)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from proxy.config import Site
from proxy.page import csp as policies
from proxy.page.eligible import request_refusal, response_refusal
from proxy.page.facts import Pairs, Request, Response
from proxy.page.headers import changed_headers
from proxy.page.rewrite import Outcome, Rewrite
from proxy.page.snippet import Snippet
from proxy.page.splice import Splicer


@dataclass(frozen=True, slots=True)
class Plan:
    """How one page gets the snippet. Nothing has been changed yet."""

    rewrite: Rewrite
    policies: tuple[str, ...]

    def headers(self, pairs: Sequence[tuple[bytes, bytes]], outcome: Outcome) -> Pairs:
        """The headers that go out with `outcome`."""
        return changed_headers(pairs, outcome, self.policies)


class SitePages:
    """What to do with one site's pages. `path` and `csp` are the configuration's, `src` the recorder's path."""

    def __init__(self, site: Site, path: str, src: str, csp: Literal["adapt", "skip"] = "adapt") -> None:
        self._site, self._path, self._src, self._adapt = site, path, src, csp == "adapt"
        self._snippet = Snippet(site, path, src)

    def refusal(self, request: Request) -> str | None:
        """Why this request's page gets no snippet, or None; a page request's Accept-Encoding is to be narrowed."""
        return request_refusal(request, self._site)

    def plan(self, request: Request, response: Response) -> Plan | str:
        """How the page gets the snippet, or the reason why it does not."""
        reason = self.refusal(request) or response_refusal(response)
        if reason:
            return reason
        values = response.headers.all("content-security-policy")
        needs = policies.Needs.of(request.origin, self._path, self._src)
        if policies.sandboxed(values):
            return "sandbox"
        admission = policies.admit(values, needs, adapt=self._adapt)
        if admission is None:
            return "csp"
        snippet = self._snippet.render(xhtml=response.xhtml, nonce=admission.nonce)
        splicer = Splicer(
            len(snippet),
            xhtml=response.xhtml,
            charset_known=bool(response.charset),
            permits=lambda content, loads: policies.meta_permits(content, needs, loads=loads),
        )
        coding = response.codings[0] if response.codings else "identity"
        return Plan(Rewrite(snippet, coding, splicer), admission.values)
