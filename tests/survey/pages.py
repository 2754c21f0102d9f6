"""Recorded pages for the tests of surveys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SHOP = "https://shop.example.com"
CANARIES = [f"Kuckuck{number}" for number in range(12)]
"""Values: each stands in HOSTILE and may stand in no output."""

HOSTILE = """<!doctype html><title>Kuckuck0</title>
<base href="javascript:alert(1)"><script src="https://www.googletagmanager.com/gtm.js?id=Kuckuck1"></script>
<script>var a = "Kuckuck2"; s.src = "https://static.hotjar.com/c/hotjar-Kuckuck2.js?x=Kuckuck2";</script>
<script src="//u:Kuckuck3@cdn.unknown-widgets.io/Kuckuck3.js?u=Kuckuck3"></script>
<noscript><img height=1 width=1 src="https://www.facebook.com/tr?id=1&amp;ev=Kuckuck4"></noscript>
<form action="/x?token=Kuckuck5"><label for=a>E-Mail Kuckuck6</label>
<input id=a name="<img src=x onerror=alert(document.domain)>" value="Kuckuck7@example.org" placeholder=Kuckuck7>
<label>IBAN <input name='"><script>alert(2)</script>' value=Kuckuck8 title=Kuckuck8></label>
<input type=password name="pw'&quot;</style></code></pre><script>alert(3)</script><iframe src=//evil.example>">
<textarea aria-label=Adresse>Kuckuck9</textarea>
<select name=anrede><option value=Kuckuck10 selected>Kuckuck10</select>
<div class=ph-mask><input name=iban value=Kuckuck11></div>
<input type=email name="\u202emoc.live\x1b[2J">"""


def recorded(
    path: str,
    body: str | None = "<!doctype html><p>x",
    *fields: tuple[str, str],
    status: int = 200,
    type: str = "text/html",
) -> dict[str, Any]:
    """An entry of HAR for a GET of the shop."""
    headers = [
        {"name": "Content-Type", "value": type},
        *({"name": name, "value": value} for name, value in fields),
    ]
    content = {"text": body} if body is not None else {"size": 9}
    return {
        "request": {"method": "GET", "url": SHOP + path, "httpVersion": "HTTP/1.1", "headers": []},
        "response": {
            "status": status,
            "statusText": "OK",
            "httpVersion": "HTTP/1.1",
            "headers": headers,
            "content": content,
        },
    }


def har(file: Path, entries: Sequence[dict[str, Any]]) -> Path:
    """A HAR file of these."""
    file.write_text(json.dumps({"log": {"entries": entries}}))
    return file
