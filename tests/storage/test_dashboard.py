"""The lists: what they show, how they are cut into pages, and what an empty one says."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote

from storage import recordings

NASTY = "<script>alert(1)</script>\"'&{{7*7}}"


async def fill(service, count: int, **headers: str) -> None:
    for n in range(count):
        await service.put(
            recording=f"recording-{n:010}",
            events=[{"type": 4, "timestamp": 1_760_000_000_000 + n}],
            **headers,
        )


def links(text: str) -> list[str]:
    return re.findall(r'href="/recordings/(recording-\d+)"', text)


async def test_pages_hold_fifty_and_lead_to_each_other(inside):
    await fill(inside, recordings.PER_PAGE + 3)
    _, first = await inside.get("/recordings")
    _, second = await inside.get("/recordings?page=2")
    assert (len(links(first)), len(links(second))) == (50, 3)
    assert not set(links(first)) & set(links(second))
    assert 'rel="next" href="/recordings?page=2"' in first
    assert 'rel="prev" href="/recordings?page=1"' in second


async def test_a_site_can_be_picked(inside):
    await inside.put(recording="recording-0000000001")
    await inside.put(recording="recording-0000000002", Milchglas_Site="other")
    _, text = await inside.get("/recordings?site=other")
    assert links(text) == ["recording-0000000002"]
    assert "1 recording of other" in text


async def test_every_number_has_its_unit(inside):
    await inside.put(Milchglas_Counts='{"iban":1234}', Milchglas_Page="https%3A//x/")
    _, text = await inside.get("/recordings")
    words = re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", text[text.index("<tbody>") :]))
    assert words.split(" altshop ")[1].strip() == "0 s 1 page 3 events 1\u202f234 values none"
    assert '<time datetime="2025-10-09T08:53:20.000+00:00"' in text


async def test_empty_lists_say_what_to_do_next(inside):
    assert "Open a page of your site through the proxy" in (await inside.get("/recordings"))[1]
    assert "Every sensitive field seen so far carries a mark" in (await inside.get("/findings"))[1]


async def test_findings_add_up_over_recordings(inside):
    finding = {"page": "/kasse", "selector": "#kto", "kind": "bank_account", "rule": "label", "count": 2,
               "mark": 'data-milchglas="mask"'}  # fmt: skip
    for n, time in enumerate((5000, 3000, 9000)):
        events = [{"type": 4, "timestamp": time}]
        await inside.put(recording=f"recording-{n:010}", events=events, Milchglas_Findings=json.dumps([finding]))
    _, text = await inside.get("/findings")
    assert text.count("#kto") == 1
    assert "6 values" in text
    assert "bank account" in text
    assert text.index("1970-01-01T00:00:03") < text.index("1970-01-01T00:00:09")
    assert 'data-copy="data-milchglas=&#34;mask&#34;"' in text


async def test_strangers_words_are_only_ever_text(inside):
    finding = dict.fromkeys(("page", "selector", "kind", "rule", "mark"), NASTY[:60]) | {"count": 1}
    await inside.put(
        Milchglas_Page=quote("https://shop.example.com/" + NASTY),
        Milchglas_Counts=json.dumps({NASTY: 3}),
        Milchglas_Findings=json.dumps([finding]),
    )
    async with inside.http.get(inside.url + "/login", headers={"User-Agent": NASTY}):
        pass
    for path in (
        "/recordings",
        "/recordings/recording-0000000001",
        "/findings",
        f"/recordings?site={quote(NASTY)}",
    ):
        _, text = await inside.get(path)
        assert NASTY not in text, path
        assert "<script>alert" not in text, path
    _, text = await inside.get("/findings")
    assert NASTY[:60] in html.unescape(text)


async def test_a_browser_that_lies_about_its_name_is_listed_as_text(service):
    service.http.headers["User-Agent"] = NASTY
    await service.login()
    _, text = await service.get("/account")
    assert NASTY not in text
    assert NASTY in html.unescape(text)
