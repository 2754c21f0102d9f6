"""Rule 1 and rule 2 with a fault in every place: pages arrive whole, raw batches arrive nowhere.

An exception is planted in each hook of each addon in turn, in a copy of the source that then runs for real.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mitmproxy import hooks

from tests.canaries import files, traces_in_bytes
from tests.running import ROOT, Milchglas
from tests.sender import PASSWORD, Sender, element, snapshot, typed
from tests.trees import copied, methods, plant
from tests.upstream import Upstream, serving
from tests.wire import Answer, Visitor

HOOKS = set(hooks.all_hooks) | {"feed", "end"}
PLACES = [
    (file.relative_to(ROOT), cls, method)
    for file in sorted((ROOT / "addons").glob("*.py"))
    if file.name != "stock.py"  # hooks of a stock mitmproxy, not ours
    for cls, method in methods(file, HOOKS)
]
CANARY = "Kanarienvogel7"
PAGE = b"<!doctype html><html><head><title>Altshop</title></head><body>%s</body></html>" % (b"Guten Tag " * 999)
UNDECIDED = b"<!-- its end comes before there is a place for the snippet"
SNIPPET = re.compile(
    rb'<script async src="/_milchglas/recorder\.[0-9a-f]{16}\.js" data-milchglas-config=[^>]*></script>'
)


def pages(upstream: Upstream) -> None:
    upstream.page("/", PAGE)
    upstream.page("/gzip", gzip.compress(PAGE), "Content-Encoding: gzip")
    upstream.page("/text", b"just text", type="text/plain")
    upstream.page("/undecided", UNDECIDED)


def whole(answer: Answer) -> bool:
    """Whether it is upstream's page, with at most the snippet in it."""
    body = gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body
    return answer.status == 200 and answer.complete and SNIPPET.sub(b"", body, count=1) == PAGE


def batch_of(port: int, *, shadow: bool = False) -> None:
    """Send a batch with a secret, by a recorder that may have got no start; in a shadow it is told to stop."""
    try:
        sender = Sender(port)
    except (ValueError, KeyError):  # start itself was refused
        sender = Sender.__new__(Sender)
        sender.port, sender.recording, sender.token, sender.view, sender.seq = port, "r" * 22, "t", "v" * 16, 0
    events = [*snapshot(element(10, "input", type="password")), typed(10, CANARY)]
    status = sender.post(sender.batch(events, {10: PASSWORD})).status
    assert status in ((400, 403, 410, 503) if shadow else (202, 400, 403, 503))


def assert_pages_whole_and_no_raw_batch(milchglas: Milchglas, upstream: Upstream, *, shadow: bool = False) -> None:
    with Visitor(milchglas.port) as visitor:
        assert whole(visitor.get("/"))
        assert whole(visitor.get("/gzip", "Accept-Encoding: gzip"))
        assert visitor.get("/text").body == b"just text"
        assert visitor.get("/undecided").body == UNDECIDED
    batch_of(milchglas.port, shadow=shadow)
    assert all(CANARY.encode() not in seen.head + seen.body for seen in upstream.seen)
    assert all("_milchglas" not in seen.target for seen in upstream.seen)
    for file in (*files(milchglas.data), milchglas.log):
        assert traces_in_bytes(file.read_bytes(), CANARY) == [], file


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def site() -> Iterator[Upstream]:
    with serving() as upstream:
        pages(upstream)
        yield upstream


@pytest.mark.parametrize(("file", "cls", "method"), PLACES, ids=[f"{cls}.{method}" for _, cls, method in PLACES])
def test_an_exception_in_a_hook_breaks_no_page_and_leaks_no_batch(
    tree: Path, site: Upstream, tmp_path: Path, file: Path, cls: str, method: str
) -> None:
    sound = (tree / file).read_text()
    plant(tree / file, cls, method, f"raise RuntimeError('{CANARY}')")
    more = {"site": {"record": {"mode": "shadow"}}} if cls == "Shadow" else {}
    milchglas = Milchglas(tmp_path, site.url, more, tree=tree)
    try:
        milchglas.start()
        assert_pages_whole_and_no_raw_batch(milchglas, site, shadow=cls == "Shadow")
        faults = [
            line for line in milchglas.get_admin("/metrics").splitlines() if "milchglas_faults_total{" in line
        ]
        assert any(f'part="{cls}"' in line for line in faults)
    finally:
        milchglas.close()
        (tree / file).write_text(sound)


def test_the_list_of_hooks_is_not_empty_by_mistake() -> None:
    planted = {f"{cls}.{method}" for _, cls, method in PLACES}
    assert {"Inject.responseheaders", "Collect.request", "Page.feed", "Forwarded.requestheaders"} <= planted


def test_an_exception_while_sanitizing_drops_the_batch(tree: Path, site: Upstream, tmp_path: Path) -> None:
    file = tree / "proxy" / "sanitizers.py"
    sound = file.read_text()
    plant(file, "Sanitizer", "_judge", f"raise RuntimeError('{CANARY}')")
    milchglas = Milchglas(tmp_path, site.url, tree=tree)
    try:
        milchglas.start()
        assert_pages_whole_and_no_raw_batch(milchglas, site)
        assert milchglas.metric('milchglas_batches_total{outcome="fault"}') == 1
    finally:
        milchglas.close()
        file.write_text(sound)


def test_with_storage_away_pages_are_whole_and_batches_wait(site: Upstream, tmp_path: Path) -> None:
    milchglas = Milchglas(tmp_path, site.url)
    milchglas.config["storage"] |= {"url": "http://127.0.0.1:9", "token": "t"}
    try:
        milchglas.start(dashboard=False)
        assert_pages_whole_and_no_raw_batch(milchglas, site)
        assert milchglas.metric("milchglas_spool_batches") == 1
    finally:
        milchglas.close()


def test_with_every_sanitizer_dead_pages_are_whole(tree: Path, site: Upstream, tmp_path: Path) -> None:
    file = tree / "proxy" / "sanitizers.py"
    sound = file.read_text()
    file.write_text(sound.replace('    begin("sanitizer")\n', "    raise SystemExit(1)\n"))
    assert file.read_text() != sound
    milchglas = Milchglas(tmp_path, site.url, tree=tree)
    try:
        milchglas.start(ready=False)
        assert_pages_whole_and_no_raw_batch(milchglas, site)
    finally:
        milchglas.close()
        file.write_text(sound)
