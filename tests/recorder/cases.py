"""What other recorders leak, as a table: one page and one visitor's deeds a case.

Nothing of `secret` may be in a recording, with personal values recorded or without; nothing of `personal` and
`unknown` without. `mutant` names the fault (tests/mutants.py, or below) with which the case leaks.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from playwright.async_api import Page

from tests.mutants import Mutant

type Act = Callable[[Page], Awaitable[object]]

HANDS: ContextVar[asyncio.Lock] = ContextVar("HANDS")
"""Held while a visitor does something, let go while it waits: people type at once, whoever else is there.

Typed slower than a batch is sent, what a page mirrors would arrive before the value that it mirrors."""

SEARCH = "Grammophonnadel"
"""Typed on each page into its search field: it must be in the recording, or the case proves nothing."""
HEAD = "<!doctype html><html lang=de><head><title>Amt</title></head><body><input type=search name=q id=q>"

PASSWORD = "Zwqtschge#4711"
TRADERS = "HVXNDLER-7741-KQ"
"""A password that by itself might be a coupon."""
CARD = "4539 7812 0045 6644"
IBAN = "DE75512108001245126199"
CODE = "967183"
NAME = "Kyxnigunde Flzckenstein"
STREET = "Hqlunderweg 83"
MAIL = "kyxnigunde@pqst.example"
ILLNESS = "Xanthogranulomatose"
TOKEN = "7hQ2xVb9LmPz4KdR8sTn"


@dataclass(frozen=True)
class Case:
    """One line of the table; `body` is the page, `more` are further ones by path."""

    name: str
    mutant: str
    body: str
    act: Act
    secret: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    alone: bool = True
    """The proxy can hold alone. Of a value that was never told, only the browser knows what is an echo."""
    late: bool = False
    """The recorder comes when the deeds are half done: `act` calls `recorder_comes`."""


def types(selector: str, text: str) -> Act:
    """Key by key, as people do."""
    return lambda page: page.locator(selector).press_sequentially(text, delay=4)


def runs(script: str) -> Act:
    """What the page does by itself."""
    return lambda page: page.evaluate(script)


async def nothing(page: Page) -> None:
    """Only look at it."""


@asynccontextmanager
async def answered(page: Page) -> AsyncIterator[None]:
    """The recorder sends something within the block or soon after it, and has its answer at the end."""
    async with page.expect_request("**/_milchglas/events*") as sent:
        yield
    await (await sent.value).response()


async def waits(page: Page) -> None:
    """Until what was done so far has been sent, and judged: that takes up to five seconds."""
    HANDS.get().release()
    try:
        async with answered(page):
            await page.mouse.move(300, 300)
            await page.mouse.move(310, 310)
    finally:
        await HANDS.get().acquire()


async def recorder_comes(page: Page) -> None:
    """Lets the recorder load, which visits.py holds back for late cases."""
    async with answered(page):
        await page.evaluate("window.recorderMayCome = true")


def all_of(*acts: Act) -> Act:
    """One after the other."""

    async def act(page: Page) -> None:
        for each in acts:
            await each(page)

    return act


def _row(label: str, rest: str) -> str:
    return f"<tr><td>{label}</td><td>{rest}</td></tr>"


TOGGLE = (
    "<form>Passwort <input type=password name=pw id=pw>"
    "<button type=button onclick=\"pw.type = pw.type === 'text' ? 'password' : 'text'\">Zeigen</button></form>"
)
SYNC = (
    "pw.dispatchEvent(new Event('input', {bubbles: true})); pw.dispatchEvent(new Event('change', {bubbles: true}))"
)
SHOWN_IN_ALL_WAYS = """() => {
    const value = geheim.value, bytes = Array.from(new TextEncoder().encode(value));
    const utf16 = Array.from(value, (char) => char + String.fromCharCode(0)).join("");
    out.dataset.url = encodeURIComponent(value);
    out.dataset.base = btoa(value);
    out.dataset.shifted = btoa("x:" + value);
    out.dataset.json = JSON.stringify({value});
    out.dataset.entities = bytes.map((byte) => "&#" + byte + ";").join("");
    out.dataset.wide = btoa(utf16);
    out.title = value.split(" ").reverse().join("-");
    out.textContent = value.split(" ").reverse().join(" ") + " / " + value.replace(/ /g, "-");
}"""

RECORDER_MUTANTS: Mapping[str, Mutant] = {
    "recorder_echo_off": Mutant(
        "recorder/src/echo.ts",
        "      if (!text || GRAMMAR.test(key)) return text;\n",
        "      if (text) return text;\n",
    ),
}
"""Faults of the recorder's own, for what the proxy cannot know."""

CASES: tuple[Case, ...] = (
    Case(
        "password revealed by a toggle",
        "sticky_off",
        # Shown before the first key, it looks like a coupon, which may be kept: only memory knows better.
        TOGGLE.replace("Passwort", "Rabattcode").replace("pw", "rabattcode"),
        all_of(
            lambda page: page.click("button"),
            types("#rabattcode", TRADERS),
            lambda page: page.click("#q"),
            waits,
        ),
        secret=(TRADERS,),
    ),
    Case(
        "toggle with a synchronous input event",
        "sanitizing_off",
        TOGGLE,
        all_of(types("#pw", PASSWORD), runs(f"pw.type = 'text'; {SYNC}")),
        secret=(PASSWORD,),
    ),
    Case(
        "value set, then type changed, one batch",
        "sanitizing_off",
        TOGGLE,
        runs(f"pw.setAttribute('value', '{PASSWORD}'); pw.value = '{PASSWORD}'; pw.type = 'text'; {SYNC}"),
        secret=(PASSWORD,),
    ),
    Case(
        "password replaced by a text clone",
        "sanitizing_off",
        TOGGLE,
        all_of(
            types("#pw", PASSWORD),
            runs(
                "() => { const clone = pw.cloneNode(); clone.type = 'text'; clone.value = pw.value;"
                " pw.replaceWith(clone); clone.dispatchEvent(new Event('change', {bubbles: true})); }"
            ),
        ),
        secret=(PASSWORD,),
    ),
    Case(
        "visible mirror of a password",
        "echo_off",
        TOGGLE + "<p id=out></p><script>pw.oninput = () => { out.textContent = out.title = pw.value; }</script>",
        types("#pw", PASSWORD),
        secret=(PASSWORD,),
    ),
    Case(
        "login box of type=text with -webkit-text-security",
        "sanitizing_off",
        "<form>Kunde <input name=a><br><input id=pw name=b style='-webkit-text-security: disc'></form>",
        types("#pw", PASSWORD),
        secret=(PASSWORD,),
    ),
    Case(
        "framework syncing the value attribute",
        "sanitizing_off",
        "<form>IBAN <input name=iban id=iban></form>"
        "<script>iban.oninput = () => iban.setAttribute('value', iban.value)</script>",
        types("#iban", IBAN),
        secret=(IBAN,),
    ),
    Case(
        "card number in four inputs",
        "sanitizing_off",
        "<form>Kartennummer "
        + "".join(f"<input name=k{at} id=k{at} maxlength=4>" for at in range(4))
        + "</form><p id=out></p><script>onchange = () => { out.textContent = [k0, k1, k2, k3]"
        ".map((part) => part.value).join(' '); }</script>",
        all_of(*(types(f"#k{at}", part) for at, part in enumerate(CARD.split())), lambda page: page.click("#q")),
        secret=(CARD, CARD.replace(" ", "")),
    ),
    Case(
        "one-time code in six one-character inputs",
        "sanitizing_off",
        "<form><label>Code aus der SMS</label> "
        + "".join(f"<input name=c{at} id=c{at} maxlength=1 size=1 inputmode=numeric>" for at in range(6))
        + "</form><p id=out></p><script>onchange = () => { out.textContent = 'Code '"
        " + Array.from(document.querySelectorAll('form input'), (one) => one.value).join(''); }</script>",
        all_of(*(types(f"#c{at}", digit) for at, digit in enumerate(CODE)), lambda page: page.click("#q")),
        secret=(CODE,),
    ),
    Case(
        "expiry and CVC as text, tel, number and selects",
        "sanitizing_off",
        "<form><table>"
        + _row("g&uuml;ltig bis", "<input name=gueltig id=g1>")
        + _row("Ablaufdatum", "<input type=tel name=ablauf id=g2>")
        + _row("Kartenpr&uuml;fnummer", "<input name=kpn id=p1><input type=number name=cvc id=p2>")
        + _row("Ablauf der Karte", "<select name=exp_month id=m><option>-<option value=Wzmonat>Wzmonat</select>")
        + "</table></form>",
        all_of(
            types("#g1", "08/2031"),
            types("#g2", "0931"),
            types("#p1", "4629"),
            types("#p2", "7351"),
            lambda page: page.select_option("#m", "Wzmonat"),
        ),
        secret=("08/2031", "0931", "4629", "7351"),
    ),
    Case(
        "growing prefixes while typing",
        "echo_off",
        "<form>Kartennummer <input name=karte id=karte></form><p id=out></p><ol id=log></ol>"
        "<script>karte.oninput = () => { out.textContent = 'Vorschau: ' + karte.value;"
        " log.append(Object.assign(document.createElement('li'), {textContent: karte.value})); }</script>",
        types("#karte", CARD),
        secret=(CARD,),
    ),
    Case(
        "autofill and paste",
        "sanitizing_off",
        "<form>Passwort <input type=password name=pw id=pw>IBAN <input name=iban id=iban></form><p id=out></p>",
        all_of(
            lambda page: page.focus("#pw"),
            lambda page: page.keyboard.insert_text(PASSWORD),
            runs(f"iban.value = '{IBAN}'; iban.dispatchEvent(new Event('change', {{bubbles: true}}))"),
            runs("out.textContent = pw.value + ' ' + iban.value"),
        ),
        secret=(PASSWORD, IBAN),
    ),
    Case(
        "typed, deleted, never submitted",
        "recorder_echo_off",
        TOGGLE + "<p id=out></p><script>pw.oninput = () => { if (pw.value) out.textContent = pw.value; }</script>",
        all_of(types("#pw", PASSWORD), lambda page: page.fill("#pw", "")),
        secret=(PASSWORD,),
        alone=False,
    ),
    Case(
        "review page repeating address and card",
        "echo_off",
        "<form action=/pruefen method=get target=_self><table>"
        + _row("Name", "<input name=name id=name>")
        + _row("Stra&szlig;e", "<input name=strasse id=strasse>")
        + _row("Kartennummer", "<input name=karte id=karte>")
        + "</table><input type=submit value=Weiter></form>",
        all_of(
            types("#name", NAME),
            types("#strasse", STREET),
            types("#karte", CARD),
            waits,
            runs(
                "sessionStorage.shown = Array.from(document.querySelectorAll('form [id]'), (one) => one.value)"
                ".join('|')"
            ),
            runs("history.replaceState({}, '', location.pathname); location.href = '/pruefen'"),
            lambda page: page.wait_for_url("**/pruefen"),
            waits,
        ),
        secret=(CARD,),
        personal=(NAME, STREET),
        more={
            "/pruefen": HEAD + "<h1>Bitte pr&uuml;fen</h1><p id=a></p><p id=b></p><p id=c></p><script>"
            "[a.textContent, b.textContent, c.textContent] = sessionStorage.shown.split('|');"
            "a.title = a.textContent</script>",
        },
    ),
    Case(
        "health data in a heading or title",
        "echo_off",
        "<form>Diagnose <input name=diagnose id=diagnose></form><h2 id=out></h2>"
        "<script>diagnose.onchange = () => { out.textContent = document.title = diagnose.value; }</script>",
        all_of(types("#diagnose", ILLNESS), lambda page: page.click("#q")),
        secret=(ILLNESS,),
    ),
    Case(
        "reset token or search term in the address",
        "urls_off",
        "<a id=link href='/passwort?reset_token=" + TOKEN + "'>Passwort neu setzen</a>",
        all_of(runs(f"history.replaceState({{}}, '', '?reset_token={TOKEN}&email={MAIL}')"), waits),
        secret=(TOKEN,),
        personal=(MAIL,),
    ),
    Case(
        "input in an iframe or shadow root",
        "sanitizing_off",
        '<div id=host></div><iframe srcdoc="<form>Passwort <input type=password name=pw id=pw>'
        '<p id=out></p></form><script>pw.oninput = () => out.textContent = pw.value</script>"></iframe>'
        "<script>host.attachShadow({mode: 'open'}).innerHTML ="
        " '<label>IBAN <input name=iban id=iban></label><p></p>';"
        "host.shadowRoot.querySelector('input').oninput = (event) =>"
        " host.shadowRoot.querySelector('p').textContent = event.target.value</script>",
        all_of(
            lambda page: page.frame_locator("iframe").locator("#pw").press_sequentially(PASSWORD, delay=4),
            types("#iban", IBAN),
        ),
        secret=(PASSWORD, IBAN),
    ),
    Case(
        "recording that starts in mid-typing",
        "sanitizing_off",
        TOGGLE + "<p id=out></p><script>pw.oninput = () => out.textContent = pw.value</script>",
        all_of(types("#pw", PASSWORD[:7]), recorder_comes, types("#pw", PASSWORD[7:])),
        secret=(PASSWORD,),
        late=True,
    ),
    Case(
        "a validation error that repeats the value",
        "echo_off",
        TOGGLE + "<p id=out></p><script>pw.onchange = () => {"
        ' out.textContent = `Das Passwort "${pw.value}" ist zu kurz.`; }</script>',
        all_of(types("#pw", PASSWORD), lambda page: page.click("#q"), waits),
        secret=(PASSWORD,),
    ),
    Case(
        "preset values",
        "sanitizing_off",
        f"<form>Passwort <input type=password name=pw value='{PASSWORD}'>IBAN <input name=iban value={IBAN}>"
        f"Name <input name=name value='{NAME}'>Stra&szlig;e <textarea name=strasse>{STREET}</textarea></form>",
        nothing,
        secret=(PASSWORD, IBAN),
        personal=(NAME, STREET),
    ),
    Case(
        "hidden inputs",
        "sanitizing_off",
        f"<form><input type=hidden name=csrf value={TOKEN}><input type=hidden name=k value={IBAN} id=h></form>",
        runs(f"h.value = '{CARD}'; h.dispatchEvent(new Event('change', {{bubbles: true}}))"),
        secret=(TOKEN, IBAN, CARD),
    ),
    Case(
        "file names",
        "sanitizing_off",
        "<form>Befund <input type=file name=befund id=befund></form>",
        lambda page: page.set_input_files(
            "#befund", {"name": "wqxlypta-flzckenstein.pdf", "mimeType": "application/pdf", "buffer": b"x"}
        ),
        unknown=("wqxlypta-flzckenstein",),
    ),
    Case(
        "a field whose label alone tells",
        "sanitizing_off",
        "<form><table>" + _row("Steuer-ID", "<input name=f1 id=f1>") + "</table>"
        "<b>Kartennummer</b><input name=f2 id=f2>"
        "<i id=l3>Kennwort</i><input name=f3 id=f3 aria-labelledby=l3>"
        "<input name=f4 id=f4 placeholder=IBAN>"
        "<fieldset><legend>PIN</legend><input name=f5 id=f5></fieldset></form>",
        all_of(
            types("#f1", "86095742719"),
            types("#f2", CARD),
            types("#f3", PASSWORD),
            types("#f4", IBAN),
            types("#f5", "58204"),
            lambda page: page.click("#q"),
        ),
        secret=("86095742719", CARD, PASSWORD, IBAN, "58204"),
    ),
    Case(
        "a field that nothing tells, filled with a card number, IBAN or e-mail",
        "sanitizing_off",
        "<form><input name=x1 id=x1><input name=x2 id=x2><input name=x3 id=x3></form><p id=out></p>",
        all_of(
            types("#x1", CARD),
            types("#x2", IBAN),
            types("#x3", MAIL),
            lambda page: page.click("#q"),
            runs("out.textContent = [x1, x2, x3].map((one) => one.value).join(' ')"),
        ),
        secret=(CARD, IBAN),
        personal=(MAIL,),
    ),
    Case(
        "a value that arrives in another batch than its field card",
        "echo_off",
        TOGGLE + "<p id=out></p>",
        all_of(
            waits,
            types("#pw", PASSWORD),
            lambda page: page.click("#q"),
            waits,
            runs("out.textContent = 'Ihr Passwort ist ' + pw.value"),
            waits,
        ),
        secret=(PASSWORD,),
    ),
    Case(
        "every encoding of a card number",
        "echo_off",
        "<form>Kartennummer <input name=karte id=geheim></form><p id=out></p>",
        all_of(types("#geheim", CARD), lambda page: page.click("#q"), runs(SHOWN_IN_ALL_WAYS)),
        secret=(CARD,),
    ),
)
