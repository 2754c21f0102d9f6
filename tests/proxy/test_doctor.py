"""`doctor` sees what runs, what does not, and what to do."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import orjson
import pytest

from proxy.config import Config
from proxy.doctor import Figures, Seen, examined
from tests.running import Milchglas, free_ports
from tests.upstream import Upstream, response, serving

SITE = {"name": "a", "hosts": ["*"], "upstream": "http://127.0.0.1:1"}

HEALTHY = """\
# TYPE milchglas_build info
milchglas_build_info{mitmproxy="12",python="3.13",version="VERSION"} 1.0
milchglas_spool_batches 3.0
milchglas_spool_bytes 2048.0
milchglas_spool_oldest_seconds 4.0
milchglas_dead_letters 0.0
milchglas_spool_limit_bytes 1048576.0
milchglas_disk_free_bytes 9e+09
milchglas_disk_size_bytes 1e+10
milchglas_process_up{process="worker-0"} 1.0
milchglas_process_up{process="sanitizer-0"} 1.0
milchglas_site_enabled{site="a"} 1.0
milchglas_start_timestamp_seconds STARTED
milchglas_certificate_expiry_timestamp_seconds{listener="listen"} EXPIRES
# TYPE milchglas_faults_total counter
milchglas_faults_total{part="Inject"} 0.0
"""


def text(**changes: str) -> str:
    from importlib.metadata import version

    now = time.time()
    usual = {"VERSION": version("milchglas"), "STARTED": str(now - 7200), "EXPIRES": str(now + 90.5 * 86400)}
    out = HEALTHY
    for word, value in (usual | changes).items():
        out = out.replace(word, value)
    return out


def seen(body: str | None, about: bytes | None = b'{"version":"1","region":"local"}', **keys: Any) -> list[Seen]:
    """What is seen of an admin listener that says `body`, and a storage that says `about`."""
    with serving() as admin, serving() as storage:
        if body is not None:
            admin.replies["/metrics"] = response(body.encode(), type="text/plain")
        if about is not None:
            storage.replies["/api/v1/about"] = response(about, type="application/json")
        ports = [int(each.url.rpartition(":")[2]) for each in (admin, storage)]
        shape = {
            "version": 1,
            "sites": [SITE],
            "admin": {"port": ports[0]},
            "storage": {"listen": {"port": ports[1]}},
            **keys,
        }
        return examined(Config.model_validate(shape))


def states(found: list[Seen]) -> set[tuple[str, str]]:
    return {(each.about, each.state) for each in found if each.state != "ok"}


def test_of_a_healthy_one_everything_is_ok() -> None:
    found = seen(text())
    assert states(found) == set()
    said = {each.about: each.fact for each in found}
    assert said["milchglas"].endswith("started 2 hours ago")
    assert said["processes"] == "sanitizer-0, worker-0"
    assert said["spool"] == "3 batches waiting, the oldest for 4 seconds; 2.0 KiB of 1.0 MiB"
    assert said["certificate"] == "listen: 90 days left"
    assert said["storage"] == "version 1, region local"


@pytest.mark.parametrize(
    ("changes", "state", "said"),
    [
        ({'process="worker-0"} 1.0': 'process="worker-0"} 0.0'}, ("problem", "error"), "worker-0 does not serve"),
        ({"oldest_seconds 4.0": "oldest_seconds 4000.0"}, ("problem", "warning"), "has waited 1 hour for storage"),
        ({"spool_bytes 2048.0": "spool_bytes 1048570.0"}, ("problem", "warning"), "The spool holds"),
        ({"dead_letters 0.0": "dead_letters 2.0"}, ("problem", "warning"), "will never take 2 batches"),
        ({"free_bytes 9e+09": "free_bytes 1e+07"}, ("problem", "warning"), "are free where the data folder is"),
        (
            {"EXPIRES": str(time.time() + 86400 * 3.5)},
            ("problem", "warning"),
            "certificate of listen expires in 3",
        ),
        ({'part="Inject"} 0.0': 'part="Inject"} 2.0'}, ("faults", "warning"), "Inject: 2 faults"),
        ({"VERSION": "0.0.1"}, ("milchglas", "warning"), "version 0.0.1 runs"),
    ],
)
def test_each_trouble_is_seen_with_its_remedy(changes: dict[str, str], state: tuple[str, str], said: str) -> None:
    found = [each for each in seen(text(**changes)) if each.state != "ok"]
    assert [(each.about, each.state) for each in found] == [state]
    assert said in found[0].fact
    assert found[0].remedy


@pytest.mark.parametrize("body", [None, "", "nonsense", "other_metric 1\n"])
def test_who_is_not_milchglas_is_not_taken_for_it(body: str | None) -> None:
    assert ("milchglas", "error") in states(seen(body))


@pytest.mark.parametrize("about", [None, b"", b"[]", b"not json"])
def test_a_storage_that_is_none_is_an_error(about: bytes | None) -> None:
    assert states(seen(text(), about)) == {("storage", "error")}


def test_the_last_errors_of_the_log_are_shown_and_no_others(tmp_path: Path) -> None:
    log = tmp_path / "log"
    lines = [{"level": "info", "event": "running"}]
    lines += [{"level": "error", "event": "batch dropped", "at": f"x.py:{number}"} for number in range(7)]
    log.write_bytes(b"cut line}\n" + b"".join(orjson.dumps(line) + b"\n" for line in lines))
    facts = [each.fact for each in seen(text(), log={"file": str(log)}) if each.about == "log"]
    assert facts == [f"event=batch dropped at=x.py:{number}" for number in range(2, 7)]
    assert ("log", "warning") in states(seen(text(), log={"file": str(tmp_path / "none")}))


def test_figures_that_are_not_there_are_zero() -> None:
    figures = Figures.of('milchglas_build_info{version="1"} 1\n')
    assert figures.now().spool is None
    assert figures.one("spool_bytes") == 0


def test_a_real_one_is_well_and_then_gone(milchglas: Milchglas) -> None:
    milchglas.start()
    done = milchglas.command("doctor", "--json")
    found = {each["about"]: each for each in orjson.loads(done.stdout)}
    assert (done.returncode, [each for each in found.values() if each["state"] == "error"]) == (0, [])
    assert "worker-0" in found["processes"]["fact"]
    assert found["storage"]["fact"].endswith("region local")
    milchglas.stop()
    done = milchglas.command("doctor")
    assert done.returncode == 1
    assert done.stdout.startswith("error    milchglas    its admin listener does not answer: start it")


def test_nobody_there_is_an_error(upstream: Upstream) -> None:
    (port,) = free_ports(1)
    config = Config.model_validate({"version": 1, "sites": [SITE], "admin": {"port": port}})
    assert [(each.about, each.state) for each in examined(config)] == [("milchglas", "error")]
