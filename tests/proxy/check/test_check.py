"""`check` says what would happen and what would not work, changes nothing, and asks one question each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from proxy.check.certificates import chain, covers
from proxy.commands.check import check
from tests.certificates import certificate
from tests.running import Milchglas, free_ports
from tests.upstream import Upstream, response, serving


def written(folder: Path, upstream: str) -> Path:
    visitors, admin, dashboard = free_ports(3)
    file = folder / "file.yaml"
    file.write_text(
        "version: 1\n"
        f"listen: {{port: {visitors}}}\n"
        f"admin: {{port: {admin}}}\n"
        f"storage: {{listen: {{port: {dashboard}}}}}\n"
        "data: ./data\n"
        f"sites: [{{name: a, hosts: [a.example], upstream: '{upstream}', consent: {{notice_url: /privacy}}}}]\n"
    )
    return file


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(check, ["-c", str(file), *words])


def test_a_right_file_is_fine_and_nothing_is_made(tmp_path: Path, upstream: Upstream) -> None:
    upstream.replies["/"] = response(b"ok")
    file = written(tmp_path, upstream.url)
    done = run(file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == [file]


def test_an_upstream_is_asked_once_and_told_nothing(tmp_path: Path, upstream: Upstream) -> None:
    upstream.replies["/"] = response(b"", "Location: /elsewhere", status="302 Found")
    assert run(written(tmp_path, upstream.url)).exit_code == 0
    (seen,) = upstream.seen
    names = {line.partition(b":")[0].lower() for line in seen.head.strip().split(b"\r\n")[1:]}
    assert (seen.target, seen.header("Host"), seen.body) == ("GET /", "a.example", b"")
    assert names == {b"host", b"user-agent", b"connection", b"accept-encoding"}


def test_offline_asks_nobody(tmp_path: Path, upstream: Upstream) -> None:
    with serving() as storage:
        remote = f"storage: {{url: '{storage.url}', token: 0123456789abcdef}}\n"
        file = written(tmp_path, upstream.url)
        file.write_text(
            "".join(line for line in file.read_text().splitlines(True) if not line.startswith("storage")) + remote
        )
        assert run(file, "--offline").exit_code == 0
        assert run(file).exit_code == 1
        assert (len(upstream.seen), len(storage.seen)) == (1, 1)
        assert storage.seen[0].header("Authorization") is None


def test_a_site_that_is_off_is_not_asked(tmp_path: Path, upstream: Upstream) -> None:
    file = written(tmp_path, upstream.url)
    file.write_text(file.read_text().replace("name: a,", "name: a, enabled: false,"))
    assert run(file).exit_code == 0
    assert upstream.seen == []


def test_as_json_it_has_facts_and_problems_with_their_place(tmp_path: Path, upstream: Upstream) -> None:
    upstream.replies["/"] = response(b"", status="500 Broken")
    done = run(written(tmp_path, upstream.url), "--json")
    found: Any = orjson.loads(done.stdout)
    assert done.exit_code == 0, "a warning is no error"
    assert {"about": "site a", "fact": "forms: no value of any field is recorded"} in found["facts"]
    (problem,) = found["problems"]
    assert (problem["level"], problem["key"], problem["line"]) == ("warning", "sites.0.upstream", 6)
    assert problem["remedy"]


def test_each_site_has_its_own_place(tmp_path: Path) -> None:
    file = written(tmp_path, "http://127.0.0.1:1")
    sites = "".join(
        f"  - {{name: s{n}, hosts: [s{n}.example], upstream: 'http://127.0.0.1:1', record: {{text: mask}}}}\n"
        for n in range(20)
    )
    head = "".join(line for line in file.read_text().splitlines(True) if not line.startswith("sites"))
    file.write_text(f"{head}sites:\n{sites}")
    done = run(file)
    lines = [int(line.removeprefix(f"{file}:").split(":")[0]) for line in done.stderr.splitlines()[:-1]]
    assert lines == list(range(7, 27))
    assert done.stderr.splitlines()[-1] == "20 errors, 0 warnings"


def test_the_days_of_a_certificate_are_said(tmp_path: Path, upstream: Upstream) -> None:
    upstream.replies["/"] = response(b"ok")
    pair = certificate(tmp_path, "a.example", "127.0.0.1", days=90)
    pair.key.chmod(0o600)
    file = written(tmp_path, upstream.url)
    tls = f", tls: {{cert: {pair.cert.name}, key: {pair.key.name}}}}}"
    file.write_text(file.read_text().replace("}", tls, 1))
    done = run(file)
    assert done.exit_code == 0, done.stderr
    assert "listen: for a.example, 127.0.0.1, until " in done.stdout
    assert ", 89 days\n" in done.stdout


@pytest.mark.parametrize(
    ("names", "host", "good"),
    [
        (["a.example"], "a.example", True),
        (["a.example"], "b.example", False),
        (["*.example.com"], "a.example.com", True),
        (["*.example.com"], "*.example.com", True),
        (["*.example.com"], "a.b.example.com", False),
        (["*.example.com"], "example.com", False),
        (["a.example"], "*", True),
        (["::1"], "[::1]", True),
    ],
)
def test_a_certificate_is_good_for_what_browsers_say(
    tmp_path: Path, names: list[str], host: str, good: bool
) -> None:
    pair = certificate(tmp_path, *names)
    assert covers(chain(pair.cert)[0], host) == good


def test_ports_of_the_one_that_runs_are_no_trouble(milchglas: Milchglas) -> None:
    milchglas.start()
    done = milchglas.command("check")
    assert "somebody listens" not in done.stderr
    assert "its ports are not looked at" in done.stdout


def test_all_that_is_wrong_with_a_file_is_said_at_once_and_what_is_missing_last(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(
        "version: 1\n"
        "listen: {port: eighty}\n"
        "sites:\n"
        "  - name: a\n"
        "    hosts: [a.example]\n"
        "    upstreem: http://127.0.0.1\n"
        "  - {hosts: [b.example], upstream: x, record: {text: hide}}\n"
    )
    done = run(file)
    assert done.exit_code == 1
    assert [line.removeprefix(f"{file}:") for line in done.stderr.splitlines()] == [
        "2:10: `listen.port` must be a whole number",
        "6:5: unknown key `upstreem`: did you mean `upstream`?",
        "7:26: `sites.1.upstream`: an upstream is http://host:port or https://host:port",
        "7:48: `sites.1.record.text` must be a mapping of keys or 'mask'",
        "7:5: `sites.1.name` is missing",
    ]
    found: Any = orjson.loads(run(file, "--json").stdout)
    assert [(each["line"], each["column"]) for each in found["problems"]] == [
        (2, 10),
        (6, 5),
        (7, 26),
        (7, 48),
        (7, 5),
    ]
