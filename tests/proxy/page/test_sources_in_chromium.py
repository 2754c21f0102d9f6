"""Our reading of policies beside Chromium's: what we take to be permitted, it never reports.

A page of each origin comes with hundreds of report-only policies and asks for what the recorder asks for. The
browser says which of them would have blocked it. No network: the test itself answers for all these origins.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from proxy.page.csp import Needs
from proxy.page.policy import Policy
from tests.browser import chromium, require_chromium

require_chromium()
pytestmark = pytest.mark.browser

PATH, SRC = "/_milchglas", "/_milchglas/recorder.0123.js"
ORIGINS = [
    *("http://shop.example", "https://shop.example", "http://shop.example:8080", "https://shop.example:8443"),
    *("https://a.shop.example", "http://localhost:8080", "http://127.0.0.1:8080", "http://192.168.1.5"),
    *("https://192.168.1.5:8443", "http://[::1]:8080"),
]
HOSTS = [
    "shop.example",
    "SHOP.example",
    "*.example",
    "*.shop.example",
    "a.shop.example",
    "shop.example.",
    "localhost",
]
HOSTS += ["shop_x.example", "192.168.1.5", "*.168.1.5", "127.0.0.1", "[::1]", "*", "*example", "//shop.example"]
SCHEMES = ["", "http://", "https://", "HTTP://", "ws://", "wss://", "http:/"]
PORTS = ["", ":*", ":80", ":443", ":8080", ":8443", ":08443", ":", ":x"]
PATHS = [
    "",
    "/",
    "/_milchglas/",
    "/_milchglas",
    SRC,
    "/_milchglas/start",
    "/%5fmilchglas/",
    "/_MILCHGLAS/",
    "//",
    "/js/",
]
WORDS = ["'self'", "'SELF'", "'none'", "'None'", "http:", "HTTPS:", "https:", "ws:", "wss:", "data:", "script-src"]
WORDS += ["'unsafe-inline'", "'strict-dynamic'", "'STRICT-dynamic'", "'sha256-abc='", "'report-sample'"]
WORDS += ["'nonce-abc'", "'NONCE-abc'", "'nonce-ABC'", "'nonce-'", "'nonce-abc", "nonce-abc", "'nonce-a$c'"]
WORDS += ["'nonce-abc='", "'nonce-abc==='", "'nonce-abc=x'", "'url-sha256-abc='", "'strict-dynamic-url'"]
STRICTER = ["shop.example/_milchglas%2F", "shop.example/_milchglas/?x", "*/_milchglas/#x", "b\xfccher.example"]
"""Sources that we do not trust although Chromium does: other browsers or the text do not."""
NAMES = ["script-src-elem", "script-src", "Script-Src", "default-src", "connect-src"]
NAMES += ["script-src-attr", "img-src", "sandbox", "report-uri", "require-trusted-types-for"]

PAGE = """<!doctype html><script nonce="abc">
window.blocked = {script: [], posts: []};
document.addEventListener("securitypolicyviolation", ({blockedURI, originalPolicy}) => {
    const kind = blockedURI.endsWith(".js") ? "script" : blockedURI.includes("/_milchglas/") ? "posts" : "";
    if (kind) blocked[kind].push(parseInt(originalPolicy.trim().slice(1)));
});
</script><script async nonce="abc" src="/_milchglas/recorder.0123.js"></script>"""

ASK = """async () => {
    for (const name of ["start", "events?recording=1"]) await fetch("/_milchglas/" + name, {method: "POST"});
    await new Promise((done) => setTimeout(done));
    return blocked;
}"""


def source(dice: random.Random) -> str:
    if dice.random() < 0.4:
        return dice.choice(WORDS + STRICTER)
    return "".join(map(dice.choice, (SCHEMES, HOSTS, PORTS, PATHS)))


def policy(dice: random.Random) -> str:
    pieces = []
    for _ in range(dice.randint(1, 3)):
        space = dice.choice([" ", "  ", "\t"])
        pieces.append(space.join([dice.choice(NAMES), *(source(dice) for _ in range(dice.randint(0, 3)))]))
    return dice.choice([";", "; ", " ;; "]).join(pieces)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.mark.parametrize("origin", ORIGINS)
def test_requirement_12_chromium_permits_what_we_take_to_be_permitted(browser: Browser, origin: str) -> None:
    dice = random.Random(origin)
    singles = [
        *WORDS,
        *STRICTER,
        *(scheme + host + port for scheme in SCHEMES[:3] for host in HOSTS for port in PORTS),
    ]
    policies = [f"{name} {each}" for name in ("script-src", "connect-src") for each in singles]
    policies += [policy(dice) for _ in range(300)]
    # Each begins with a directive of its number that nobody knows.
    header = ", ".join(f"p{number}; {text}" for number, text in enumerate(policies))

    def answer(route: Route) -> None:
        if route.request.url == origin + "/":
            route.fulfill(
                body=PAGE, content_type="text/html", headers={"Content-Security-Policy-Report-Only": header}
            )
        else:
            route.fulfill(body="", content_type="text/javascript")

    tab = browser.new_page()
    tab.route("**/*", answer)
    tab.goto(origin + "/")
    blocked = {kind: set(numbers) for kind, numbers in tab.evaluate(ASK).items()}
    tab.close()
    needs = Needs.of(origin, PATH, SRC)
    assert 0 < len(blocked["script"]) < len(policies)
    for number, text in enumerate(policies):
        read = Policy(text)
        permitted = {"script": read.lets_load(needs.script, "abc"), "posts": read.lets_post(needs.posts)}
        for kind, ours in permitted.items():
            theirs = number not in blocked[kind]
            assert ours == theirs or (theirs and any(each in text for each in STRICTER)), (kind, ours, text)
