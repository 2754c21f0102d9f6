"""Every wrong file in tests/cases/config is refused with the message in its first line."""

from __future__ import annotations

from pathlib import Path

import pytest

from proxy.load import ConfigError, load, parse

CASES = sorted((Path(__file__).parents[1] / "cases" / "config").glob("*.yaml"))
EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
SITE = 'sites: [{name: a, hosts: ["*"], upstream: "http://127.0.0.1:8000"}]'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_wrong_file_is_refused_with_place_and_remedy(case: Path) -> None:
    expected = case.read_text().splitlines()[0].removeprefix("# ")
    place, _, message = expected.partition(" ")
    with pytest.raises(ConfigError) as caught:
        load(case)
    assert f"{caught.value.line}:{caught.value.column}" == place
    assert caught.value.message == message
    assert str(caught.value) == f"{case}:{place}: {message}"


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


def test_relative_paths_are_relative_to_the_file() -> None:
    config = parse(f"version: 1\n{SITE}\ndata: ./d\n", "file", base=Path("/etc/milchglas"))
    assert config.data == Path("/etc/milchglas/d")
