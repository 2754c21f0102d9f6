"""Pages per second through one worker of ours, and through stock mitmdump without any addon, in one run.

Both stand before the same upstream and get the same load in turns, so that a drift of the machine's speed meets
both; what counts is the ratio. Needs `wrk`. `python -m bench.page [--seconds S] [--rounds N]`
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

BODY = b"<!doctype html><html><head><meta charset=utf-8><title>Altshop</title></head><body>%s</body></html>" % (
    b"<table><tr><td>Guten Tag</td></tr></table>\n" * 790
)
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
CONNECTIONS = 16


async def upstream(port: int) -> None:
    """A server that answers every request with the page."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                break
            writer.write(RESPONSE)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    await server.serve_forever()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running(*line: str, port: int) -> Iterator[None]:
    """A process that listens on `port`, ended at the end of the block."""
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit(f"{line[0]} did not start")
        yield
    finally:
        process.terminate()
        process.wait(20)


def rate(port: int, seconds: int) -> float:
    """Pages per second by wrk, every one of them with status 200."""
    line = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{port}/"]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"requests failed:\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found
    return float(found[1])


def main() -> None:
    """Print the two figures and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--upstream", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.upstream:
        asyncio.run(upstream(asked.upstream))
    if not shutil.which("wrk"):
        raise SystemExit("bench.page needs wrk: apt install wrk")
    site, ours, theirs, admin, dashboard = (free_port() for _ in range(5))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "bench.yaml"
        file.write_text(
            f"version: 1\nlisten: {{port: {ours}}}\nadmin: {{port: {admin}}}\ndata: {folder / 'data'}\n"
            f"sites: [{{name: bench, hosts: ['*'], upstream: 'http://127.0.0.1:{site}'}}]\n"
            f"storage: {{listen: {{port: {dashboard}}}}}\n"
        )
        python = sys.executable
        stack.enter_context(running(python, "-m", "bench.page", "--upstream", str(site), port=site))
        stack.enter_context(running(python, "-m", "proxy", "run", "-c", str(file), port=ours))
        mode = f"reverse:http://127.0.0.1:{site}"
        mitmdump = str(Path(python).with_name("mitmdump"))
        stack.enter_context(running(mitmdump, "-q", "--mode", mode, "-p", str(theirs), port=theirs))
        for port in (ours, theirs):
            rate(port, 1)  # warm up
        pairs = []
        for number in range(asked.rounds):
            pair = rate(ours, asked.seconds), rate(theirs, asked.seconds)
            pairs.append(pair)
            print(f"round {number + 1}: milchglas {pair[0]:7.0f}/s   mitmdump {pair[1]:7.0f}/s", flush=True)
    ratios = [a / b for a, b in pairs]
    print(
        f"\n{len(BODY) // 1000} KB page, identity, {CONNECTIONS} connections, one worker, median of {asked.rounds}"
    )
    print(f"  milchglas, snippet injected    {statistics.median(a for a, _ in pairs):7.0f} pages/s")
    print(f"  stock mitmdump, no addon       {statistics.median(b for _, b in pairs):7.0f} pages/s")
    print(f"  ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
