"""`config --effective` says what holds, where that comes from, and no secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from proxy.load import Loaded, parse, read
from proxy.load.effective import entries, text, tree
from tests.running import ROOT

CANARY = "Kanarienvogel7-Kanarienvogel7"

EVERYTHING = f"""\
version: 1
listen: {{host: "::1", port: "${{MILCHGLAS_PORT:-8443}}", tls: {{cert: a.pem, key: a.key}}, http2: true}}
trusted_proxies: [10.0.0.0/8, "::1"]
workers: auto
limits: {{head: 1500ms, silence: 1h, spool: 1.5GiB}}
sites:
  - name: "on"
    hosts: ["*.example.com", "[::1]"]
    upstream: https://127.0.0.1:8443
    upstream_tls: {{name: shop.internal}}
    record: {{text: mask, sample: 0.25}}
    sensitive: ['[title="a: b # c"]', "#true"]
    pages: {{exclude: ["/intern/*"], bots: []}}
  - name: second
    hosts: ["*"]
    upstream: http://10.0.0.1
    record: {{forms: personal, text: {{ips: true}}}}
    consent: {{mode: opt-in, notice_url: "https://example.com/a?b=#c"}}
storage:
  url: https://storage.example.com
  token: {CANARY}
  region: "null"
"""


def loaded(folder: Path, content: str) -> Loaded:
    file = folder / "file.yaml"
    file.write_text(content)
    return read(file)


@pytest.mark.parametrize(
    "content", [EVERYTHING, (ROOT / "config.example.yaml").read_text()], ids=["all", "example"]
)
def test_what_is_printed_is_the_same_configuration(tmp_path: Path, content: str) -> None:
    given = loaded(tmp_path, content)
    printed = text(list(entries(given)))
    assert parse(printed.replace('"***"', CANARY), "printed") == given.config
    assert all(line.count("  # ") == 1 for line in printed.splitlines() if not line.endswith(":"))


def test_each_value_says_where_it_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILCHGLAS_PORT", "8444")
    found = {entry.at: (entry.value, entry.origin) for entry in entries(loaded(tmp_path, EVERYTHING))}
    assert found["listen", "port"] == (8444, "line 2, ${MILCHGLAS_PORT}")
    assert found["listen", "plain"] == (False, "default")
    assert found["limits", "spool"] == ("1536MiB", "line 5")
    assert found["sites", 0, "record", "text"] == ("mask", "line 11")
    assert found["sites", 1, "record", "text", "ips"] == (True, "line 17")
    assert found["storage", "token"] == ("***", "line 21")


def test_as_json_it_is_nested_as_in_the_file(tmp_path: Path) -> None:
    found: Any = tree(list(entries(loaded(tmp_path, EVERYTHING))))
    assert found["listen"]["tls"]["cert"] == str(tmp_path / "a.pem")
    assert [site["name"] for site in found["sites"]] == ["on", "second"]
    assert found["sites"][1]["pages"]["include"] == ["/*"]
    assert found["storage"]["token"] == "***"
