"""Nothing under any tool's mark leaves the browser: the test's own server reads every request."""

from __future__ import annotations

import gzip

import pytest
from playwright.async_api import Page

from .conftest import Lab, config
from .test_marks_agree import EXCLUDE, IGNORE, MASK, attribute

pytestmark = pytest.mark.browser


def written(mark: str) -> str:
    """A mark as it stands in HTML."""
    name, value = attribute(mark)
    return f"{name}='{value}'" if value else name


def page_of(marks: tuple[str, ...], *, inside: bool) -> str:
    """A field and words for each mark: the field itself is marked, or what stands around both."""
    parts = []
    for number, mark in enumerate(marks):
        field = f"name=q{number} id=q{number} value=preset{number}kanarie title=titel{number}kanarie"
        words = f"<p>wort{number}kanarie</p>"
        if inside:
            parts.append(f"<div {written(mark)}><p><input {field}></p>{words if mark not in IGNORE else ''}</div>")
        else:
            parts.append(f"<input {field} {written(mark)}>")
    mirror = "onchange = oninput = (event) => { out.textContent = out.title = event.target.value; }"
    body = "".join(parts)
    return f"<!doctype html><!--snippet--><p>offen</p>{body}<p id=out></p><script>{mirror}</script>"


def sent(lab: Lab) -> str:
    """All that left the browser for us, unpacked."""
    raw = [gzip.decompress(batch.raw) if batch.gzipped else batch.raw for batch in lab.batches]
    return b"\n".join(raw).decode().lower() + str(lab.starts)


@pytest.mark.parametrize("inside", [False, True], ids=["on the field", "around it"])
async def test_nothing_under_any_mark_leaves_the_browser(lab: Lab, page: Page, inside: bool) -> None:
    marks = MASK + EXCLUDE + IGNORE
    lab.config = config(forms="personal")
    lab.pages = {"/": page_of(marks, inside=inside)}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    for number in range(len(marks)):
        await page.fill(f"#q{number}", f"getippt{number}kanarie")
    await lab.settle()
    await page.evaluate("out.textContent = 'Ende'")
    await page.goto("about:blank")
    await lab.until(lambda: "Ende" in lab.said)
    told = sent(lab)
    found = {word: told[at - 60 : at + 20] for word in ("kanarie",) if (at := told.find(word)) >= 0}
    assert not found
    assert lab.errors == []


async def test_what_the_operator_and_the_page_name_is_as_if_marked(lab: Lab, page: Page) -> None:
    lab.config = config(forms="personal", sensitive=["#q0", ".akte"], exclude=["#q1"])
    lab.pages = {
        "/": "<!doctype html><!--snippet--><input id=q0 name=q0><input id=q1 name=q1><input id=q2 name=q2>"
        "<div class=akte><input id=q3 name=q3></div><input id=offen name=offen><p id=out></p>"
    }
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.evaluate("milchglas.mask('#q2')")
    for number in range(4):
        await page.fill(f"#q{number}", f"getippt{number}kanarie")
    await page.evaluate("out.textContent = q0.value + q1.value + q2.value + ' ' + q3.value")
    await page.fill("#offen", "Grammophon")
    await page.goto("about:blank")
    await lab.until(lambda: "Grammophon" in lab.said)
    assert "kanarie" not in sent(lab)
