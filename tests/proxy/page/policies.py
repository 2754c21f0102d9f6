"""The cases of tests/cases/csp: a page's policies, and what becomes of the page.

`defends` is for people, `mutant` is the mistake in policy_mutants.py that the case finds. `headers` are as
upstream sends them, `head` is HTML at the start of the page's head, `type` its Content-Type. Expected: the reason
in `refused`, or the headers in `edited` (without it they stay) and the `nonce` of the snippet. In all of them
{origin}, {host} and {port} are the page's own, {folder} is our folder there and {other} another origin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "cases" / "csp"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
KEYS = {"defends", "mutant", "headers", "head", "type", "refused", "edited", "nonce"}


@dataclass(frozen=True)
class Case:
    """A case for a page of one origin."""

    headers: tuple[str, ...]
    edited: tuple[str, ...]
    head: str
    type: str
    refused: str
    nonce: str
    mutant: str

    @classmethod
    def load(cls, name: str, origin: str, other: str) -> Case:
        """Read the file; ValueError for a key that is none."""
        facts = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
        if not facts.keys() <= KEYS or not {"defends", "mutant"} <= facts.keys():
            raise ValueError(f"{name}: keys {sorted(facts.keys() ^ KEYS)}")
        facts = _filled(facts, origin, other)
        headers = tuple(facts.get("headers", ()))
        return cls(
            headers=headers,
            edited=tuple(facts.get("edited", headers)),
            head=facts.get("head", ""),
            type=facts.get("type", "text/html; charset=utf-8"),
            refused=facts.get("refused", ""),
            nonce=facts.get("nonce", ""),
            mutant=facts["mutant"],
        )

    def metas(self) -> list[str]:
        """The policies within the page."""
        return re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', self.head)

    def values(self, name: str, *, edited: bool = False) -> tuple[str, ...]:
        """The values of the headers of this name, as upstream sends them or as they are to go out."""
        lines = (line.partition(":") for line in (self.edited if edited else self.headers))
        return tuple(value.strip(" \t") for header, _, value in lines if header == name)


def _filled(value: Any, origin: str, other: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, origin, other) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, origin, other) for each in value]
    at = urlsplit(origin)
    places = {
        "{origin}": origin,
        "{host}": at.hostname or "",
        "{port}": str(at.port),
        "{folder}": f"{origin}/_milchglas/",
        "{other}": other,
    }
    for place, text in places.items():
        value = value.replace(place, text)
    return value
