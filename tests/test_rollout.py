"""The way to all visitors: shadow, a share of visits, the staff left out; and the way back, the kill switch."""

from __future__ import annotations

import gzip

import orjson
import pytest

from tests.conftest import configured, working
from tests.running import Milchglas
from tests.sender import Sender, snapshot
from tests.upstream import Upstream
from tests.wire import Answer, Visitor

PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>Guten Tag</body></html>"
BLOCKED = "Content-Security-Policy: sandbox"


def start(visitor: Visitor, *headers: str) -> Answer:
    return visitor.get("/_milchglas/start", *headers, method="POST", body=b"{}")


def reason(visitor: Visitor, *headers: str) -> str | None:
    return visitor.get("/", *headers).header("X-Milchglas-Page")


def test_in_the_shadow_pages_go_out_as_they_came_and_say_what_would_become_of_them(upstream: Upstream) -> None:
    headers = ('ETag: "v1"', "Last-Modified: Tue, 24 Nov 2026 10:00:00 GMT", "Vary: Cookie")
    upstream.page("/plain", PAGE, *headers)
    packed = gzip.compress(PAGE)
    upstream.page("/packed", packed, *headers, "Content-Encoding: gzip")
    upstream.page("/blocked", PAGE, BLOCKED)
    upstream.page("/odd", b"no page at all")
    with (
        working(configured(upstream.url, debug=True, site={"record": {"mode": "shadow"}})) as worker,
        Visitor(worker.port) as visitor,
    ):
        for path, body, why in (
            ("/plain", PAGE, "shadow"),
            ("/packed", packed, "shadow"),
            ("/blocked", PAGE, "sandbox"),
            ("/odd", b"no page at all", "not_html"),
        ):
            answer = visitor.get(path, "Accept-Encoding: gzip, dcb", 'If-None-Match: "v0"')
            assert answer.body == body
            assert answer.header("X-Milchglas-Page") == f"skipped; reason={why}"
            sent = upstream.replies[path]
            assert isinstance(sent, bytes)
            lines = [line for line in answer.lines if not line.startswith("X-Milchglas-Page")]
            assert lines == sent.split(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
            # Upstream is asked as the visitor asks.
            assert upstream.seen[-1].header("Accept-Encoding") == "gzip, dcb"
            assert upstream.seen[-1].header("If-None-Match") == '"v0"'
        assert start(visitor).status == 410
        assert visitor.get("/_milchglas/events", method="POST", body=b"{}").status == 410


def test_an_open_page_is_told_to_stop_when_its_site_goes_back_to_the_shadow(milchglas: Milchglas) -> None:
    milchglas.start(dashboard=False)
    sender = Sender(milchglas.port)
    assert sender.send(snapshot()).status == 202
    milchglas.config["sites"][0]["record"]["mode"] = "shadow"
    milchglas.write()
    assert milchglas.command("reload").returncode == 0
    assert sender.send(snapshot()).status == 410


def test_pages_of_visits_beyond_the_sample_have_no_snippet(upstream: Upstream) -> None:
    upstream.page("/", PAGE)
    config = configured(upstream.url, debug=True, trusted_proxies=["127.0.0.1"], site={"record": {"sample": 0.5}})
    with working(config) as worker, Visitor(worker.port) as visitor:
        fates = set()
        for number in range(40):
            who = f"X-Forwarded-For: 192.0.2.{number}"
            why = {reason(visitor, who) for _ in range(3)}
            # What the page says, `start` says, too.
            fates.add((*why, start(visitor, who).status))
        assert fates == {("injected", 200), ("skipped; reason=sample", 410)}


def test_a_visit_that_is_recorded_goes_on_when_its_lot_changes(upstream: Upstream) -> None:
    config = configured(upstream.url)
    with working(config) as worker, Visitor(worker.port) as visitor:
        begun = orjson.loads(start(visitor).body)
    shown = orjson.dumps({"recording": begun["recording"], "token": begun["token"]})
    with (
        working(configured(upstream.url, site={"record": {"sample": 0}})) as worker,
        Visitor(worker.port) as visitor,
    ):
        assert start(visitor).status == 410
        assert visitor.get("/_milchglas/start", method="POST", body=shown).status == 200


@pytest.mark.parametrize(
    "says", ["X-Forwarded-For: 10.1.2.3", "X-Forwarded-For: 10.1.2.3, 127.0.0.1", "Cookie: BO=1"]
)
def test_staff_get_no_snippet_and_are_not_recorded(upstream: Upstream, says: str) -> None:
    upstream.page("/", PAGE)
    staff = {"networks": ["10.0.0.0/8"], "cookies": ["BO"]}
    config = configured(upstream.url, debug=True, trusted_proxies=["127.0.0.1"], site={"staff": staff})
    with working(config) as worker, Visitor(worker.port) as visitor:
        assert reason(visitor, says) == "skipped; reason=staff"
        assert start(visitor, says).status == 410
        assert visitor.get("/_milchglas/events", says, method="POST", body=b"{}").status == 410
        assert reason(visitor, "X-Forwarded-For: 11.1.2.3") == "injected"


def test_whoever_says_to_come_from_the_staff_and_is_not_believed_is_a_visitor(upstream: Upstream) -> None:
    upstream.page("/", PAGE)
    config = configured(upstream.url, debug=True, site={"staff": {"networks": ["10.0.0.0/8"]}})
    with working(config) as worker, Visitor(worker.port) as visitor:
        assert reason(visitor, "X-Forwarded-For: 10.1.2.3") == "injected"
