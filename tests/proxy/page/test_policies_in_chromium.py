"""The policies of tests/cases/csp in a real browser, before a real Milchglas with the real recorder.

Each page is loaded from upstream and through the proxy. It has scripts of its own in every way that policies tell
apart. With the recorder the same ones run and the same violations are reported, no fewer and no more.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser import chromium, require_chromium
from tests.proxy.page.policies import CASES, Case
from tests.running import Milchglas, wait_for
from tests.upstream import Seen, Upstream, response, serving

require_chromium()
pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html><head>
{head}
<title>case</title>
<script>probe("inline")</script>
<script nonce="abc123">probe("nonce")</script>
<script>probe("hashed")</script>
<script src="/own.js"></script>
<script src="{other}/other.js"></script>
<script src="{other}/away.js?{origin}/redirected.js"></script>
</head><body onload="probe('handler')">
<p id="p" style="color: red">text</p>
<img src="/picture.gif" onerror="probe('error')">
<a href="javascript:probe('link')" id="a">link</a>
</body></html>
"""

WITNESS = """
window.seen = {ran: [], violations: [], pending: []};
window.probe = (name) => {
    seen.ran.push(name);
    try { eval("seen.ran.push('eval of ' + name)"); } catch {}
    const script = document.createElement("script");
    const settled = new Promise((done) => { script.onload = script.onerror = done; });
    try { script.src = "/dynamic.js?" + name; document.head.append(script); seen.pending.push(settled); } catch {}
    try { document.createElement("p").innerHTML = "<b>sink</b>"; seen.ran.push("sink of " + name); } catch {}
    try { new Worker("/worker.js"); } catch {}
    fetch("/answer").catch(() => {});
    fetch("OTHER/answer").catch(() => {});
};
document.addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push([event.disposition, event.effectiveDirective, event.blockedURI, event.originalPolicy]);
});
"""

FENCE = """() => Promise.all(seen.pending).then(() => new Promise((done) => {
    document.addEventListener("securitypolicyviolation", (event) => event.blockedURI.endsWith("/fence") && done());
    const meta = document.createElement("meta"), picture = new Image();
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = "img-src 'none'";
    document.head.append(meta);
    picture.src = "/fence";
}))"""
"""When all scripts have run, a last violation of the page's own: whatever was to be reported before it, was."""


class Bench:
    """Upstream, Milchglas before it, and a browser."""

    def __init__(self, upstream: Upstream, milchglas: Milchglas, browser: Browser) -> None:
        self.upstream, self.milchglas, self.browser = upstream, milchglas, browser
        self.other = upstream.url.replace("127.0.0.1", "localhost")
        for script in ("own", "other", "dynamic", "redirected", "worker"):
            text = (
                f'probe("{script}")' if script in ("own", "other") else f'self.seen && seen.ran.push("{script}")'
            )
            upstream.replies[f"/{script}.js"] = response(text.encode(), type="text/javascript")
        upstream.replies["/away.js"] = _redirect
        upstream.replies["/reports"] = response(b"", status="204 No Content")
        upstream.replies["/answer"] = response(b"{}", "Access-Control-Allow-Origin: *", type="application/json")

    def serve(self, name: str) -> None:
        """Let upstream answer with the case's page, for whatever origin the visitor sees."""

        def reply(request: Seen, connection: socket.socket) -> None:
            host = request.header("X-Forwarded-Host") or request.header("Host")
            case = Case.load(name, f"http://{host}", self.other)
            body = self.page(case, f"http://{host}")
            head = [f"Content-Type: {case.type}", f"Content-Length: {len(body)}", *case.headers]
            connection.sendall("\r\n".join(["HTTP/1.1 200 OK", *head]).encode("latin-1") + b"\r\n\r\n" + body)

        self.upstream.replies[f"/{name}"] = reply

    def page(self, case: Case, origin: str) -> bytes:
        """The case's page."""
        page = PAGE.replace("{head}", case.head).replace("{other}", self.other)
        return page.replace("{origin}", origin).encode()

    def visit(self, url: str, *, recorded: bool = False) -> Visit:
        """Open a page; with `recorded`, wait until the recorder's first batch has been accepted."""
        tab = self.browser.new_context().new_page()
        tab.add_init_script(WITNESS.replace("OTHER", self.other))
        visit = Visit(tab, url, self.upstream)
        if recorded:
            with tab.expect_response(_accepted, timeout=20_000):
                tab.goto(url)
        else:
            tab.goto(url)
        return visit


def _redirect(request: Seen, connection: socket.socket) -> None:
    """To the URL in the query."""
    head = f"HTTP/1.1 302 Found\r\nLocation: {request.target.partition('?')[2]}\r\nContent-Length: 0\r\n\r\n"
    connection.sendall(head.encode())


def _accepted(got: Response) -> bool:
    return urlsplit(got.url).path == "/_milchglas/events" and got.status == 202


class Visit:
    """One load of a page."""

    def __init__(self, tab: Page, url: str, upstream: Upstream) -> None:
        self.tab, self.url, self._upstream = tab, url, upstream
        self.ours: list[str] = []
        tab.on("request", lambda request: "/_milchglas" in request.url and self.ours.append(request.url))

    def violations(self) -> list[tuple[str, ...]]:
        """What the page was told of, sorted."""
        told = [self._named(kind, blocked) for *kind, blocked, _ in self._told()]
        # Whether Chromium tells of a redirect, too, depends on how far its preloading has come.
        once = {each for each in told if "away.js" in each[-1]}
        return sorted([*once, *(each for each in told if each not in once)])

    def ran(self) -> list[str]:
        """The page's scripts that ran, sorted."""
        return sorted(self.tab.evaluate("seen.ran"))

    def reports(self) -> set[tuple[str, ...]]:
        """What upstream was told of this load, when it was told of all that the page was told of."""
        told = self._told()
        expected = {
            self._named(kind, blocked) for *kind, blocked, policy in told if "report-uri /reports" in policy
        }
        wait_for(lambda: expected <= self._reports(), 10, "a report is missing")
        return self._reports()

    def _told(self) -> list[list[str]]:
        told: list[list[str]] = self.tab.evaluate("seen.violations")
        return [each for each in told if not each[2].endswith("/favicon.ico")]  # the browser's own, at any time

    def _reports(self) -> set[tuple[str, ...]]:
        posts = [each.body for each in self._upstream.seen if each.target == "POST /reports" and each.body]
        reports = [json.loads(body)["csp-report"] for body in posts]
        return {
            self._named([each["disposition"], each["effective-directive"]], each["blocked-uri"])
            for each in reports
            if each["document-uri"] == self.url and not each["blocked-uri"].endswith("/favicon.ico")
        }

    def _named(self, kind: list[str], blocked: str) -> tuple[str, ...]:
        """A violation in words that are the same for every origin of the page."""
        return (*kind, blocked.replace(self.url.rpartition("/")[0], ""))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with serving() as upstream, chromium() as browser:
        milchglas = Milchglas(tmp_path_factory.mktemp("csp"), upstream.url)
        try:
            milchglas.start(dashboard=False)
            yield Bench(upstream, milchglas, browser)
        finally:
            milchglas.close()


def fetched(at: str, path: str, origin: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body from `at`, as a browser's navigation to `origin` gets them."""
    host, port = urlsplit(at).hostname or "", urlsplit(at).port
    connection = http.client.HTTPConnection(host, port, timeout=10)
    fields = {"Host": urlsplit(origin).netloc, "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
    connection.request("GET", path, headers=fields)
    got = connection.getresponse()
    body = got.read()
    connection.close()
    return got.getheaders(), body


@pytest.mark.parametrize("name", CASES)
def test_requirements_11_to_13_the_recorder_works_and_the_page_stays_what_it_was(bench: Bench, name: str) -> None:
    bench.serve(name)
    origin = bench.milchglas.url
    case = Case.load(name, origin, bench.other)
    headers, body = fetched(origin, f"/{name}", origin)
    names = {line.partition(":")[0] for line in case.headers}
    policies = [(header, value) for header, value in headers if header in names]
    wanted = case.headers if case.refused else case.edited
    assert policies == [(each.partition(":")[0], each.partition(":")[2].strip(" \t")) for each in wanted]

    after = bench.visit(f"{origin}/{name}", recorded=not case.refused)
    if case.refused:
        assert (headers, body) == fetched(bench.upstream.url, f"/{name}", origin)
        assert after.ours == []
        return
    snippet = re.search(rb"<script async.*?</script>", body)
    assert snippet and body.replace(snippet[0], b"") == bench.page(case, origin)
    assert ('nonce="' in snippet[0].decode()) is bool(case.nonce)

    before = bench.visit(f"{bench.upstream.url}/{name}")
    for visit in (before, after):
        visit.tab.evaluate(FENCE)
    assert after.ran() == before.ran()
    assert after.violations() == before.violations()
    assert after.reports() == before.reports()
    for visit in (before, after):
        visit.tab.context.close()


BUSY = """<!doctype html><html><head>
<script nonce="abc123">
const from = Array.from;
Array.from = function (...all) { return from.apply(this, all); };
const observer = MutationObserver;
window.MutationObserver = function (callback) { return new observer((...all) => callback(...all)); };
</script>
</head><body><p id="p">text</p><p id="q">more</p><input id="i"></body></html>
"""

WORK = """() => {
    const p = document.getElementById("p"), added = document.createElement("div");
    p.style.color = "red";
    p.style.setProperty("margin", "1px", "important");
    p.setAttribute("style", "color: green");
    added.innerHTML = "<svg style='fill: red'><a href='/x'>x</a></svg><style>p { color: blue }</style>";
    document.body.append(added, document.createElement("iframe"));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("q { color: blue }");
    document.adoptedStyleSheets = [sheet];
    added.attachShadow({mode: "open"}).append(document.createElement("style"));
    return new Promise((done) => setTimeout(() => {
        p.style.color = "blue";
        p.style.margin = "2px";
        sheet.insertRule("q { margin: 1px }");
        document.getElementById("q").remove();
        setTimeout(done);
    }));
}"""
"""What scripts of a page do: all that the recorder watches. Some of it is a violation by itself."""


def test_requirement_12_a_page_at_work_under_a_strict_policy_has_no_violation_of_the_recorders(
    bench: Bench,
) -> None:
    policy = "default-src 'none'; script-src 'nonce-abc123'; connect-src 'self'; report-uri /reports"
    bench.upstream.page("/busy", BUSY.encode(), f"Content-Security-Policy: {policy}")
    before = bench.visit(f"{bench.upstream.url}/busy")
    after = bench.visit(f"{bench.milchglas.url}/busy", recorded=True)
    for visit in (before, after):
        visit.tab.evaluate(WORK)
        visit.tab.evaluate(FENCE)
    assert before.violations()
    assert after.violations() == before.violations()
    assert after.reports() == before.reports()


FRAME = """<!doctype html><html><head></head><body>
<iframe id="frame" src="/framed" csp="{demanded}"></iframe>
</body></html>"""


@pytest.mark.parametrize(
    ("demanded", "own"),
    [
        ("script-src 'none'", "Content-Security-Policy: script-src 'none'"),
        ("script-src 'none'", "Allow-CSP-From: *"),
        ("connect-src 'self'; script-src 'self'", "Allow-CSP-From: *"),
    ],
)
def test_requirement_12_a_frame_whose_embedder_demands_a_policy_is_shown_as_before(
    bench: Bench, demanded: str, own: str
) -> None:
    bench.upstream.page("/frame", FRAME.replace("{demanded}", demanded).encode())
    bench.upstream.page("/framed", b"<!doctype html><html><head></head><body><p>shown</p></body></html>", own)
    for base, recorded in ((bench.upstream.url, False), (bench.milchglas.url, True)):
        visit = bench.visit(f"{base}/frame", recorded=recorded)
        visit.tab.frame_locator("#frame").get_by_text("shown").wait_for(timeout=10_000)
        visit.tab.evaluate(FENCE)
        assert [frame.evaluate("seen.violations.length") for frame in visit.tab.frames] == [1, 0]
        visit.tab.context.close()


def test_requirement_12_a_frame_that_must_be_as_strict_as_the_page_is_not_shown_from_the_cache_of_an_edited_one(
    bench: Bench,
) -> None:
    demanded = "script-src 'none'"
    frame = FRAME.replace("framed", "kept")
    bench.upstream.page("/strict", frame.replace("{demanded}", demanded).encode())
    bench.upstream.page("/loose", frame.replace(' csp="{demanded}"', "").encode())
    page = b"<!doctype html><html><head></head><body><p>shown</p></body></html>"
    own = (f"Content-Security-Policy: {demanded}", "Cache-Control: max-age=600")
    bench.upstream.page("/kept", page, *own)
    visit = bench.visit(f"{bench.milchglas.url}/loose", recorded=True)
    visit.tab.frame_locator("#frame").get_by_text("shown").wait_for(timeout=10_000)
    visit.tab.goto(f"{bench.milchglas.url}/strict")
    visit.tab.frame_locator("#frame").get_by_text("shown").wait_for(timeout=10_000)
    visit.tab.context.close()
