"""A batch is stored once, synced, however often it is sent; what is not a batch is refused and not stored."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
import zstandard

from storage import app, commands
from storage.lines import INFLATED_LIMIT, WIRE_LIMIT

RECORDING = "recording-0000000001"


def stored(service) -> list[dict]:
    return list(commands.recordings(service.config))


def exported(service, recording: str = RECORDING) -> list[dict]:
    return json.loads(b"".join(commands.export(service.config, recording)))


async def test_a_batch_is_stored_and_the_same_again_changes_nothing(service):
    assert await service.put() == 201
    before = stored(service)
    assert await service.put() == 200
    assert stored(service) == before
    assert before[0] | {"started": 0} == {
        "id": RECORDING,
        "site": "altshop",
        "started": 0,
        "seconds": 0.2,
        "views": 1,
        "pages": 1,
        "events": 3,
        "findings": 0,
        "removed": 0,
        "bytes": before[0]["bytes"],
        "inflated": before[0]["inflated"],
    }


async def test_the_body_is_kept_as_it_came(service):
    body = zstandard.compress(b'{"type":4,"timestamp":1760000000000,"data":{}}\n', 3)
    assert await service.put(body=body) == 201
    (blob,) = (service.config.data / "storage" / "blobs").rglob("*.zst")
    assert blob.read_bytes() == body
    assert hashlib.sha256(body).hexdigest()[:16] in blob.name


async def test_the_same_key_with_another_body_is_a_conflict_and_the_first_stays(service):
    assert await service.put(events=[{"type": 4, "timestamp": 1}]) == 201
    assert await service.put(events=[{"type": 4, "timestamp": 2}]) == 409
    assert exported(service) == [{"type": 4, "timestamp": 1}]


async def test_a_recording_stays_with_its_site(service):
    assert await service.put(seq=0) == 201
    assert await service.put(seq=1, Milchglas_Site="other") == 409
    assert len(exported(service)) == 3


@pytest.mark.parametrize("racers", [["same"] * 12, ["one", "two"] * 6])
async def test_racing_senders_store_it_once(service, racers):
    bodies = [[{"type": 4, "timestamp": 5, "data": name}] for name in racers]
    statuses = await asyncio.gather(*(service.put(events=events) for events in bodies))
    assert statuses.count(201) == 1
    kept = exported(service)[0]["data"]
    assert statuses.count(200) == racers.count(kept) - 1
    assert statuses.count(409) == len(racers) - racers.count(kept)


@pytest.mark.parametrize("token", [None, "Bearer", "Bearer wrong", "Basic x", "Bearer \u00fc"])
async def test_without_the_token_nothing_is_stored(service, token):
    assert await service.put(Authorization=token) == 401
    assert stored(service) == []


MALFORMED = {
    "recording too short": {"recording": "short"},
    "recording with other signs": {"recording": "recording.0000000001"},
    "view too long": {"view": "v" * 65},
    "seq not a number": {"seq": "one"},
    "seq negative": {"seq": "-1"},
    "seq with zeros": {"seq": "007"},
    "not zstd": {"body": b"plain"},
    "nothing": {"body": b""},
    "cut off": {"body": zstandard.compress(b'{"type":4,"timestamp":1}\n' * 500)[:-9]},
    "two frames": {"body": zstandard.compress(b'{"type":4,"timestamp":1}\n') * 2},
    "not JSON": {"body": zstandard.compress(b"{nope}\n")},
    "not an object": {"body": zstandard.compress(b"[1]\n")},
    "no type": {"events": [{"timestamp": 1}]},
    "type a word": {"events": [{"type": "4", "timestamp": 1}]},
    "no timestamp": {"events": [{"type": 4}]},
    "timestamp a word": {"events": [{"type": 4, "timestamp": "1"}]},
    "timestamp negative": {"events": [{"type": 4, "timestamp": -1}]},
    "another encoding": {"Content_Encoding": "gzip"},
    "no encoding": {"Content_Encoding": None},
    "another type": {"Content_Type": "application/json"},
    "no site": {"Milchglas_Site": None},
    "site not a name": {"Milchglas_Site": "<b>"},
    "started not a number": {"Milchglas_Started": "now"},
    "counts not JSON": {"Milchglas_Counts": "{"},
    "counts negative": {"Milchglas_Counts": '{"a":-1}'},
    "findings not a list": {"Milchglas_Findings": "{}"},
    "finding without selector": {"Milchglas_Findings": '[{"page":"/"}]'},
    "no event and no time": {"events": []},
}


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED.keys())
async def test_what_is_malformed_is_refused(service, request_):
    assert await service.put(**request_) == 400
    assert stored(service) == []
    assert not list((service.config.data / "storage" / "blobs").rglob("*.zst"))


async def test_no_refusal_quotes_what_was_sent(service):
    url = f"{service.url}/api/v1/recordings/{RECORDING}/view-000000000001/0"
    body = zstandard.compress(b'{"secret":"hunter2"}\n')
    async with service.http.put(url, data=body, headers=service.headers) as answer:
        assert answer.status == 400
        assert "hunter2" not in await answer.text()


async def test_limits_hold_to_the_byte(service):
    line = b'{"type":4,"timestamp":1,"data":"%s"}\n'
    room = INFLATED_LIMIT - len(line) + 2
    assert await service.put(seq=0, body=zstandard.compress(line % (b"x" * room))) == 201
    assert await service.put(seq=1, body=zstandard.compress(line % (b"x" * (room + 1)))) == 413
    assert await service.put(seq=2, body=b"\0" * (WIRE_LIMIT + 1)) == 413


async def test_findings_and_counts_travel_in_headers_of_their_full_size(service):
    finding = {"page": "/kasse", "kind": "iban", "rule": "iban", "mark": "class", "count": 1}
    findings = [finding | {"selector": f"#feld{n}" + "x" * 700} for n in range(40)]
    headers = {
        "Milchglas_Findings": json.dumps(findings),
        "Milchglas_Counts": '{"iban":40,"password":2}',
        "Milchglas_Page": "https%3A//shop.example.com/kasse",
    }
    assert len(headers["Milchglas_Findings"]) > 32_000
    assert await service.put(**headers) == 201
    assert await service.put(**headers) == 200
    (recording,) = stored(service)
    assert (recording["findings"], recording["removed"]) == (40, 42)


async def test_an_empty_batch_with_a_time_keeps_its_findings(service):
    headers = {"Milchglas_Started": "1760000000000", "Milchglas_Ended": "1760000000000"}
    assert await service.put(events=[], Milchglas_Counts='{"otp":1}', **headers) == 201
    (recording,) = stored(service)
    assert (recording["events"], recording["removed"], recording["started"]) == (0, 1, 1_760_000_000)


async def test_about_tells_version_and_region_to_anybody(service):
    _, text = await service.get("/api/v1/about")
    assert json.loads(text) == {"version": "0.1.0", "region": "eu-test-1"}


async def test_a_restart_keeps_everything(service, config):
    await service.put()
    async with app.serving(config) as port, aiohttp.ClientSession() as http:
        again = type(service)(config, f"http://127.0.0.1:{port}", http)
        assert await again.put() == 200


def start(config, tmp_path: Path) -> tuple[subprocess.Popen[str], str]:
    file = tmp_path / "config.json"
    file.write_text(config.model_dump_json(exclude_unset=True))
    program = (
        "import sys; from pathlib import Path; from proxy.config import Config; from storage import app\n"
        "config = Config.model_validate_json(Path(sys.argv[1]).read_text())\n"
        "app.run(config, ready=lambda port: print(port, flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    # The first line of a plain structlog is ours, too: read on to the number.
    while not (line := process.stdout.readline()).strip().isdigit():
        assert line, "the service did not start"
    return process, f"http://127.0.0.1:{line.strip()}"


async def test_kill_9_right_after_201_loses_nothing(service, config, tmp_path):
    acknowledged = set()
    for life in range(4):
        process, url = start(config, tmp_path)
        async with aiohttp.ClientSession() as http:
            visitor = type(service)(config, url, http)

            async def send(n: int, visitor=visitor, life=life, process=process) -> None:
                assert await visitor.put(recording=f"recording-{life:04}-{n:08}") == 201
                acknowledged.add(f"recording-{life:04}-{n:08}")
                if len(acknowledged) >= 25 * (life + 1):
                    process.kill()

            results = await asyncio.gather(*(send(n) for n in range(60)), return_exceptions=True)
            assert not [error for error in results if isinstance(error, AssertionError)]
        assert process.wait(10) == -signal.SIGKILL
    assert len(acknowledged) >= 100
    kept = {recording["id"] for recording in commands.recordings(config)}
    assert acknowledged <= kept
    for recording in acknowledged:
        assert len(json.loads(b"".join(commands.export(config, recording)))) == 3
