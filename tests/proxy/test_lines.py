"""Whoever logs waits for nobody; lines are whole, and a file may be taken away at any time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from proxy.lines import Lines
from tests.running import ROOT, Milchglas, wait_for
from tests.wire import Visitor


def test_lines_are_written_in_order_and_all_of_them_by_the_end(tmp_path: Path) -> None:
    file = tmp_path / "log"
    writer = Lines(file, lambda: None)
    sent = [f"line {number}\n".encode() for number in range(10_000)]
    for line in sent:
        writer.put(line)
    writer.end()
    assert file.read_bytes() == b"".join(sent)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_renamed_or_removed_is_made_anew(tmp_path: Path) -> None:
    file, old = tmp_path / "log", tmp_path / "log.1"
    writer = Lines(file, lambda: None)
    writer.put(b"first\n")
    wait_for(lambda: file.exists() and file.read_bytes() == b"first\n", 5, "not written")
    file.rename(old)
    writer.put(b"second\n")
    wait_for(lambda: file.exists() and file.read_bytes() == b"second\n", 5, "not made anew")
    file.unlink()
    writer.path = tmp_path / "other"
    writer.put(b"third\n")
    writer.end()
    assert old.read_bytes() == b"first\n"
    assert (tmp_path / "other").read_bytes() == b"third\n"


def test_a_pipe_that_nobody_reads_stops_nobody_and_what_has_no_room_is_counted() -> None:
    code = """
import sys, time
from proxy import lines
lines.WAITING = 100_000
lost = []
writer = lines.Lines(None, lambda: lost.append(1))
longest = 0.0
for _ in range(20_000):
    before = time.perf_counter()
    writer.put(b"x" * 99 + b"\\n")
    longest = max(longest, time.perf_counter() - before)
print(len(lost), longest, flush=True)
import os; os._exit(0)
"""
    reading, writing = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=writing, cwd=ROOT, timeout=30, check=True
        )
    finally:
        os.close(reading)
        os.close(writing)
    lost, longest = done.stdout.split()
    # 2 MB were said; a pipe holds 64 KiB and the writer 100 KB.
    assert 17_000 < int(lost) < 20_000
    assert float(longest) < 1


def test_lines_of_several_processes_are_not_torn() -> None:
    code = """
import sys
from proxy.lines import Lines
writer = Lines(None, lambda: None)
for number in range(3000):
    writer.put(sys.argv[1].encode() * (number % 700) + b"\\n")
writer.end(20)
"""
    reading, writing = os.pipe()
    processes = [
        subprocess.Popen([sys.executable, "-c", code, letter], stderr=writing, cwd=ROOT) for letter in "ab"
    ]
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        read = pipe.read().splitlines()
    assert [process.wait(20) for process in processes] == [0, 0]
    assert len(read) == 6000
    assert all(len(set(line)) <= 1 for line in read)


def test_a_file_that_cannot_be_opened_is_no_fault(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from proxy.lines import Lines
writer = Lines(Path({str(tmp_path / "no such folder" / "log")!r}), lambda: None)
writer.put(b"said all the same\\n")
writer.end()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=30, check=True)
    assert done.stderr == b"said all the same\n"


def test_pages_go_out_while_nobody_reads_the_log(tmp_path: Path) -> None:
    """`milchglas run 2>&1 | something that hangs`: each failed request says an event, and a pipe takes 64 KiB."""
    milchglas = Milchglas(tmp_path, "http://127.0.0.1:9")
    milchglas.config["log"] = {"access": True}
    milchglas.log.unlink(missing_ok=True)
    os.mkfifo(milchglas.log)
    reading = os.open(milchglas.log, os.O_RDONLY | os.O_NONBLOCK)
    try:
        milchglas.start()
        for _ in range(400):  # about 500 bytes each
            with Visitor(milchglas.port) as visitor:
                assert visitor.get("/").status == 502
        failed = 'milchglas_requests_total{path="site",site="altshop",status="5xx"}'
        milchglas.wait(lambda: milchglas.metric(failed) == 400)  # the last is counted when its answer is out
    finally:
        milchglas.kill()
        os.close(reading)


def test_the_thread_rests_while_nothing_is_said() -> None:
    code = """
import time
from proxy.lines import GATHER, Lines
writer = Lines(None, lambda: None)
before = time.process_time()
time.sleep(GATHER * 10)  # a rest has no other sign than time
print(time.process_time() - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=30, check=True)
    assert float(done.stdout) < 0.1
