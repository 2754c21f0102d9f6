"""No secret of a configuration shows: not in an error, a traceback, a log, or what any command prints."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import traceback
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from proxy.config import Config
from proxy.config.shape import Shape, part
from proxy.delivery.forward import Destination
from proxy.load import ConfigError, load, parse
from tests.running import ROOT, Milchglas
from tests.upstream import Upstream, response, serving

CANARY = "Kanarienvogel7"
SITE = '{name: a, hosts: [shop.example.com], upstream: "http://127.0.0.1:8000"}'
REMOTE = "url: https://storage.invalid"


def said(file: Path) -> str:
    """All that an error of this file could show."""
    try:
        config = load(file)
    except ConfigError as error:
        return "".join(traceback.format_exception(error)) + str(error) + repr(error)
    return repr(config) + str(config) + config.model_dump_json() + str(config.model_dump())


WRONG = {
    "a token that is no word": f"storage: {{{REMOTE}, token: '{CANARY} x'}}",
    "a token with a line break": f'storage: {{{REMOTE}, token: "{CANARY}\\n"}}',
    "a token beside a token_file": f"storage: {{{REMOTE}, token: {CANARY}, token_file: x}}",
    "a token without its space": f"storage: {{token:{CANARY}}}",
    "a token that begins with a star": f"storage: {{token: *{CANARY}}}",
    "a token that begins with an exclamation mark": f"storage: {{token: !{CANARY} x}}",
    "a token that begins with a percent sign": f"storage: {{token: %{CANARY}}}",
    "a token that begins with a bar": f"storage:\n  token: |{CANARY}",
    "a token with a colon": f"storage:\n  token: x: {CANARY}",
    "a token with a backslash": f'storage: {{token: "\\{CANARY}"}}',
    "a token whose quote is not closed": f"storage: {{token: '{CANARY}}}",
    "two tokens": f"storage: {{token: {CANARY}, token: {CANARY}2}}",
    "a misspelled key": f"storage: {{tokken: {CANARY}}}",
    "a list of tokens": f"storage: {{token: [{CANARY}]}}",
    "a mapping as token": f"storage: {{token: {{{CANARY}: {CANARY}}}}}",
    "a password of storage": f"storage: {{url: 'https://me:{CANARY}@a.example', token: 0123456789abcdef}}",
    "a password and a bad port": f"storage: {{url: 'https://me:{CANARY}@a:x', token: 0123456789abcdef}}",
    "a variable that is cut": f"storage: {{token: '${{{CANARY}'}}",
    "a default of a variable": f"storage: {{{REMOTE}, token: '${{MILCHGLAS_NO_SUCH:-{CANARY} x}}'}}",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_fault_at_a_secret_does_not_quote_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(f"version: 1\nsites: [{SITE}]\n{text}\n")
    with pytest.raises(ConfigError):
        load(file)
    assert CANARY.lower() not in said(file).lower()


@pytest.mark.parametrize(
    "url", ["http://me:{}@127.0.0.1", "http://{}@a/b", "http://:{}@[", "{}://a", "http://a?{}"]
)
@pytest.mark.parametrize("key", ["upstream", "notice_url"])
def test_a_password_in_an_address_is_refused_and_not_quoted(tmp_path: Path, url: str, key: str) -> None:
    site = SITE[:-1].replace("http://127.0.0.1:8000", url.format(CANARY) if key == "upstream" else "http://a")
    more = f", consent: {{notice_url: '{url.format(CANARY)}'}}" if key == "notice_url" else ""
    file = tmp_path / "file.yaml"
    file.write_text(f"version: 1\nsites: [{site}{more}}}]\n")
    if key == "notice_url" and "?" in url:
        return  # visitors see that one
    with pytest.raises(ConfigError):
        load(file)
    assert CANARY.lower() not in said(file).lower()


def fields(model: type[Shape], path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for name, field in model.model_fields.items():
        yield (*path, name)
        if inner := part(field):
            yield from fields(inner, (*path, name, 0) if name == "sites" else (*path, name))


@pytest.mark.parametrize("field", [*fields(Config)], ids=lambda field: ".".join(map(str, field)))
def test_a_secret_at_the_wrong_key_is_in_no_error(
    tmp_path: Path, field: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", f"%{CANARY} {CANARY}@:/")
    secrets: list[Any] = ["${SECRET}", f"%{CANARY} {CANARY}@:/", CANARY]
    for secret in [*secrets, *([each] for each in secrets), *({each: each} for each in secrets)]:
        tree: Any = {"version": 1, "sites": [{"name": "a", "hosts": ["b"], "upstream": "http://127.0.0.1:8000"}]}
        node = tree
        for key in field[:-1]:
            node = node[key] if isinstance(key, int) else node.setdefault(key, {})
        node[field[-1]] = secret
        text = io.StringIO()
        YAML().dump(tree, text)
        (tmp_path / "file.yaml").write_text(text.getvalue())
        with suppress(ConfigError):
            load(tmp_path / "file.yaml")
            continue  # it is a right value there: a folder, a name
        assert CANARY.lower() not in said(tmp_path / "file.yaml").lower(), secret


PLACES = {
    "file": f"token: {CANARY}-0123456789abcdef",
    "environment": "token: '${MILCHGLAS_TOKEN}'",
    "default": f"token: '${{MILCHGLAS_NO_SUCH:-{CANARY}-0123456789abcdef}}'",
    "token_file": "token_file: token",
    "broken token_file": "token_file: broken",
}

COMMANDS = (
    ("check",),
    ("check", "--json"),
    ("config",),
    ("config", "--effective"),
    ("config", "--effective", "--json"),
    ("explain", "https://shop.example.com/"),
    ("explain", "https://shop.example.com/", "--json"),
    ("notice",),
    ("doctor",),
    ("doctor", "--json"),
)


@pytest.mark.parametrize("token", PLACES.values(), ids=PLACES)
def test_no_command_prints_a_secret(tmp_path: Path, token: str) -> None:
    for name, content in (("token", f"{CANARY}-0123456789abcdef"), ("broken", f"{CANARY} and more")):
        (tmp_path / name).write_text(content)
        (tmp_path / name).chmod(0o600)
    (tmp_path / "key.pem").write_text(f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n")
    with serving() as storage:
        storage.replies["/api/v1/about"] = response(b'{"region":"elsewhere"}', type="application/json")
        file = tmp_path / "file.yaml"
        file.write_text(
            f"version: 1\nlisten: {{tls: {{cert: key.pem, key: key.pem}}}}\nsites: [{SITE}]\n"
            f"storage: {{url: '{storage.url}', {token}}}\n"
        )
        for command, *words in COMMANDS:
            done = run(file, command, *words)
            assert done.returncode in (0, 1), done.stderr
            assert CANARY.lower() not in (done.stdout + done.stderr).lower(), command
        assert storage.seen
        assert not [seen for seen in storage.seen if CANARY.encode() in seen.head + seen.body], (
            "nothing but a question"
        )


def run(file: Path, command: str, *words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "proxy", command, "-c", str(file), *words]
    environment = {**os.environ, "MILCHGLAS_TOKEN": f"{CANARY}-0123456789abcdef"}
    return subprocess.run(line, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60)


def test_a_bug_that_quotes_the_whole_configuration_shows_none(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(f"version: 1\nsites: [{SITE}]\nstorage: {{{REMOTE}, token: {CANARY}}}\n")
    code = (
        "import sys, proxy.check as check, proxy.cli as cli\n"
        "def broken(config, **_):\n"
        "    token = config.storage.token.get_secret_value()\n"
        "    raise RuntimeError(f'{config!r} {token}')\n"
        "check.problems = broken\n"
        f"sys.argv = ['milchglas', 'check', '-c', {str(file)!r}]\n"
        "cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 3
    assert "RuntimeError at" in done.stderr
    assert CANARY.lower() not in (done.stdout + done.stderr).lower()


def test_where_batches_go_is_said_without_the_token() -> None:
    assert CANARY not in repr(Destination("https://storage.example.com", CANARY, "local"))


def test_a_running_one_logs_and_shows_none(tmp_path: Path, upstream: Upstream) -> None:
    token = f"{CANARY}-0123456789abcdef"
    with serving() as storage:
        storage.replies["/api/v1/about"] = response(b'{"region":"local"}', type="application/json")
        milchglas = Milchglas(tmp_path, upstream.url, {"storage": {"url": storage.url, "token": token}})
        milchglas.start(dashboard=False)
        try:
            for path in ("/", "/metrics", "/readyz"):
                with urllib.request.urlopen(f"http://127.0.0.1:{milchglas.admin}{path}") as answer:
                    assert CANARY not in answer.read().decode()
        finally:
            milchglas.stop()
    assert CANARY not in milchglas.log.read_text()


PIECES = (
    *("sites:", "- ", "  ", "\n", ": ", "{", "}", "[", "]", ",", "name: a", " hosts: ['*']", "upstream: http://a"),
    *("&x", "*x", "!!str", "!t", "|", "> ", "'", '"', "${A:-b}", "${", "#", "---\n", "\t", "? ", "<<: ", "~", "%"),
    *("storage: ", "token", "record: ", "limits: {idle: 5s", "@", "`", "\\x41", "\u2028", ".inf", "2020-99-01"),
    *("!!bool x", "!!int x", "!!binary x", "!!timestamp x", "!!set", "!!omap", "version: 1"),
)
SECRET = "Kanarien=vogel7"


@given(
    st.lists(st.sampled_from([*PIECES, SECRET, SECRET, f"token: {SECRET}"]), max_size=14).map("".join),
    st.booleans(),
)
def test_whatever_is_written_is_answered_in_our_words_without_quoting(text: str, begun: bool) -> None:
    head = f"version: 1\nsites: [{SITE}]\n" if begun else ""
    try:
        parse(head + text, "file")
    except ConfigError as error:
        assert SECRET not in str(error)
