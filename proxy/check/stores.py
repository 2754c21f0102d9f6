"""A storage service elsewhere: there, and where it must be. And the token that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from proxy.check.ask import Failed, ask
from proxy.check.certificates import OTHERS_READ
from proxy.check.problem import Problem, error, warning
from proxy.config import Config


def problems(config: Config, *, offline: bool) -> Iterator[Problem]:
    """Of `storage`."""
    if file := config.storage.token_file:
        yield from _token(file)
    if not config.storage.embedded and not offline:
        yield from _service(config)


def _token(file: Path) -> Iterator[Problem]:
    at = ("storage", "token_file")
    try:
        text = file.read_text(encoding="utf-8").strip()
    except OSError as fault:
        yield error(at, f"the token cannot be read ({fault.strerror})", "give this user a file it can read")
        return
    except UnicodeDecodeError:
        text = ""
    if not (text.isascii() and text.isprintable()) or len(text.split()) != 1:
        yield error(at, "the file does not hold one word of ASCII", "`openssl rand -hex 32` prints one")
    elif file.stat().st_mode & OTHERS_READ:
        yield warning(at, "everybody on this machine can read the token", "chmod o-r")


def _service(config: Config) -> Iterator[Problem]:
    at = ("storage", "url")
    url = urlsplit(config.storage.url)
    try:
        answer = ask(url, f"{url.path}/api/v1/about", config.limits.connect)
    except Failed as failed:
        yield error(
            at, f"storage cannot be asked: {failed.why}", "mend that; until then batches wait in the spool"
        )
        return
    try:
        region = orjson.loads(answer.body).get("region") if answer.status == 200 else None
    except (orjson.JSONDecodeError, AttributeError):
        region = None
    if not isinstance(region, str):
        yield error(at, "there is no Milchglas storage at this address", "give the address of `milchglas storage`")
    elif region != config.storage.region:
        yield error(
            ("storage", "region") if "region" in config.storage.model_fields_set else at,
            "storage says that it stands in another region",
            "nothing is forwarded to it: give the address of the right one, or its region",
        )
