"""TLS at both ends: the operator's certificate to visitors, and an upstream that must prove its name."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from proxy.config import Config
from tests.certificates import OK, Encrypted, Pair, certificate, encrypted, over_tls
from tests.conftest import configured, working
from tests.running import Milchglas
from tests.upstream import Upstream
from tests.wire import Answer, Visitor


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_an_upstream_with_a_certificate_for_its_name_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    pair = certificate(tmp_path, host)
    monkeypatch.setenv("SSL_CERT_FILE", str(pair.cert))
    with (
        encrypted(pair) as upstream,
        working(configured(f"https://{host}:{upstream.port}")) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert visitor.get("/").body == b"ok"
    # A name, but not an address, is sent (RFC 6066, 3); it is the upstream's own, not the visitor's Host.
    assert upstream.names == ["localhost" if host == "localhost" else None]


@pytest.mark.parametrize("wrong", ["unknown authority", "other name", "other address", "expired"])
def test_an_upstream_that_does_not_prove_its_name_gets_no_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    host = "127.0.0.1" if wrong == "other address" else "localhost"
    names = {"other name": ("other.example",), "other address": ("127.0.0.2",)}.get(wrong, (host,))
    pair = certificate(tmp_path, *names, days=-1 if wrong == "expired" else 1)
    trusted = certificate(tmp_path, "ca.example") if wrong == "unknown authority" else pair
    if wrong == "unknown authority":
        trusted.cert.write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.cert))
    with (
        encrypted(pair) as upstream,
        working(configured(f"https://{host}:{upstream.port}")) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert refused(visitor.get("/"), upstream)


def refused(answer: Answer, upstream: Encrypted) -> bool:
    """Whether the visitor was told that upstream can't be had, and upstream was told nothing."""
    own = b"502: the site's server cannot be reached at the moment\n"
    return answer.status == 502 and answer.body.startswith(own) and upstream.requests == []


def asked(upstream: Encrypted, **trust: object) -> Answer:
    """The answer to a request, over TLS as configured."""
    url = f"https://127.0.0.1:{upstream.port}"
    config = configured(url, site={"upstream_tls": {key: str(value) for key, value in trust.items()}})
    with working(config) as worker, Visitor(worker.port) as visitor:
        return visitor.get("/")


def test_a_named_authority_is_trusted(tmp_path: Path) -> None:
    authority = certificate(tmp_path, "Authority")
    with encrypted(certificate(tmp_path, "127.0.0.1", by=authority, authority=False)) as upstream:
        assert asked(upstream, ca=authority.cert).body == b"ok"


def test_beside_a_named_authority_the_systems_count_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, other = certificate(tmp_path, "Authority"), certificate(tmp_path, "Other")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.cert))
    with encrypted(certificate(tmp_path, "127.0.0.1", by=authority, authority=False)) as upstream:
        assert refused(asked(upstream, ca=other.cert), upstream)
        assert asked(upstream).body == b"ok"


def test_one_named_authority_of_a_chain_is_enough(tmp_path: Path) -> None:
    root = certificate(tmp_path, "Root")
    middle = certificate(tmp_path, "Middle", by=root)
    with encrypted(certificate(tmp_path, "127.0.0.1", by=middle, authority=False)) as upstream:
        assert asked(upstream, ca=middle.cert).body == b"ok"


def test_an_upstreams_own_certificate_may_be_named(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "127.0.0.1", authority=False)
    with encrypted(pair) as upstream:
        assert asked(upstream, ca=pair.cert).body == b"ok"


def test_upstream_is_asked_for_the_configured_name_and_must_prove_it(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "shop.intern")
    with encrypted(pair) as upstream:
        assert refused(asked(upstream, ca=pair.cert), upstream)
        assert refused(asked(upstream, ca=pair.cert, name="other.intern"), upstream)
        assert asked(upstream, ca=pair.cert, name="shop.intern").body == b"ok"
    assert upstream.names == [None, "other.intern", "shop.intern"]


def test_the_log_says_why_an_upstream_is_not_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pair, other = certificate(tmp_path, "shop.intern"), certificate(tmp_path, "other.intern")
    with encrypted(pair) as upstream, socket.create_server(("127.0.0.1", 0)) as plain:
        asked(upstream, ca=pair.cert, name="other.intern")
        assert "certificate: hostname mismatch" in capsys.readouterr().out
        asked(upstream, ca=other.cert)
        assert "certificate: self-signed certificate" in capsys.readouterr().out

        def plainly() -> None:
            connection, _ = plain.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=plainly, daemon=True).start()
        asked(Encrypted(plain.getsockname()[1]))
        assert "no TLS handshake" in capsys.readouterr().out


@pytest.mark.parametrize("strict", ["ca", "name"])
def test_sites_that_share_an_upstream_keep_what_each_of_them_trusts(tmp_path: Path, strict: str) -> None:
    pair, other = certificate(tmp_path, "shop.intern"), certificate(tmp_path, "other.intern")
    right = {"ca": str(pair.cert), "name": "shop.intern"}
    wrong = right | {"ca": {"ca": str(other.cert)}, "name": {"name": "other.intern"}}[strict]
    with encrypted(pair) as upstream, ExitStack() as stack:
        site = {"upstream": f"https://127.0.0.1:{upstream.port}"}
        sites = [
            site | {"name": "first", "hosts": ["shop.example.com"], "upstream_tls": right},
            site | {"name": "strict", "hosts": ["strict.example.com"], "upstream_tls": wrong},
            site | {"name": "same", "hosts": ["same.example.com"], "upstream_tls": right},
        ]
        worker = stack.enter_context(working(Config.model_validate({"version": 1, "sites": sites})))
        visitor = stack.enter_context(Visitor(worker.port))
        assert visitor.get("/").body == b"ok"
        visitor.send(b"GET / HTTP/1.1\r\nHost: same.example.com\r\n\r\n")
        assert visitor.read().body == b"ok"
        assert len(upstream.names) == 1  # one connection serves both, for they ask for the same proof
        visitor.send(b"GET / HTTP/1.1\r\nHost: strict.example.com\r\n\r\n")
        assert visitor.read().status == 502
    assert len(upstream.requests) == 2


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_an_authority_that_cannot_be_used_is_said_at_once(milchglas: Milchglas, content: str | None) -> None:
    if content is not None:
        (milchglas.folder / "ca.pem").write_text(content)
    milchglas.config["sites"][0] |= {"upstream": "https://127.0.0.1:1", "upstream_tls": {"ca": "ca.pem"}}
    milchglas.write()
    done = milchglas.command("run")
    assert done.returncode == 1
    said = f"upstream_tls.ca of site altshop: cannot use {milchglas.folder / 'ca.pem'}: it must be a PEM file"
    assert said in done.stderr


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return certificate(tmp_path, "shop.example.com")


def test_visitors_arrive_over_tls_and_upstream_is_told(upstream: Upstream, pair: Pair) -> None:
    upstream.page("/", b"<!doctype html><html><head></head></html>")
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    with working(config) as worker, over_tls(worker.port, pair, alpn=("h2", "http/1.1")) as visitor:
        assert isinstance(visitor.socket, ssl.SSLSocket)
        assert visitor.socket.selected_alpn_protocol() == "http/1.1"
        for _ in range(2):
            assert b"<script async" in visitor.get("/").body
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200
    assert {seen.header("X-Forwarded-Proto") for seen in upstream.seen} == {"https"}


def test_a_visitor_without_tls_is_cut_off_and_the_next_one_served(upstream: Upstream, pair: Pair) -> None:
    upstream.replies["/"] = OK
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    with working(config) as worker:
        with Visitor(worker.port) as plain:
            plain.send(b"GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
            assert b"HTTP" not in plain.more()
        with over_tls(worker.port, pair) as visitor:
            assert visitor.get("/").body == b"ok"
    assert len(upstream.seen) == 1


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_older_than_1_2_is_refused(upstream: Upstream, pair: Pair) -> None:
    config = configured(upstream.url, listen={"tls": {"cert": str(pair.cert), "key": str(pair.key)}})
    context = ssl.create_default_context(cafile=str(pair.cert))
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with working(config) as worker, pytest.raises((ssl.SSLError, ConnectionError)):
        context.wrap_socket(
            socket.create_connection(("127.0.0.1", worker.port), 5), server_hostname="shop.example.com"
        )
