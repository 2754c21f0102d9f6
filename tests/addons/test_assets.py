"""The recorder is served by us, for ever under its own hash, for now under any other."""

from __future__ import annotations

import re

import pytest

from proxy.runtime import Recorder
from tests.conftest import Worker
from tests.upstream import Upstream
from tests.wire import Visitor


def test_the_snippets_file_is_there_and_immutable(upstream: Upstream, worker: Worker) -> None:
    upstream.page("/", b"<html><head></head></html>")
    with Visitor(worker.port) as visitor:
        page = visitor.get("/").body.decode()
        found = re.search(r'src="(/_milchglas/recorder\.[0-9a-f]{16}\.js)"', page)
        assert found
        answer = visitor.get(found[1])
        head = visitor.get(found[1], method="HEAD")
    assert answer.status == 200
    assert answer.header("Content-Type") == "text/javascript; charset=utf-8"
    assert answer.header("Cache-Control") == "public, max-age=31536000, immutable"
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Cross-Origin-Resource-Policy") == "same-origin"
    assert (head.status, head.header("Content-Length")) == (200, str(len(answer.body)))


def test_the_recorder_knows_the_name_under_which_the_consent_bar_is_served(worker: Worker) -> None:
    files = Recorder.load()
    name = files.today("consent")
    assert name and f"/{name}".encode() in files.files[files.name]
    with Visitor(worker.port) as visitor:
        answer = visitor.get(f"/_milchglas/{name}")
    assert (answer.status, answer.body) == (200, files.files[name])
    assert answer.header("Cache-Control") == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("stem", ["recorder", "consent"])
def test_another_versions_file_is_todays_and_not_kept(worker: Worker, stem: str) -> None:
    with Visitor(worker.port) as visitor:
        answer = visitor.get(f"/_milchglas/{stem}.0000000000000000.js")
        other = visitor.get("/_milchglas/license.0000000000000000.js")
    assert (answer.status, answer.header("Cache-Control")) == (200, "no-store")
    assert other.status == 404


def test_the_wrong_method_is_405(worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        assert visitor.get("/_milchglas/start").status == 405
        assert visitor.get("/_milchglas/events").status == 405
        assert visitor.get("/_milchglas/recorder.x.js", method="POST", body=b"x").status == 405
