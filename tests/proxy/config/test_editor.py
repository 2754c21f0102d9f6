"""The schema for editors tells what `check` tells, as far as a schema can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from proxy.config.editor import schema
from proxy.load import ConfigError, load
from tests.running import ROOT

VALIDATOR = Draft202012Validator(schema())

WITHOUT = {
    # what keys say together
    *("cert-without-key", "host-twice", "host-twice-as-address", "http2-without-tls", "plain-in-public"),
    *("remote-without-token", "same-port", "site-twice", "two-tokens", "uninformed", "upstream-tls-without-tls"),
    # what no pattern can tell
    *("bad-network", "bad-selector", "host-in-doubt", "size-too-small", "upstream-bad-port"),
    # what stands in the environment
    *("environment", "variable-half"),
}
"""Cases that only `check` can tell."""


def documents() -> Iterator[Any]:
    for case in sorted((ROOT / "tests" / "cases" / "config").glob("*.yaml")):
        try:
            yield pytest.param(case, YAML(typ="safe").load(case), id=case.stem)
        except (YAMLError, ValueError):
            continue  # no editor gets so far


def test_it_is_a_schema_of_2020_12() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_example_is_right() -> None:
    assert list(VALIDATOR.iter_errors(YAML(typ="safe").load(ROOT / "config.example.yaml"))) == []


@pytest.mark.parametrize(("case", "document"), [*documents()])
def test_a_broken_file_is_wrong_and_one_for_another_place_is_not(
    case: Path, document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "FREE_1",
        "FREE_2",
        "FREE_3",
        "TAKEN",
        "FORBIDDEN",
        "UPSTREAM",
        "UPSTREAM_TLS",
        "CLOSED",
        "SILENT",
    ):
        monkeypatch.setenv(name, str(sum(name.encode())))
    for name in ("NOT_HTTP", "BROKEN", "STORAGE"):
        monkeypatch.setenv(name, "7")
    monkeypatch.setenv("WORLD", "/world")
    try:
        load(case)
        right = True
    except ConfigError:
        right = case.stem in WITHOUT
    assert VALIDATOR.is_valid(document) == right


def test_a_variable_may_stand_for_every_single_value() -> None:
    site = {"name": "${A}", "hosts": ["${A}"], "upstream": "${A:-http://a}", "pages": {"max_size": "${A}"}}
    document = {
        "version": "${A}",
        "workers": "${A}",
        "debug": "${A}",
        "path": "${A}",
        "limits": {"idle": "${A}", "spool": "${A}", "connections": "${A}"},
        "sites": [site],
        "storage": {"token": "${A}", "url": "${A}"},
    }
    assert list(VALIDATOR.iter_errors(document)) == []


def test_each_key_and_each_part_has_a_description() -> None:
    whole = schema()
    for part in (whole, *whole["$defs"].values()):
        assert part["description"]
        for name, key in part.get("properties", {}).items():
            assert key["description"].endswith("."), name
