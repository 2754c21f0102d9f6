"""The figures of a running Milchglas: all that the handbook names, right over processes, and bounded in number."""

from __future__ import annotations

import re
import urllib.error
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.certificates import certificate
from tests.running import ROOT, Milchglas, wait_for
from tests.sender import PASSWORD, Sender, element, snapshot, typed
from tests.test_supervisor import named
from tests.upstream import serving
from tests.wire import Visitor

PAGE = b"<!doctype html><html><head></head><body>Guten Tag</body></html>"
HANDBOOK = (ROOT / "docs" / "watching.md").read_text()
NAMES = sorted(set(re.findall(r"^\| (`milchglas_.*?) \|", HANDBOOK, re.MULTILINE)))
NAMES = sorted({name for cell in NAMES for name in re.findall(r"`(\w+)`", cell)})


@pytest.fixture(scope="module")
def milchglas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milchglas]:
    """With two workers, two sanitizers and a certificate on storage's listener."""
    folder = tmp_path_factory.mktemp("metrics")
    pair = certificate(folder, "127.0.0.1")
    with serving() as upstream:
        upstream.page("/", PAGE)
        upstream.page("/text", b"just text", type="text/plain")
        milchglas = Milchglas(folder, upstream.url, {"site": {"hosts": ["shop.example.com"]}})
        milchglas.config |= {"workers": 2, "sanitizers": 2}
        milchglas.config["storage"]["listen"]["tls"] = {"cert": str(pair.cert), "key": str(pair.key)}
        try:
            milchglas.start()
            yield milchglas
        finally:
            milchglas.close()


def samples(milchglas: Milchglas) -> dict[str, dict[tuple[str, ...], float]]:
    """Name of a sample -> values of its labels, by the labels' names -> value."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(milchglas.get_admin("/metrics")):
        for sample in family.samples:
            labels = tuple(value for _, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def test_what_was_asked_is_what_is_counted_also_when_a_worker_was_killed(milchglas: Milchglas) -> None:
    def visits(number: int) -> None:
        for _ in range(number):
            with Visitor(milchglas.port) as visitor:
                assert visitor.get("/").body != PAGE
                visitor.get("/text")
                visitor.get("/missing")

    def requests() -> dict[tuple[str, ...], float]:
        return samples(milchglas)["milchglas_requests_total"]

    visits(20)
    sender = Sender(milchglas.port)
    field = element(10, "input", type="password", name="pw")
    assert sender.send([*snapshot(field), typed(10, "geheim")], {10: PASSWORD}).status == 202
    wait_for(lambda: requests().get(("site", "altshop", "2xx")) == 40, 10, "requests are not counted")
    counted = requests()
    assert counted["site", "altshop", "4xx"] == 20
    assert counted["own", "altshop", "2xx"] == 2
    for worker in named(milchglas, "worker")[:1]:
        worker.kill()
    wait_for(lambda: len(named(milchglas, "worker")) == 2, 10, "the worker is not rebuilt")
    assert requests() == counted
    visits(10)
    wait_for(lambda: requests().get(("site", "altshop", "2xx")) == 60, 10, "requests are not counted")
    found = samples(milchglas)
    assert found["milchglas_pages_injected_total"] == {("altshop",): 30}
    assert found["milchglas_upstream_seconds_count"]["altshop",] == 90
    assert found["milchglas_sanitizing_seconds_count"][()] == 1
    assert found["milchglas_findings_total"]["secret", "altshop"] == 1
    assert sum(found["milchglas_values_removed_total"].values()) >= 1
    assert sum(found["milchglas_faults_total"].values()) == 1


def test_every_name_of_the_handbook_is_there_and_no_other(milchglas: Milchglas) -> None:
    field = element(10, "input", type="password", name="pw")
    assert Sender(milchglas.port).send([*snapshot(field), typed(10, "geheim")], {10: PASSWORD}).status == 202
    with Visitor(milchglas.port) as visitor:
        visitor.get("/text", "Sec-Fetch-Dest: document")
        visitor.get("/_milchglas/events?stopped=budget", method="POST", body=b"{}")
        visitor.send(b"POST / HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 5\r\n\r\n1")
    for name in ("milchglas_requests_cut_off_total{", "milchglas_forwarded_total{"):
        milchglas.wait(lambda name=name: name in milchglas.get_admin("/metrics"))  # type: ignore[misc]  # a default
    there = {
        re.sub(r"_(bucket|count|sum)$", "", name) for name in samples(milchglas) if not name.endswith("_created")
    }
    assert there == set(NAMES)
    assert len(NAMES) >= 27


@pytest.mark.parametrize("name", NAMES)
def test_a_name_says_its_unit(name: str) -> None:
    counts = {"milchglas_spool_batches", "milchglas_dead_letters", "milchglas_connections"}
    states = {
        f"milchglas_{each}" for each in ("process_up", "site_enabled", "configuration_refused", "build_info")
    }
    assert name in counts | states or name.endswith(("_total", "_seconds", "_bytes"))


def test_whatever_visitors_send_there_are_no_more_series(milchglas: Milchglas) -> None:
    def odd(number: int) -> None:
        for each in range(number):
            with Visitor(milchglas.port) as visitor:
                visitor.send(
                    f"M{each} /{each}?{each} HTTP/1.1\r\nHost: h{each}.example\r\nX-Request-ID: r{each:09}\r\n"
                    "Content-Length: 0\r\n\r\n".encode()
                )
                visitor.read()

    odd(2)
    before = samples(milchglas)
    odd(20)
    wait_for(
        lambda: (
            samples(milchglas)["milchglas_requests_total"]["site", "(none)", "4xx"]
            >= before["milchglas_requests_total"]["site", "(none)", "4xx"] + 20
        ),
        10,
        "not counted",
    )
    assert {name: set(labels) for name, labels in samples(milchglas).items()} == {
        name: set(labels) for name, labels in before.items()
    }


def test_connections_that_are_open_are_counted(milchglas: Milchglas) -> None:
    wait_for(lambda: milchglas.metric("milchglas_connections") == 0, 10, "a connection stays")
    with Visitor(milchglas.port) as one, Visitor(milchglas.port) as other:
        one.get("/")
        other.get("/")
        assert milchglas.metric("milchglas_connections") == 2
    wait_for(lambda: milchglas.metric("milchglas_connections") == 0, 10, "a connection stays")


def test_the_kill_switch_shows(milchglas: Milchglas) -> None:
    assert milchglas.metric('milchglas_site_enabled{site="altshop"}') == 1
    assert milchglas.command("off", "altshop").returncode == 0
    assert milchglas.metric('milchglas_site_enabled{site="altshop"}') == 0
    assert milchglas.command("on", "altshop").returncode == 0


def test_what_is_not_ready_is_named(milchglas: Milchglas) -> None:
    named(milchglas, "sanitizer")[0].kill()
    said: list[str] = []

    def told() -> bool:
        try:
            milchglas.get_admin("/readyz")
        except urllib.error.HTTPError as error:
            said.append(error.read().decode())
        return bool(said)

    wait_for(told, 5, "a sanitizer that is not there counts as ready")
    assert '"ready":false' in said[0]
    assert re.search(r'"not_ready":\["sanitizer-[01]"\]', said[0])
    milchglas.wait(lambda: '"ready":true' in milchglas.get_admin("/readyz"))
