"""The headless browser: found on the system, sent to the private proxy, kept from changing anything upstream."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from proxy.routes import DEFAULT_PORTS

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request, Route, WebSocketRoute

NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A proxy would look up the site's name itself, and find the real site.
    "--no-proxy-server",
)
# As of a visitor who types before the proxy's first answer: the recorder is not told which fields to mask at the
# source, so that the proxy has to hold alone.
_UNTOLD: Final = """{
  const { fetch } = window;
  window.fetch = async function (input, init) {
    const answer = await fetch.call(window, input, init);
    if (!new URL(answer.url || location.href).pathname.endsWith("OWN/events")) return answer;
    const told = await answer.clone().json().catch(() => null);
    if (!told) return answer;
    return new Response(JSON.stringify({ ...told, mask: [] }), { status: answer.status, headers: answer.headers });
  };
}"""
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FAILED: Final = -1
"""In place of a status, where no answer came."""


class NoBrowser(Exception):
    """Playwright or a browser is missing; the message says what to do."""


@dataclass
class Post:
    """A batch on its way: when it was sent, its answer's status (0: none yet), its raw body, in memory only."""

    sent: float
    body: bytes = field(repr=False)
    encoding: str
    status: int = 0


@dataclass
class Traffic:
    """What one page asks for. `submitting`: it may change what it likes; `filling`: it may not go elsewhere."""

    page: Page
    own: str
    """The path of ours."""
    submitting: bool
    filling: bool = False
    posts: list[Post] = field(default_factory=list)
    blocked: int = 0
    """Requests that would have changed something, or have led away."""
    _under_way: dict[Request, Post] = field(default_factory=dict)

    async def open(self) -> None:
        """Watch from now on."""
        # Of the context: what a new window asks for comes before anybody can watch that window.
        await self.page.context.route("**/*", self._gate)
        await self.page.context.route_web_socket("**/*", self._socket)
        self.page.on("response", lambda response: self._ended(response.request, response.status))
        self.page.on("requestfailed", lambda request: self._ended(request, FAILED))
        self.page.on("popup", self._popup)

    async def close(self) -> None:
        """Watch no more, and end the page."""
        with suppress(Exception):  # what is under way ends with the page
            await self.page.close()
        await self.page.context.unroute_all(behavior="ignoreErrors")

    def accepted(self, since: float = 0.0) -> bool:
        """Whether a batch that was sent since then was accepted, and none is under way."""
        sent = [post for post in self.posts if post.sent >= since]
        return any(post.status == 202 for post in sent) and all(post.status for post in self.posts)

    async def _gate(self, route: Route) -> None:
        with suppress(Exception):  # the page is gone: so is the request
            request = route.request
            if self._is_own(request):
                self._note(request)
                await route.continue_()
            elif self._may(request):
                await route.continue_()
            else:
                self.blocked += 1
                if request.is_navigation_request():
                    await route.fulfill(status=204)  # the page stays as it is
                else:
                    await route.abort("blockedbyclient")

    def _is_own(self, request: Request) -> bool:
        """Whether it is for the private proxy. A frame of another site may be recorded, too, by a real one."""
        url = urlsplit(request.url)
        return url.path.startswith(f"{self.own}/") and url.netloc == urlsplit(self.page.url).netloc

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).path == f"{self.own}/events":
            encoding = request.headers.get("content-encoding", "")
            self._under_way[request] = post = Post(monotonic(), request.post_data_buffer or b"", encoding)
            self.posts.append(post)

    def _may(self, request: Request) -> bool:
        if request.method not in READING and not self.submitting:
            return False
        try:
            frame = request.frame
        except Exception:  # Playwright's Error: of a new window, which has none yet
            return False
        # Frames that are new may load; one that shows something already may not be sent elsewhere.
        goes = request.is_navigation_request() and frame.url not in ("", "about:blank")
        return frame.page is self.page and not (self.filling and goes)

    async def _socket(self, socket: WebSocketRoute) -> None:
        if self.submitting:
            socket.connect_to_server()
        else:
            self.blocked += 1
            await socket.close()

    def _ended(self, request: Request, status: int) -> None:
        if post := self._under_way.pop(request, None):
            post.status = status

    async def _popup(self, page: Page) -> None:
        with suppress(Exception):  # it is gone already
            await page.close()


def port_of(url: SplitResult) -> int:
    """The port of an address."""
    return url.port or DEFAULT_PORTS[url.scheme]


@asynccontextmanager
async def browsing(
    path: Path | None, urls: Iterable[str], own: str, ports: dict[str, int]
) -> AsyncIterator[BrowserContext]:
    """A browser for which the hosts of these addresses are the private proxy, whatever their names' records say.

    `own`: the path of ours; `ports`: scheme -> port on loopback. Raises NoBrowser.
    """
    try:
        from playwright.async_api import Error, async_playwright
    except ImportError:
        raise NoBrowser("the self-test needs Playwright: pip install 'milchglas[selftest]'") from None
    executable = found(path)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root otherwise
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=executable,
                args=[*FLAGS, *sandbox, f"--host-resolver-rules={mapping(urls, ports)}"],
            )
        except Error:
            raise NoBrowser(
                f"the browser {executable or 'of Playwright'} cannot be started: install Chromium or Chrome "
                "(`apt-get install chromium`, or `playwright install chromium`), or give --browser PATH"
            ) from None
        try:
            made = await browser.new_context(ignore_https_errors=True, service_workers="block")
            await made.add_init_script(_UNTOLD.replace("OWN", own))
            yield made
        finally:
            await browser.close()


def found(path: Path | None) -> str | None:
    """The browser to start; None leaves it to Playwright, which may have one of its own. Raises NoBrowser."""
    if path is None:
        return next((each for each in map(shutil.which, NAMES) if each), None)
    if not path.is_file():
        raise NoBrowser(f"there is no browser at {path}")
    return str(path)


def mapping(urls: Iterable[str], ports: dict[str, int]) -> str:
    """Chromium's rules by which the hosts of these addresses, at their own ports and the usual ones, are ours."""
    rules = dict[str, int]()
    for url in map(urlsplit, urls):
        host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
        rules |= {f"{host}:{DEFAULT_PORTS[scheme]}": port for scheme, port in ports.items()}
        rules[f"{host}:{port_of(url)}"] = ports[url.scheme]
    return ", ".join(f"MAP {host} 127.0.0.1:{port}" for host, port in rules.items())
