"""Pages put together: the same field on 40 pages is one line. What is told of each site, and its JSON. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from proxy.config import Config
from proxy.page.reasons import REASONS
from proxy.privacy.kinds import CLASS_OF, SECRET
from proxy.privacy.sanitize import MARK
from proxy.survey.fields import Unmarked
from proxy.survey.pages import ERRORS, POLICY_REASONS, Page, selectors
from proxy.survey.remedies import REMEDIES
from proxy.survey.third_parties import Seen
from storage import mend, words

SKIPPED: Final = "`csp: skip` leaves the page alone; with `csp: adapt` the policy gets what is named here"
ADAPTED: Final = "nothing to do: `csp: adapt` adds what is named here, on the way out"


class Pages(Counter[str]):
    """Pages by their shown path, each with how often it was seen, in the order of their first."""

    @property
    def facts(self) -> dict[str, Any]:
        """For JSON."""
        return {"count": len(self), "pages": list(self)}


@dataclass(frozen=True, slots=True)
class Field:
    """A sensitive field that nobody marked, and where."""

    what: Unmarked
    pages: Pages = field(default_factory=Pages)

    @property
    def kind(self) -> str:
        """In words."""
        return words.kind(self.what.kind)

    @property
    def why(self) -> str:
        """What told so, in words."""
        return words.source(self.what.rule)

    @property
    def yaml(self) -> str:
        """The line of the configuration that does the same as the mark."""
        return mend.yaml(self.what.selector)

    @property
    def facts(self) -> dict[str, Any]:
        """For JSON."""
        what = self.what
        named = {"selector": what.selector, "kind": what.kind, "class": what.cls, "rule": what.rule}
        return {
            **named,
            "why": self.why,
            "mark": MARK,
            "example": what.example,
            "yaml": self.yaml,
            **self.pages.facts,
        }


@dataclass(slots=True)
class Collected:
    """A third party, how it gets in, and where."""

    name: str
    host: str
    collects: str
    known: bool
    how: dict[str, None] = field(default_factory=dict)
    pages: Pages = field(default_factory=Pages)

    @property
    def facts(self) -> dict[str, Any]:
        """For JSON."""
        named = {"name": self.name, "host": self.host, "known": self.known, "how": list(self.how)}
        return {**named, "collects": self.collects, **self.pages.facts}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A policy that would block, or another reason why pages get no snippet, and what helps."""

    reason: str
    meaning: str
    remedy: str
    blocks: bool
    added: tuple[str, ...] = ()
    pages: Pages = field(default_factory=Pages)

    @property
    def number(self) -> int:
        """Of different pages."""
        return len(self.pages)

    @property
    def facts(self) -> dict[str, Any]:
        """For JSON."""
        named = {"reason": self.reason, "meaning": self.meaning, "remedy": self.remedy}
        return {**named, "blocks": self.blocks, "adds": list(self.added), **self.pages.facts}


@dataclass(slots=True)
class SiteSurvey:
    """One site."""

    site: str
    pages: Pages = field(default_factory=Pages)
    fields: list[Field] = field(default_factory=list)
    marked: dict[str, int] = field(default_factory=dict)
    collectors: list[Collected] = field(default_factory=list)
    policies: list[Trouble] = field(default_factory=list)
    left_alone: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "site": self.site,
            "pages": len(self.pages),
            "fields": [each.facts for each in self.fields],
            "marked": self.marked,
            "collectors": [each.facts for each in self.collectors],
            "policies": [each.facts for each in self.policies],
            "not_injected": [each.facts for each in self.left_alone],
            "notes": self.notes,
        }


@dataclass(frozen=True, slots=True)
class Broken:
    """What could not be read or fetched."""

    place: str
    why: str


def facts(sites: Sequence[SiteSurvey], broken: Sequence[Broken]) -> dict[str, Any]:
    """The whole survey as JSON."""
    return {
        "version": 1,
        "sites": [each.facts for each in sites],
        "broken": [{"place": each.place, "why": each.why} for each in broken],
    }


def gathered(config: Config, pages: Iterable[Page]) -> list[SiteSurvey]:
    """The sites that have pages, in the configuration's order; what matters most first in each list."""
    by_site = dict[str, list[Page]]()
    for page in pages:
        by_site.setdefault(page.site, []).append(page)
    return [
        _site(config, each.name, by_site[each.name], selectors(each).unusable)
        for each in config.sites
        if each.name in by_site
    ]


def _site(config: Config, name: str, pages: Sequence[Page], unusable: Sequence[str]) -> SiteSurvey:
    survey = SiteSurvey(name, Pages(page.page for page in pages))
    fields, parties = dict[Unmarked, Field](), dict[tuple[str, str], Collected]()
    marked, troubles = dict[str, set[str]](), dict[tuple[object, ...], Trouble]()
    for page in pages:
        for each in page.unmarked:
            fields.setdefault(each, Field(each)).pages[page.page] += 1
        for mark in page.marked:
            marked.setdefault(mark.by, set()).add(mark.selector)
        for seen in page.third_parties:
            _see(parties, seen, page.page)
        if found := _trouble(config, page):
            troubles.setdefault((found.reason, found.remedy, found.added), found).pages[page.page] += 1
    survey.fields = sorted(fields.values(), key=_by_weight)
    survey.marked = {by: len(which) for by, which in sorted(marked.items())}
    survey.collectors = sorted(parties.values(), key=lambda each: (not each.known, each.name.lower(), each.host))
    survey.policies = [each for each in troubles.values() if each.added or each.reason in POLICY_REASONS]
    survey.left_alone = [each for each in troubles.values() if each.blocks]
    survey.notes = [
        f"the selector {each} of the configuration cannot be looked up in a survey" for each in unusable
    ]
    if unread := sum(page.unread for page in pages):
        survey.notes.append(f"too large or damaged to be looked through, so their fields are not known: {unread}")
    errors = dict.fromkeys(f"{page.page} ({page.status})" for page in pages if page.status >= ERRORS)
    survey.notes += [f"answered with an error: {each}" for each in errors]
    return survey


def _by_weight(found: Field) -> tuple[bool, bool, int, str]:
    """Secrets first, what is typed before what is hidden, what is on many pages."""
    what = found.what
    return what.cls != SECRET, 'type="hidden"' in what.example, -len(found.pages), what.selector


def _see(parties: dict[tuple[str, str], Collected], seen: Seen, page: str) -> None:
    """A loader without a host of its own is one with the tool's host, where that is on the pages, too."""
    same = [each for (name, _), each in parties.items() if name == seen.name]
    found = next((each for each in same if each.host == seen.host or not seen.host or not each.host), None)
    if found is None:
        found = Collected(seen.name, seen.host, seen.collects, seen.known)
        parties[seen.name, seen.host] = found
    found.host = found.host or seen.host
    found.how[seen.how] = None
    found.pages[page] += 1


def _trouble(config: Config, page: Page) -> Trouble | None:
    if not page.reason:
        return (
            Trouble("adapted", "the policy would block the recorder", ADAPTED, False, page.added)
            if page.added
            else None
        )
    meaning = page.meaning or REASONS.get(page.reason, page.reason)
    if page.added:  # csp: skip
        return Trouble(page.reason, meaning, SKIPPED, True, page.added)
    remedy = REMEDIES.get(page.reason, "").format(folder=page.folder)
    return Trouble(page.reason, meaning, remedy, True)


def stored(findings: Iterable[Any]) -> list[SiteSurvey]:
    """The same of storage's findings, for a report: fields alone."""
    by_site = dict[str, dict[Unmarked, Field]]()
    for each in findings:
        what = Unmarked(each.selector, each.kind, CLASS_OF.get(each.kind, ""), each.rule, each.html)
        found = by_site.setdefault(each.site, {})
        found.setdefault(what, Field(what)).pages[each.page] += each.count
    surveys = []
    for name, fields in by_site.items():
        pages = Pages(page for each in fields.values() for page in each.pages)
        surveys.append(SiteSurvey(name, pages, sorted(fields.values(), key=_by_weight)))
    return surveys
