"""Twenty reloads, five of them of a bad file, while wrk asks as fast as it can: no request fails."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import require
from tests.running import Milchglas, wait_for
from tests.sender import Sender, element, snapshot
from tests.upstream import Upstream
from tests.wire import Visitor

WRK = Path(shutil.which("wrk") or "/usr/bin/wrk")
require(WRK, reason="needs wrk")

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"
WHOLE = """
wrk.headers["Host"] = "shop.example.com"
function response(status, headers, body)
  if status ~= 200 or not body:find("<script async", 1, true) or body:sub(-7) ~= "</html>" then
    io.stderr:write("bad " .. status .. "\\n")
  end
end
"""
FAULTS = ("wrokers: 1\n", "sites: []\n", "path: /other\n", "\tx", "listen: {port: 1}\n")
REFUSED = 'milchglas_reloads_total{outcome="refused"}'


@contextmanager
def loaded(milchglas: Milchglas) -> Iterator[list[str]]:
    """wrk asks until the end of the block; what it says then is in the list."""
    script = milchglas.folder / "whole.lua"
    script.write_text(WHOLE)
    line = [str(WRK), "-t1", "-c16", "-d120s", "-s", str(script), f"{milchglas.url}/"]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said: list[str] = []
    try:
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        said += process.communicate(timeout=20)


def test_no_request_and_no_batch_fails_over_twenty_reloads(upstream: Upstream, milchglas: Milchglas) -> None:
    upstream.page("/", PAGE)
    milchglas.config |= {"workers": 2, "sanitizers": 2}
    milchglas.start()
    sender, stop, statuses = Sender(milchglas.port), threading.Event(), list[int]()

    def record() -> None:
        while not stop.wait(0.02):
            statuses.append(sender.send(snapshot(element(10, "p"))).status)

    recorder = threading.Thread(target=record)
    injected = 'milchglas_pages_injected_total{site="altshop"}'
    with loaded(milchglas) as said:
        recorder.start()
        wait_for(lambda: milchglas.metric(injected) > 100, 20, "no load")
        for number in range(20):
            before = milchglas.metric(injected)
            debug = bool(number % 2)
            milchglas.config["debug"] = debug
            milchglas.write()
            if number % 4 == 3:
                with milchglas.file.open("a") as file:
                    file.write(FAULTS[number // 4])
                assert milchglas.process
                milchglas.process.send_signal(
                    signal.SIGHUP
                )  # the command would not bother the supervisor with most
                wait_for(lambda at=number: milchglas.metric(REFUSED) == at // 4 + 1, 10, "not refused")
            else:
                assert milchglas.command("reload").returncode == 0
                with Visitor(milchglas.port) as visitor:
                    assert ("X-Milchglas-Page" in visitor.get("/").head.decode()) == debug
            wait_for(lambda at=before: milchglas.metric(injected) > at, 10, "no load any more")
        stop.set()
        recorder.join(20)
    report, bad = said
    assert "Socket errors" not in report
    assert "Non-2xx" not in report
    assert not bad
    asked = int(re.search(r"(\d+) requests in", report)[1])  # type: ignore[index]
    assert asked > 1000
    assert statuses
    assert set(statuses) == {202}
    assert milchglas.metric('milchglas_reloads_total{outcome="done"}') == 15
    assert milchglas.metric(REFUSED) == 5
    assert milchglas.metric('milchglas_faults_total{part="Inject"}') == 0
    print(f"{asked} requests, {len(statuses)} batches, 20 reloads")
