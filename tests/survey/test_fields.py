"""Which fields of a page a survey names, and how."""

from __future__ import annotations

import pytest
from lxml.cssselect import CSSSelector

from proxy.privacy.mirror import Selectors
from proxy.survey.fields import MOST, Marked, Unmarked, fields
from proxy.survey.tree import parsed


def looked(html: str, **chosen: list[str]) -> tuple[list[Unmarked], list[Marked]]:
    """The fields of a page that consists of this."""
    return fields(parsed(f"<!doctype html><title>x</title>{html}"), Selectors(chosen))


def told(html: str, **chosen: list[str]) -> list[tuple[str, str]]:
    """Kind and rule of the fields that nobody marked."""
    return [(each.kind, each.rule) for each in looked(html, **chosen)[0]]


@pytest.mark.parametrize(
    ("html", "kind", "rule"),
    [
        ("<input type=password name=x>", "password", "type:password"),
        ("<label for=f>IBAN</label><input id=f>", "iban", "label:iban"),
        ("<label>E-Mail <input></label>", "email", "label:email"),
        ("<b id=w>Kreditkartennummer</b><input aria-labelledby='w'>", "card_number", "aria_label:card_number"),
        ("<table><tr><td>Kontonummer<td><input name=f1></table>", "bank_account", "text_before:bank_account"),
        (
            "<table><tr><td>Artikel<td>IBAN<tr><td><input name=f0><td><input name=f1></table>",
            "iban",
            "text_before:iban",
        ),
        ("<select name=anrede><option>Frau</select>", "name", "name:name"),
        ("<div contenteditable aria-label=IBAN></div>", "iban", "aria_label:iban"),
        ("<input type=hidden name=csrf_token>", "api_key", "name:api_key"),
        ("<template><input type=password></template>", "password", "type:password"),
    ],
)
def test_a_sensitive_field_is_told_by_its_own_words(html: str, kind: str, rule: str) -> None:
    assert told(html) == [(kind, rule)]


def test_what_is_harmless_or_unknown_is_not_named() -> None:
    assert (
        told("<input type=search name=q><input name=xyz><textarea name=bemerkung></textarea><input type=submit>")
        == []
    )


@pytest.mark.parametrize(
    ("html", "by"),
    [
        ("<input name=iban data-milchglas=mask>", 'data-milchglas="mask"'),
        ("<div data-sl=exclude><p><input name=iban></p></div>", 'data-sl="exclude"'),
        ("<input name=iban class='big rr-mask'>", "class rr-mask"),
        ("<input name=iban class=dd-privacy-strange>", "class dd-privacy-*"),
        ("<input name=iban data-hj-suppress>", "data-hj-suppress"),
        ("<div class=rr-mask><input name=iban data-milchglas=exclude></div>", 'data-milchglas="exclude"'),
    ],
)
def test_a_field_below_a_mark_is_marked_by_the_strictest(html: str, by: str) -> None:
    assert looked(html) == ([], [Marked('input[name="iban"]', by)])


def test_a_mark_that_reveals_is_none() -> None:
    assert told("<input name=iban data-dd-privacy=allow class='sentry-unmask dd-privacy-allow'>") == [
        ("iban", "name:iban")
    ]


def test_the_selectors_of_the_configuration_count() -> None:
    page = "<form id=f><input name=iban></form><input type=email name=m><input type=password name=p>"
    assert told(page, sensitive=["[name=iban]"], safe=["[name]"]) == [("password", "type:password")], (
        "a secret is never safe"
    )
    assert looked(page, exclude=["#f"])[1] == [Marked('input[name="iban"]', "`exclude` in the configuration")]


def test_a_selector_finds_its_field_and_no_other() -> None:
    page = """<form><input name=iban><input name=bic></form><form><input type=password><input type=password></form>
        <form id="a:b 1"><input type=email name="x[0]"></form><input type=email id="9a"><p>
        <input type=email id=m12345><input name="o'x" type=email><input name='a"b' type=email>
        <input id=twice type=email><input id=twice type=email>"""
    root = parsed(page)
    unmarked, _ = fields(root, Selectors({}))
    found = [CSSSelector(each.selector, translator="html")(root) for each in unmarked]
    assert len(unmarked) == 11 and all(len(each) == 1 for each in found), [e.selector for e in unmarked]
    assert len({id(each[0]) for each in found}) == len(found)
    assert not any("12345" in each.selector or "12345" in each.example for each in unmarked), "a generated id"


def test_a_name_that_looks_like_a_value_is_not_shown() -> None:
    unmarked, _ = looked("<label>Kartennummer<input id=k4111111111111111 name=karte-4111111111111111></label>")
    assert unmarked[0].kind == "card_number"
    assert "4111" not in str(unmarked) and unmarked[0].selector.endswith("label > input")


def test_what_a_field_holds_is_nowhere() -> None:
    page = """<label>IBAN <input value=Rohrdommel placeholder=Wasserralle title=Teichhuhn></label>
        <label>Adresse<textarea>Rohrdommel</textarea></label><label>Anrede
        <select name=anrede><option selected value=Rohrdommel>Rohrdommel</select></label>
        <div contenteditable aria-label=IBAN>Rohrdommel</div><input type=hidden name=token value=Rohrdommel>"""
    unmarked, marked = looked(page)
    assert len(unmarked) >= 4
    for word in ("Rohrdommel", "Wasserralle", "Teichhuhn", "Adresse"):
        assert word not in f"{unmarked}{marked}"


def test_the_example_is_the_fields_own_tag_with_the_mark() -> None:
    ((field,), _) = looked("<input class=x style='a' type=text id=kto name='a\"b' value=v aria-label=IBAN>")
    assert field.example == '<input type="text" id="kto" name="a&quot;b" data-milchglas="mask">'


def test_a_page_of_fields_without_end_is_read_to_a_bound() -> None:
    assert len(told("<input type=password>" * (MOST + 50))) == MOST


@pytest.mark.parametrize("html", ["", "   ", "\0", "<!-- x", "<", "\ud800<input type=password>"])
def test_damaged_pages_are_read_as_far_as_they_go(html: str) -> None:
    root = parsed(html)
    assert root is None or isinstance(fields(root, Selectors({})), tuple)
