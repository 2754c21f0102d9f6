"""What the visitor does: type into every field, show the passwords, send every form."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from bench.leaks.fields import LANGUAGES, Field

SETTLE = 3000
"""Milliseconds after which each recorder has sent what it has; its own interval is set to less."""


def visit(page: Page, url: str, fields: Sequence[Field]) -> None:
    """A whole visit, ended by going away."""
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLE)  # until it records
    for field in fields:
        page.locator(f"#form-{field.language} [name={field.name}]").click()
        page.keyboard.type(field.value)
    for language in LANGUAGES:
        form = page.locator(f"#form-{language}")
        form.locator(".zeigen").click()
        form.locator("[type=submit]").click()
    page.wait_for_timeout(SETTLE)
    page.goto("about:blank")
    page.wait_for_timeout(500)
