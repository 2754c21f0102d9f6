"""The snippet: the contract's element, readable by HTML and XML parsers alike."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import lxml.html
import pytest

from proxy.config import Site
from proxy.page.snippet import Snippet

SITE = Site.model_validate(
    {
        "name": "altshop",
        "hosts": ["*"],
        "upstream": "http://127.0.0.1:1",
        "sensitive": ["#kundennr", "[title=\"Größe & 'mehr'\"] > b", "[x='</script>']"],
        "safe": ["[name=filiale]"],
        "consent": {"notice_url": "https://shop.example/datenschutz?a=1&b=2"},
    }
)
SRC = "/_milchglas/recorder.0123abcd.js"
CONFIG = {
    "path": "/_milchglas",
    "site": "altshop",
    "forms": "none",
    "text": {"numbers": False, "emails": False, "ips": False},
    "visit": "tab",
    "sensitive": list(SITE.sensitive),
    "exclude": [],
    "safe": ["[name=filiale]"],
    "consent": {
        "mode": "none",
        "respect_gpc": True,
        "notice_url": "https://shop.example/datenschutz?a=1&b=2",
    },
}


def test_the_bytes_are_the_contracts() -> None:
    plain = Site(name="a", hosts=("*",), upstream="http://127.0.0.1:1")
    assert Snippet(plain, "/m", "/m/recorder.0.js").render() == (
        b'<script async src="/m/recorder.0.js" data-milchglas-config=\'{"path":"/m","site":"a","forms":"none",'
        b'"text":{"numbers":false,"emails":false,"ips":false},"visit":"tab","sensitive":[],"exclude":[],"safe":[],'
        b'"consent":{"mode":"none","respect_gpc":true,"notice_url":null}}\'></script>'
    )


@pytest.mark.parametrize("nonce", ["", "aB+/_-9=="])
@pytest.mark.parametrize("xhtml", [False, True])
def test_parsers_read_back_what_was_written(xhtml: bool, nonce: str) -> None:
    snippet = Snippet(SITE, "/_milchglas", SRC).render(xhtml=xhtml, nonce=nonce)
    assert snippet.isascii() and snippet.count(b"<") == 2 and b"&" not in snippet
    element = ElementTree.fromstring(snippet) if xhtml else lxml.html.fragment_fromstring(snippet)
    assert element.tag == "script" and not element.text and element.get("async") is not None
    assert element.get("src") == SRC and element.get("nonce", "") == nonce
    assert json.loads(element.get("data-milchglas-config")) == CONFIG


def test_all_text_masked_is_said_in_one_word() -> None:
    masked = SITE.model_copy(update={"record": SITE.record.model_copy(update={"text": "mask"})})
    assert b'"text":"mask"' in Snippet(masked, "/m", SRC).render()


@pytest.mark.parametrize("text", ['a"b', "a b", "<", "ä"])
def test_what_would_need_escaping_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Snippet(SITE, "/m", text)
    with pytest.raises(ValueError):
        Snippet(SITE, "/m", SRC).render(nonce=text)
