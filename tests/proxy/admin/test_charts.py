"""A chart's bars stand where their minutes are, one upon the other, and never above the edge."""

from __future__ import annotations

from xml.etree import ElementTree

from proxy.admin.charts import HEIGHT, WIDTH, Chart, Series

SVG = "{http://www.w3.org/2000/svg}"


def drawn(moments: int, *values: tuple[float, ...]) -> list[list[dict[str, float]]]:
    """Minute by minute, the bars in it."""
    series = [Series(f"s{index}", "good", each) for index, each in enumerate(values)]
    chart = Chart("Pages", "<3 & more", [f"m{index}" for index in range(moments)], series)
    root = ElementTree.fromstring(chart.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))
    assert root.get("aria-label") == "Pages: <3 & more"
    return [
        [
            {name: float(rect.attrib[name]) for name in ("x", "y", "width", "height")}
            for rect in group.iter(f"{SVG}rect")
            if rect.get("class") != "reach"
        ]
        for group in root.iter(f"{SVG}g")
    ]


def test_bars_fill_the_hour_and_stand_upon_each_other() -> None:
    bars = drawn(60, tuple(float(n) for n in range(60)), (1.0,) * 60)
    assert len(bars) == 60
    assert bars[0][0]["x"] == 0
    assert len(bars[0]) == 1  # a value of 0 has no bar
    last = bars[-1]
    assert last[0]["x"] + last[0]["width"] <= WIDTH
    assert last[1]["y"] + last[1]["height"] == last[0]["y"]
    assert all(0 <= bar["y"] <= HEIGHT for minute in bars for bar in minute)


def test_the_first_minutes_stand_at_the_right() -> None:
    first, second = drawn(2, (1.0, 4.0))
    assert first[0]["x"] == WIDTH - 20
    assert second[0]["x"] == WIDTH - 10
    assert second[0]["height"] > first[0]["height"]


def test_a_small_value_beside_a_large_one_can_be_seen() -> None:
    small, _ = drawn(2, (1.0, 100_000.0))
    assert small[0]["height"] >= 1.5


def test_nothing_at_all_is_drawn_as_nothing() -> None:
    assert drawn(3, (0.0, 0.0, 0.0)) == [[], [], []]
