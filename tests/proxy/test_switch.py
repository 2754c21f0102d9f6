"""The kill switch: `milchglas off` and `on`, for all workers at once, and over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from proxy.switch import Switch
from tests.conftest import configured
from tests.running import Milchglas
from tests.upstream import Upstream
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"


def injected(milchglas: Milchglas) -> bool:
    with Visitor(milchglas.port) as visitor:
        return visitor.get("/").body != PAGE


def test_a_site_goes_off_and_on_while_all_workers_run(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE)
    milchglas.config["workers"] = 2
    milchglas.start(dashboard=False)
    assert injected(milchglas)
    done = milchglas.command("off", "altshop")
    assert (done.returncode, done.stdout) == (0, "altshop: everything passes through, nothing is recorded\n")
    assert not any(injected(milchglas) for _ in range(12))
    milchglas.stop()
    milchglas.start(dashboard=False)
    assert not injected(milchglas)
    assert milchglas.command("on", "altshop").returncode == 0
    assert all(injected(milchglas) for _ in range(12))


def test_a_site_that_is_not_there_is_named_with_those_that_are(milchglas: Milchglas) -> None:
    milchglas.write()
    done = milchglas.command("off", "neushop")
    assert done.returncode == 1
    assert "there is no site 'neushop': altshop" in done.stderr


def test_what_the_configuration_switches_off_no_command_switches_on(milchglas: Milchglas) -> None:
    milchglas.config["sites"][0]["enabled"] = False
    milchglas.write()
    done = milchglas.command("on", "altshop")
    assert done.returncode == 1 and "enabled: false" in done.stderr


def test_a_folder_that_cannot_be_read_switches_nothing_off(tmp_path: Path) -> None:
    (tmp_path / "off").write_text("a file, no folder")
    switch = Switch(configured("http://127.0.0.1:1", data=tmp_path))
    assert not switch.off("altshop")
    with pytest.raises(OSError):
        switch.turn_off("altshop")
