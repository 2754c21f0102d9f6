"""Real processes for tests: a whole `milchglas run` on free loopback ports, and an upstream that does as told."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from ruamel.yaml import YAML

from proxy.config import Config
from storage import commands

ROOT = Path(__file__).parent.parent


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on now, below those that Linux gives to whoever lets it choose: they stay free."""
    found = set[int]()
    while len(found) < number:
        port = 10_000 + secrets.randbelow(22_000)  # hypothesis seeds `random`: all would try the same
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return list(found)


def merged(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the nested mappings of `more` laid over it."""
    out = dict(base)
    for key, value in more.items():
        nested = isinstance(value, Mapping) and isinstance(out.get(key), dict)
        out[key] = merged(out[key], value) if nested else value
    return out


class Milchglas:
    """A configuration and the processes that run it. `tree` is the source that runs (a mutant's copy, say)."""

    def __init__(self, folder: Path, upstream: str, more: Mapping[str, Any] = {}, tree: Path = ROOT) -> None:
        self.port, self.admin, self.dashboard = free_ports(3)
        self.folder, self.tree = folder, tree
        self.log = folder / "log.txt"
        site = {"name": "altshop", "hosts": ["*"], "upstream": upstream, "record": {"forms": "harmless"}}
        base: dict[str, Any] = {
            "version": 1,
            "listen": {"host": "127.0.0.1", "port": self.port},
            "admin": {"host": "127.0.0.1", "port": self.admin},
            "data": str(folder / "data"),
            "sites": [merged(site, more.get("site", {}))],
            "storage": {
                "listen": {"host": "127.0.0.1", "port": self.dashboard},
                "require_second_factor": False,
            },
        }
        self.config = merged(base, {key: value for key, value in more.items() if key != "site"})
        self.file = folder / "milchglas.yaml"
        self.write()
        self.process: subprocess.Popen[bytes] | None = None

    def write(self) -> None:
        """Write the configuration as it now is."""
        with self.file.open("w") as file:
            YAML().dump(self.config, file)

    @property
    def url(self) -> str:
        """Where visitors arrive."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def command(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a `milchglas` command with this configuration."""
        first, *rest = words
        line = [sys.executable, "-m", "proxy", first, "-c", str(self.file), *rest]
        return subprocess.run(
            line, input=stdin, capture_output=True, text=True, cwd=self.tree, env=self._env(), timeout=60
        )

    def _env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.tree)}

    def start(self, command: str = "run", *, ready: bool = True, dashboard: bool = True) -> None:
        """Start it, and wait until it is ready; with ready=False, until visitors can come."""
        self.write()
        with self.log.open("ab") as log:
            line = [sys.executable, "-m", "proxy", command, "-c", str(self.file)]
            self.process = subprocess.Popen(
                line, stdout=log, stderr=log, cwd=self.tree, env=self._env(), start_new_session=True
            )
        if ready and command == "run":
            self.wait(lambda: bool(self.get_admin("/readyz")))
        elif command == "run":
            self.wait(lambda: answers(self.port))
        if dashboard:
            self.wait(lambda: answers(self.dashboard))

    def wait(self, true: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until `true()` is, and does not raise OSError; AssertionError with the log when it ends first."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}: {self.log.read_text()}")
            try:
                if true():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"not ready: {self.log.read_text()}")

    def get_admin(self, path: str) -> str:
        """GET from the admin listener. Raises urllib.error.HTTPError for 4xx and 5xx."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}{path}", timeout=5) as response:
            return str(response.read().decode())

    def metric(self, line: str) -> float:
        """The value of a sample, such as `milchglas_batches_total{outcome="accepted"}`."""
        for each in self.get_admin("/metrics").splitlines():
            if each.startswith(line + " "):
                return float(each.rpartition(" ")[2])
        return 0.0

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def kill(self) -> None:
        """kill -9 of the supervisor, as a crash."""
        assert self.process
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        """End what still runs of what we started."""
        if self.process and self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()

    def recordings(self) -> list[dict[str, Any]]:
        """What `milchglas recordings` prints, without the process that it takes."""
        return list(commands.recordings(Config.model_validate(self.config)))

    def export(self, recording: str) -> list[dict[str, Any]]:
        """What `milchglas export` prints, without the process that it takes."""
        events: list[dict[str, Any]] = orjson.loads(
            b"".join(commands.export(Config.model_validate(self.config), recording))
        )
        return events

    def wait_spool_empty(self, seconds: float = 20) -> None:
        """Wait until all that was acknowledged is in storage."""
        wait_for(lambda: self.metric("milchglas_spool_batches") == 0, seconds, "the spool is not empty")


def wait_for(true: Any, seconds: float, otherwise: str) -> None:
    """Poll until `true()` is."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(otherwise)
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens on a loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
