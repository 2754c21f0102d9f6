"""What a valid configuration would do, in an operator's words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from proxy.admin.units import counted
from proxy.config import Config, Site
from proxy.notice import impersonal

FORMS = {
    "none": "no value of any field is recorded",
    "harmless": "values of harmless fields only",
    "personal": "values of harmless and personal fields; secrets never",
}

CONSENT = {
    "notice": "visitors are told by a bar, and may refuse",
    "opt-in": "nothing is recorded or sent before a visitor agrees",
}


def facts(config: Config) -> list[tuple[str, str]]:
    """Lines of (what it is about, what happens)."""
    found = [
        ("visitors", f"{config.listen.host}:{config.listen.port}, {_tls(bool(config.listen.tls))}"),
        ("processes", f"{counted(config.worker_count, 'worker')}, {counted(config.sanitizer_count, 'sanitizer')}"),
        ("data", str(config.data)),
    ]
    for site in config.sites:
        found += [(f"site {site.name}", fact) for fact in _site(config, site)]
    store = config.storage
    place = f"embedded, dashboard on {store.listen.host}:{store.listen.port}" if store.embedded else store.url
    found.append(("storage", f"{place}; it must prove region {store.region}"))
    return found


def _site(config: Config, site: Site) -> Iterator[str]:
    yield f"{', '.join(site.hosts)} → {site.upstream}"
    if site.upstream.startswith("https:"):
        tls = site.upstream_tls
        yield f"upstream proves that it is {tls.name or 'that host'}, by {tls.ca or 'an authority of the system'}"
    if not site.map_addresses:
        yield "redirects and cookie domains that name upstream's own address are not mapped"
    if not site.enabled:
        yield "switched off: everything passes through, nothing is recorded"
        return
    record = site.record
    if record.mode == "shadow":
        yield "shadow: pages go out as they came and are counted, nothing is recorded; if it were:"
    yield f"forms: {FORMS[record.forms]}"
    if record.text == "mask":
        yield "text: all of it is masked"
    else:
        kept = [name for name, shown in record.text.model_dump().items() if shown]
        yield f"text: recorded; readable in it: {', '.join(kept) or 'no long numbers, e-mail or IP addresses'}"
    yield f"duty to inform: {_duty(site)}"
    if record.visit == "tab" and site.consent.mode != "opt-in":
        yield (
            "duty to ask: the tab's sessionStorage keeps an identifier; where that needs consent (in the EU: "
            "Directive 2002/58/EC, Art. 5(3)), take consent.mode: opt-in, or record.visit: page"
        )
    if record.sample < 1:
        yield f"sample: {record.sample:.1%} of visits"
    if site.staff.networks or site.staff.cookies:
        known_by = [*site.staff.networks, *(f"a cookie {name}" for name in site.staff.cookies)]
        yield f"not recorded, for they are staff: {', '.join(known_by)}"
    if site.consent.mode != "none":
        yield f"consent: {CONSENT[site.consent.mode]}"
    if site.consent.respect_gpc:
        yield "visitors with Global Privacy Control are not recorded"
    yield f"a page's own policy that blocks the recorder: {config.csp}"


def _duty(site: Site) -> str:
    if impersonal(site):
        return "none that follows from the content, for no personal data is recorded"
    why = "page text names people, too" if site.record.text != "mask" else "values of personal fields are recorded"
    where = site.consent.notice_url or "nowhere yet: set consent.notice_url"
    return f"visitors must be told, for {why}; they are told {where}; `milchglas notice` writes the paragraph"


def _tls(has: bool) -> str:
    return "TLS" if has else "plain HTTP"
