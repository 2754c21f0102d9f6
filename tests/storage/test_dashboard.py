"""The lists: what they show, how they are cut into pages, and what an empty one says."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import re
from urllib.parse import quote

import pytest

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
    assert "Open a page with a form through the proxy" in (await inside.get("/findings"))[1]
    await inside.put()
    assert "Every sensitive field seen so far carries a mark" in (await inside.get("/findings"))[1]


async def test_findings_add_up_over_recordings(inside):
    finding = {"page": "/kasse", "selector": "#kto", "kind": "bank_account", "rule": "label", "count": 2,
               "mark": 'data-milchglas="mask"'}  # fmt: skip
    for n, time in enumerate((5000, 3000, 9000)):
        events = [{"type": 4, "timestamp": time}]
        await inside.put(recording=f"recording-{n:010}", events=events, Milchglas_Findings=json.dumps([finding]))
    _, text = await inside.get("/findings")
    assert text.count("<tr>") == 2, "the head and one row"
    assert "6 values" in text
    assert "bank account" in text
    assert text.index("1970-01-01T00:00:09") < text.index("first <time") < text.index("1970-01-01T00:00:03")
    assert 'data-copy="data-milchglas=&#34;mask&#34;"' in text


FIELDS = {
    "#kto": ("bank_account", "label:bank_account", 2, 5000),
    'input[name="mail"]': ("email", "type:email", 9, 9000),
    "td > input:nth-of-type(2)": ("password", "type:password", 1, 7000),
    "=HYPERLINK(1)": ("name", "id:name", 3, 3000),
}


async def find(inside) -> None:
    for n, (selector, (kind, rule, count, time)) in enumerate(FIELDS.items()):
        finding = {"page": "/kasse", "selector": selector, "kind": kind, "rule": rule, "count": count,
                   "mark": 'data-milchglas="mask"'}  # fmt: skip
        events, told = [{"type": 4, "timestamp": time}], json.dumps([finding])
        await inside.put(recording=f"recording-{n:010}", events=events, Milchglas_Findings=told)


@pytest.mark.parametrize(
    ("order", "kinds"),
    [
        ("worst", "password bank_account email name"),
        ("count", "email name bank_account password"),
        ("last", "email password bank_account name"),
        ("first", "email password bank_account name"),
        ("page", "bank_account name email password"),
    ],
)
async def test_findings_can_be_sorted_and_what_to_mend_first_comes_first(inside, order, kinds):
    await find(inside)
    _, text = await inside.get(f"/findings.json?sort={order}")
    assert [each["kind"] for each in json.loads(text)] == kinds.split()
    assert (await inside.get("/findings.json"))[1] == (await inside.get("/findings.json?sort=worst"))[1]
    assert (await inside.get("/findings?sort=nonsense"))[0].status == 404


async def test_a_finding_says_in_words_what_it_is_and_both_ways_to_mend_it(inside):
    await find(inside)
    _, page = await inside.get("/findings")
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    for part in (
        "bank accounttold by the label",
        '<input name="mail" data-milchglas="mask">',
        "sensitive: ['input[name=\"mail\"]']",
        '<… id="kto" data-milchglas="mask">',
    ):
        assert part in text, part
    assert 'title="label:bank_account"' in page


async def test_findings_are_exported_as_they_are_filtered(inside):
    await find(inside)
    answer, text = await inside.get("/findings.json?site=altshop&sort=page")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="findings.json"'
    first = json.loads(text)[0]
    assert (first["selector"], first["first_seen"], first["count"]) == ("#kto", "1970-01-01T00:00:05+00:00", 2)
    assert json.loads((await inside.get("/findings.json?site=other"))[1]) == []
    answer, text = await inside.get("/findings.csv")
    assert answer.content_type == "text/csv"
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["site", "page", "selector"]
    assert len(rows) == 5
    assert [row[2] for row in rows if "HYPER" in row[2]] == ["'=HYPERLINK(1)"], "no formula for a spreadsheet"


async def test_what_was_found_is_for_those_who_have_logged_in(service):
    for form in ("json", "csv"):
        assert (await service.get(f"/findings.{form}"))[0].url.path == "/login"


async def test_the_receipt_speaks_plainly_adds_up_and_is_right_however_often_a_batch_comes(inside):
    counts = {"label:iban": 1200, "text:number": 30, "dropped:attribute": 5, "scrub:echo": 4}
    for _ in range(3):
        await inside.put(Milchglas_Counts=json.dumps(counts))
    await asyncio.gather(*(inside.put(seq=1, Milchglas_Counts=json.dumps({"url": 1})) for _ in range(5)))
    _, page = await inside.get("/recordings/recording-0000000001")
    section = page[page.index("Removed before storage") : page.index("<h2>Findings")]
    words = re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html.unescape(section)))
    assert words.split("Removed before storage ")[1].strip() == (
        "IBAN, told by the label 1\u202f200 long number in a page's text 30 "
        "shown again elsewhere on a page; scrubbed later 4 parameter or token in an address 1 "
        "Together 1\u202f235 values Parts of events that are never kept attributes that are never kept 5"
    )
    assert '<tr title="label:iban">' in section
    _, listed = await inside.get("/recordings")
    assert "1\u202f235 values" in listed


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
