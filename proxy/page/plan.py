"""The page part as a whole: one object for a site, one `Asked` for a request, one plan for a page.

pages = SitePages(site, path="/_milchglas", src="/_milchglas/recorder.0123abcd.js", csp="adapt")
asked = pages.asked(request)                 # at the request's head: what upstream is asked
plan = pages.plan(asked, response)           # at the response's head: a reason (str) or a Plan
outcome = plan.rewrite.feed(chunk)           # until it is not None, or plan.rewrite.end()
headers = plan.headers(response_pairs, outcome)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, NamedTuple

from proxy.config import Site
from proxy.page import charsets
from proxy.page import csp as policies
from proxy.page.eligible import accept_encoding, asks_for_file, request_refusal, response_refusal, revocation
from proxy.page.facts import Headers, Pairs, Request, Response
from proxy.page.headers import Edits, changed_headers, lacking
from proxy.page.rewrite import Outcome, Rewrite
from proxy.page.snippet import Snippet
from proxy.page.splice import Splicer
from proxy.page.validators import Known, Tags, Validators

RULES = 2
"""Goes up when the snippet's place or the edits of a head change: pages in caches are then made anew."""


NO_POLICY = policies.Admission()


class Asked(NamedTuple):
    """One request: why its page gets no snippet (or None), and what goes upstream in its place.

    `kept` are the pages with today's snippet that the visitor has (validators.Conditions).
    """

    request: Request
    refusal: str | None
    pairs: Pairs
    kept: tuple[tuple[Validators, str], ...] = ()


class Plan(NamedTuple):
    """How one page gets the snippet. Nothing has been changed yet."""

    rewrite: Rewrite
    edits: Edits

    def headers(self, pairs: Sequence[tuple[bytes, bytes]], outcome: Outcome) -> Pairs:
        """The headers that go out with `outcome`: the very same ones with a page that goes out as it came."""
        if not outcome.injected:
            return tuple(pairs)
        delta = outcome.length_delta
        return changed_headers(pairs, self.edits, lambda length: None if delta is None else length + delta)


class SitePages:
    """What to do with one site's pages. `path` and `csp` are the configuration's, `src` the recorder's path."""

    def __init__(self, site: Site, path: str, src: str, csp: Literal["adapt", "skip"] = "adapt") -> None:
        self._site, self._path, self._src, self._adapt = site, path, src, csp == "adapt"
        self._snippet = Snippet(site, path, src)
        made_of = f"{RULES} {csp} {site.upstream} ".encode() + self._snippet.render()
        self._tags = Tags(hashlib.blake2b(made_of, digest_size=6).hexdigest())
        self._known, self._revoked = Known(), Known()
        self._vary = ("Sec-GPC",) if site.consent.respect_gpc else ()

    def asked(self, request: Request, *, off: bool = False) -> Asked:
        """Look at a request: whether it may be for a page of ours, and what upstream is then asked.

        `off` is the kill switch.
        """
        refusal = "disabled" if off else request_refusal(request, self._site)
        if refusal or asks_for_file(request):
            return Asked(request, refusal, request.headers.pairs)
        conditions = self._tags.conditions(
            request.headers,
            knows=lambda each: self._known.has(request.target, each),
            revoked=lambda each: self._revoked.has(request.target, each),
        )
        return Asked(request, None, _narrowed(request.headers, conditions.pairs), conditions.kept)

    def plan(self, asked: Asked, response: Response) -> Plan | str:
        """How the page gets the snippet, or the reason why it does not."""
        reason = asked.refusal or response_refusal(response, self._site)
        if reason:
            return reason
        admission = self._admission(asked.request, response)
        if isinstance(admission, str):
            return admission
        nonce, request = admission.nonce, asked.request
        snippet = self._snippet.render(xhtml=response.xhtml, nonce=nonce)
        splicer = Splicer(
            len(snippet),
            xhtml=response.xhtml,
            charset_known=response.charset in charsets.KNOWN,
            permits=lambda content, loads: policies.meta_permits(
                content, self._needs(request), loads=loads, nonce=nonce
            ),
        )
        coding = response.codings[0] if response.codings else "identity"
        tag = self._tags.wrapped(Validators.of(response.headers))
        edits = self._edits(response.headers, tag, admission.values)
        return Plan(Rewrite(snippet, coding, splicer, response.length), edits)

    def passed(self, asked: Asked, response: Response) -> None:
        """A response went out as it came: its validators are good for the next request.

        Not those of a part, of a 304, or of a frame whose embedder demands a policy: to others this is a page.
        """
        whole = response.status == 200 and "sec-required-csp" not in asked.request.headers
        if asked.refusal is None and whole:
            self._known.add(asked.request.target, Validators.of(response.headers))

    def unchanged(self, asked: Asked, response: Response) -> Pairs | None:
        """The head of a 304 about a page with the snippet, as the visitor's cache must have it, or None.

        Where it says that the page is to be left alone from now on, it is sent anew the next time.
        """
        if not asked.kept or response.status != 304:
            return None
        said = Validators.of(response.headers)
        tag = next((tag for held, tag in asked.kept if said.etag in ("", held.etag)), self._tags.wrapped(said))
        admission = self._admission(asked.request, response)
        refused = isinstance(admission, str) and "sec-required-csp" not in asked.request.headers
        if refused or revocation(response, self._site):
            for held, _ in asked.kept:
                self._revoked.add(asked.request.target, held)
        values = () if isinstance(admission, str) else admission.values
        return changed_headers(response.headers.pairs, self._edits(response.headers, tag, values))

    def _edits(self, headers: Headers, tag: str, policies: tuple[str, ...]) -> Edits:
        vary: tuple[str, ...] = self._vary
        if policies and policies != headers.all("content-security-policy"):
            # A browser whose embedder demands a policy may find the edited one too weak for the frame.
            vary += ("Sec-Required-CSP",)
        return Edits(policies, tag, lacking(headers, vary))

    def _needs(self, request: Request) -> policies.Needs:
        return policies.Needs.of(request.origin, self._path, self._src)

    def _admission(self, request: Request, response: Response) -> policies.Admission | str:
        # An embedder may demand a policy (https://w3c.github.io/webappsec-cspee/). Browsers show the frame only if
        # the page's own is as strict, or add the demanded one to it: both have to permit as they stand.
        demanded = request.headers.all("sec-required-csp")
        enforced = (*response.headers.all("content-security-policy"), *demanded)
        reporting = response.headers.all("content-security-policy-report-only")
        if not (enforced or reporting):
            return NO_POLICY
        adapt = self._adapt and not demanded
        return policies.admit(enforced, self._needs(request), adapt=adapt, reporting=reporting)


def _narrowed(headers: Headers, pairs: Pairs) -> Pairs:
    """The request's fields with the content codings that a page can be spliced in."""
    if "accept-encoding" not in headers:
        return pairs
    before = ", ".join(headers.all("accept-encoding"))
    after = accept_encoding(before)
    if after == before:
        return pairs
    others = (pair for pair in pairs if pair[0].lower() != b"accept-encoding")
    return (*others, (b"Accept-Encoding", after.encode("latin-1")))
