"""What deploy/container and deploy/systemd ask of the machine, as far as it can be had without either of them.

Milchglas runs with every folder of the machine read-only but its own, without any capability, in a memory where
nothing is both written and executed; the files say what they should.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from hatch_build import NODE, MilchglasBuildHook
from proxy.load import load
from proxy.page.snippet import MARKER
from proxy.process import GRACE
from tests.running import ROOT, Milchglas
from tests.upstream import Upstream
from tests.wire import Visitor

CONTAINER = ROOT / "deploy" / "container"
UNIT = ROOT / "deploy" / "systemd" / "milchglas.service"
PAGE = b"<!doctype html><html><head><title>Laden</title></head><body>Guten Tag</body></html>"

# A mount of its own for each folder can be made read-only; the data folder's stays as it is.
READ_ONLY = """
mount --make-rprivate /
mount --bind "$DATA" "$DATA"
for folder in /*; do
  case $folder in /proc|/sys|/dev) continue;; esac
  [ -d "$folder" ] && [ ! -L "$folder" ] && mount --rbind "$folder" "$folder" && mount -o remount,bind,ro "$folder"
done
cd "$DATA"
for folder in /tmp "$TREE" "$HOME"; do ! touch "$folder/no" 2>/dev/null || exit 99; done
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
"""
PR_SET_MDWE, REFUSE_EXEC_GAIN = 65, 1


def can_unshare() -> bool:
    """Whether this user may have mounts of its own."""
    if not (shutil.which("unshare") and shutil.which("setpriv")):
        return False
    return subprocess.run(["unshare", "-m", "mount", "--make-rprivate", "/"], capture_output=True).returncode == 0


def refuse_new_code() -> None:
    """What MemoryDenyWriteExecute asks for, here by the kernel itself (Linux 6.3)."""
    ctypes.CDLL(None).prctl(PR_SET_MDWE, REFUSE_EXEC_GAIN, 0, 0, 0)


@pytest.mark.skipif(not can_unshare(), reason="needs root, unshare and setpriv")
def test_a_read_only_root_one_writable_folder_and_no_capability_are_enough(upstream: Upstream) -> None:
    # Short, as an operator's is: sockets stand in the data folder then, and have names of 107 bytes at most.
    with tempfile.TemporaryDirectory(prefix="milchglas-") as folder:
        milchglas = Milchglas(Path(folder), upstream.url)
        try:
            confined(upstream, milchglas)
        finally:
            milchglas.close()


def confined(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE)
    milchglas.data.mkdir()
    milchglas.write()
    line = [sys.executable, "-m", "proxy", "run", "-c", str(milchglas.file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATA": str(milchglas.data), "TREE": str(ROOT)}
    environment.pop("TMPDIR", None)
    with milchglas.log.open("wb") as log:
        milchglas.process = subprocess.Popen(
            ["unshare", "-m", "sh", "-ec", READ_ONLY, "sh", *line],
            stdout=log,
            stderr=log,
            env=environment,
            preexec_fn=refuse_new_code,
        )
    milchglas.wait(lambda: bool(milchglas.get_admin("/readyz")))
    with Visitor(milchglas.port) as visitor:
        assert MARKER.encode() in visitor.get("/").body
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200
    status = Path(f"/proc/{milchglas.process.pid}/status").read_text()
    assert re.search(r"^CapEff:\s+0+$", status, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\s+1$", status, re.MULTILINE)
    assert milchglas.stop() == 0


def test_the_time_to_end_is_enough_for_workers_sanitizers_and_storage() -> None:
    seconds = int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(), re.MULTILINE)[0])
    assert seconds > 3 * GRACE
    compose = YAML(typ="safe").load(CONTAINER / "compose.yaml")
    assert compose["x-milchglas"]["stop_grace_period"] == f"{seconds}s"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_the_unit_and_calls_it_confined(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/milchglas/bin/milchglas", "/bin/true"))
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    # In tenths; 100 is an unconfined service.
    secure = ["systemd-analyze", "security", "--offline=yes", "--threshold=15", str(unit)]
    done = subprocess.run(secure, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-200:]


def test_the_composed_configuration_is_one_and_the_front_on_this_machine_is_believed() -> None:
    config = load(CONTAINER / "milchglas.yaml")
    compose = YAML(typ="safe").load(CONTAINER / "compose.yaml")
    assert config.trusted_proxies == (f"{compose['networks']['visits']['ipam']['config'][0]['gateway']}/32",)
    services = compose["services"]
    assert f"127.0.0.1:8080:{config.listen.port}" in services["milchglas"]["ports"]
    assert config.storage.url == f"http://127.0.0.1:{config.storage.listen.port}"
    for name in ("milchglas", "storage"):
        assert services[name]["read_only"] is True
        assert [volume for volume in services[name]["volumes"] if not volume.endswith(":ro")] == [
            {"milchglas": "spool:/data", "storage": "recordings:/data"}[name]
        ]


def test_the_container_is_not_root_and_knows_whether_it_lives() -> None:
    text = (CONTAINER / "Containerfile").read_text()
    stages = re.split(r"^FROM ", text, flags=re.MULTILINE)
    assert len(stages) == 3
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", stages[-1], re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*\n.*9090/livez", stages[-1], re.MULTILINE)
    copied = {word for line in re.findall(r"^COPY (.*) \S+$", stages[1], re.MULTILINE) for word in line.split()}
    assert all((ROOT / each).exists() for each in copied)
    allowed = re.findall(r"^!(.*)$", (CONTAINER / "Containerfile.dockerignore").read_text(), re.MULTILINE)
    assert set(allowed) == copied


@pytest.mark.parametrize("there", [True, False])
def test_the_build_brings_node_by_pip_only_where_npm_is_missing(
    there: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if there:
        (tmp_path / "npm").write_text("#!/bin/sh\n")
        (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    hook = MilchglasBuildHook.__new__(MilchglasBuildHook)
    assert hook.dependencies() == ([] if there else [NODE])
