"""`milchglas capture`: traffic that passes through, written as a fixture with everything sensitive removed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click
import orjson

from proxy.commands.progress import progress
from proxy.commands.shared import Refusal, counted, with_config
from proxy.commands.shared import as_json as json_option
from proxy.config import Config


@click.command()
@with_config
@click.option(
    "-o",
    "out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A file that ends in .har or .flow.",
)
@json_option
def capture(config: Config, out: Path, as_json: bool) -> None:
    """Run the proxy, and at ^C write what passed through as HAR or as a mitmproxy flow file.

    Cookies, credentials, form values, values in addresses, and all that they show up in again are removed before
    anything reaches the disk. Nothing is recorded meanwhile. Capture a test visit with made-up data all the same:
    names and balances that a page shows, and that nobody typed, stay in it.
    """
    from proxy.fixtures import capture as capturing
    from proxy.fixtures import write
    from proxy.ground import CannotStart, listener
    from proxy.runtime import NotBuilt
    from proxy.tls import CertificateFault

    if out.suffix not in (write.HAR, write.FLOW):
        raise Refusal(f"{out}: the suffix says what is written: name it .har or .flow")
    if not out.parent.is_dir():
        raise Refusal(f"{out}: there is no folder {out.parent}")
    scheme, at = "https" if config.listen.tls else "http", config.listen

    def ready() -> None:
        click.echo(
            f"visitors {scheme}://{at.host}:{socket.getsockname()[1]}   ^C ends it and writes {out}", err=True
        )

    try:
        with listener(at.host, at.port, "listen.port") as socket:
            tape = asyncio.run(capturing.record(config, socket, ready))
        with progress("Removing values") as tick:
            captured = capturing.stripped(tape, tick)
        write.save(write.file(captured.entries, out.suffix), out)
    except (CannotStart, CertificateFault, NotBuilt) as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"{out} cannot be written ({error.strerror})") from None
    pages = sum(1 for entry in captured.entries if entry.answered.body)
    if as_json:
        facts = {"file": str(out), "exchanges": len(captured.entries), "pages": pages}
        click.echo(orjson.dumps({**facts, "removed": captured.removed, "left_out": captured.left}))
        return
    click.echo(f"{out}: {counted(len(captured.entries), 'exchange')}, {counted(pages, 'page')} with text")
    for rule, number in sorted(captured.removed.items()):
        click.echo(f"  removed  {number:>6,}  {rule}")
    for why, number in sorted(captured.left.items()):
        click.echo(f"  left out {number:>6,}  {why}")
