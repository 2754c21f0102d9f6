"""The page: one form a language, laid out in a table, with the habits of legacy sites. No mark anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from bench.leaks.fields import LANGUAGES, Field

CONTROL: Final = "kontrolle-4f7a"
"""A class of the page's body. A recorder that does not tell it has recorded nothing: no figures."""

# What such sites do with what they are given: show a password, repeat it in a message, preview a card, keep an
# IBAN in attributes, put e-mail and key into the address, a name into the title, an illness into a heading.
_HABITS: Final = """
for (const form of document.forms) {
  const field = (kind) => form.querySelector(`.${kind}`);
  const at = (kind, event, work) => field(kind).addEventListener(event, () => work(field(kind).value));
  const show = (where, text) => { form.querySelector(where).textContent = text; };
  form.querySelector(".zeigen").addEventListener("click", () => { field("f-password").type = "text"; });
  at("f-password", "input", (text) => { field("f-password").dataset.letztes = text; });
  at("f-password", "change", (text) => show(".meldung", `"${text}" ist zu kurz`));
  at("f-card_number", "input", (text) => show(".vorschau", text));
  at("f-iban", "change", (text) => { field("f-iban").title = text; field("f-iban").setAttribute("value", text); });
  at("f-health", "change", (text) => show("h2", text));
  at("f-name", "change", (text) => { document.title = `Hallo ${text}`; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const told = new URLSearchParams({ mail: field("f-email").value, token: field("f-api_key").value });
    history.replaceState(null, "", `?${told}`);
    const kinds = ["name", "address", "phone", "birth_date", "card_number"];
    show(".zusammen", kinds.map((kind) => field(`f-${kind}`).value).join(", "));
  });
}
"""


def page(fields: Sequence[Field], head: str) -> str:
    """The HTML, with `head` in its head."""
    forms = "".join(
        _form(language, [each for each in fields if each.language == language]) for language in LANGUAGES
    )
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>Alle Felder</title>{head}</head>"
        f'<body class="{CONTROL}"><h1>Alle Felder</h1>{forms}<script>{_HABITS}</script></body></html>'
    )


def _form(language: str, fields: Sequence[Field]) -> str:
    rows = "".join(
        f"<tr><td>{escape(field.label)}</td><td><input class=f-{field.kind} name={field.name} "
        f"type={'password' if field.kind == 'password' else 'text'}></td></tr>"
        for field in fields
    )
    return (
        f"<form lang={language} id=form-{language}><h2>{language}</h2><table>{rows}</table>"
        "<p class=meldung></p><p class=vorschau></p><p class=zusammen></p>"
        "<input type=button class=zeigen value=Zeigen><input type=submit value=Weiter></form>"
    )
