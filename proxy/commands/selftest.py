"""`milchglas selftest`: does anything that is typed on these pages get through?"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
import orjson

from proxy.commands.progress import progress
from proxy.commands.shared import USER_MISTAKE, Refusal, with_config
from proxy.commands.shared import as_json as json_option
from proxy.config import Config


@click.command()
@with_config
@click.option("--url", "urls", multiple=True, required=True, help="A page of a configured site; may be repeated.")
@click.option("--browser", type=click.Path(path_type=Path), help="The Chromium or Chrome to use.")
@click.option(
    "--submit", is_flag=True, help="Send each form once; scripts may POST, too. Upstream is the real one."
)
@click.option("--depth", type=click.IntRange(0), default=0, help="Follow links of the same host so far.")
@click.option(
    "--pages", type=click.IntRange(1), default=50, show_default=True, help="... to so many pages at most."
)
@json_option
def selftest(
    config: Config,
    urls: tuple[str, ...],
    browser: Path | None,
    submit: bool,
    depth: int,
    pages: int,
    as_json: bool,
) -> None:
    """Visit pages of your own site, type made-up values into every field, and say which get through.

    Exit code 1 when one does, or when a page cannot be tested. Nothing is stored, and no form is sent.
    """
    from proxy.ground import CannotStart
    from proxy.runtime import NotBuilt
    from proxy.selftest import report
    from proxy.selftest.browser import NoBrowser
    from proxy.selftest.run import Asked, run
    from proxy.tls import CertificateFault

    for url in urls:
        _check(url)
    try:
        with progress("Testing pages") as tick:
            found = run(config, Asked(urls, browser, submit, depth, pages), tick)
    except (CannotStart, CertificateFault, NoBrowser, NotBuilt) as error:
        raise Refusal(str(error)) from None
    if as_json:
        click.echo(orjson.dumps(report.as_json(found), option=orjson.OPT_INDENT_2))
    else:
        for line in report.as_text(found):
            click.echo(line)
    if not report.is_right(found):
        sys.exit(USER_MISTAKE)


def _check(url: str) -> None:
    """Raises Refusal."""
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of the port
        right = False
    if not right:
        raise Refusal(f"{url!r} is no address: give it as visitors see it, as in https://shop.example.com/kasse")
