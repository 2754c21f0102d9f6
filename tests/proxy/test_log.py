"""Whatever Python says of an exception by itself, its text is not in it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.running import ROOT

ENDS = {
    "main": "raise ValueError('Kanarienvogel7')",
    "thread": "t = threading.Thread(target=fail); t.start(); t.join()",
    "unraisable": "x = Odd(); del x",
    "task": "asyncio.run(background())",
    "chained": "asyncio.run(chained())",
    "child": "c = get_context('fork').Process(target=child); c.start(); c.join(); assert c.exitcode == 1",
    "logger": "logging.getLogger('x').error('%s', 'Kanarienvogel7', exc_info=ValueError('Kanarienvogel7'))",
    "warning": "warnings.warn('Kanarienvogel7')",
}
BEFORE = """
import asyncio, gc, logging, threading, warnings
from multiprocessing import get_context
from proxy import log
from proxy.process import until_terminated
log.configure()
def fail(): raise ValueError("Kanarienvogel7")
class Odd:
    def __del__(self): fail()
async def fails(): fail()
def child(): until_terminated(fails())
async def background():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    del task
    gc.collect()
async def chained():
    try:
        fail()
    except ValueError:
        raise KeyError("Kanarienvogel7")
"""


@pytest.mark.parametrize("how", ENDS)
def test_an_exceptions_text_is_never_printed(how: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEFORE + ENDS[how]], capture_output=True, text=True, cwd=ROOT, timeout=30
    )
    assert "Kana" not in done.stdout + done.stderr
    assert ("error" in done.stderr) or ("critical" in done.stderr) or ("warning" in done.stderr)


def test_a_log_that_nobody_reads_any_more_is_no_fault() -> None:
    code = "from proxy import log; import os; log.configure(); os.close(2); log.get('x').error('y'); print('on')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=30)
    assert done.stdout == "on\n"
