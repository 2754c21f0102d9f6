"""Filling templates."""

from __future__ import annotations

import string

import pytest

from proxy.demo.layout import CHARSET, TEMPLATES, fill, notice


def test_values_are_escaped_and_html_is_not() -> None:
    page = fill("suche.html", {"begriff": '<a href="x">', "anzahl": "0"}, artikel="<hr>")
    assert "&lt;a href=&quot;x&quot;&gt;" in page and "<hr>" in page


def test_a_notice_is_escaped_and_may_be_missing() -> None:
    assert "&lt;b&gt;" in notice("<b>") and notice("") == ""


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_templates_fit_the_old_charset_and_are_valid(name: str) -> None:
    TEMPLATES[name].encode(CHARSET)
    assert name.endswith(".js") or string.Template(TEMPLATES[name]).is_valid()
