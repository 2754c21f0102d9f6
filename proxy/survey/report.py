"""A survey as one HTML file for the site's developers: no script, no request, every text of a page only text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from proxy.fixtures.report import printable
from proxy.privacy.sanitize import MARK
from proxy.survey.gather import Broken, SiteSurvey

HERE = Path(__file__).parent
STYLE = (HERE / "report.css").read_text()
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
"""Were a text of a page ever more than text, it could still do nothing."""


def _shown(value: Any) -> Any:
    """Texts lose what turns the direction of writing, and their like."""
    return printable(value) if type(value) is str else value


_templates = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_shown
)


def _code(text: str) -> Markup:
    """A text with its `words of the keyboard` as such."""
    pieces = printable(text).split("`")
    return Markup("").join(Markup("<code>{}</code>").format(e) if i % 2 else e for i, e in enumerate(pieces))


def _marked(example: str) -> Markup:
    """A tag with its mark made visible."""
    before, mark, after = printable(example).rpartition(MARK)
    return Markup("{}<mark>{}</mark>{}").format(before, mark, after)


def _yaml(selector: str) -> str:
    """A selector as an item of a list."""
    return "'" + selector.replace("'", "''") + "'"


_templates.filters |= {"code": _code, "marked": _marked, "yaml": _yaml}


def html(surveys: Sequence[SiteSurvey], broken: Sequence[Broken], looked_at: str, *, whole: bool = True) -> str:
    """The report. `looked_at` says what was surveyed; without `whole` fields are all that is known."""
    return _templates.get_template("report.html").render(
        surveys=surveys,
        broken=broken,
        looked_at=looked_at,
        whole=whole,
        when=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        mark=MARK,
        policy=POLICY,
        style=Markup(STYLE),  # noqa: S704  # our own file
    )
