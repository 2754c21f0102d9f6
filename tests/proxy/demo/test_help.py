"""The frameset, and the pages in it."""

from __future__ import annotations

import re

from proxy.demo.help import TEXTS

FRAME = re.compile(r'<frame src="([^"]+)" name="(\w+)"')


async def test_each_frame_has_a_page_of_its_own(visitor) -> None:
    page = await visitor.text("/hilfe.php")
    frames = {name: await visitor.text(path) for path, name in FRAME.findall(page)}
    assert frames.keys() == {"themen", "inhalt"}
    assert "So bestellen Sie" in frames["inhalt"]
    assert "<frame" not in "".join(frames.values())


async def test_who_cannot_show_frames_is_told(visitor) -> None:
    assert "keine Rahmen" in (await visitor.text("/hilfe.php")).partition("<noframes>")[2]


async def test_a_topic_opens_in_the_other_frame_and_the_way_out_in_the_window(visitor) -> None:
    topics = await visitor.text("/hilfe_themen.php")
    for topic, (title, _) in TEXTS.items():
        assert f'<a href="/hilfe_text.php?thema={topic}" target="inhalt">{title}</a>' in topics
        assert title in await visitor.text(f"/hilfe_text.php?thema={topic}")
    assert '<a href="/" target="_top">' in topics


async def test_an_unknown_topic_is_404(visitor) -> None:
    assert (await visitor.get("/hilfe_text.php?thema=x"))[0] == 404
