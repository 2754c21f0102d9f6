"""`start` hands out tokens, once per visit, to those who may be recorded."""

from __future__ import annotations

import orjson
import pytest

from addons.collect import STOPPED
from tests.conftest import Worker, configured, working
from tests.upstream import Upstream
from tests.wire import Visitor


def test_a_visit_goes_on_with_its_token_and_with_no_other(worker: Worker) -> None:
    with Visitor(worker.port) as visitor:
        first = orjson.loads(visitor.get("/_milchglas/start", method="POST", body=b"{}").body)
        assert set(first) == {"recording", "token", "expires"}
        shown = orjson.dumps({"recording": first["recording"], "token": first["token"]})
        again = orjson.loads(visitor.get("/_milchglas/start", method="POST", body=shown).body)
        assert again["recording"] == first["recording"]
        forged = orjson.dumps({"recording": "x" * 22, "token": first["token"]})
        other = orjson.loads(visitor.get("/_milchglas/start", method="POST", body=forged).body)
        assert other["recording"] not in ("x" * 22, first["recording"])
        assert visitor.get("/_milchglas/start", method="POST", body=b"{").status == 400


def test_a_sample_of_nothing_records_nobody(upstream: Upstream) -> None:
    config = configured(upstream.url, site={"record": {"sample": 0}})
    with working(config) as worker, Visitor(worker.port) as visitor:
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 410


@pytest.mark.parametrize(
    "says", ["Cookie: a=1; milchglas=off", "X-Milchglas: off", "Sec-GPC: 1", "User-Agent: Googlebot/2.1"]
)
def test_requirement_22_a_cache_in_front_that_hands_out_a_page_with_the_snippet_does_not_have_them_recorded(
    worker: Worker, says: str
) -> None:
    with Visitor(worker.port) as visitor:
        assert visitor.get("/_milchglas/start", says, method="POST", body=b"{}").status == 410


@pytest.mark.parametrize("says", ["Cookie: a=1; milchglas=off", "X-Milchglas: off", "Sec-GPC: 1"])
def test_requirement_22_a_visitor_who_refuses_while_a_recording_runs_ends_it(worker: Worker, says: str) -> None:
    with Visitor(worker.port) as visitor:
        assert visitor.get("/_milchglas/start", method="POST", body=b"{}").status == 200
        batch = visitor.get("/_milchglas/events", method="POST", body=b"{}")
        refused = visitor.get("/_milchglas/events", says, method="POST", body=b"{}")
    assert batch.status != 410 and refused.status == 410


def test_a_recorder_that_ended_over_its_budget_is_counted(worker: Worker) -> None:
    count = STOPPED.labels("budget")._value  # type: ignore[attr-defined]  # there is no public way to read one
    before = count.get()
    with Visitor(worker.port) as visitor:
        visitor.get("/_milchglas/events?recording=abc&stopped=anything", method="POST", body=b"{}")
        assert count.get() == before
        visitor.get("/_milchglas/events?recording=abc&stopped=budget", method="POST", body=b"{}")
    assert count.get() == before + 1
