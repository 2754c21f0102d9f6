"""Whatever the page and whatever comes after it, no canary survives, nothing throws, and what is left plays.

`MILCHGLAS_EXAMPLES=10000 pytest tests/proxy/privacy/test_forests.py` tries as many pages; usually it is fewer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from playwright.sync_api import Page

from proxy.privacy.memory import Memory
from proxy.privacy.nodes import dumped
from proxy.privacy.policy import Policy
from proxy.privacy.sanitize import sanitize
from tests.browser import chromium, require, require_chromium
from tests.proxy.privacy.forests import CARDS, SECRET, visits
from tests.proxy.privacy.pages import batch, events_of, leaks, site, told
from tests.proxy.privacy.regular import Regular

EXAMPLES = int(os.environ.get("MILCHGLAS_EXAMPLES", "300"))
SAMPLE = 60
REPLAY = Path(__file__).parents[3] / "recorder/node_modules/@rrweb/replay/dist/replay.umd.min.cjs"
UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
POLICIES = [
    Policy.of(site(record={"forms": forms}, consent={"notice_url": "https://shop.example/privacy"}))
    for forms in ("none", "harmless", "personal")
]


def sanitized(visit: list[list[dict[str, Any]]], policy: Policy) -> list[list[dict[str, Any]]]:
    """The batches of a visit, judged; fails when one tells the secret or throws."""
    memory, left = Memory(), []
    for seq, events in enumerate(visit):
        result = sanitize(batch(events, CARDS, seq), policy, memory)
        assert "dropped:error" not in result.counts
        assert not leaks(told(result), SECRET)
        left.append(events_of(result))
    return left


@settings(UNHURRIED, max_examples=EXAMPLES)
@given(visits)
def test_no_canary_survives_and_nothing_throws(visit: list[list[dict[str, Any]]]) -> None:
    for policy in POLICIES:
        sanitized(visit, policy)


@pytest.fixture(scope="module")
def replayer() -> Iterator[Page]:
    """A page with rrweb's Replayer, which says what it warns of."""
    require(REPLAY, reason="needs rrweb's Replayer (npm ci in recorder)")
    require_chromium()
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("<div id=player></div>")
        page.add_script_tag(path=REPLAY)
        yield page


def test_a_sample_of_what_is_left_plays_without_a_warning(replayer: Page) -> None:
    """Of visits as rrweb records them, those that play when they are not sanitized."""
    sample = list[list[list[dict[str, Any]]]]()

    @seed(1)
    @settings(UNHURRIED, max_examples=SAMPLE, phases=[Phase.generate])
    @given(visits)
    def gather(visit: list[list[dict[str, Any]]]) -> None:
        sample.append(Regular().visit(visit))

    gather()
    tried = 0
    for visit in sample:
        raw = [event for seq, events in enumerate(visit) if events for event in batch(events, seq=seq).events]
        if played(replayer, raw) == []:
            tried += 1
            left = sanitized([events for events in visit if events], POLICIES[1])
            assert played(replayer, [event for events in left for event in events]) == []
    assert tried > SAMPLE / 2


def played(page: Page, events: list[dict[str, Any]]) -> list[str]:
    """What the Replayer says of some events, played to their end."""
    said: list[str] = page.evaluate(
        """events => new Promise(resolve => {
          const said = [], root = document.getElementById("player");
          for (const level of ["warn", "error"]) console[level] = (...all) => said.push(all.map(String).join(" "));
          root.replaceChildren();
          try {
            const lib = window.rrwebReplay || window.rrweb;
            const player = new lib.Replayer(events, {root, showWarning: true, mouseTail: false});
            player.pause(events.at(-1).timestamp - events[0].timestamp + 1);
            setTimeout(() => { player.destroy(); resolve(said); }, 0);
          } catch (error) { resolve([...said, String(error)]); }
        })""",
        json.loads(b"[" + b",".join(map(dumped, events)) + b"]"),
    )
    return said
