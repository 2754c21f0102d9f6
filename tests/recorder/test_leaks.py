"""With `forms: none` no value leaves the browser, wherever rrweb would have told it (privacy.md, section 3)."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Page

from .conftest import Lab, config

pytestmark = pytest.mark.browser

# Every canary is a word that stands in a field only, or is typed into one.
PAGE = """<!doctype html><title>Alles</title><!--snippet-->
<form>
<input name=text value=Kanarie01><input type=hidden name=hid value=Kanarie02x>
<input type=checkbox name=check value=Kanarie03 checked><input type=radio name=r value=Kanarie04 checked>
<select name=sel><option value=Kanarie05>Kanarie06
<option value=Kanarie07 selected label=Kanarie08>Kanarie09</select>
<textarea name=area>Kanarie10</textarea>
<input list=dl name=listed><datalist id=dl><option value=Kanarie11>Kanarie12</option></datalist>
<input type=password name=pw value=Kanarie13><input type=email name=mail value=kanarie14@example.org>
<div contenteditable id=editor title=Kanarie15>Kanarie16 <b title=Kanarie17>Kanarie18</b></div>
<my-field value=Kanarie19></my-field><input type=range name=range value=7>
<input name=cleared value=Kanarie20><textarea name=emptied>Kanarie21</textarea>
<input name=titled value=Kanarie22 title=Kanarie22 data-copy=Kanarie22>
<input type=date name=date value=1984-05-23><input name=style value=Kanarie23 style="--wert: Kanarie23">
</form>
<iframe srcdoc="<input value=Kanarie24><div contenteditable>Kanarie25</div>"></iframe>
<div id=host></div><p id=out></p>
<iframe id=design></iframe>
<script>
  host.attachShadow({mode: "open"}).innerHTML = "<input value=Kanarie26><p contenteditable>Kanarie27</p>";
  design.contentDocument.designMode = "on";
  design.contentDocument.body.innerHTML = "<p>Kanarie28</p>";
</script>"""

DEEDS = """async () => {
  const pause = () => new Promise((done) => setTimeout(done, 30));
  const form = document.forms[0];
  const set = (name, value, type = "input") => {
    form.elements[name].value = value;
    form.elements[name].dispatchEvent(new Event(type, {bubbles: true}));
  };
  form.elements.cleared.value = ""; form.elements.emptied.value = "";
  set("text", "Kanarie40"); await pause();
  set("text", "Kanarie41", "change"); form.elements.text.setAttribute("value", "Kanarie41"); await pause();
  set("area", "Kanarie42"); form.elements.area.textContent = "Kanarie43"; await pause();
  editor.firstChild.data = "Kanarie44"; editor.append(" Kanarie45"); await pause();
  editor.innerHTML = "<i>Kanarie46</i>"; await pause();
  host.shadowRoot.querySelector("input").value = "Kanarie47"; await pause();
  host.shadowRoot.querySelector("p").textContent = "Kanarie48"; await pause();
  form.elements.sel.append(new Option("Kanarie49", "Kanarie50"));
  form.elements.sel.value = "Kanarie50"; await pause();
  document.querySelector("my-field").setAttribute("value", "Kanarie51"); await pause();
  form.insertAdjacentHTML("beforeend", "<input name=late value=Kanarie52><textarea>Kanarie53</textarea>");
  await pause();
  const gone = document.createElement("input");
  gone.value = "Kanarie54"; form.append(gone); await pause(); gone.remove();
  // shown elsewhere, after the field has been read
  out.textContent = "Sie heissen Kanarie41!"; out.title = "Kanarie42"; await pause();
  // a password that turns into text in the task that brings it
  const sly = document.createElement("input");
  sly.type = "password"; form.append(sly); sly.value = "Kanarie55"; sly.type = "text";
  sly.dispatchEvent(new Event("input", {bubbles: true})); await pause();
  out.textContent = "Kanarie5" + "5"; await pause();
  design.contentDocument.body.firstChild.textContent = "Kanarie56"; await pause();
  history.replaceState({}, "", "?name=" + form.elements.text.value); await pause();
}"""


@pytest.mark.parametrize("changes", [{"forms": "none"}, {"forms": "harmless", "sensitive": ["body"]}])
async def test_no_value_leaves_the_browser(lab: Lab, page: Page, changes: dict[str, object]) -> None:
    lab.config = config(**changes)
    lab.pages = {"/": PAGE}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.evaluate(DEEDS)
    await lab.settle()
    await page.evaluate("milchglas.resume(); milchglas.pause(); milchglas.resume()")  # a second full snapshot
    await lab.until(lambda: sum(event["type"] == 2 for event in lab.events) == 2)
    await page.goto("about:blank")
    await page.wait_for_timeout(300)
    leaks = {
        batch.text[max(0, at - 100) : at + 30]
        for batch in lab.batches
        for needle in ("kanarie", "1984-05-23")
        if (at := batch.text.lower().find(needle)) >= 0
    }
    assert not leaks
    assert lab.errors == []


@pytest.mark.parametrize("toggle", ["type", "clone", "attribute"])
async def test_a_password_stays_one(lab: Lab, page: Page, toggle: str) -> None:
    """Through a toggle, a clone as text, and a framework that writes its value into the attribute."""
    lab.pages = {"/": "<!doctype html><!--snippet--><form><input type=password name=geheim></form><p id=out></p>"}
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.evaluate(
        """(toggle) => {
        const old = document.forms[0].elements.geheim;
        old.value = "Trubadix#77x";
        let field = old;
        if (toggle === "clone") {
          field = old.cloneNode(); field.type = "text"; field.value = old.value; old.replaceWith(field);
        }
        if (toggle === "type") field.type = "text";
        if (toggle === "attribute") { field.setAttribute("value", field.value); field.type = "text"; }
        field.dispatchEvent(new Event("input", {bubbles: true}));
        field.dispatchEvent(new Event("change", {bubbles: true}));
        out.textContent = "Ihr Kennwort: " + field.value;
        }""",
        toggle,
    )
    await lab.settle()
    assert "rubadix" not in lab.said
    assert lab.errors == []


async def test_text_mask_takes_all_words_of_the_page(lab: Lab, page: Page) -> None:
    lab.config = config(text="mask")
    lab.pages = {
        "/": "<!doctype html><title>Akte Meier</title><!--snippet--><p title='Frau Meier'>Frau Meier</p>"
        "<input type=submit value='Meier senden'><img alt=Meier src=/x.png><select><option>Meier</select>"
    }
    await page.goto(lab.origin + "/")
    await lab.settle(0)
    await page.evaluate("document.querySelector('p').firstChild.data = 'Herr Meier'")
    await lab.settle()
    # (cards may describe a field in the page's words: the proxy reads them and throws them away)
    told = json.dumps(lab.events)
    assert "Meier" not in told, told[told.find("Meier") - 100 :][:150]
