"""What bench/edge.py makes of its measurements."""

from __future__ import annotations

from bench.edge import ALONE, ASSETS, SPLIT, TARGET, WHOLE, compared
from proxy.page.eligible import FILES


def test_a_page_load_has_30_assets_that_go_straight_to_the_site() -> None:
    assert len(ASSETS) == 30
    assert all(path.endswith(FILES) for path, _, _ in ASSETS)


def test_a_ratio_is_one_of_the_same_round_and_only_the_split_form_in_http_2_has_a_target() -> None:
    def figures(protocol: str) -> dict[str, object]:
        rounds = [
            {(protocol, ALONE): alone, (protocol, SPLIT): 1.25 * alone, (protocol, WHOLE): 10 * alone}
            for alone in (2.0, 4.0)
        ]
        return {each.name: (each.values, each.target) for each in compared(protocol, rounds)}

    assert figures("HTTP/2")[f"HTTP/2: {SPLIT}, to nginx alone"] == ((0.8, 0.8), TARGET)
    assert figures("HTTP/2")[f"HTTP/2: {WHOLE}, to nginx alone"] == ((0.1, 0.1), None)
    assert figures("HTTP/1.1")[f"HTTP/1.1: {SPLIT}, to nginx alone"] == ((0.8, 0.8), None)
    assert figures("HTTP/2")[f"HTTP/2: {ALONE}"] == ((500.0, 250.0), None)
