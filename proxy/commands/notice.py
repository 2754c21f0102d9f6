"""`milchglas notice`: the paragraph for the privacy policy."""

from __future__ import annotations

import click
import orjson

from proxy.commands.shared import Refusal, as_json, counted, known_site, of_site, with_config
from proxy.config import Config
from proxy.notice import LANGUAGES, open_points, paragraph


@click.command()
@with_config
@click.option(
    "--lang", default="en", show_default=True, type=click.Choice(sorted(LANGUAGES)), help="The language."
)
@of_site
@as_json
def notice(config: Config, lang: str, site: str | None, as_json: bool) -> None:
    """Write the paragraph for the privacy policy of each site that is recorded.

    It says what the configuration tells; what it cannot stands in [brackets], for you to fill in. It is a draft,
    and no legal advice.
    """
    known_site(config, site)
    sites = [each for each in config.sites if each.enabled and site in (None, each.name)]
    if not sites:
        raise Refusal("nothing is recorded, so there is nothing to tell: `enabled` is false")
    texts = {each.name: paragraph(config, each, lang) for each in sites}
    if as_json:
        said = [
            {"site": name, "lang": lang, "text": text, "open": open_points(text)} for name, text in texts.items()
        ]
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2))
        return
    for name, text in texts.items():
        if len(texts) > 1:
            click.echo(f"# {name}\n")
        click.echo(f"{text}\n")
    left = sum(len(open_points(text)) for text in texts.values())
    click.echo(f"{counted(left, 'place')} in [brackets] to fill in; a draft, and no legal advice", err=True)
    click.echo("other tools that collect data: `milchglas survey` lists those it knows", err=True)
