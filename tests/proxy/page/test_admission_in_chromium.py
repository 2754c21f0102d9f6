"""What becomes of any policy, in Chromium: the recorder is not blocked, and all else is blocked as before.

A page comes with hundreds of report-only policies, and asks for whatever policies tell apart; once with these
policies as a server wrote them, once as they go out. The browser says what each would have blocked. No network:
the test itself answers for all addresses.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from proxy.page.csp import Needs, admit
from tests.browser import chromium, require_chromium
from tests.proxy.page.test_sources_in_chromium import PATH, SRC, source

require_chromium()
pytestmark = pytest.mark.browser

type Blocked = dict[int, set[tuple[str, str]]]
"""By a policy's number: directives, and what they would have blocked."""

NAMES = ["script-src", "default-src", "default-src", "connect-src", "script-src-elem", "script-src-attr"]
NAMES += ["Script-Src", "worker-src", "img-src"]
WORDS = ["'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'report-sample'"]
WORDS += ["'strict-dynamic'", "'nonce-abc'", "'nonce-abc'", "'nonce-xyz'", "http://else.example"]

PAGE = """<!doctype html><script{nonce}>
window.blocked = [];
document.addEventListener("securitypolicyviolation", ({blockedURI, effectiveDirective, originalPolicy}) =>
    blocked.push([parseInt(originalPolicy.trim().slice(1)), effectiveDirective, blockedURI]));
</script><script async{nonce} src="/_milchglas/recorder.0123.js"></script>
<script src="/shop.js"></script><script src="/js/shop.js"></script><script src="http://else.example/x.js"></script>
<script>1</script><script nonce="xyz">2</script><p id="p" onclick="3"></p>"""

ASK = """async () => {
    for (const path of ["/_milchglas/start", "/_milchglas/events?recording=1", "/api", "http://else.example/"])
        await fetch(path, {method: "POST"}).catch(() => {});
    eval("4");
    new Worker("/worker.js");
    p.click();
    await new Promise((done) => setTimeout(done));
    return blocked;
}"""


def policy(dice: random.Random) -> str:
    pieces = []
    for _ in range(dice.randint(1, 4)):
        words = [dice.choice(WORDS) if dice.random() < 0.6 else source(dice) for _ in range(dice.randint(0, 3))]
        pieces.append(dice.choice([" ", "  ", "\t"]).join([dice.choice(NAMES), *words]))
    return dice.choice([";", "; ", " ;; "]).join(pieces) + dice.choice(["", " ", ";"])


def blocked(browser: Browser, origin: str, nonce: str, policies: list[str]) -> Blocked:
    # Each begins with a directive of its number that nobody knows.
    header = ", ".join(f"p{number}; {text}" for number, text in enumerate(policies))
    page = PAGE.replace("{nonce}", f' nonce="{nonce}"' if nonce else "")

    def answer(route: Route) -> None:
        if route.request.url == origin + "/":
            policies = {"Content-Security-Policy-Report-Only": header}
            route.fulfill(body=page, content_type="text/html", headers=policies)
        else:
            open_to_all = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(body="", content_type="text/javascript", headers=open_to_all)

    tab = browser.new_page()
    tab.route("**/*", answer)
    tab.goto(origin + "/")
    found: Blocked = {number: set() for number in range(len(policies))}
    for number, directive, what in tab.evaluate(ASK):
        found[number].add((directive, what))
    tab.close()
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.mark.parametrize("origin", ["http://shop.example", "https://shop.example:8443", "http://192.168.1.5"])
@pytest.mark.parametrize("nonce", ["", "abc"])
def test_requirements_11_and_12_the_recorder_is_not_blocked_and_all_else_is_as_before(
    browser: Browser, origin: str, nonce: str
) -> None:
    dice, needs = random.Random(origin), Needs.of(origin, PATH, SRC)
    before, after = list[str](), list[str]()
    for text in (policy(dice) for _ in range(10_000)):
        got = admit([text], needs, adapt=True)
        if not isinstance(got, str) and got.nonce == nonce:
            before.append(text)
            after.append(got.values[0])
        if len(before) == 250:
            break
    assert sum(map(str.__ne__, before, after)) > 20
    was, now = blocked(browser, origin, nonce, before), blocked(browser, origin, nonce, after)
    assert any(was.values())
    for number, text in enumerate(after):
        ours = {each for each in was[number] if "/_milchglas/" in each[1]}
        assert now[number] == was[number] - ours, text
