"""A right file becomes a Config. Wrong ones: tests/proxy/check/test_cases.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from proxy.load import ConfigError, load, parse
from tests.running import ROOT

EXAMPLE = ROOT / "config.example.yaml"
SITE = 'sites: [{name: a, hosts: ["*"], upstream: "http://127.0.0.1:8000"}]'


def test_the_example_holds_every_key_with_its_default() -> None:
    example = load(EXAMPLE)
    smallest = parse(
        "version: 1\nsites: [{name: altshop, hosts: [shop.example.com], upstream: 'http://127.0.0.1:8000'}]",
        "smallest",
        base=EXAMPLE.parent,
    )
    assert example == smallest
    text = EXAMPLE.read_text()

    def keys(model: object) -> set[str]:
        found = set[str]()
        for name in type(model).model_fields:  # type: ignore[attr-defined]
            value = getattr(model, name)
            found.add(name)
            for inner in value if isinstance(value, tuple) else (value,):
                if hasattr(type(inner), "model_fields"):
                    found |= keys(inner)
        return found

    for key in keys(example):
        assert f"{key}:" in text, key


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ConfigError, match=r"no-such-file\.yaml: no such file; `config\.example\.yaml`"):
        load(Path("no-such-file.yaml"))


def test_a_file_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes("path: /glös\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"file\.yaml: is not UTF-8 text"):
        load(file)
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory"):
        load(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(f"version: 1\n{SITE}\n", encoding="utf-8-sig")
    assert load(file).version == 1


def test_a_secret_of_the_environment_is_in_no_error_and_no_dump(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILCHGLAS_TOKEN", "canary-token")
    text = f"version: 1\n{SITE}\nstorage: {{url: 'https://s.example', token: '${{MILCHGLAS_TOKEN}}'}}\n"
    config = parse(text, "file")
    assert config.storage.token is not None
    assert config.storage.token.get_secret_value() == "canary-token"
    assert "canary" not in repr(config) + config.model_dump_json()
    with pytest.raises(ConfigError) as caught:
        parse(text + "data: ${MILCHGLAS_TOKEN}/x\nlisten: {port: '${MILCHGLAS_TOKEN}'}\n", "file")
    assert "canary" not in str(caught.value)


def test_a_default_stands_in_for_an_unset_variable() -> None:
    assert parse(f"version: 1\n{SITE}\npath: ${{MILCHGLAS_NO_SUCH:-/glas}}\n", "file").path == "/glas"


def test_a_default_stands_in_for_an_empty_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILCHGLAS_EMPTY", "")
    assert parse(f"version: 1\n{SITE}\npath: ${{MILCHGLAS_EMPTY:-/glas}}\n", "file").path == "/glas"


def test_what_comes_out_empty_is_not_given() -> None:
    text = f"version: 1\n{SITE}\nstorage: {{token: '${{MILCHGLAS_NO_SUCH:-}}'}}\n"
    assert parse(text, "file").storage.token is None


def test_a_variable_may_stand_for_any_single_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PORT", "8443"), ("DEBUG", "true"), ("IDLE", "5s"), ("HOST", "localhost")):
        monkeypatch.setenv(name, value)
    config = parse(
        f"version: 1\n{SITE}\nlisten: {{host: '${{HOST}}', port: '${{PORT}}'}}\ndebug: ${{DEBUG}}\n"
        "limits: {idle: '${IDLE}'}\n",
        "file",
    )
    assert (config.listen.host, config.listen.port) == ("localhost", 8443)
    assert (config.debug, config.limits.idle) == (True, 5)


def test_relative_paths_are_relative_to_the_file() -> None:
    config = parse(f"version: 1\n{SITE}\ndata: ./d\n", "file", base=Path("/etc/milchglas"))
    assert config.data == Path("/etc/milchglas/d")
