"""The kill switch: `milchglas off` and `on`, for all workers at once, and over a restart."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from proxy.switch import Switch
from tests.conftest import configured
from tests.running import Milchglas
from tests.sender import Sender, snapshot
from tests.upstream import Upstream
from tests.wire import Answer, Visitor

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"


def start(visitor: Visitor) -> Answer:
    return visitor.get("/_milchglas/start", method="POST", body=b"{}")


def injected(milchglas: Milchglas) -> bool:
    with Visitor(milchglas.port) as visitor:
        return visitor.get("/").body != PAGE


def test_a_site_goes_off_and_on_while_all_workers_run(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE)
    milchglas.config["workers"] = 2
    milchglas.start(dashboard=False)
    assert injected(milchglas)
    done = milchglas.command("off", "altshop")
    assert (done.returncode, done.stdout) == (0, "altshop: off: everything passes through, nothing is recorded\n")
    assert not any(injected(milchglas) for _ in range(12))
    milchglas.stop()
    milchglas.start(dashboard=False)
    assert not injected(milchglas)
    assert milchglas.command("on", "altshop").returncode == 0
    assert all(injected(milchglas) for _ in range(12))


def test_an_open_page_is_told_to_stop_by_every_worker_on_old_connections_too(
    milchglas: Milchglas,
) -> None:
    milchglas.config["workers"] = 2
    milchglas.start(dashboard=False)
    senders = [Sender(milchglas.port) for _ in range(8)]
    with Visitor(milchglas.port) as kept:
        assert start(kept).status == 200
        assert {sender.send(snapshot()).status for sender in senders} == {202}
        assert milchglas.command("off", "altshop").returncode == 0
        assert {sender.send(snapshot()).status for sender in senders} == {410}
        assert start(kept).status == 410
        assert milchglas.command("on", "altshop").stdout == "altshop: recorded\n"
        assert start(kept).status == 200


def test_without_a_site_it_is_said_how_each_stands(milchglas: Milchglas) -> None:
    base = milchglas.config["sites"][0]
    more = [
        base | {"name": "neushop", "hosts": ["a.de"], "enabled": False},
        base | {"name": "probe", "hosts": ["b.de"], "record": {"mode": "shadow"}},
        base | {"name": "laden", "hosts": ["c.de"]},
    ]
    milchglas.config["sites"] += more
    milchglas.write()
    milchglas.command("off", "laden")
    assert milchglas.command("off").stdout.splitlines() == [
        "altshop: recorded",
        "neushop: `enabled: false` in the file: everything passes through, nothing is recorded",
        "probe: `record.mode: shadow` in the file: pages are counted, nothing is recorded",
        "laden: off: everything passes through, nothing is recorded",
    ]
    states = {"altshop": "recorded", "neushop": "enabled: false", "probe": "shadow", "laden": "off"}
    assert orjson.loads(milchglas.command("off", "--json").stdout) == states


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
