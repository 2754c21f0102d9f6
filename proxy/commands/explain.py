"""`milchglas explain`: which site, which rules, and what goes into the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
import orjson

from proxy.commands.shared import Refusal, as_json, with_loaded
from proxy.config import Config
from proxy.load import Loaded, Loc, Source

if TYPE_CHECKING:
    from proxy.explain import Explained

OURS = {
    "recorder": "the recorder's script",
    "consent": "the script of the consent bar",
    "start": "where a recorder begins a recording (POST)",
    "events": "where a recorder sends its batches (POST)",
}


@click.command()
@with_loaded
@click.argument("url")
@click.option("--method", default="GET", show_default=True, help="Of the request.")
@click.option(
    "--header", "headers", multiple=True, help="'Name: value', as the visitor sends it; may be repeated."
)
@click.option("--from", "address", default="", help="The visitor's address.")
@as_json
def explain(loaded: Loaded, url: str, method: str, headers: tuple[str, ...], address: str, as_json: bool) -> None:
    """Say which site a URL belongs to, which rules apply and why, and what would be put into the page.

    The request is the one of a browser that follows a link; --method, --header and --from change it.
    Nothing is sent.
    """
    from proxy.explain import NotAUrl, Unclaimed
    from proxy.explain import explain as explained

    pairs = [_pair(header) for header in headers]
    try:
        off = _off(loaded.config, url)
        src = _recorder(loaded.config)
        found = explained(loaded.config, url, src, method=method.upper(), headers=pairs, address=address, off=off)
    except NotAUrl:
        raise Refusal(
            "that is no address: give it as visitors see it, as in https://shop.example.com/kasse"
        ) from None
    except Unclaimed as unclaimed:
        raise Refusal(
            f"no site claims {unclaimed.host}, so it is answered 421: add it to the `hosts` of its site"
            f" (the nearest that is known is {unclaimed.nearest})"
        ) from None
    if as_json:
        click.echo(orjson.dumps(_facts(found), option=orjson.OPT_INDENT_2))
        return
    for about, fact in _lines(loaded, found, off=off):
        click.echo(f"{about:<10}  {fact}")


def _pair(header: str) -> tuple[str, str]:
    name, colon, value = header.partition(":")
    if not colon or not name.strip():
        raise Refusal("--header is 'Name: value'")
    return name.strip(), value.strip()


def _off(config: Config, url: str) -> bool:
    from proxy.explain import site_of
    from proxy.switch import Switch

    site = site_of(config, url)
    return site is not None and Switch(config).off(site.name)


def _recorder(config: Config) -> str:
    from proxy.runtime import NotBuilt, Recorder

    try:
        name = Recorder.load().name
    except NotBuilt:
        name = "recorder.js"
    return f"{config.path}/{name}"


def _facts(found: Explained) -> dict[str, Any]:
    site = found.site
    return {
        "site": site.name,
        "host": found.host,
        "path": found.path,
        "own": found.own,
        "upstream": None if found.own is not None else site.upstream,
        "pages": {"include": found.include, "exclude": found.exclude},
        "refusal": found.refusal,
        "because": found.because,
        "snippet": None if found.refusal or found.own is not None else found.snippet,
        "record": site.record.model_dump(mode="json"),
        "consent": site.consent.model_dump(mode="json"),
        "selectors": {"sensitive": site.sensitive, "exclude": site.exclude, "safe": site.safe},
    }


def _lines(loaded: Loaded, found: Explained, *, off: bool) -> Iterator[tuple[str, str]]:
    source, site = loaded.source, found.site
    at: Loc = ("sites", loaded.config.sites.index(site))
    yield (
        "site",
        f"{site.name}, by its host {found.host}{_line(source, (*at, 'hosts', site.hosts.index(found.host)))}",
    )
    if found.own is not None:
        what = OURS.get(found.own.partition(".")[0], "nothing is there: 404")
        yield "path", f"below {loaded.config.path}, ours: {what}"
        yield "upstream", "is not asked"
        return
    yield "upstream", f"{site.upstream}{found.path}{_line(source, (*at, 'upstream'))}; Host stays as it is"
    yield "pages", _pages(source, at, found)
    if found.refusal:
        word = f"`milchglas on` takes that back: {found.because}" if off else found.because
        yield "snippet", f"none ({found.refusal}): {word}"
        return
    share = "" if site.record.sample == 1 else f", for {site.record.sample:.4g} of visits"
    yield "snippet", f"yes{share}, if upstream answers with a page that can take it (`milchglas replay` tells)"
    yield "", found.snippet
    for about, key in (("sensitive", "sensitive"), ("excluded", "exclude"), ("safe", "safe")):
        for index, selector in enumerate(getattr(site, key)):
            yield about, f"{selector}{_line(source, (*at, key, index))}"


def _pages(source: Source, at: Loc, found: Explained) -> str:
    def said(key: str, pattern: str) -> str:
        index = getattr(found.site.pages, key).index(pattern)
        return f"{key} {pattern}{_line(source, (*at, 'pages', key, index))}"

    included = f"{said('include', found.include)} matches" if found.include else "no pattern of include matches"
    return f"{included}, " + (
        f"and {said('exclude', found.exclude)} wins" if found.exclude else "none of exclude does"
    )


def _line(source: Source, at: Loc) -> str:
    return f" (line {source.place(at)[0]})" if source.at(at) is not None else " (default)"
