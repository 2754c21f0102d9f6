"""A body is read in small steps, and what is not events is refused."""

from __future__ import annotations

import subprocess
import sys

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from storage.lines import Malformed, in_order, inspect


@given(st.lists(st.integers(0, 2**52), max_size=40), st.booleans())
def test_events_are_counted_timed_and_ordered(times, newline_at_end):
    lines = [orjson.dumps({"type": 3, "timestamp": time, "n": n}) for n, time in enumerate(times)]
    body = zstandard.compress(b"\n".join(lines) + b"\n" * newline_at_end)
    facts = inspect(body)
    assert facts.events == len(times)
    assert (facts.started, facts.ended) == ((min(times), max(times)) if times else (0, 0))
    assert in_order(body) == [line for _, line in sorted(zip(times, lines, strict=True), key=lambda pair: pair[0])]


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_without_another_fault(body):
    with pytest.raises(Malformed):
        inspect(body)


@given(st.integers(0, 400))
def test_a_body_cut_off_anywhere_is_refused(at):
    body = zstandard.compress(b"".join(b'{"type":3,"timestamp":%d}\n' % (n * n) for n in range(200)))
    if at < len(body):
        with pytest.raises(Malformed):
            inspect(body[:at])


def test_a_bomb_is_refused_before_it_takes_memory(tmp_path):
    program = """if True:
        import resource, time, zstandard
        from storage import lines
        compressor = zstandard.ZstdCompressor(level=1).compressobj()
        bomb, block = bytearray(), bytes(1 << 24)
        for _ in range(640):
            bomb += compressor.compress(block)
        bomb += compressor.flush()
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        try:
            lines.inspect(bytes(bomb))
        except lines.TooLarge:
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            print(len(bomb), used // 1024, time.monotonic() - start)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    size, used, seconds = done.stdout.split()
    assert int(size) > 10_000
    assert int(used) < 100
    assert float(seconds) < 1
