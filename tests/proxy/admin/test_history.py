"""The last hour in memory: what each minute counted, and no more than an hour of it."""

from __future__ import annotations

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from proxy.admin.history import History
from proxy.admin.minutes import Minute, summed, totals


def test_a_minute_holds_what_was_counted_in_it() -> None:
    counted = {("batches", "accepted"): 5.0, ("pages_injected", "altshop"): 2.0}
    history = History(lambda: dict(counted), lambda: 3)
    counted["batches", "accepted"] += 4
    history.turn(120.0)
    counted["pages_injected", "altshop"] += 1
    first, running = history.minutes()
    assert dict(first.counts) == {("batches", "accepted"): 4}
    assert dict(running.counts) == {("pages_injected", "altshop"): 1}
    assert (running.at, running.waiting) == (120.0, 3)


def test_an_hour_is_kept_and_no_more() -> None:
    counted = {("batches", "accepted"): 0.0}
    history = History(lambda: dict(counted), lambda: 0)
    for minute in range(200):
        counted["batches", "accepted"] += 1
        history.turn(60.0 * minute)
    assert len(history.minutes()) == 60
    assert summed(history.minutes(), "batches") == 59


def test_only_counters_that_are_drawn_are_kept() -> None:
    pages = CounterMetricFamily("milchglas_pages_skipped", "", labels=["site", "reason"])
    pages.add_metric(["altshop", "csp"], 7)
    other = CounterMetricFamily("milchglas_values_removed", "", labels=["rule"])
    other.add_metric(["echo"], 7)
    assert dict(totals([pages, other, GaugeMetricFamily("milchglas_connections", "", 3)])) == {
        ("pages_skipped", "altshop", "csp"): 7
    }


def test_keys_are_summed_by_how_they_begin() -> None:
    minutes = [Minute(0.0, {("requests", "a", "2xx"): 1, ("requests", "ab", "2xx"): 2, ("batches", "a"): 4}, 0)]
    assert summed(minutes, "requests", "a") == 1
    assert summed(minutes, "requests") == 3
