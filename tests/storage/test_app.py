"""The service as a whole: headers, encryption, starting and stopping."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import subprocess
import sys
import time

import aiohttp
import pytest

from storage import app
from storage.fault import StorageFault

POLICY = (
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "script-src 'self'",
    "form-action 'self'",
)


PATHS = [
    "/login",
    "/livez",
    "/nothing",
    "/static/milchglas.css",
    "/api/v1/about",
    "/api/v1/x",
    "/recordings",
    "/account",
    "/findings",
    "/recordings/recording-0000000001",
    "/recordings/recording-0000000001/events",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_the_security_headers(inside, path):
    await inside.put()
    answer, _ = await inside.get(path, allow_redirects=False)
    for part in POLICY:
        assert part in answer.headers["Content-Security-Policy"]
    unsafe = "unsafe-inline" in answer.headers["Content-Security-Policy"]
    assert unsafe == (path == "/recordings/recording-0000000001"), "only the player may have inline styles"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers


async def test_livez_and_static_files_need_no_login(service):
    assert (await service.get("/livez"))[1] == "ok\n"
    assert (await service.get("/static/milchglas.css"))[0].status == 200
    for path in ("/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert (await service.get(path))[0].status in (403, 404) or "Log in" in (await service.get(path))[1]


async def test_what_is_not_there_is_404_in_the_shape_that_was_asked_for(inside):
    answer, text = await inside.get("/nothing")
    assert (answer.status, "There is nothing here" in text) == (404, True)
    answer, text = await inside.get("/api/v1/nothing")
    assert (answer.status, text) == (404, '{"error": "Not Found"}')
    answer, _ = await inside.get("/recordings/recording-0000000009")
    assert answer.status == 404
    for page in ("0", "-1", "x", "99", "²"):
        assert (await inside.get(f"/recordings?page={page}"))[0].status == 404


async def test_a_fault_of_ours_tells_nobody_what_broke(inside, monkeypatch):
    from storage import recordings

    def broken(*_args, **_kwargs):
        raise RuntimeError("hunter2")

    monkeypatch.setattr(recordings, "newest", broken)
    answer, text = await inside.get("/recordings")
    assert answer.status == 500
    assert "hunter2" not in text
    assert "Something broke on our side" in text


@pytest.fixture
def certificate(tmp_path):
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = {"cert": tmp_path / "cert.pem", "key": tmp_path / "key.pem"}
    files["cert"].write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    files["key"].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


async def test_with_tls_the_cookie_is_host_bound_and_the_browser_told_to_stay(service, make_config, certificate):
    config = make_config(listen={"port": 0, "tls": certificate})
    trust = ssl.create_default_context(cafile=str(certificate["cert"]))
    async with (
        app.serving(config) as port,
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=trust), cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as http,
    ):
        encrypted = type(service)(config, f"https://127.0.0.1:{port}", http)
        answer, _ = await encrypted.get("/login")
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-milchglas=")
        assert "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
        answer, _ = await encrypted.login()
        assert answer.status == 303
        assert (await encrypted.get("/recordings"))[0].status == 200


async def test_behind_a_trusted_proxy_its_word_on_encryption_and_address_counts(service, config):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7, 203.0.113.5"}
    answer, _ = await service.get("/login", headers=forwarded)
    assert "Strict-Transport-Security" not in answer.headers, "nobody is trusted who is not named"
    trusting = config.model_copy(update={"trusted_proxies": ("127.0.0.0/8",)})
    async with app.serving(trusting) as port:
        url = f"http://127.0.0.1:{port}/login"
        async with aiohttp.ClientSession() as http, http.get(url, headers=forwarded) as answer:
            assert answer.headers["Set-Cookie"].startswith("__Host-milchglas=")


async def test_a_port_that_is_taken_is_a_fault_with_a_remedy(make_config):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = make_config(listen={"port": taken.getsockname()[1]})
        with pytest.raises(StorageFault, match=r"Address already in use.*set storage\.listen\.port"):
            async with app.serving(config):
                raise AssertionError("it started")


async def test_certificates_that_do_not_fit_are_a_fault(make_config, tmp_path):
    (tmp_path / "x.pem").write_text("nonsense")
    config = make_config(listen={"port": 0, "tls": {"cert": tmp_path / "x.pem", "key": tmp_path / "x.pem"}})
    with pytest.raises(StorageFault, match="PEM"):
        async with app.serving(config):
            raise AssertionError("it started")


def test_without_the_c_parser_it_does_not_start(config):
    program = (
        "import sys; from proxy.config import Config; from storage import app\n"
        "config = Config.model_validate_json(sys.argv[1])\n"
        "try: app.make_app(config)\n"
        "except app.StorageFault as fault: print(fault)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, config.model_dump_json(exclude_unset=True)],
        env={**os.environ, "AIOHTTP_NO_EXTENSIONS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "C parser is missing" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_as_a_process_it_says_when_it_is_ready_and_ends_when_told(config, number):
    program = (
        "import sys; from proxy.config import Config; from storage import app\n"
        "config = Config.model_validate_json(sys.argv[1])\n"
        "app.run(config, ready=lambda port: print('port', port, flush=True))"
    )
    command = [sys.executable, "-c", program, config.model_dump_json(exclude_unset=True)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        while not (line := child.stdout.readline()).startswith("port "):
            assert line, "it did not start"
        start = time.monotonic()
        child.send_signal(number)
        assert child.wait(15) == 0
        assert time.monotonic() - start < 10


async def test_a_serve_that_is_cancelled_leaves_its_port_and_its_database_closed(config):
    opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(app.serve(config, ready=opened.set_result))
    port = await opened
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    assert not list((config.data / "storage").glob("storage.db-*")), "SQLite was not closed"
