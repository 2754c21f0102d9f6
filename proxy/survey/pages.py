"""One page of recorded or fetched traffic: what became of it in the proxy, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from proxy.config import Config, Site, Staff
from proxy.fixtures import body
from proxy.fixtures.addresses import shown
from proxy.fixtures.entry import Answered, Entry
from proxy.fixtures.replay import Result
from proxy.page.eligible import PAGES
from proxy.page.facts import Headers, Response
from proxy.privacy.mirror import Selectors
from proxy.survey import policies
from proxy.survey.fields import Marked, Unmarked, fields
from proxy.survey.remedies import NO_PAGES
from proxy.survey.third_parties import Seen, third_parties
from proxy.survey.tree import parsed

_CSP: Final = b"content-security-policy"
ERRORS: Final = 400
"""The status from which on a page tells of an error: a line of text is enough for that."""
POLICY_REASONS: Final = frozenset(("csp", "csp_meta", "csp_report_only", "sandbox"))


@dataclass(frozen=True, slots=True)
class Page:
    """What a survey keeps of a page: no text, no value. `page` is its path as it may be shown."""

    site: str
    page: str
    status: int = 200
    reason: str = ""
    """Why it cannot get the snippet; "" where it can, or where it is a part of a page."""
    meaning: str = ""
    folder: str = ""
    """Where the recorder lies, as a source for a policy."""
    added: tuple[str, ...] = ()
    """What `csp: adapt` puts into its policies."""
    unmarked: tuple[Unmarked, ...] = ()
    marked: tuple[Marked, ...] = ()
    third_parties: tuple[Seen, ...] = ()
    unread: bool = False
    """Whether it is too large or broken to be looked through."""


def as_surveyed(config: Config) -> Config:
    """The configuration under which pages are asked what would become of them, were they recorded."""

    def recording(site: Site) -> Site:
        record = site.record.model_copy(update={"mode": "live", "sample": 1.0})
        return site.model_copy(update={"enabled": True, "record": record, "staff": Staff()})

    return config.model_copy(update={"csp": "adapt", "sites": tuple(map(recording, config.sites))})


def selectors(site: Site) -> Selectors:
    """Those of the configuration, for a page's tree."""
    return Selectors({"sensitive": site.sensitive, "exclude": site.exclude, "safe": site.safe})


def page(config: Config, site: Site, entry: Entry, result: Result, chosen: Selectors) -> Page | None:
    """What the page of an entry is like, whose `result` was found under `as_surveyed`; None where it is no page.

    `config` is the configuration as it is.
    """
    reason = result.reason if result.outcome == "skipped" else ""
    if result.outcome not in ("injected", "skipped", "passed") or not _is_html(entry.answered):
        return None
    url = entry.asked.url
    path = shown(url._replace(scheme="", netloc="").geturl() or "/")
    host = url.netloc.rpartition("@")[2]
    if host.lower() == urlsplit(site.upstream).netloc.lower():  # as Replay asks it
        host = next((each for each in site.hosts if "*" not in each), host)
    folder = f"{url.scheme}://{host}{config.path}/"
    added = policies.added(_texts(result.before.values(_CSP)), _texts(result.after.values(_CSP)))
    if result.csp == "adapted" and config.csp == "skip":
        reason = "csp"
    status = entry.answered.status
    facts = Page(
        site.name,
        path,
        status,
        reason="" if reason in NO_PAGES or (status >= ERRORS and reason == "not_html") else reason,
        meaning=result.meaning if reason == result.reason else "",
        folder=folder,
        added=added if result.csp == "adapted" else (),
    )
    return _read(facts, entry, site, chosen)


def _read(facts: Page, entry: Entry, site: Site, chosen: Selectors) -> Page:
    text = body.text(entry.answered)
    root = parsed(text.text) if text else None
    if root is None:
        return replace(facts, unread=text is None)
    unmarked, marked = fields(root, chosen)
    own = (*(host for host in site.hosts if host != "*"), urlsplit(site.upstream).hostname or "")
    parties = third_parties(root, entry.asked.url.geturl(), own)
    return replace(facts, unmarked=tuple(unmarked), marked=tuple(marked), third_parties=tuple(parties))


def _is_html(answered: Answered) -> bool:
    response = Response(answered.status, Headers(answered.fields))
    redirect = 300 <= answered.status < 400
    return response.media_type in PAGES and not redirect


def _texts(values: tuple[bytes, ...]) -> list[str]:
    return [value.decode("latin-1") for value in values]
