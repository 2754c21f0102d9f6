"""The sentences of a paragraph, in one language. What stands in [brackets] is for the operator to fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `{hosts}`, `{share}`, `{kept}`, `{masked}` and `{region}` are filled in."""

    here: str
    """Instead of `{hosts}` where a site is for any host."""
    conjunction: str
    """Between the last two of a list."""
    records: str
    share: str
    text_masked: str
    text_shown: str
    text_parts_masked: str
    numbers: str
    emails: str
    ips: str
    forms_none: str
    forms_harmless: str
    forms_personal: str
    secrets: str
    address: str
    impersonal: str
    stored_here: str
    stored_in: str
    kept_for: str
    visit_tab: str
    visit_page: str
    basis: str
    mode_none: str
    mode_notice: str
    mode_opt_in: str
    gpc: str
    rights: str
    others: str
