"""What is remembered of a recording makes it stricter; what is forgotten, too."""

from __future__ import annotations

import tracemalloc

import pytest

from proxy.privacy import memory as module
from proxy.privacy import steps
from proxy.privacy.fields import NO_CARD, FieldCard, Verdict, verdict
from proxy.privacy.memory import LOST, MAX_NODES, Flag, Memories, Memory, Node, View
from tests.proxy.privacy.pages import Ids, batch, clean, event, told

HARMLESS, SECRET = verdict("search", "name"), verdict("password", "type")


def test_once_secret_always_secret_by_node_name_and_view() -> None:
    memory = Memory()
    card = FieldCard(name="pw", id="f1")
    assert memory.sticky(memory.view("a"), 6, card, SECRET) == SECRET
    assert memory.sticky(memory.view("a"), 6, FieldCard(name="other"), HARMLESS) == SECRET
    assert memory.sticky(memory.view("b"), 9, FieldCard(name="pw"), HARMLESS) == SECRET
    assert memory.sticky(memory.view("b"), 10, FieldCard(id="f1"), HARMLESS) == SECRET
    assert memory.sticky(memory.view("b"), 11, FieldCard(name="q"), HARMLESS) == HARMLESS


def test_a_field_without_a_card_is_not_unknown_for_ever() -> None:
    memory = Memory()
    assert memory.sticky(memory.view("a"), 6, None, NO_CARD) == NO_CARD
    assert memory.sticky(memory.view("a"), 6, FieldCard(name="q"), HARMLESS) == HARMLESS


def test_an_accepted_batch_is_known_again() -> None:
    memory = Memory()
    assert not memory.seen("a", 0)
    memory.accept("a", 0)
    assert memory.seen("a", 0)
    assert not memory.seen("a", 1)


def test_a_node_is_where_its_ancestors_are() -> None:
    view = Memory().view("a")
    view.nodes |= {
        1: Node(0, "", 0),
        2: Node(1, "div", Flag.MASKED),
        3: Node(2, "div", Flag.VALUE),
        4: Node(3, "", 0),
    }
    assert view.place(4) == (Flag.MASKED | Flag.VALUE, 3)
    assert view.place(1) == (0, 0)
    assert view.place(99) == LOST
    del view.nodes[2]
    assert view.place(4) == LOST


def test_nodes_in_a_circle_are_lost() -> None:
    view = Memory().view("a")
    view.nodes |= {1: Node(2, "div", 0), 2: Node(1, "div", 0)}
    assert view.place(1) == LOST


def test_pruning_forgets_what_hangs_on_nothing() -> None:
    view = Memory().view("a")
    view.nodes |= {1: Node(0, "", 0), 2: Node(1, "div", 0), 7: Node(6, "div", 0), 8: Node(7, "", 0)}
    view.prune()
    assert set(view.nodes) == {1, 2}


def test_the_recording_used_longest_ago_is_forgotten() -> None:
    memories = Memories(limit=2)
    first = memories.get("a")
    memories.get("b")
    assert memories.get("a") is first
    memories.get("c")
    assert memories.get("a") is first
    memories.forget("a")
    assert memories.get("a") is not first


def fill(memory: Memory, name: str, nodes: int) -> View:
    """A view as full as a hostile page can make it, but for its number of nodes."""
    view = memory.view(name)
    for number in range(1, nodes + 1):
        view.nodes[100_000 + number] = Node(100_000 + number // 2, f"x-{number:050}", Flag.MASKED, f"{number:020}")
    for number in range(nodes // 8):
        view.verdicts[200_000 + number] = Verdict("unknown", "unknown", False, "no_card")
        view.know_option(number, f"ä{number:079}", f"ö{number:079}")
        view.accepted.add(300_000 + number)
    for number in range(500):
        view.parts[f"{number:0120}"] = {400_000 + n: (n, f"ä{n:09}") for n in range(64)}
        view.reported.add((f"ä{number:0119}", "password"))
    return view


def test_the_size_is_no_less_than_what_is_held() -> None:
    tracemalloc.start()
    try:
        before = tracemalloc.take_snapshot()
        memory = Memory()
        for name in ("a", "b"):
            fill(memory, name, 20_000)
        for number in range(2000):
            memory.secrets["name", f"ä{number:0119}"] = SECRET
        after = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    held = sum(each.size_diff for each in after.compare_to(before, "filename"))
    assert held <= memory.size <= 2.5 * held


def test_the_largest_page_fits_and_then_the_other_views_go() -> None:
    memory = Memory()
    assert fill(memory, "a", MAX_NODES).size < module.MAX_RECORDING
    fill(memory, "b", MAX_NODES)
    assert memory.shrink() <= module.MAX_RECORDING
    assert list(memory._views) == ["b"]


def test_a_process_holds_no_more_than_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TOTAL", 1 << 20)
    memories = Memories()
    for number in range(200):
        memory = memories.get(f"r{number}")
        for node in range(1, 400):
            memory.view("a").nodes[node] = Node(0, "", 0)
    assert memories.get("r199") is memory
    assert memories.size <= 1 << 20
    assert memories.size == sum(memory.size for memory in memories._of.values())
    memories.forget("r199")
    assert memories.size == sum(memory.size for memory in memories._of.values())


def test_a_choice_among_too_many_masks_page_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_OPTIONS", 2)
    monkeypatch.setattr(steps, "MAX_OPTIONS", 2)
    words = ("Amsel", "Drossel", "Zilpzalp", "Star", "Meise")
    options = "".join(f'<option value="{n}">{word}</option>' for n, word in enumerate(words))
    ids, memory = Ids(), Memory()
    page = {"page": f'<select n="6" name="diagnose">{options}</select><p n="9">x</p>'}
    lines = (page, {"input": 6, "text": "4"})
    told_late = {"text": 900, "value": "Sie haben Meise"}
    made = batch([event(line, ids) for line in (*lines, told_late)], {6: {"tag": "select", "name": "diagnose"}})
    assert "Sie haben" not in told(clean(made, memory))
