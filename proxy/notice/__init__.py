"""The paragraph for a site's privacy policy, written from its configuration. Pure.

It says what the configuration tells, and leaves in [brackets] what that cannot: purpose, legal basis, how long,
whom to ask, and which other tools collect data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from proxy.config import Config, Site
from proxy.notice.de import GERMAN
from proxy.notice.en import ENGLISH
from proxy.notice.es import SPANISH
from proxy.notice.fr import FRENCH
from proxy.notice.it import ITALIAN
from proxy.notice.nl import DUTCH
from proxy.notice.pl import POLISH
from proxy.notice.words import Words

LANGUAGES: Mapping[str, Words] = MappingProxyType(
    {
        "de": GERMAN,
        "en": ENGLISH,
        "es": SPANISH,
        "fr": FRENCH,
        "it": ITALIAN,
        "nl": DUTCH,
        "pl": POLISH,
    }
)

NOWHERE = "local"
"""The default of `storage.region`: it names no place."""


def paragraph(config: Config, site: Site, language: str) -> str:
    """What visitors of the site have to be told. KeyError for a language that is not there."""
    words = LANGUAGES[language]
    filled = {"hosts": _hosts(site, words), "share": f"{site.record.sample * 100:g} %"}
    filled |= {"region": config.storage.region, "masked": _masked(site, words)}
    return " ".join(sentence.format_map(filled) for sentence in _sentences(config, site, words))


def open_points(text: str) -> list[str]:
    """What is left for the operator to fill in."""
    return re.findall(r"\[[^\]]+\]", text)


def impersonal(site: Site) -> bool:
    """Whether nothing that a recording of the site holds is personal: page text names people, too."""
    return site.record.text == "mask" and site.record.forms != "personal"


def _sentences(config: Config, site: Site, words: Words) -> Iterator[str]:
    record, consent = site.record, site.consent
    yield words.records
    if record.sample < 1:
        yield words.share
    if record.text == "mask":
        yield words.text_masked
    else:
        yield words.text_shown
        if _masked(site, words):
            yield words.text_parts_masked
    yield {
        "none": words.forms_none,
        "harmless": words.forms_harmless,
        "personal": words.forms_personal,
    }[record.forms]
    yield words.secrets
    yield words.address
    if impersonal(site):
        yield words.impersonal
    yield words.stored_here if config.storage.region == NOWHERE else words.stored_in
    yield words.kept_for
    yield words.visit_tab if record.visit == "tab" else words.visit_page
    if consent.mode != "opt-in":
        yield words.basis
    yield {"none": words.mode_none, "notice": words.mode_notice, "opt-in": words.mode_opt_in}[consent.mode]
    if consent.respect_gpc:
        yield words.gpc
    yield words.rights
    yield words.others


def _hosts(site: Site, words: Words) -> str:
    return words.here if "*" in site.hosts else _listed(list(site.hosts), words)


def _masked(site: Site, words: Words) -> str:
    text = site.record.text
    if text == "mask":
        return ""
    parts = ((text.numbers, words.numbers), (text.emails, words.emails), (text.ips, words.ips))
    return _listed([name for shown, name in parts if not shown], words)


def _listed(parts: list[str], words: Words) -> str:
    *first, last = parts or [""]
    return f"{', '.join(first)} {words.conjunction} {last}" if first else last
