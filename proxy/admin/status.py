"""The status page: what is wrong, the last hour, and each site. Rendered here, without a script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from proxy.admin.charts import Chart, Series
from proxy.admin.minutes import Minute, summed
from proxy.admin.now import Now, Watching
from proxy.admin.problems import GOOD, NO_LOSS, problems, wanted
from proxy.admin.units import bytes_of, counted, seconds_of
from proxy.page.reasons import REASONS

HERE = Path(__file__).parent
STYLE = (HERE / "status.css").read_text()
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Refresh": "60",
}

_templates = Environment(
    loader=FileSystemLoader(HERE), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
)


def _code(text: str) -> Markup:
    """A text with its `words of the keyboard` as such."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(each) if index % 2 else each for index, each in enumerate(pieces)
    )


_templates.filters["code"] = _code


@dataclass(frozen=True)
class Why:
    """A reason why pages were left alone, and of how many."""

    reason: str
    text: str
    pages: str
    no_loss: bool


@dataclass(frozen=True)
class SiteState:
    """One row."""

    name: str
    off: str
    share: str
    meter: float | None
    pages: str
    requests: str
    errors: str
    why: Sequence[Why]


def page(watching: Watching, hour: Sequence[Minute]) -> str:
    """The whole page; `hour` ends with the running minute."""
    now = watching.now()
    return _templates.get_template("status.html").render(
        style=Markup(STYLE),  # noqa: S704  a file of ours
        problems=problems(now, hour),
        charts=charts(hour),
        sites=[site(now, hour, name) for name in now.off],
        facts=facts(watching, now),
        minutes=table(hour),
        at=f"{moment(now.at):%Y-%m-%d %H:%M:%S %Z}",
    )


def moment(at: float) -> datetime:
    """In this machine's zone, which is the operator's."""
    return datetime.fromtimestamp(at).astimezone()


def charts(hour: Sequence[Minute]) -> list[Chart]:
    """Pages, batches, spool and findings."""
    at = [f"{moment(minute.at):%H:%M}" for minute in hour]

    def each(*key: str) -> list[float]:
        return [summed([minute], *key) for minute in hour]

    def drawn(title: str, about: str, *series: tuple[str, str, list[float]]) -> Chart:
        return Chart(title, about, at, [Series(*one) for one in series])

    injected, skipped = each("pages_injected"), each("pages_skipped")
    good = [sum(summed([minute], "batches", outcome) for outcome in GOOD) for minute in hour]
    bad = [every - taken for every, taken in zip(each("batches"), good, strict=True)]
    secret, personal = ([found(minute, kind) for minute in hour] for kind in ("secret", "personal"))
    spool = [float(minute.waiting or 0) for minute in hour]
    return [
        drawn(
            "Pages",
            f"{counted(sum(injected) + sum(skipped), 'page')}, {sum(injected):,.0f} with the snippet",
            ("with the snippet", "good", injected),
            ("left alone", "rest", skipped),
        ),
        drawn(
            "Batches",
            f"{counted(sum(good) + sum(bad), 'batch', 'batches')}, {sum(bad):,.0f} refused",
            ("taken", "good", good),
            ("refused", "bad", bad),
        ),
        drawn(
            "Spool",
            f"{counted(spool[-1], 'batch', 'batches')} wait now, {max(spool):,.0f} at most",
            ("waiting", "good", spool),
        ),
        drawn(
            "Findings",
            f"{counted(sum(secret) + sum(personal), 'unmarked field')}, {sum(secret):,.0f} of them secret",
            ("secret", "bad", secret),
            ("personal", "warn", personal),
        ),
    ]


def found(minute: Minute, kind: str) -> float:
    """Findings of a class in a minute."""
    return sum(n for key, n in minute.counts.items() if key[0] == "findings" and key[2] == kind)


def table(hour: Sequence[Minute]) -> list[tuple[str, list[str]]]:
    """The charts' figures, for those who cannot see them; the latest first, minutes without anything left out."""
    drawn = charts(hour)
    rows = []
    for index in reversed(range(len(hour))):
        values = [each.values[index] for chart in drawn for each in chart.series]
        if any(values):
            rows.append((drawn[0].moments[index], [f"{value:,.0f}" for value in values]))
    return rows


def site(now: Now, hour: Sequence[Minute], name: str) -> SiteState:
    """How one site does."""
    injected, of = wanted(hour, name)
    reasons: dict[str, float] = {}
    for minute in hour:
        for key, number in minute.counts.items():
            if key[:2] == ("pages_skipped", name):
                reasons[key[2]] = reasons.get(key[2], 0) + number
    top = sorted(reasons.items(), key=lambda item: (item[0] in NO_LOSS, -item[1]))[:4]
    requests = summed(hour, "requests", name)
    failed = summed(hour, "requests", name, "5xx")
    return SiteState(
        name=name,
        off=now.off[name],
        share=f"{injected / of:.1%}".replace(".0%", "%") if of else "",
        meter=injected / of if of else None,
        pages=f"{injected:,.0f} of {counted(of, 'page')}",
        requests=counted(requests, "request"),
        errors=f"{failed / requests:.1%}".replace(".0%", "%") if requests else "",
        why=[Why(key, REASONS.get(key, ""), counted(n, "page"), key in NO_LOSS) for key, n in top],
    )


def facts(watching: Watching, now: Now) -> list[tuple[str, str]]:
    """The rest, a line each."""
    found = [("running for", seconds_of(now.at - watching.started))]
    up = sum(now.up.values())
    found.append(("processes", f"{up} of {len(now.up)} serve"))
    if now.spool:
        age = f", the oldest {seconds_of(now.spool.seconds)} old" if now.spool.batches else ""
        of = f"{bytes_of(now.spool.bytes)} of {bytes_of(now.spool_limit)}"
        found.append(("spool", f"{counted(now.spool.batches, 'batch', 'batches')}{age}; {of}"))
        found.append(("dead letters", counted(now.spool.dead, "batch", "batches")))
    if now.disk:
        found.append(("disk free", f"{bytes_of(now.disk.free)} of {bytes_of(now.disk.size)}"))
    for listener, at in now.certificates.items():
        found.append((f"certificate of {listener}", f"good until {moment(at):%Y-%m-%d}"))
    return found
