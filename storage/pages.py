"""HTML answers: templates with what all pages need, times and sizes in words, error pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import Markup, escape

from proxy import log
from storage import sessions, transport, words
from storage.findings import Finding
from storage.gate import SESSION, Handler
from storage.recordings import Removal

LOG = log.get("pages")
HERE = Path(__file__).parent
ICONS = HERE / "static" / "built" / "icons"

TEXT_RULES = ("text:", "echo", "mark:", "incident")
"""Rules that take something out of what stands on a page, rather than out of a field."""

EXPLAINED = {
    403: "Not allowed",
    404: "There is nothing here",
    405: "This page takes no such request",
    413: "That was too much",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "Storage cannot be reached",
}


def setup(app: web.Application) -> None:
    """Make templates usable in the application."""
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        filters=FILTERS,
    )
    aiohttp_jinja2.get_env(app).globals["icon"] = icon


def render(request: web.Request, template: str, status: int = 200, **facts: Any) -> web.Response:
    """A page. Every text from elsewhere is escaped by the template engine."""
    session = request.get(SESSION)
    token = transport.token(request)
    fresh = "" if token else sessions.new_token()
    context = {"session": session, "csrf": sessions.csrf(token or fresh), "here": request.path, **facts}
    response = aiohttp_jinja2.render_template(template, request, context, status=status)
    if fresh:
        transport.set_token(request, response, fresh)
    return response


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every failure answers in the shape of what was asked for, and tells nobody what broke."""
    try:
        return await handler(request)
    except web.HTTPException as answer:
        if answer.status < 400:
            raise
        return _failure(request, answer.status, answer.reason, answer.headers.get("Allow"))
    except Exception as error:
        LOG.error("fault", method=request.method, **log.fault(error))
        return _failure(request, 500, "", None)


def _failure(request: web.Request, status: int, reason: str, allow: str | None) -> web.Response:
    headers = {"Allow": allow} if allow else {}
    if request.path.startswith("/api/"):
        return web.json_response({"error": HTTPStatus(status).phrase}, status=status, headers=headers)
    told = reason if reason and reason != HTTPStatus(status).phrase else ""
    response = render(request, "error.html", status, title=EXPLAINED.get(status, "Refused"), told=told)
    response.headers.update(headers)
    return response


def moment(seconds: float) -> Markup:
    """A time element; the page's script puts it into the viewer's zone, without script it is UTC."""
    time = datetime.fromtimestamp(max(0.0, min(seconds, 253402300799.0)), UTC)
    exact, text = time.isoformat(timespec="milliseconds"), time.strftime("%Y-%m-%d %H:%M UTC")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(exact, exact, text)


def duration(seconds: float) -> str:
    """`8 s`, `3 min 12 s`, `1 h 4 min`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def size(count: int) -> str:
    """Bytes, kB, MB or GB, in powers of ten."""
    if count < 1000:
        return f"{count} bytes"
    for unit, factor in (("kB", 1e3), ("MB", 1e6)):
        if count < factor * 1000:
            return f"{count / factor:.1f} {unit}"
    return f"{count / 1e9:.1f} GB"


def number(count: int) -> str:
    """With a thin space between the thousands."""
    return f"{count:,}".replace(",", "\u202f")


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 page`, `2 pages`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def clock(seconds: float) -> str:
    """`0:07`, `1:02:03`: a place in a recording."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def path_of(url: str) -> str:
    """The part of an address that tells the pages of one site apart."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts.path + (f"?{parts.query}" if parts.query else "")


def facts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Dataclasses as what the player's script reads."""
    return [asdict(row) for row in rows]


def tips(found: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as the player's script shows them: what finds the field, and what to say there."""
    return [{"selector": one.selector, "told": f"{words.rule(one.rule)} ({one.rule})"} for one in found]


def of_text(removals: Iterable[Removal]) -> str:
    """What may have removed something from the text of these pages, in words."""
    rules = [one.rule for one in removals if one.rule.removeprefix("scrub:").startswith(TEXT_RULES)]
    return "; or ".join(words.rule(rule) for rule in rules)


FILTERS: dict[str, Callable[..., Any]] = {
    "clock": clock,
    "moment": moment,
    "duration": duration,
    "facts": facts,
    "tips": tips,
    "of_text": of_text,
    "size": size,
    "number": number,
    "kind": words.kind,
    "rule": words.rule,
    "source": words.source,
    "path_of": path_of,
    "plural": plural,
}


@cache
def icon(name: str) -> Markup:
    """A lucide icon as an inline SVG; nothing where the icons were not built."""
    try:
        svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return Markup()
    body = svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true"', 1)
    return Markup(body) if escape(name) == name else Markup()  # noqa: S704 a file of ours, not a visitor's text
